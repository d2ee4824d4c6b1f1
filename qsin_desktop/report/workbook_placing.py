"""Put a finished workbook in its place: aside, flushed, renamed; or a refusal, and the old file untouched."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from qsin_desktop.domain.errors import Refusal

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_OPEN_ELSEWHERE = {32, 33}  # Windows: sharing violation, lock violation
_SAFE = "The visit is safe, and no file was changed."


class CannotWriteWorkbook(Refusal):
    """The place or its disk takes no file; the sentence says why."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        super().__init__(f"The workbook “{path.name}” was not made: {reason}. {_SAFE} {advice}")


class WorkbookOpenElsewhere(CannotWriteWorkbook):
    def __init__(self, path: Path) -> None:
        super().__init__(
            path, "a file of this name is open in another program", "Close it there or choose another name."
        )


class WorkbookCancelled(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(f"The workbook “{path.name}” was not made, because you cancelled it. {_SAFE}")


def check_place(path: Path) -> None:
    """Refuse before the long work what can be known before it."""
    if not path.parent.is_dir():
        raise CannotWriteWorkbook(
            path, f"there is no folder “{path.parent}”", "Choose a folder that is there."
        )
    if path.is_dir():
        raise CannotWriteWorkbook(path, "a folder has this name", "Choose another name.")
    if path.exists() and not path.is_file():
        raise CannotWriteWorkbook(path, "this is no ordinary file", "Choose another name.")
    if path.exists() and any(lock.exists() for lock in _locks(path)):
        raise WorkbookOpenElsewhere(path)


def _locks(path: Path) -> tuple[Path, Path]:
    """The marks that spreadsheet programs leave beside a file while they have it open."""
    return path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")


def put_in_place(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, durably and whole or not at all. Raises `CannotWriteWorkbook`."""
    aside = path.with_name(f".part-{secrets.token_hex(8)}")
    try:
        with aside.open("xb") as out:
            out.write(content)
            out.flush()
            _flush(out.fileno())
        aside.replace(path)
        _flush_folder(path.parent)
    except OSError as fault:
        raise _refusal(path, fault) from fault
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _flush(number: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):  # plain fsync stops at the drive's own cache there
            fcntl.fcntl(number, fcntl.F_FULLFSYNC)
            return
    os.fsync(number)


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


def _refusal(path: Path, fault: OSError) -> CannotWriteWorkbook:
    if getattr(fault, "winerror", None) in _OPEN_ELSEWHERE or fault.errno in (errno.EBUSY, errno.ETXTBSY):
        return WorkbookOpenElsewhere(path)
    if os.name == "nt" and isinstance(fault, PermissionError) and path.exists():
        return WorkbookOpenElsewhere(path)  # what Windows says when a rename meets an open file
    if fault.errno in _FULL:
        return CannotWriteWorkbook(path, "the disk is full", "Free some space and try again.")
    if fault.errno in _FORBIDDEN:
        return CannotWriteWorkbook(path, "this place takes no files from you", "Choose another folder.")
    if fault.errno == errno.ENAMETOOLONG:
        return CannotWriteWorkbook(path, "its name is too long", "Choose a shorter one.")
    said = (fault.strerror or str(fault)).rstrip(".")
    return CannotWriteWorkbook(path, f"the system said “{said}”", "Try again or choose another folder.")
