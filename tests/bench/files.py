"""Files of any size with bytes that nothing can shorten, changed in place so that no piece is known yet."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

MIB = 1 << 20
_STAMPED = 8 * MIB  # the program keeps one copy of equal pieces of this length


def make_file(path: Path, mib: int) -> None:
    block = os.urandom(MIB)
    with path.open("wb", buffering=0) as out:
        for _ in range(mib):
            out.write(block)
        os.fsync(out.fileno())
    stamp(path)


def stamp(path: Path) -> None:
    """Other bytes in every piece of 8 MiB, and on the disk."""
    with path.open("r+b", buffering=0) as out:
        for at in range(0, path.stat().st_size, _STAMPED):
            out.seek(at)
            out.write(os.urandom(64))
        os.fsync(out.fileno())


def hashed_copy(source: Path, target: Path) -> str:
    """The floor of attaching: read, SHA-256, write, fsync, a MiB at a time."""
    total, room = hashlib.sha256(), memoryview(bytearray(MIB))
    with source.open("rb", buffering=0) as given, target.open("wb", buffering=0) as out:
        while got := given.readinto(room):
            total.update(room[:got])
            out.write(room[:got])
        os.fsync(out.fileno())
    return total.hexdigest()
