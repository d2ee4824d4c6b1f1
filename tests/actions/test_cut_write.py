"""The power went while an act was being written: the visit opens, and everything before that act is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.store.cipher_pages import PAGE_BYTES, frames_of
from qsin_desktop.store.looking import LogTorn
from tests.actions.worked import Worked, in_damaged, work
from tests.founding import opened

FRAME = 24 + PAGE_BYTES
HEAD = 32


@dataclass(frozen=True)
class Cut:
    """A visit whose log ends in the write of one long act, of `frames` pages; `before` it so many entries."""

    path: Path
    before: int
    log: bytes
    frames: int

    def lose(self, frame: int, length: int = FRAME) -> None:
        """The first bytes of a frame of the last write never came onto the disk; counted from its first."""
        at = len(self.log) - (self.frames - frame) * FRAME
        content = self.log[:at] + bytes(length) + self.log[at + length :]
        (self.path / "visit.db-wal").write_bytes(content)


@pytest.fixture
def cut(worked: Worked, tmp_path: Path) -> Cut:
    path = tmp_path / "cut" / worked.path.name
    with opened(worked.path) as visit:
        work(visit, 2, first=50)
        before = visit.store.entry_count()
        noted = (worked.path / "visit.reached").read_bytes()
        codes = [criterion.code for criterion in visit.pack.criteria[:20]]
        raise_finding(visit, criteria=codes, grade="recommendation", requirement="R" * 3000, gap="G" * 3000)
        shutil.copytree(worked.path, path, ignore=shutil.ignore_patterns("visit.lock", "visit.writer.json"))
    shutil.copy(worked.path.with_name(worked.path.name + ".key"), path.with_name(path.name + ".key"))
    (path / "visit.reached").write_bytes(noted)  # that follows the write, which was not through
    log = (path / "visit.db-wal").read_bytes()
    commits = [number for number, frame in enumerate(frames_of(path / "visit.db-wal")) if frame.commits]
    return Cut(path, before, log, commits[-1] - commits[-2])


def copied(cut: Cut, name: str) -> Path:
    path = cut.path.parent / f"{name}.qsin"
    shutil.copytree(cut.path, path)
    shutil.copy(cut.path.with_name(f"{cut.path.name}.key"), path.with_name(f"{path.name}.key"))
    return path


def test_any_page_of_it_may_be_lost_or_torn(cut: Cut) -> None:
    told = {}
    for frame in (0, 1, -1, *range(2, cut.frames, 3)):
        cut.lose(frame % cut.frames, 1024 if frame == 1 else FRAME)
        tried = copied(cut, f"{frame}")
        damaged = (tried / "visit.db-wal").read_bytes()
        with opened(tried) as visit:
            assert visit.store.entry_count() >= cut.before
            told[visit.mended.partition(",")[0]] = tried
            kept = bool(visit.mended)
        assert in_damaged(tried, damaged) == kept
    assert "The last write was cut off in the middle" in told
    for tried in told.values():
        with opened(tried) as visit:
            assert visit.mended == ""
            assert check_visit(visit).sound
            work(visit, 1, first=90)


def test_a_spot_in_an_earlier_write_is_damage_and_nothing_that_was_saved_is_passed_over(cut: Cut) -> None:
    left = False
    for frame in range(-8, 0):
        cut.lose(frame)
        tried = copied(cut, str(frame))
        try:
            with opened(tried) as visit:
                assert visit.store.entry_count() > cut.before
                assert len(visit.record.findings()) == 1
        except LogTorn:
            left = True  # for the repair
    assert left
