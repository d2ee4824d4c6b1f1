"""Compiles the recording layer, sets it under a child process, and reads what it wrote down."""

from __future__ import annotations

import atexit
import functools
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Final

_SOURCE: Final = Path(__file__).with_name("recording.c")
_HEAD: Final = struct.Struct("<IIdQQQII")
_MARK: Final = 0x51524543


class Did(IntEnum):
    """The kinds of change, numbered as in recording.c."""

    CREATE = 1
    WRITE = 2
    RESIZE = 3
    SYNC = 4
    SYNC_FOLDER = 5
    RENAME = 6
    UNLINK = 7
    MAKE_FOLDER = 8
    REMOVE_FOLDER = 9
    LINK = 10
    MAP = 11
    UNKNOWN = 12


@dataclass(frozen=True)
class Change:
    """`path` and `other` are below the recorded folder; `at` is by the monotonic clock.

    `offset` is where `content` was written, or the new size.
    """

    kind: Did
    at: float
    inode: int
    offset: int
    path: Path
    other: str
    content: bytes


def why_not() -> str:
    """Why this machine cannot record, or empty."""
    if not sys.platform.startswith("linux"):
        return "the recording layer is for Linux"
    if shutil.which("gcc") is None:
        return "there is no gcc to compile the recording layer with"
    return ""


@functools.cache
def library() -> Path:
    """The compiled layer."""
    place = Path(tempfile.mkdtemp(prefix="qsin-recording-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    built = place / "recording.so"
    command = ["gcc", "-O1", "-fPIC", "-shared", "-Wall", "-Werror", "-o", str(built), str(_SOURCE)]
    subprocess.run([*command, "-ldl", "-lpthread"], check=True, capture_output=True)
    return built


def recorded(below: Path, to: Path) -> tuple[str, ...]:
    """Words to set before the command of a child process, whose changes are then recorded."""
    return (
        "env",
        f"LD_PRELOAD={library()}",
        f"QSIN_RECORD_BELOW={below.resolve()}",
        f"QSIN_RECORD_TO={to.resolve()}",
    )


@contextmanager
def held_still(to: Path) -> Iterator[None]:
    """Nothing changes below the recorded folder, and no change is half recorded, while the block runs."""
    import fcntl

    with to.open("rb") as record:
        fcntl.flock(record, fcntl.LOCK_EX)
        yield


def changes(to: Path, below: Path) -> Iterator[Change]:
    """In the order in which they were made."""
    root = below.resolve()
    with to.open("rb") as record:
        while head := record.read(_HEAD.size):
            mark, kind, at, inode, offset, length, first, second = _HEAD.unpack(head)
            if mark != _MARK:
                raise ValueError("the record is damaged")
            path = Path(record.read(first).decode(errors="surrogateescape"))
            other = record.read(second).decode(errors="surrogateescape")
            content = record.read(length) if kind == Did.WRITE else b""
            if kind in (Did.RENAME, Did.LINK):
                other = str(Path(other).relative_to(root))
            yield Change(Did(kind), at, inode, offset, path.relative_to(root), other, content)
