"""What disks, people and synchronisers do to a file: each way is named, takes its chances from dice."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

Way = Callable[[Path, Path, random.Random], object]
"""Damages the first path; the second is the same file of another visit, there or not."""


def _flip(path: Path, _other: Path, dice: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(dice.choice((1, 1, 2, 8)) if content else 0):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)


def _blank(path: Path, _other: Path, dice: random.Random) -> None:
    """A stretch that the disk gives back as zeros."""
    content = bytearray(path.read_bytes())
    start = dice.randrange(len(content)) if content else 0
    end = min(len(content), start + dice.choice((1, 512, 4096, 20_000)))
    content[start:end] = bytes(end - start)
    path.write_bytes(content)


def _cut(path: Path, _other: Path, dice: random.Random) -> None:
    size = path.stat().st_size
    os.truncate(path, dice.choice((size // 2, max(size - 1, 0), dice.randrange(size + 1))))


def _swap(path: Path, other: Path, dice: random.Random) -> None:
    if other.is_file():
        shutil.copy(other, path)
    else:
        path.write_bytes(dice.randbytes(5000))


def _replace(path: Path, _other: Path, dice: random.Random) -> None:
    path.write_bytes(dice.choice((b"{}", b"not what it was\n", dice.randbytes(path.stat().st_size or 99))))


def _lengthen(path: Path, _other: Path, dice: random.Random) -> None:
    with path.open("ab") as file:
        file.write(dice.randbytes(dice.choice((1, 100, 4096))))


def _remove(path: Path, _other: Path, _dice: random.Random) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _make_folder(path: Path, other: Path, dice: random.Random) -> None:
    _remove(path, other, dice)
    path.mkdir()
    if dice.random() < 0.5:
        (path / "note.txt").write_text("somebody's", encoding="utf-8")


def _make_file(path: Path, other: Path, dice: random.Random) -> None:
    _remove(path, other, dice)
    path.write_bytes(b"a file where a folder was")


def _make_link(path: Path, other: Path, dice: random.Random) -> None:
    _remove(path, other, dice)
    path.symlink_to(dice.choice((path.with_name("nowhere"), path, path.parent.parent / "elsewhere")))


OF_FILES: dict[str, Way] = {
    "flipped": _flip,
    "blanked": _blank,
    "cut": _cut,
    "emptied": lambda path, _other, _dice: os.truncate(path, 0),
    "another visit's": _swap,
    "something else": _replace,
    "longer": _lengthen,
    "removed": _remove,
    "a folder": _make_folder,
    "a link": _make_link,
}
OF_FOLDERS: dict[str, Way] = {"removed": _remove, "a file": _make_file, "a link": _make_link}
