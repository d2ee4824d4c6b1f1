"""Files come from outside a visit's folder and go outside it: a copy among its own files would harm it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.store.durable import is_folder, is_there
from qsin_desktop.store.faults import fault_of_a_place, refusal_for
from qsin_desktop.store.folder import DATABASE_NAME
from qsin_desktop.store.keys_file import KEYS_NAME
from qsin_desktop.store.names import visit_title
from qsin_desktop.store.sources import CannotAttach

__all__ = [
    "CannotWriteThere",
    "NothingToAttach",
    "fault_of_a_place",
    "files_in",
    "is_folder",
    "linked_folders",
    "refuse_source",
    "refuse_target",
    "visit_around",
]

# What systems put into folders for themselves.
_OF_THE_SYSTEM = frozenset({"desktop.ini", "thumbs.db"})


class CannotWriteThere(Refusal):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"“{shown(path.name or str(path))}” was not written: {why}. Nothing was changed; choose another "
            "place or name."
        )


class NothingToAttach(Refusal):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no file in “{shown(folder.name)}” to attach.")


def refuse_target(path: Path) -> None:
    """Raises `CannotWriteThere` unless a file may be made or replaced at `path`."""
    held = visit_around(path.parent)
    if held is not None:
        raise CannotWriteThere(path, f"it would lie inside the visit “{visit_title(held)}”")
    if is_folder(path):
        raise CannotWriteThere(path, "a folder has this name")
    if not is_folder(path.parent):
        raise CannotWriteThere(path, f"there is no folder “{shown(str(path.parent))}”")
    if is_there(path) and not (path.is_file() or path.is_symlink()):
        raise CannotWriteThere(path, "that is a device or a pipe, not a file")


def refuse_source(path: Path) -> None:
    """Raises `CannotAttach` for a file of a visit; what else it may be shows when it is read."""
    held = visit_around(path.parent)
    if held is not None:
        raise CannotAttach(shown(path.name), f"is part of the visit “{visit_title(held)}”")


def visit_around(folder: Path) -> Path | None:
    """The visit folder that this one is or lies in, if it does; links are followed."""
    try:
        real = folder.resolve()
        return next((each for each in (real, *real.parents) if _is_visit(each)), None)
    except (OSError, RuntimeError, ValueError):  # a loop of links, or no name of a file: nothing is there
        return None


def _is_visit(folder: Path) -> bool:
    return (folder / KEYS_NAME).exists() and (folder / DATABASE_NAME).exists()


def files_in(folder: Path) -> tuple[Path, ...]:
    """Every file in a folder and below, by name; hidden ones are left out. Links to folders are not followed.

    Raises `NothingToAttach`, `CannotAttach` where a visit lies in it, or a disk's refusal.
    """
    found = tuple(sorted(_walked(folder)))
    if not found:
        raise NothingToAttach(folder)
    return found


def linked_folders(folder: Path) -> tuple[Path, ...]:
    """Links to folders in it and below, which `files_in` leaves out."""
    walked = ((Path(place), folders) for place, folders, _ in os.walk(folder))
    inside = (place / name for place, folders in walked for name in folders)
    return tuple(sorted(path for path in inside if path.is_symlink()))


def _walked(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=_refuse_unreadable):
        held = visit_around(Path(place))
        if held is not None:
            raise CannotAttach(shown(folder.name), f"holds files of the visit “{visit_title(held)}”")
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not _is_hidden(name))


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _OF_THE_SYSTEM


def _refuse_unreadable(fault: OSError) -> None:
    name = Path(fault.filename or "").name
    raise refusal_for(fault, f"The folder “{shown(name)}” could not be read", safe="Nothing was added.")
