from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.faults import (
    DiskFault,
    DiskFull,
    FileInUse,
    PlaceForbidden,
    PlaceGone,
    fault_of_a_place,
    full_if_no_room,
    refusal_for,
)


@pytest.mark.parametrize(
    ("number", "kind", "word"),
    [
        (errno.ENOSPC, DiskFull, "full"),
        (errno.EACCES, PlaceForbidden, "permission"),
        (errno.EROFS, PlaceForbidden, "read-only"),
        (errno.ENOENT, PlaceGone, "no longer there"),
        (errno.EIO, PlaceGone, "stopped answering"),
        (errno.ENOTCONN, PlaceGone, "stopped answering"),
        (errno.ETIMEDOUT, PlaceGone, "stopped answering"),
        (errno.EHOSTDOWN, PlaceGone, "stopped answering"),
        (errno.ENAMETOOLONG, DiskFault, "too long"),
        (errno.EBUSY, FileInUse, "another program"),
        (errno.ELOOP, DiskFault, os.strerror(errno.ELOOP)),
    ],
)
def test_a_fault_of_the_disk_is_told(number: int, kind: type[Refusal], word: str) -> None:
    refusal = refusal_for(OSError(number, os.strerror(number)), "“keys.json” could not be written")
    assert type(refusal) is kind
    assert refusal.sentence.startswith("“keys.json” could not be written: ")
    assert word in refusal.sentence
    assert "Nothing was changed." in refusal.sentence


def test_what_windows_says_more_precisely_counts() -> None:
    fault = OSError(errno.EACCES, "denied")
    fault.winerror = 32  # type: ignore[attr-defined]  # set by the system on Windows only
    assert isinstance(refusal_for(fault, "It could not be saved"), FileInUse)


def test_forbidden_where_there_is_room_stays_forbidden_and_other_faults_stay_as_they_are(
    tmp_path: Path,
) -> None:
    for number in (errno.EPERM, errno.EACCES, errno.EIO):
        fault = OSError(number, "as the system says it")
        assert full_if_no_room(fault, tmp_path) is fault
    assert full_if_no_room(OSError(errno.EPERM, ""), tmp_path / "gone").errno == errno.EPERM


def test_a_fault_without_a_number_is_told_too() -> None:
    assert "odd" in refusal_for(OSError("odd"), "It could not be saved").sentence


def test_only_a_place_that_stopped_answering_is_told_wherever_it_is_met() -> None:
    dropped = OSError(errno.ENOTCONN, "Transport endpoint is not connected", "/media/share/x")
    refusal = fault_of_a_place(dropped)
    assert refusal is not None
    assert "“/media/share/x” could not be reached: the drive stopped answering." in refusal.sentence
    assert fault_of_a_place(OSError(errno.ENOENT, "No such file")) is None
    assert fault_of_a_place(ValueError("a bug")) is None
