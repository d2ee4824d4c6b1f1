"""A process that is killed in the middle of a large exhibit: at most one piece is copied again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store.piece_format import PIECE_BYTES
from tests.founding import PEER, copy_of, opened
from tests.sync.team import Stick, meet

PIECES = 12  # of 8 MiB: an exhibit of about 100 MB

MEETING = """
import sys
from pathlib import Path
from tests.founding import PEER, opened
from tests.sync.team import Stick, meet
with opened(Path(sys.argv[1]), PEER) as visit:
    meet(visit, Stick(Path(sys.argv[2])))
"""


def attach_large(visit: OpenVisit, place: Path) -> None:
    path = place / "film.bin"
    with path.open("wb") as out:
        for _ in range(PIECES):
            out.write(os.urandom(PIECE_BYTES))
    prepared = evidence.prepare(visit.pieces, path)
    evidence.attach_prepared(visit, prepared, [Target(criterion="IN-301.a")])


def whole_pieces(stick: Stick) -> dict[Path, tuple[int, int]]:
    """Path → inode and time of writing."""
    found = {}
    for path in stick.pieces():
        status = path.stat()
        found[path] = (status.st_ino, status.st_mtime_ns)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed the POSIX way")
def test_a_kill_in_the_middle_of_a_large_exhibit_costs_at_most_one_piece(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    path = copy_of(founded, tmp_path / "peer")
    with opened(path, PEER) as visit:
        attach_large(visit, tmp_path)
    with subprocess.Popen([sys.executable, "-c", MEETING, str(path), str(stick.path)]) as meeting:
        deadline = time.monotonic() + 120
        while len(stick.pieces()) < PIECES // 2 and meeting.poll() is None and time.monotonic() < deadline:
            pass
        meeting.kill()
    before = whole_pieces(stick)
    assert len(before) >= PIECES // 2
    with opened(path, PEER) as visit:
        summary = meet(visit, stick)
    after = whole_pieces(stick)
    assert {each: after[each] for each in before} == before, "what was whole is not copied again"
    assert summary.pieces_given == PIECES - len(before)
    assert len(after) == PIECES
    assert not list(stick.path.rglob(".part-*")), "and the half piece is swept"
