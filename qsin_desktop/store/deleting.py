"""Deletes a visit for good: its keys first, so that whatever is left after a crash nobody can read.

A note in the folder says that it is being deleted. Then keys.json is overwritten where it lies: from that
instant on nothing opens the visit, and the next start goes on. Before it, the visit is whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store import key_slots
from qsin_desktop.store.durable import ASIDE_PREFIX, flush_folder, flush_to_disk, is_there, write_aside
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import BACKUPS_NAME, DATABASE_NAME, DELETING_NAME, EXHIBITS_NAME, VisitFolder
from qsin_desktop.store.keyring_slot import OsKeyring, SecretShelf
from qsin_desktop.store.keys_file import KEYS_NAME, SlotKind, read_keys
from qsin_desktop.store.names import VISIT_SUFFIX, visit_title
from qsin_desktop.store.writer_lock import LOCK_NAME, WRITER_NAME, WriterLock

# In this order: what a person put into the visit, then what was made from it.
_FOLDERS: Final = (EXHIBITS_NAME, "previews", "aside", "damaged", BACKUPS_NAME)
_LONGEST: Final = 64 * 1024


@dataclass(frozen=True)
class Deleted:
    """`left`: names in the folder that are none of the visit's, so the folder stays."""

    title: str
    left: tuple[str, ...] = ()


class CannotDelete(Refusal):
    def __init__(self, folder: VisitFolder) -> None:
        super().__init__(
            f"“{folder.title}” holds files that cannot be removed just now, because another program has them "
            "open or they are protected. Its keys are destroyed, so nobody can read it; the next start of "
            "QSIN Desktop removes the rest."
        )


def is_being_deleted(path: Path) -> bool:
    """Whether a deletion was begun and cut off after the keys were gone."""
    if not is_there(path / DELETING_NAME):
        return _is_empty_visit(path)
    with suppress(Refusal):
        read_keys(path / KEYS_NAME)
        return False  # cut off before: the visit is whole
    return True


def _is_empty_visit(path: Path) -> bool:
    """Cut off between the last file and the folder itself."""
    with suppress(OSError):
        return path.suffix == VISIT_SUFFIX and next(path.iterdir(), None) is None
    return False


def delete_visit(folder: VisitFolder, *, person: str = "", shelf: SecretShelf | None = None) -> Deleted:
    """All of it, for good. Raises `LockedByOther` while it is open anywhere, or a disk's refusal.

    After a `CannotDelete` its keys are gone and the rest goes at the next start.
    """
    lock = WriterLock(folder.path, person=person)
    lock.acquire()
    try:
        _begin(folder)
        _destroy(folder.keys)
    except BaseException:
        lock.release()
        raise
    return _go_on(folder, lock, shelf)


def finish_deletion(path: Path, shelf: SecretShelf | None = None) -> Deleted | None:
    """Go on with a deletion that was cut off; None where there is none. Needs no key."""
    if not is_being_deleted(path):
        return None
    folder = VisitFolder(path)
    lock = WriterLock(path)
    lock.acquire()
    return _go_on(folder, lock, shelf)


def _begin(folder: VisitFolder) -> None:
    keys = read_keys(folder.keys)
    accounts = [key_slots.account_of(keys.key_id, slot.id) for slot in keys.of(SlotKind.KEYRING)]
    note = {"subject": "QSIN visit that is being deleted", "accounts": accounts}
    write_aside(folder.path / DELETING_NAME, json.dumps(note).encode())


def _go_on(folder: VisitFolder, lock: WriterLock, shelf: SecretShelf | None) -> Deleted:
    try:
        for path in _key_files(folder):
            _destroy(path)
        for account in _accounts(folder):
            (shelf or OsKeyring()).forget(account)
        _remove_all(folder)
    finally:
        lock.release()
    return _remove_last(folder)


def _key_files(folder: VisitFolder) -> Iterator[Path]:
    """Every copy of the keys in the folder, half-written ones too, and the key file of an example."""
    yield folder.keys
    with suppress(OSError):
        yield from folder.path.rglob(KEYS_NAME)
        yield from (path for path in folder.path.glob(f"{ASIDE_PREFIX}*") if path.stat().st_size < _LONGEST)
    yield folder.key_file


def _destroy(path: Path) -> None:
    """Overwritten where it lies, flushed, then removed."""
    try:
        with path.open("r+b", buffering=0) as file:
            file.write(os.urandom(os.fstat(file.fileno()).st_size))
            flush_to_disk(file.fileno())
        path.unlink()
        flush_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError as fault:
        raise refusal_for(
            fault, f"The keys “{path.name}” of “{visit_title(path.parent)}” could not be destroyed", safe=""
        ) from fault


def _accounts(folder: VisitFolder) -> tuple[str, ...]:
    try:
        with (folder.path / DELETING_NAME).open("rb") as note:
            given = json.loads(note.read(_LONGEST))
        return tuple(str(account) for account in given["accounts"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _remove_all(folder: VisitFolder) -> None:
    failed: list[OSError] = []
    for name in _FOLDERS:
        failed += _tree_removed(folder.path / name)
    for path in _own_files(folder):
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            failed.append(fault)
    if any(not isinstance(fault, FileNotFoundError) for fault in failed):
        raise CannotDelete(folder) from failed[0]


def _tree_removed(path: Path) -> list[OSError]:
    """What stood in the way."""
    failed: list[OSError] = []

    def keep(_call: object, _path: str, told: tuple[type, BaseException, object]) -> None:
        if isinstance(told[1], OSError):
            failed.append(told[1])

    shutil.rmtree(path, onerror=keep)
    return failed


def _own_files(folder: VisitFolder) -> Iterable[Path]:
    """Of the visit itself at the top of its folder, also under the names that a synchroniser gives a copy."""
    with suppress(OSError):
        return [
            path
            for path in folder.path.iterdir()
            if path.name.startswith((DATABASE_NAME.partition(".")[0] + ".", "visit (", ASIDE_PREFIX))
            and path.name not in (DELETING_NAME, LOCK_NAME)
        ]
    return ()


def _remove_last(folder: VisitFolder) -> Deleted:
    """The notes at the end, when nothing is left that could be read; then the folder, if it is empty."""
    for name in (WRITER_NAME, LOCK_NAME, DELETING_NAME):
        with suppress(OSError):
            (folder.path / name).unlink(missing_ok=True)
    left: tuple[str, ...] = ()
    with suppress(OSError):
        left = tuple(sorted(path.name for path in folder.path.iterdir()))
    if not left:
        with suppress(OSError):
            folder.path.rmdir()
            flush_folder(folder.path.parent)
    return Deleted(folder.title, left)
