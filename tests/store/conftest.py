"""A visit folder and the pieces in it, new for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.pieces import Pieces
from tests.store.pieces_making import KEY


@pytest.fixture
def folder(tmp_path: Path) -> VisitFolder:
    return VisitFolder.create(tmp_path / "V.qsin")


@pytest.fixture
def pieces(folder: VisitFolder) -> Pieces:
    return Pieces(folder, KEY)
