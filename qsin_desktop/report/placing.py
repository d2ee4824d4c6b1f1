"""Writes a document aside, makes it durable and puts it in its place, or leaves everything as it was."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.system.disk import flush_folder, flush_to_disk, hold, is_held
from qsin_desktop.system.spool import spool

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_USE = {32, 33}  # Windows: sharing violation, lock violation
_CHUNK = 1 << 20
_SAFE = "The visit is safe and no file was changed."


class What(StrEnum):
    """What is being made, as the sentences name it."""

    REPORT = "report"
    WORKBOOK = "workbook"


class DocumentStopped(Refusal):
    """The user cancelled while it was made."""

    def __init__(self, out: Path | None, what: What) -> None:
        super().__init__(f"{_named(out, what)} was not made, because you cancelled it. {_SAFE}")


class DocumentNotWritten(Refusal):
    """The place or its disk takes no file; `reason` and `advice` are parts of the sentence."""

    def __init__(self, out: Path | None, what: What, reason: str, advice: str) -> None:
        super().__init__(f"{_named(out, what)} was not made: {reason}. {_SAFE} {advice}")


class DocumentOpenElsewhere(DocumentNotWritten):
    def __init__(self, out: Path, what: What) -> None:
        reason = "the file is open in another program, or may not be replaced"
        super().__init__(out, what, reason, "Close it there or choose another name.")


def _named(out: Path | None, what: What) -> str:
    """None: it is drawn to be looked at or printed, and no file of the person's."""
    return f"The {what} “{out.name}”" if out else f"The {what}"


@contextmanager
def put_in_place(out: Path, what: What) -> Iterator[BinaryIO]:
    """Gives a file beside `out` to write into and read from and, when the block ends well, moves it there.

    Raises `DocumentNotWritten`; whatever is raised, the old file stays and nothing half written does.
    """
    aside = out.with_name(f"{_own_prefix()}{secrets.token_hex(8)}")
    try:
        check_place(out, what)
        _sweep_own(out.parent)
        try:
            with aside.open("x+b", buffering=_CHUNK) as file:
                hold(file.fileno())
                yield file
                file.flush()
                flush_to_disk(file.fileno())
            aside.replace(out)
            with suppress(OSError):  # the file is there all the same
                flush_folder(out.parent)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
    except OSError as fault:
        raise refusal_for(out, what, fault) from fault


def check_place(out: Path, what: What) -> None:
    """Refuse before the long work what can be known before it."""
    if not out.parent.is_dir():
        raise DocumentNotWritten(
            out, what, f"there is no folder “{out.parent}”", "Choose a folder that is there."
        )
    if out.is_dir():
        raise DocumentNotWritten(out, what, "a folder has this name", "Choose another name.")
    if out.exists() and not out.is_file():
        raise DocumentNotWritten(out, what, "this is no ordinary file", "Choose another name.")
    if out.exists():
        if is_open_elsewhere(out):
            raise DocumentOpenElsewhere(out, what)
        try:
            out.open("r+b").close()  # tells before the long work what the rename would tell after it
        except PermissionError as fault:
            raise DocumentOpenElsewhere(out, what) from fault


def _own_prefix() -> str:
    """What this account on this computer writes aside begins with, so that it knows its own leftovers."""
    whose = f"{platform.node()}\0{os.path.expanduser('~')}"  # noqa: PTH111  # `Path.home` may raise
    return f".part-{hashlib.sha256(whose.encode()).hexdigest()[:8]}-"


def _sweep_own(folder: Path) -> None:
    """Remove what a crash left half written here; what others left or anybody writes now stays."""
    with suppress(OSError):
        for left in sorted(folder.glob(f"{_own_prefix()}*")):
            with suppress(OSError):
                if not is_held(left):
                    left.unlink()


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice say so by a file that they lay beside it."""
    for mark in (f"~${path.name}", f".~lock.{path.name}#"):
        with suppress(OSError):  # such as a name that has grown too long
            if path.with_name(mark).exists():
                return True
    return False


@contextmanager
def put_nowhere(what: What) -> Iterator[BinaryIO]:
    """Gives a file to write into that only its holder can read; they close it once the block ended well.

    Raises `DocumentNotWritten`.
    """
    with ExitStack() as unless_made:
        try:
            file = unless_made.enter_context(spool())
            yield file
            file.flush()
        except OSError as fault:
            if fault.errno in _FULL:
                raise _full(None, what) from fault
            reason = f"the system's folder for temporary files said “{_said(fault)}”"
            raise DocumentNotWritten(None, what, reason, "Try again.") from fault
        unless_made.pop_all()


def refusal_for(out: Path, what: What, fault: OSError) -> DocumentNotWritten:
    """The sentence for what the system said."""
    # Windows answers a rename onto an open file with “permission denied”.
    replacing = fault.filename2 is not None and out.exists()
    in_use = getattr(fault, "winerror", None) in _IN_USE or fault.errno in (errno.EBUSY, errno.ETXTBSY)
    if in_use or (isinstance(fault, PermissionError) and replacing):
        return DocumentOpenElsewhere(out, what)
    if fault.errno in _FULL:
        return _full(out, what)
    if fault.errno in _FORBIDDEN:
        return DocumentNotWritten(out, what, "this folder takes no files from you", "Choose another folder.")
    if fault.errno == errno.ENAMETOOLONG:
        return DocumentNotWritten(out, what, "its name is too long", "Choose a shorter one.")
    reason = f"the system said “{_said(fault)}”"
    return DocumentNotWritten(out, what, reason, "Try again or choose another folder.")


def _full(out: Path | None, what: What) -> DocumentNotWritten:
    return DocumentNotWritten(out, what, "the disk is full", "Free some space and try again.")


def _said(fault: OSError) -> str:
    return (fault.strerror or str(fault)).rstrip(".")
