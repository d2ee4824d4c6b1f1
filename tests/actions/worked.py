"""A visit that was worked in, with a backup half way; and ways to damage its files."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.notes import add_note
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.domain.evidence import NoteKind
from tests.founding import opened

B = "IN-301.b"


def files(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name not in ("visit.lock", "visit.writer.json")
    }


def view(path: Path) -> tuple[str, int]:
    with opened(path, reading=True) as visit:
        return visit.store.view_digest(), visit.store.entry_count()


def work(visit: OpenVisit, notes: int, first: int = 0) -> None:
    for number in range(first, first + notes):
        words = f"Note {number}: " + "word " * (number % 7 * 150)
        add_note(visit, criterion=B, kind=NoteKind.INTERVIEW, text=words)


@dataclass(frozen=True)
class Worked:
    """A visit with a backup half way through its work, and how it stood then and at the end."""

    path: Path
    then: tuple[str, int]
    now: tuple[str, int]


def flip(path: Path, places: int, draw: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(places):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    path.write_bytes(content)


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def made_a_link(path: Path, to: str) -> None:
    path.unlink()
    path.symlink_to(to)


def made_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def refusal(path: Path) -> Refusal:
    """What opening says, or the check where opening cannot see it."""
    try:
        with opened(path, reading=True) as visit:
            assert not check_visit(visit).sound
    except Refusal as refused:
        return refused
    return Damage("found by the check")


def in_damaged(path: Path, content: bytes) -> bool:
    return content in files(path / "damaged").values()
