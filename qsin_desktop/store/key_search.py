"""A visit's data key when its keys.json is damaged, gone or another's: from the copies that lie about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store import keys
from qsin_desktop.store.carving import holds_an_entry
from qsin_desktop.store.cipher_pages import PageCipher, pages_of, salt_of
from qsin_desktop.store.damaged import DAMAGED_NAME
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.keys_file import KEYS_NAME, KeysDamaged, KeysFile, read_keys
from qsin_desktop.store.renamed import renamed_copies

_LOOKED_AT = 64  # pages of each database


class KeysLost(Refusal):
    """No copy of keys.json is left, or none fits: nothing in the visit can be read."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(
            f"“{title}” cannot be repaired because {why}; without its keys nothing in it can be read. "
            f"Nothing was changed. Put a copy of {KEYS_NAME} into its folder, from a backup or a copy of the "
            "visit on another disk, and try again; a colleague's bundle can bring the visit back as well."
        )


class BackupWithoutKeys(Refusal):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"Nothing was restored from “{name}”, because {why}. Choose a backup where it was made (in the "
            f"visit's folder “backups” or the second place), or copy that place's {KEYS_NAME} beside it."
        )


class NotABackup(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}” is no backup of a visit, or was cut short; nothing was restored, nothing made. A "
            "backup is called visit-20261124-104207.db, by its day and time, and lies in a visit's folder "
            "“backups” or in the second place."
        )


@dataclass(frozen=True)
class KeysFound:
    """`path` is where the keys were found; `in_place` whether that is the visit's own keys.json."""

    data_key: DataKey
    path: Path
    held: KeysFile = field(repr=False)
    in_place: bool


@dataclass(frozen=True)
class _KeysAt(VisitFolder):
    """The visit with its keys in another place."""

    other: Path = Path()

    @property
    def keys(self) -> Path:
        return self.other


def copies_of_keys(folder: VisitFolder, more: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Where copies may lie, the visit's own first; `more` are folders of backups elsewhere."""
    places = [folder.keys, folder.backups / KEYS_NAME, *(place / KEYS_NAME for place in more)]
    places += renamed_copies(folder.keys)
    with suppress(OSError):
        places += sorted((folder.path / DAMAGED_NAME).glob(f"*/{KEYS_NAME}"), reverse=True)
    return tuple(places)


def find_keys(
    folder: VisitFolder,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    use_keyring: bool = True,
    more: Sequence[Path] = (),
) -> KeysFound:
    """The keys that open the database, or failing that a backup.

    Raises `NoKeyGiven`, `WrongPassphrase` and the like where a readable copy asks for it, else `KeysLost`.
    """
    return _first_that_fits(
        copies_of_keys(folder, more),
        folder,
        partial(keys.unlock, passphrase=passphrase, key_file=key_file, use_keyring=use_keyring),
        lambda data_key: opens_something(folder, data_key, more),
        lost=partial(KeysLost, folder.title),
        none_read=f"its file {KEYS_NAME} is damaged or missing and no copy of it was found",
        none_fits="its keys fit neither its database nor any backup",
    )


def find_keys_of(
    backup: Path,
    origin: VisitFolder,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    use_keyring: bool = True,
) -> KeysFound:
    """The keys that open one backup: from beside it, else from its visit. Raises as `find_keys`."""
    return _first_that_fits(
        (backup.parent / KEYS_NAME, origin.keys),
        origin,
        partial(keys.unlock, passphrase=passphrase, key_file=key_file, use_keyring=use_keyring),
        lambda data_key: _has_sealed_page(backup, data_key.database_key),
        lost=partial(BackupWithoutKeys, backup.name),
        none_read=f"there is no readable {KEYS_NAME} beside it",
        none_fits="the keys beside it are of another visit, or it is damaged from its first page on",
    )


def _first_that_fits(
    places: Sequence[Path],
    folder: VisitFolder,
    unlock: Callable[[VisitFolder], DataKey],
    fits: Callable[[DataKey], bool],
    *,
    lost: Callable[[str], Refusal],
    none_read: str,
    none_fits: str,
) -> KeysFound:
    """Damaged copies are passed over; a copy that asks for a passphrase counts only if no other opens."""
    asked: Refusal | None = None
    why = none_read
    for path in places:
        try:
            held = read_keys(path)
            data_key = unlock(_KeysAt(folder.path, path))
        except KeysDamaged:
            continue
        except Refusal as refusal:
            asked = asked or refusal
            continue
        if fits(data_key):
            return KeysFound(data_key, path, held, in_place=path == folder.keys)
        why = none_fits
    if asked is not None:
        raise asked
    raise lost(why)


def opens_something(folder: VisitFolder, data_key: DataKey, more: Sequence[Path] = ()) -> bool:
    """Whether any page of the database or of a backup was written under this key."""
    databases = [folder.database, *renamed_copies(folder.database)]
    for place in (folder.backups, folder.path / DAMAGED_NAME, *more):
        with suppress(OSError):
            databases += sorted(place.rglob("*.db"), reverse=True)
    return any(_has_sealed_page(path, data_key.database_key) for path in databases)


def _has_sealed_page(database: Path, key: bytes) -> bool:
    with suppress(OSError):
        cipher = PageCipher(key, salt_of(database))
        for number, raw in pages_of(database):
            if cipher.is_sealed(raw, number) or holds_an_entry(cipher.plain(raw, number)):
                return True
            if number >= _LOOKED_AT:
                break
    return False
