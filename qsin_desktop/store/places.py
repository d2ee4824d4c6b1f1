"""A visit's own folders, when something else lies in their place: found, and moved out of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from qsin_desktop.domain.errors import Damage
from qsin_desktop.store.aside import ASIDE_NAME
from qsin_desktop.store.damaged import DAMAGED_NAME, LOG_ENDINGS, DamagedFolder
from qsin_desktop.store.durable import flush_folder, is_there, put_in_place
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import BACKUPS_NAME, DATABASE_NAME, EXHIBITS_NAME, REACHED_NAME, VisitFolder
from qsin_desktop.store.previews import PREVIEWS_NAME
from qsin_desktop.store.writer_lock import LOCK_NAME

_FILES: Final = (LOCK_NAME, REACHED_NAME, *(DATABASE_NAME + ending for ending in LOG_ENDINGS))
_FOLDERS: Final = (EXHIBITS_NAME, BACKUPS_NAME, PREVIEWS_NAME, ASIDE_NAME)


class FileBlocked(Damage):
    def __init__(self, folder: VisitFolder, name: str) -> None:
        super().__init__(
            f"“{folder.title}” cannot be opened because something is in the way of its file {name}: a folder "
            "or a dead link. Nothing was changed; “Repair” moves it aside."
        )


def refuse_blocked_files(folder: VisitFolder, *, reading: bool) -> None:
    """Raises `FileBlocked`. Who only reads needs no lock and notes nothing."""
    for name in blocked_files(folder):
        if not (reading and name in (LOCK_NAME, REACHED_NAME)):
            raise FileBlocked(folder, name)


def blocked_files(folder: VisitFolder) -> tuple[str, ...]:
    """Names of files that come and go with the work, in whose place lies a folder or a dead link."""
    places = ((name, folder.path / name) for name in _FILES)
    return tuple(name for name, path in places if is_there(path) and not _is_file(path))


def free_files(folder: VisitFolder, aside: DamagedFolder) -> tuple[str, ...]:
    """Move what lies there among the damaged originals. Before the lock: nobody can hold one like that."""
    blocked = blocked_files(folder)
    for name in blocked:
        aside.move_in(folder.path / name)
    return blocked


def blocked_places(folder: VisitFolder) -> tuple[str, ...]:
    """Names of the visit's own folders in whose place lies a file, or a link that leads nowhere."""
    return tuple(name for name in (*_FOLDERS, DAMAGED_NAME) if _is_blocked(folder.path / name))


def free_places(folder: VisitFolder, aside: DamagedFolder) -> tuple[str, ...]:
    """Move what lies there among the damaged originals, and make the folders anew; answers their names.

    Raises a disk's refusal.
    """
    blocked = blocked_places(folder)
    try:
        if DAMAGED_NAME in blocked:  # the one place that nothing can be moved into
            stray = folder.path / DAMAGED_NAME
            put_in_place(stray, _free_beside(stray))
            flush_folder(folder.path)
        for name in blocked:
            aside.move_in(folder.path / name)
        for place in (folder.exhibits, folder.backups) if blocked else ():
            place.mkdir(exist_ok=True)
    except OSError as fault:
        raise refusal_for(fault, f"“{folder.title}” could not be put in order") from fault
    return blocked


def _is_file(path: Path) -> bool:
    with suppress(OSError):
        return path.is_file()
    return False


def _is_blocked(path: Path) -> bool:
    with suppress(OSError):
        return is_there(path) and not path.is_dir()
    return is_there(path)


def _free_beside(path: Path) -> Path:
    number = 1
    while is_there(path.with_name(f"{path.name} (moved {number})")):
        number += 1
    return path.with_name(f"{path.name} (moved {number})")
