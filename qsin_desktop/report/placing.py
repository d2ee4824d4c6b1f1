"""Writes a document aside, makes it durable and puts it in its place, or leaves everything as it was."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from qsin_desktop.domain.errors import Refusal

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_CHUNK = 1 << 20


class ReportStopped(Refusal):
    """The user cancelled while it was made."""

    def __init__(self, out: Path) -> None:
        super().__init__(
            f"The report “{out.name}” was not made, because it was cancelled. No file was changed."
        )


class ReportNotWritten(Refusal):
    """The place or its disk takes no file; `reason` and `advice` are parts of the sentence."""

    def __init__(self, out: Path, reason: str, advice: str) -> None:
        super().__init__(
            f"The report “{out.name}” was not made: {reason}. "
            f"The visit is safe and no file was changed. {advice}"
        )


class ReportOpenElsewhere(ReportNotWritten):
    def __init__(self, out: Path) -> None:
        super().__init__(
            out,
            "the file is open in another program, or may not be replaced",
            "Close it there or choose another name.",
        )


@contextmanager
def put_in_place(out: Path) -> Iterator[BinaryIO]:
    """Gives a file beside `out` to write into and, when the block ends well, moves it there.

    Raises `ReportNotWritten`; whatever is raised, the old file stays and nothing half written does.
    """
    aside = out.with_name(f".part-{secrets.token_hex(8)}")
    try:
        _check_place(out)
        try:
            with aside.open("xb", buffering=_CHUNK) as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            aside.replace(out)
            _flush_folder(out.parent)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
    except OSError as fault:
        raise _refusal(out, fault) from fault


def _check_place(out: Path) -> None:
    if not out.parent.is_dir():
        raise ReportNotWritten(out, f"there is no folder “{out.parent}”", "Choose a folder that is there.")
    if out.is_dir():
        raise ReportNotWritten(out, "a folder has this name", "Choose another name.")
    if out.exists() and not out.is_file():
        raise ReportNotWritten(out, "it is no ordinary file", "Choose another name.")
    if out.exists():
        try:
            out.open("r+b").close()  # tells before the long work what the rename would tell after it
        except PermissionError as fault:
            raise ReportOpenElsewhere(out) from fault


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network drives flush no folders; the file is there all the same
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _refusal(out: Path, fault: OSError) -> ReportNotWritten:
    # Windows answers a rename onto an open file with “permission denied”.
    replacing = fault.filename2 is not None and out.exists()
    if (isinstance(fault, PermissionError) and replacing) or fault.errno in (errno.EBUSY, errno.ETXTBSY):
        return ReportOpenElsewhere(out)
    if fault.errno in _FULL:
        return ReportNotWritten(out, "the disk is full", "Free some space and try again.")
    if fault.errno in _FORBIDDEN:
        return ReportNotWritten(out, "this folder takes no files from you", "Choose another folder.")
    if fault.errno == errno.ENAMETOOLONG:
        return ReportNotWritten(out, "its name is too long", "Choose a shorter one.")
    said = (fault.strerror or str(fault)).rstrip(".")
    return ReportNotWritten(out, f"the system said “{said}”", "Try again or choose another folder.")
