"""A document is written whole or not at all; every fault is one sentence and the old file stays."""

from __future__ import annotations

import errno
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.report.pdf import draw_pages
from qsin_desktop.report.placing import (
    DocumentNotWritten,
    DocumentOpenElsewhere,
    DocumentStopped,
    What,
    put_in_place,
    put_nowhere,
    refusal_for,
)
from qsin_desktop.report.workbook.writing import write_workbook
from tests.report.make_snapshot import make_snapshot

OLD = b"the workbook of yesterday"
SMALL = make_snapshot(criteria=12, sites=1, findings=3, photos=1)


def refused(out: Path) -> str:
    with pytest.raises(DocumentNotWritten) as told:
        write_workbook(SMALL, out)
    sentence = str(told.value)
    assert "no file was changed" in sentence
    assert out.name in sentence
    return sentence


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "Rückmeldung & “findings”.xlsx"
    out.write_bytes(OLD)
    write_workbook(SMALL, out)
    assert out.read_bytes()[:2] == b"PK"
    assert list(tmp_path.iterdir()) == [out]


def test_missing_folder(tmp_path: Path) -> None:
    assert "there is no folder" in refused(tmp_path / "not" / "there.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_this_name(tmp_path: Path) -> None:
    (tmp_path / "w.xlsx").mkdir()
    assert "a folder has this name" in refused(tmp_path / "w.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_no_ordinary_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "w.xlsx")
    assert "no ordinary file" in refused(tmp_path / "w.xlsx")


@pytest.mark.parametrize("mark", ["~$w.xlsx", ".~lock.w.xlsx#"])
def test_a_file_open_in_a_spreadsheet_program(mark: str, tmp_path: Path) -> None:
    out = tmp_path / "w.xlsx"
    out.write_bytes(OLD)
    (tmp_path / mark).write_bytes(b"")
    with pytest.raises(DocumentOpenElsewhere, match="open in another program"):
        write_workbook(SMALL, out)
    assert out.read_bytes() == OLD


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    out = tmp_path / ("w" * 300 + ".xlsx")
    with (
        pytest.raises(DocumentNotWritten, match="name is too long"),
        put_in_place(out, What.WORKBOOK) as file,
    ):
        file.write(b"content")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write anywhere"
)
def test_a_folder_that_takes_no_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert "takes no files from you" in refused(tmp_path / "w.xlsx")
    finally:
        tmp_path.chmod(0o700)


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    import resource

    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes can be set here")
def test_a_disk_that_fills_up_in_the_middle(tmp_path: Path) -> None:
    out = tmp_path / "w.xlsx"
    out.write_bytes(OLD)
    with files_at_most(4096):
        assert "the disk is full" in refused(out)
    assert out.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes can be set here")
def test_a_disk_that_fills_up_under_what_is_only_looked_at() -> None:
    sentence = "The report was not made: the disk is full. The visit is safe and no file was changed."
    with (
        files_at_most(100_000),
        pytest.raises(DocumentNotWritten, match=re.escape(sentence)),
        put_nowhere(What.REPORT) as file,
    ):
        file.write(bytes(200_000))
    assert file.closed


def test_what_is_only_looked_at_is_closed_by_whoever_looks() -> None:
    with put_nowhere(What.REPORT) as file:
        file.write(b"pages")
    file.seek(0)
    assert file.read() == b"pages"
    file.close()
    with pytest.raises(ZeroDivisionError), put_nowhere(What.REPORT) as file:
        raise ZeroDivisionError
    assert file.closed


def test_no_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(DocumentNotWritten, match="folder for temporary files said “No such file"):
        draw_pages(SMALL)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EACCES, "Permission denied"), "takes no files from you"),
        (OSError(errno.EROFS, "Read-only file system"), "takes no files from you"),
        (OSError(errno.EBUSY, "Device or resource busy"), "open in another program"),
        (OSError(errno.EIO, "Input/output error"), "the system said “Input/output error”"),
    ],
)
def test_what_the_system_says_is_one_sentence_each(fault: OSError, words: str, tmp_path: Path) -> None:
    sentence = str(refusal_for(tmp_path / "w.xlsx", What.WORKBOOK, fault))
    assert words in sentence
    assert "The visit is safe" in sentence


@pytest.mark.parametrize("patience", [0, 1, 5, 40, 120, 300])
def test_cancelling_at_any_moment_leaves_everything_as_it_was(patience: int, tmp_path: Path) -> None:
    out = tmp_path / "w.xlsx"
    out.write_bytes(OLD)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > patience

    with pytest.raises(DocumentStopped, match="you cancelled it") as told:
        write_workbook(SMALL, out, cancelled=cancelled)
    assert isinstance(told.value, Refusal)
    assert asked == patience + 1
    assert out.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [out]


def test_a_fault_of_our_own_leaves_everything_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "w.xlsx"
    out.write_bytes(OLD)

    def progress(done: int, total: int) -> None:
        if done == total:
            raise RuntimeError("a listener's fault")

    with pytest.raises(RuntimeError):
        write_workbook(SMALL, out, progress=progress)
    assert out.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [out]


def test_what_a_crash_left_beside_it_is_removed_by_the_next_and_nothing_of_others(tmp_path: Path) -> None:
    seen: list[str] = []
    with put_in_place(tmp_path / "a.xlsx", What.WORKBOOK) as file:
        file.write(b"content")
        [aside] = tmp_path.iterdir()
        seen.append(aside.name)
        with put_in_place(tmp_path / "b.xlsx", What.WORKBOOK) as second:
            second.write(b"content")
        assert os.name == "nt" or aside.exists(), "what another window writes now stays"
    own = tmp_path / f"{seen[0][:-16]}{'0' * 16}"
    others = tmp_path / ".part-00000000-0011223344556677"
    for half in (own, others):
        half.write_bytes(b"half")
    with put_in_place(tmp_path / "c.xlsx", What.WORKBOOK) as file:
        file.write(b"content")
    assert sorted(path.name for path in tmp_path.iterdir()) == [others.name, "a.xlsx", "b.xlsx", "c.xlsx"]
