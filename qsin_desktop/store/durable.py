"""Files are written aside, flushed to the disk, then put in place, so that no half file is ever seen."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from qsin_desktop.store.faults import full_if_no_room, refusal_for
from qsin_desktop.system.disk import flush_folder, flush_to_disk, hold, is_held

__all__ = [
    "ASIDE_PREFIX",
    "aside_for",
    "flush_folder",
    "flush_to_disk",
    "hold",
    "is_folder",
    "is_held",
    "is_there",
    "make_folder",
    "make_folders",
    "open_new",
    "put_in_place",
    "sweep_asides",
    "sweep_own",
    "write_aside",
    "writing_aside",
]

ASIDE_PREFIX: Final = ".part-"
_COPY_BYTES: Final = 1 << 20
# Windows virus scanners open a new file for a moment; a rename in that moment is refused.
_WINDOWS_TRIES: Final = 40
_WINDOWS_WAIT: Final = 0.05


def write_aside(path: Path, content: bytes | BinaryIO, *, private: bool = False) -> None:
    """Replace `path` by `content`, durably and whole or not at all; a stream is read from where it stands.

    `private` keeps the file to its owner where the system can. Raises `Refusal`; the old file then stands.
    """
    with writing_aside(path, private=private) as out:
        if isinstance(content, bytes):
            out.write(content)
            return
        while block := content.read(_COPY_BYTES):
            out.write(block)


@contextmanager
def writing_aside(path: Path, *, private: bool = False, owner: str = "") -> Iterator[BinaryIO]:
    """The new content of `path`: put in place when the block ends well, dropped when it raises.

    `owner` is whom `sweep_own` knows a leftover by. A fault of the disk leaves the block as a `Refusal`.
    """
    aside = aside_for(path, owner)
    try:
        with open_new(aside, private=private) as out:
            hold(out.fileno())
            yield out
            out.flush()
            flush_to_disk(out.fileno())
        put_in_place(aside, path)
        flush_folder(path.parent)
    except OSError as fault:
        told = full_if_no_room(fault, path.parent)
        _drop(aside)
        raise refusal_for(told, f"“{path.name}” could not be written") from fault
    except BaseException:
        _drop(aside)
        raise


def is_there(path: Path) -> bool:
    """Whether something has this name. Where that cannot be known, a disk's refusal."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a name with a zero byte is nothing's
        return False
    except OSError as fault:
        if fault.errno == errno.ELOOP:  # it would lie below a link to itself
            return False
        raise refusal_for(fault, f"“{path}” could not be looked at") from fault
    return True


def is_folder(path: Path) -> bool:
    """Whether a folder can be reached: not one on a share that dropped, nor one of an impossible name."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def aside_for(path: Path, owner: str = "") -> Path:
    """A fresh name beside `path`, free of the target's own length; `owner` is who may sweep it."""
    return path.with_name(_prefix_of(owner) + secrets.token_hex(8))


def _prefix_of(owner: str) -> str:
    return f"{ASIDE_PREFIX}{owner}-" if owner else ASIDE_PREFIX


def open_new(path: Path, *, private: bool = False, buffering: int = -1) -> BinaryIO:
    """Create `path`, which must not exist, for writing; `private` is for its owner only where that can be."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags, 0o600 if private else 0o666)
    return os.fdopen(number, "wb", buffering=buffering)


def make_folder(folder: Path) -> None:
    """Durably, where it is not there yet; what lies above it must be."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        flush_folder(folder.parent)


def make_folders(folder: Path) -> None:
    """Also those above it, each durably: a file is as lost as the folder it lies in."""
    for each in (*reversed(folder.parents), folder):
        make_folder(each)


def put_in_place(aside: Path, path: Path) -> None:
    """Rename over `path`; on Windows wait a little for whoever looks at either file."""
    for _ in range(_WINDOWS_TRIES if os.name == "nt" else 0):
        try:
            aside.replace(path)
            return
        except PermissionError:
            time.sleep(_WINDOWS_WAIT)
    aside.replace(path)


def sweep_asides(folder: Path) -> int:
    """Remove what a crash left half written in `folder`; only for the one who holds the writer's lock."""
    swept = 0
    with suppress(OSError):
        for left in folder.glob(ASIDE_PREFIX + "*"):
            with suppress(OSError):
                left.unlink()
                swept += 1
    return swept


def sweep_own(folder: Path, owner: str = "", *, after: float = 0.0) -> int:
    """Remove what a crash of `owner` left half written in a folder that others write to as well.

    What another owner left, what anybody writes just now, and what is younger than `after` seconds stays.
    """
    swept = 0
    with suppress(OSError):
        for left in sorted(folder.glob(_prefix_of(owner) + "*")):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime >= after and not is_held(left):
                    left.unlink()
                    swept += 1
    return swept


def _drop(aside: Path) -> None:
    with suppress(OSError):
        aside.unlink(missing_ok=True)
