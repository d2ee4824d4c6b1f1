from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qsin_desktop.actions import planning
from qsin_desktop.actions.open_visit import OpenVisit
from tests.founding import PEER, copy_of, found_small_visit, opened


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small visit, its peer assessor's laptop confirmed. Copy it."""
    path = found_small_visit(tmp_path_factory.mktemp("founded") / "Thames Estuary 2026.qsin")
    with opened(path) as visit:
        planning.confirm_device(visit, device=PEER.device, person=PEER.person)
    return path


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    return copy_of(founded, tmp_path / "lead")


@pytest.fixture
def visit(folder: Path) -> Iterator[OpenVisit]:
    """The lead's copy, open for work."""
    with opened(folder) as open_:
        yield open_


@pytest.fixture
def colleague(founded: Path, tmp_path: Path) -> Iterator[OpenVisit]:
    """The peer assessor's copy, open for work on a laptop of their own."""
    with opened(copy_of(founded, tmp_path / "peer"), PEER) as open_:
        yield open_
