from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qsin_desktop.actions.open_visit import OpenVisit
from tests.sync.team import Stick, found_team, laptops


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found_team(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def team(founded: Path, tmp_path: Path) -> Iterator[list[OpenVisit]]:
    """The laptops of the lead, the peer and the technical assessor."""
    with laptops(founded, tmp_path) as open_:
        yield open_


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    path = tmp_path / "stick"
    path.mkdir()
    return Stick(path)
