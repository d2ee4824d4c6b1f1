"""Damaged originals: moved into a folder of their own in the visit, never evidence; only a purge deletes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from qsin_desktop.store.durable import flush_folder, is_there, make_folders, put_in_place
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import VisitFolder

DAMAGED_NAME: Final = "damaged"
LOG_ENDINGS: Final = ("-wal", "-shm", "-journal")


class DamagedFolder:
    """One repair's own folder, `damaged/20261124-104207`, made when the first file is moved in."""

    def __init__(self, folder: VisitFolder, now: datetime) -> None:
        self._visit = folder
        self.path = _free(folder.path / DAMAGED_NAME, f"{now:%Y%m%d-%H%M%S}")
        self.moved: list[Path] = []

    def move_in(self, path: Path) -> bool:
        """Whether it was there. It keeps its name and the folders it lay in. Raises a disk's refusal."""
        if not is_there(path):
            return False
        target = self.path / path.relative_to(self._visit.path)
        try:
            make_folders(target.parent)
            put_in_place(path, _free(target.parent, target.name))
            flush_folder(target.parent)
            with suppress(OSError):
                flush_folder(path.parent)
        except OSError as fault:
            raise refusal_for(fault, f"“{path.name}” could not be moved aside") from fault
        self.moved.append(target)
        return True

    def keep_copy(self, name: str, content: bytes) -> None:
        """A copy of what is about to be overwritten."""
        from qsin_desktop.store.durable import write_aside

        try:
            make_folders(self.path)
        except OSError as fault:
            raise refusal_for(fault, f"“{name}” could not be kept") from fault
        write_aside(self.path / name, content)


def damaged_databases(folder: VisitFolder) -> tuple[Path, ...]:
    """Databases that earlier repairs moved aside, the newest first; an interrupted one left no other."""
    place = folder.path / DAMAGED_NAME
    with suppress(OSError):
        return tuple(sorted(place.glob(f"*/{folder.database.name}"), reverse=True))
    return ()


def damaged_files(folder: VisitFolder) -> tuple[Path, ...]:
    """Every file moved aside, for whoever removes what must not stay."""
    return tuple(_files(folder.path / DAMAGED_NAME))


def _files(place: Path) -> Iterable[Path]:
    with suppress(OSError):
        yield from sorted(path for path in place.rglob("*") if path.is_file())


def _free(place: Path, name: str) -> Path:
    path, number = place / name, 2
    while is_there(path):
        path, number = place / f"{name}-{number}", number + 1
    return path
