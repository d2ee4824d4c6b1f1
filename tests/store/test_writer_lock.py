from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qsin_desktop.store.writer_lock import (
    WRITER_NAME,
    FolderReadOnly,
    LockedByOther,
    WriterLock,
    holder_of,
)
from tests.store.makers import open_place, somebody

HOLD = (
    "import sys\n"
    "from pathlib import Path\n"
    "from qsin_desktop.store.writer_lock import WriterLock\n"
    "lock = WriterLock(Path(sys.argv[1]), person='Ann Baker')\n"
    "lock.acquire()\n"
    "print('held', flush=True)\n"
    "sys.stdin.read()\n"
    "lock.release()\n"
)


@contextmanager
def another_process(folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


def test_a_second_process_is_told_who_has_the_visit(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        with pytest.raises(LockedByOther, match="by Ann Baker on ") as told:
            WriterLock(tmp_path).acquire()
        assert told.value.holder is not None
        assert told.value.holder.pid == process.pid
        assert datetime.fromisoformat(told.value.holder.since).tzinfo is not None
    with WriterLock(tmp_path) as lock:
        assert lock.held


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_killed_holder_is_no_obstacle(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert holder_of(tmp_path) is not None
    with WriterLock(tmp_path, person="Carl Dent"):
        holder = holder_of(tmp_path)
        assert holder is not None
        assert holder.person == "Carl Dent"


def test_a_second_window_of_the_same_process_is_kept_out(tmp_path: Path) -> None:
    with WriterLock(tmp_path, person="Ann Baker"), pytest.raises(LockedByOther):
        WriterLock(tmp_path).acquire()


def test_the_note_is_readable_and_goes_with_the_lock(tmp_path: Path) -> None:
    at = datetime(2026, 11, 3, 10, 42, tzinfo=UTC)
    lock = WriterLock(tmp_path, person="Ann Baker", clock=lambda: at)
    lock.acquire()
    lock.acquire()  # twice is once
    note = json.loads((tmp_path / WRITER_NAME).read_text(encoding="utf-8"))
    assert note["pid"] == os.getpid()
    assert note["since"] == "2026-11-03T10:42:00+00:00"
    holder = holder_of(tmp_path)
    assert holder is not None
    assert holder.said.startswith("by Ann Baker on ")
    assert holder.said.endswith("since 10:42 on 3 November")
    lock.release()
    lock.release()
    assert not (tmp_path / WRITER_NAME).exists()


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"[]", b'{"pid": "x"}', b"[" * 5000, b"null"])
def test_an_unreadable_note_does_not_hide_the_lock(tmp_path: Path, note: bytes) -> None:
    with WriterLock(tmp_path):
        (tmp_path / WRITER_NAME).write_bytes(note)
        with pytest.raises(LockedByOther, match="in another window or program") as told:
            WriterLock(tmp_path).acquire()
        assert told.value.holder is None


def test_a_hostile_note_stays_on_its_line(tmp_path: Path) -> None:
    with WriterLock(tmp_path, person="Ann\nBaker\u202e"), pytest.raises(LockedByOther) as told:
        WriterLock(tmp_path).acquire()
    assert "by AnnBaker on" in told.value.sentence


def test_where_nothing_may_be_written_the_visit_is_for_reading() -> None:
    with open_place() as place:
        place.chmod(0o555)
        with somebody(), pytest.raises(FolderReadOnly, match="only be read here"):
            WriterLock(place).acquire()
        assert list(place.iterdir()) == []


def test_a_lock_file_of_somebody_else_is_for_reading() -> None:
    with open_place() as place:
        (place / "visit.lock").write_bytes(b"")
        (place / "visit.lock").chmod(0o444)
        place.chmod(0o555)
        with somebody(), pytest.raises(FolderReadOnly):
            WriterLock(place).acquire()


def test_a_vanished_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="could not be opened for work"):
        WriterLock(tmp_path / "gone").acquire()
