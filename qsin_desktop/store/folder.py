"""The visit folder: where its parts lie, how it is made, and what a person is told when it is not one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.store.durable import flush_folder, is_there, sweep_asides, write_aside, writing_aside
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.keys_file import KEYS_NAME, KeysDamaged, read_keys
from qsin_desktop.store.making import MAKING_NAME, being_made, is_abandoned
from qsin_desktop.store.names import safe_name, visit_folder_name, visit_title
from qsin_desktop.store.renamed import renamed_copies
from qsin_desktop.store.writer_lock import (
    LOCK_NAME,
    WRITER_NAME,
    FolderReadOnly,
    LockedByOther,
    Writer,
    WriterLock,
)

__all__ = [
    "FolderReadOnly",
    "LockedByOther",
    "VisitFolder",
    "Writer",
    "WriterLock",
    "visit_folder_name",
    "write_aside",
    "writing_aside",
]

DATABASE_NAME: Final = "visit.db"
EXHIBITS_NAME: Final = "exhibits"
BACKUPS_NAME: Final = "backups"
REACHED_NAME: Final = "visit.reached"  # see `high_water`
KEY_FILE_SUFFIX: Final = ".key"
DELETING_NAME: Final = "visit.deleting"  # says that the visit is being deleted, see `deleting`

# exhibits/ab/ and 64 signs: the longest path inside a visit.
_DEEPEST: Final = len(f"/{EXHIBITS_NAME}/ab/") + 64
_WINDOWS_PATH: Final = 259
# What file managers leave in a folder that a person calls empty.
_UNSEEN: Final = frozenset({".ds_store", "desktop.ini", "thumbs.db", ".localized"})


class VisitMissing(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no visit at “{path}”; check the name, or connect the drive or stick it lies on."
        )


class NotAVisit(Refusal):
    """A file, or a folder of something else."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"“{path.name or path}” {why} Nothing in it was touched.")


class DatabaseMissing(Damage):
    def __init__(self, path: Path, what: str) -> None:
        renamed = renamed_copies(path / DATABASE_NAME)
        remedy = (
            f"“{renamed[0].name}” lies in its place, as a synchronising program leaves it; “Repair” puts the "
            "visit together from it and the backups. Keep such a program away from the folder while you work."
            if renamed
            else "“Repair” puts the visit together from its backups."
        )
        super().__init__(
            f"The visit “{visit_title(path)}” cannot be opened because its file {DATABASE_NAME} {what}; "
            f"nothing was changed. {remedy}"
        )


class BeingDeleted(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{visit_title(path)}” was being deleted when the program stopped: its keys are destroyed, so "
            "nobody can open it. The next start of QSIN Desktop removes what is left."
        )


class CannotMakeVisit(Refusal):
    """A new visit cannot be made at this place; nothing was made."""


@dataclass(frozen=True)
class VisitFolder:
    """The places of one visit's parts; making one touches no disk."""

    path: Path

    @property
    def title(self) -> str:
        """The folder's name as a person says it."""
        return visit_title(self.path)

    @property
    def database(self) -> Path:
        return self.path / DATABASE_NAME

    @property
    def keys(self) -> Path:
        return self.path / KEYS_NAME

    @property
    def exhibits(self) -> Path:
        return self.path / EXHIBITS_NAME

    @property
    def backups(self) -> Path:
        return self.path / BACKUPS_NAME

    @property
    def key_file(self) -> Path:
        """Where the key file of an example lies: beside the folder, never in it."""
        return self.path.with_name(self.path.name + KEY_FILE_SUFFIX)

    @property
    def renamed(self) -> tuple[Path, ...]:
        """Copies of its database and keys under other names."""
        return (*renamed_copies(self.database), *renamed_copies(self.keys))

    @classmethod
    def create(cls, path: Path) -> VisitFolder:
        """An empty visit folder at `path`, parents included; raises `CannotMakeVisit` or a disk's refusal."""
        path = path.absolute()
        _refuse_bad_name(path)
        _refuse_taken(path)
        folder = cls(path)
        try:
            for each in (path, folder.exhibits, folder.backups):
                each.mkdir(parents=True, exist_ok=True)
                flush_folder(each.parent)
        except OSError as fault:
            raise refusal_for(fault, f"The visit folder “{path}” could not be made") from fault
        return folder

    @classmethod
    @contextmanager
    def creating(cls, path: Path) -> Iterator[VisitFolder]:
        """Like `create`; when the block raises, what was made of the visit is taken away again."""
        _clear_abandoned(path)
        existed = is_there(path)
        folder = cls.create(path)
        try:
            with _noted(folder):
                yield folder
        except BaseException:
            folder.take_away(whole=not existed)
            raise

    @classmethod
    def check(cls, path: Path) -> VisitFolder:
        """The visit at `path`; raises the refusal that says why there is none that could be opened.

        Looks at the folder, keys.json and the presence of visit.db; whether that is sound shows on opening.
        """
        path = path.absolute()
        folder = cls(path)
        try:
            names = _names_in(path)
        except OSError as fault:
            raise refusal_for(fault, f"The visit “{folder.title}” could not be opened") from fault
        if DELETING_NAME in names:
            _refuse_half_deleted(folder)
        if not names & {KEYS_NAME, DATABASE_NAME} and not folder.renamed:
            raise NotAVisit(path, f"is not a visit folder: it has neither {DATABASE_NAME} nor {KEYS_NAME}.")
        if KEYS_NAME not in names:
            raise KeysDamaged(folder.keys, "is missing")
        read_keys(folder.keys)
        _refuse_no_database(folder, names)
        return folder

    def sweep(self) -> int:
        """Remove half-written files that a crash left; only while the writer's lock is held."""
        for note in (DELETING_NAME, MAKING_NAME):  # a deletion that had not begun, a making that had ended
            with suppress(OSError):
                (self.path / note).unlink(missing_ok=True)
        return sum(sweep_asides(place) for place in (self.path, self.exhibits, self.backups))

    def take_away(self, *, whole: bool) -> None:
        """Undo `create`: only what belongs to a visit goes; with `whole` the folder too, if then empty."""
        for name in (EXHIBITS_NAME, BACKUPS_NAME):
            shutil.rmtree(self.path / name, ignore_errors=True)
        names = [DATABASE_NAME + ending for ending in ("", "-wal", "-shm", "-journal")]
        sweep_asides(self.path)
        for name in (*names, REACHED_NAME, KEYS_NAME, LOCK_NAME, WRITER_NAME, MAKING_NAME):  # the note last
            with suppress(OSError):  # Windows keeps what is still open; the rest goes all the same
                (self.path / name).unlink(missing_ok=True)
        if whole:
            with suppress(OSError):
                self.path.rmdir()


