"""Backups that are made by themselves: when, where, and what becomes of a place that was away or full."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from qsin_desktop.actions.backing_up import holdings
from qsin_desktop.actions.backup_rounds import Round, backup_round
from qsin_desktop.actions.evidence import Target, attach
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import rate
from qsin_desktop.store.backups import backups_in, backups_of
from tests.actions.worked import B
from tests.cli.test_disks import fill
from tests.founding import Clock
from tests.store.makers import small_drive, tree


@pytest.fixture
def clock(visit: OpenVisit) -> Clock:
    assert isinstance(visit.clock, Clock)
    return visit.clock


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    with small_drive(tmp_path, megabytes=40) as place:
        yield place


def run(visit: OpenVisit, second: Path | None = None, *, asked: bool = False) -> Round:
    return backup_round(visit, second, holds=holdings(visit), asked=asked)


def judge(visit: OpenVisit, rating: str = "met") -> None:
    rate(visit, criterion="IN-202.a", rating=rating, reason="as seen")


def later(clock: Clock, **by: float) -> None:
    clock.time += timedelta(**by)


def count(visit: OpenVisit) -> int:
    """Beside the one that was made with the visit."""
    return len(backups_of(visit.folder)) - 1


def test_one_is_made_for_half_an_hour_of_work_and_none_for_idleness(visit: OpenVisit, clock: Clock) -> None:
    run(visit)
    assert count(visit) == 1
    later(clock, hours=5)
    run(visit)
    assert count(visit) == 1, "nothing was written since"
    judge(visit)
    run(visit)
    assert count(visit) == 2
    judge(visit, "not-met")
    later(clock, minutes=29)
    assert not run(visit).here.whole
    assert count(visit) == 2
    later(clock, minutes=2)
    assert run(visit).here.whole
    assert count(visit) == 3


def test_asked_for_it_does_not_wait_for_the_half_hour(visit: OpenVisit) -> None:
    run(visit)
    judge(visit)
    assert run(visit, asked=True).here.whole
    assert count(visit) == 2


def test_a_clock_set_back_ten_years_and_forward_again_makes_no_flood(visit: OpenVisit, clock: Clock) -> None:
    run(visit)
    now = clock.time
    clock.time = now - timedelta(days=3650)
    for number in range(20):
        judge(visit, ("met", "not-met")[number % 2])
        later(clock, minutes=1)
        run(visit)
    assert count(visit) == 2
    clock.time = now + timedelta(minutes=40)
    assert run(visit).here.whole
    assert count(visit) == 2, "the one with the wrong date is older than what is kept"


def test_a_stick_that_was_away_gets_its_copy_when_it_is_back(
    visit: OpenVisit, tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "plan").write_bytes(b"p" * 5_000)
    attach(visit, tmp_path / "plan", [Target(criterion=B)])
    stick = tmp_path / "stick"
    done = run(visit, stick)
    assert done.here.whole
    assert done.there is not None
    assert done.there.gone
    assert "is not there" in done.there.fault
    assert not stick.exists(), "nothing is written where the stick should be"
    stick.mkdir()
    later(clock, minutes=1)
    done = run(visit, stick)
    assert done.there is not None
    assert (done.there.whole, done.there.fault, done.there.same_disk) == (True, "", True)
    (own,) = stick.iterdir()
    assert len(backups_in(own)) == 1
    assert {path for path in tree(visit.folder.exhibits) if "new" not in path} == tree(own / "exhibits")


def test_a_stick_that_was_full_gets_its_exhibits_later_and_no_heap_of_journals(
    visit: OpenVisit, tmp_path: Path, drive: Path, clock: Clock
) -> None:
    (tmp_path / "film").write_bytes(bytes(range(256)) * 8_000)
    attach(visit, tmp_path / "film", [Target(criterion=B)])
    fill(drive, but=16_500_000)  # the journal has room, and a spare is kept that exhibits do not get
    for _ in range(3):
        there = run(visit, drive).there
        later(clock, minutes=1)
        assert there is not None
        assert "no room" in there.fault
    (own,) = (path for path in drive.iterdir() if path.is_dir())
    assert len(backups_in(own)) == 1
    (drive / "filler").unlink()
    there = run(visit, drive).there
    assert there is not None
    assert (there.whole, there.fault, there.lacking) == (True, "", 0)
    assert tree(own / "exhibits") == tree(visit.folder.exhibits)
    assert len(backups_in(own)) == 1


def test_a_stick_without_room_for_the_journal_is_told_of_as_that(
    visit: OpenVisit, drive: Path, tmp_path: Path
) -> None:
    fill(drive, but=40_000)
    there = run(visit, drive).there
    assert there is not None
    assert there.fault.startswith("No backup of “Thames Estuary 2026” could be written to “Thames Estuary")
    assert "the disk is full. The visit itself and every backup made before are safe." in there.fault
    assert not any("new" in path for path in tree(drive)), "no half file is left"


def test_a_full_disk_here_keeps_the_second_place_from_nothing(
    visit: OpenVisit, tmp_path: Path, clock: Clock
) -> None:
    """The folder of backups is a file, so that nothing can be written there."""
    shutil.rmtree(visit.folder.backups)
    visit.folder.backups.write_bytes(b"")
    stick = tmp_path / "stick"
    stick.mkdir()
    done = run(visit, stick)
    assert done.here.fault
    assert done.there is not None
    assert done.there.whole
    visit.folder.backups.unlink()
    later(clock, minutes=1)
    assert run(visit, stick).here.whole
