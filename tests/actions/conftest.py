from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qsin_desktop.actions import findings, planning
from qsin_desktop.actions.backing_up import back_up
from qsin_desktop.actions.evidence import Target, attach
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.responses import Response
from tests.actions.answering import come_home, read_in, two_answers
from tests.actions.worked import B, Worked, view, work
from tests.founding import PEER, copy_of, found_small_visit, opened
from tests.report.returned.returning import FIRST, Findings


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


@pytest.fixture(scope="session")
def worked_once(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    place = tmp_path_factory.mktemp("worked")
    path = found_small_visit(place / "Thames Estuary 2026.qsin")
    for name in "abc":
        (place / name).write_bytes(name.encode() * 30_000)
    with opened(path) as visit:
        for name in "abc":
            attach(visit, place / name, [Target(criterion=B)])
        work(visit, 12)
        back_up(visit)
        then = visit.store.view_digest(), visit.store.entry_count()
        work(visit, 12, first=12)
    return Worked(path, then, view(path))


@pytest.fixture
def worked(worked_once: Worked, tmp_path: Path) -> Worked:
    return Worked(copy_of(worked_once.path, tmp_path), worked_once.then, worked_once.now)


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = found_small_visit(tmp_path_factory.mktemp("another") / "Another 2026.qsin")
    with opened(path) as visit:
        back_up(visit)
    return path


@pytest.fixture
def judged(visit: OpenVisit) -> OpenVisit:
    """Two mandatory findings and one of good practice."""
    for grade in ("mandatory", "mandatory", "good-practice"):
        findings.raise_finding(
            visit,
            criteria=["IN-301.a"],
            grade=next(g.id for g in visit.rules.grades if g.id.startswith(grade)),
            requirement="An owner for every tool",
            evidence="Two tools have none",
            gap="No owner",
        )
    return visit


@pytest.fixture
def answered(judged: OpenVisit, tmp_path: Path) -> OpenVisit:
    def fill(sheet: Findings) -> None:
        two_answers(sheet)
        sheet[FIRST + 2, Response.ACCURACY] = "It was three sites"

    read_in(judged, come_home(judged, tmp_path / "answers.xlsx", fill))
    return judged