@contextmanager
def _noted(folder: VisitFolder) -> Iterator[None]:
    with ExitStack() as stack:
        try:
            stack.enter_context(being_made(folder.path))
        except OSError as fault:
            raise refusal_for(fault, f"The visit folder “{folder.path}” could not be made") from fault
        yield


def _clear_abandoned(path: Path) -> None:
    """What a crash left of a visit that was never finished gives way to the one that is made now."""
    if is_abandoned(path):
        VisitFolder(path).take_away(whole=True)


def _names_in(path: Path) -> set[str]:
    """Names in the folder; a missing one or a file is refused."""
    if not path.exists():
        raise VisitMissing(path)
    if not path.is_dir():
        in_visit = path.name in (DATABASE_NAME, KEYS_NAME)
        hint = (
            "is one file of a visit; open the folder it lies in."
            if in_visit
            else "is a file, not a visit folder."
        )
        raise NotAVisit(path, hint)
    return {entry.name for entry in path.iterdir()}


def _refuse_half_deleted(folder: VisitFolder) -> None:
    """Where its keys are still whole the deletion had not begun, and the visit is."""
    try:
        read_keys(folder.keys)
    except KeysDamaged:
        raise BeingDeleted(folder.path) from None


def _refuse_no_database(folder: VisitFolder, names: set[str]) -> None:
    if DATABASE_NAME not in names:
        raise DatabaseMissing(folder.path, "is missing")
    if not folder.database.is_file():
        raise DatabaseMissing(folder.path, "is not a file")
    if folder.database.stat().st_size == 0:
        raise DatabaseMissing(folder.path, "is empty (0 bytes)")


def _refuse_bad_name(path: Path) -> None:
    fit = safe_name(path.name)
    if path.name != fit:
        raise CannotMakeVisit(
            f"The folder name “{_shown(path.name)}” does not work on every computer; "
            f"“{fit}” would. Nothing was made."
        )
    if "\0" in str(path):
        raise CannotMakeVisit(f"The path “{_shown(str(path))}” cannot be used. Nothing was made.")
    if len(os.fsencode(path)) + _DEEPEST > _longest_path(path):
        raise CannotMakeVisit(
            f"The path “{path}” is too long for the files of a visit; choose a place nearer to the top "
            "of the drive or a shorter name. Nothing was made."
        )


def _refuse_taken(path: Path) -> None:
    for above in path.parents:
        if is_there(above / KEYS_NAME) and is_there(above / DATABASE_NAME):
            raise CannotMakeVisit(
                f"“{path.name}” would lie inside the visit “{visit_title(above)}”. Nothing was made."
            )
    if not is_there(path):
        return
    try:
        held = [entry for entry in path.iterdir() if not _counts_as_nothing(entry)]
    except NotADirectoryError:
        raise CannotMakeVisit(f"“{path}” is there already and is not a folder. Nothing was made.") from None
    except OSError as fault:
        raise refusal_for(fault, f"The visit folder “{path}” could not be made") from fault
    if held:
        raise CannotMakeVisit(f"“{path}” already holds something; choose a new name. Nothing was made.")


def _counts_as_nothing(entry: Path) -> bool:
    """Also the bare folders of a visit: the very first that a crash can leave of one."""
    if entry.name in (EXHIBITS_NAME, BACKUPS_NAME):
        return entry.is_dir() and next(entry.iterdir(), None) is None
    return entry.name.lower() in _UNSEEN


def _longest_path(path: Path) -> int:
    if os.name == "nt":
        return _WINDOWS_PATH
    with suppress(OSError, ValueError):
        return os.pathconf(path.anchor, "PC_PATH_MAX")
    return 1024  # macOS, the shortest of the rest


def _shown(name: str) -> str:
    """A bad name made harmless for a message: marks that would turn the text round show as a box."""
    return "".join(sign if sign.isprintable() else "□" for sign in name[:80])
