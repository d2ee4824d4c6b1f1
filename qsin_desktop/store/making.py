"""Marks a folder while a visit is made in it, so that what a crash leaves half made is known as such.

A note lies in the folder from the first instant. At the end it is overwritten where it lies, flushed and
removed, so that a note which comes back after a power cut says that the visit was finished.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.durable import flush_folder, flush_to_disk, hold, is_held, open_new
from qsin_desktop.store.names import visit_title

MAKING_NAME: Final = "visit.making"
_MAKING, _MADE = b"a visit is being made here\n", b"a visit has been made here\n"  # equally long


class NeverFinished(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{visit_title(path)}” was still being made when the program stopped, so nothing was recorded "
            "in it yet. Make, restore or receive it again; under the same name it takes this one's place."
        )


def is_unfinished(path: Path) -> bool:
    """Whether a visit in this folder is being made, or was when the program stopped."""
    try:
        with (path / MAKING_NAME).open("rb") as note:
            return note.read(len(_MADE)) != _MADE
    except OSError:
        return False


def is_abandoned(path: Path) -> bool:
    """Whether it was never finished and nobody is at it."""
    note = path / MAKING_NAME
    if not is_unfinished(path) or is_held(note):
        return False
    try:
        note.replace(note)  # Windows refuses it while somebody has the note open
    except OSError:
        return False
    return True


def refuse_unfinished(path: Path) -> None:
    """Raises `NeverFinished`."""
    if is_unfinished(path):
        raise NeverFinished(path)


@contextmanager
def being_made(path: Path) -> Iterator[None]:
    """The folder is there already. When the block raises, the note goes with the rest. Raises `OSError`."""
    note = path / MAKING_NAME
    with open_new(note, buffering=0) as held:
        hold(held.fileno())
        held.write(_MAKING)
        flush_to_disk(held.fileno())
        flush_folder(path)
        yield
        held.seek(0)
        held.write(_MADE)
        flush_to_disk(held.fileno())
    with suppress(OSError):  # it says now that the visit is made, and is swept when that is opened
        note.unlink()
        flush_folder(path)
