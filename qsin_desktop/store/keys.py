"""The keys of a visit: made once, unlocked by passphrase, keyring, key file or recovery key, changed.

All that writes keys.json is for the holder of the writer's lock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store import key_slots
from qsin_desktop.store.damaged import DamagedFolder
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import is_there, write_aside
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.key_slots import PassphraseUnfit, check_passphrase
from qsin_desktop.store.keyring_slot import KeyringUnavailable, OsKeyring, SecretShelf
from qsin_desktop.store.keys_file import (
    KEYS_NAME,
    KdfCost,
    KeysDamaged,
    KeysFile,
    KeysNewer,
    Slot,
    SlotKind,
    read_keys,
    write_keys,
)
from qsin_desktop.store.secret_files import (
    KeyFileWrong,
    RecoveryKeyWrong,
    fingerprint,
    make_key_file,
    read_key_file,
)

__all__ = [
    "DataKey",
    "KdfCost",
    "KeyFileWrong",
    "KeyringUnavailable",
    "KeysDamaged",
    "KeysNewer",
    "NoKeyGiven",
    "PassphraseUnfit",
    "RecoveryKeyWrong",
    "SlotInfo",
    "SlotKind",
    "WrongPassphrase",
    "add_key_file",
    "add_recovery",
    "calibrated_cost",
    "change_passphrase",
    "check_passphrase",
    "create_keys",
    "follow_in_backups",
    "forget_computers",
    "is_protected",
    "recovery_slots",
    "remember_on_this_computer",
    "remove_slot",
    "set_passphrase",
    "slots_of",
    "unlock",
]


class WrongPassphrase(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "That passphrase does not open this visit; check Caps Lock and the keyboard's language "
            "and try again, as often as you need. Each try takes a second or so on purpose, to slow down "
            "whoever guesses. Nothing was changed."
        )


class NoKeyGiven(Refusal):
    """Nothing was given that fits any slot; `kinds` are the slots there are."""

    def __init__(self, kinds: Iterable[SlotKind]) -> None:
        self.kinds = tuple(dict.fromkeys(kinds))
        ways = [word for kind, word in _WAYS if kind in self.kinds]
        super().__init__(f"This visit is protected; give {' or '.join(ways)}.")


class LastSlot(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This is the last passphrase or key file of the visit, so it stays: without it nobody could open "
            "the visit. Nothing was changed."
        )


@dataclass(frozen=True)
class SlotInfo:
    """One way to open a visit, without its secrets; `label` in words."""

    id: str
    kind: SlotKind
    label: str


_WAYS: Final = (
    (SlotKind.PASSPHRASE, "its passphrase"),
    (SlotKind.KEY_FILE, "its key file"),
    (SlotKind.RECOVERY, "the recovery key"),
)
_STANDALONE: Final = (SlotKind.PASSPHRASE, SlotKind.KEY_FILE)
DEFAULT_COST: Final = KdfCost()


# The floor, and passes until one try takes about a second on the computer where the passphrase is made.
_SECONDS: Final = 1.0
_MOST_PASSES: Final = 12


def calibrated_cost(floor: KdfCost = DEFAULT_COST, clock: Callable[[], float] = time.perf_counter) -> KdfCost:
    """What one try should cost on this computer: never less than the floor, about a second on a fast one."""
    began = clock()
    key_slots.spend(floor)
    took = max(clock() - began, 0.01)
    passes = min(_MOST_PASSES, max(floor.passes, round(floor.passes * _SECONDS / took)))
    return replace(floor, passes=passes)


def create_keys(
    folder: VisitFolder,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    recovery_public: bytes | None = None,
    keyring: SecretShelf | None = None,
    cost: KdfCost | None = None,
) -> DataKey:
    """A new data key and keys.json with a slot for all that is given; a passphrase or a key file is a must.

    A key file that is missing is made. A keyring that cannot be used is left out: see `slots_of`. Without
    `cost` it is found by trying.
    """
    if passphrase is None and key_file is None:
        raise PassphraseUnfit(
            "A visit needs a passphrase; give at least 10 characters, for example four words."
        )
    if is_there(folder.keys):
        raise KeysDamaged(folder.keys, "is there already and is not overwritten")
    data_key = DataKey.random()
    slots: list[Slot] = []
    if passphrase is not None:
        slots.append(key_slots.by_passphrase(data_key, passphrase, cost or calibrated_cost()))
    if recovery_public is not None:
        slots.append(key_slots.by_recovery(data_key, recovery_public))
    if key_file is not None:
        slots.append(key_slots.by_key_file(data_key, _secret_in(key_file)))
    if keyring is not None:
        with suppress(KeyringUnavailable):
            slots.append(key_slots.by_keyring(data_key, keyring))
    write_keys(folder.keys, KeysFile(data_key.id, tuple(slots)))
    return data_key


def unlock(
    folder: VisitFolder,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    use_keyring: bool = True,
    recovery_private: bytes | None = None,
    keyring: SecretShelf | None = None,
) -> DataKey:
    """The data key. What is given is tried first; then this computer's keyring, then a key file beside it.

    Raises `WrongPassphrase`, `KeyFileWrong`, `RecoveryKeyWrong`, `NoKeyGiven`, `KeysDamaged`, `KeysNewer`.
    """
    keys = read_keys(folder.keys)
    if passphrase is not None and keys.of(SlotKind.PASSPHRASE):
        return _unlock_by_passphrase(keys, passphrase)
    if key_file is not None:
        return _unlock_by_key_file(keys, key_file)
    if recovery_private is not None:
        return _unlock_by_recovery(keys, recovery_private)
    shelf = keyring or OsKeyring()
    found = (
        _first(keys, SlotKind.KEYRING, lambda s: key_slots.open_by_keyring(s, keys.key_id, shelf))
        if use_keyring
        else None
    )
    if found is not None:
        return found
    if keys.of(SlotKind.KEY_FILE) and is_there(folder.key_file):
        return _unlock_by_key_file(keys, folder.key_file)
    raise NoKeyGiven(slot.kind for slot in keys.slots)


def slots_of(folder: VisitFolder) -> tuple[SlotInfo, ...]:
    return tuple(SlotInfo(slot.id, slot.kind, _label(slot)) for slot in read_keys(folder.keys).slots)


def recovery_slots(folder: VisitFolder) -> tuple[Slot, ...]:
    """Those of accreditation bodies, each with the public key it is sealed for."""
    return read_keys(folder.keys).of(SlotKind.RECOVERY)


def is_protected(folder: VisitFolder) -> bool:
    """False for a visit that a key file opens: the window says so."""
    return not read_keys(folder.keys).of(SlotKind.KEY_FILE)


def change_passphrase(folder: VisitFolder, *, old: str, new: str, cost: KdfCost | None = None) -> None:
    """Raises `WrongPassphrase` or `PassphraseUnfit`; the old one then still opens the visit."""
    check_passphrase(new)
    set_passphrase(folder, _unlock_by_passphrase(read_keys(folder.keys), old), new, cost=cost)


def set_passphrase(folder: VisitFolder, data_key: DataKey, new: str, *, cost: KdfCost | None = None) -> None:
    """A new passphrase for who has the data key, e.g. after recovery; the old one opens nothing any more."""
    keys = _keys_for(folder, data_key)
    check_passphrase(new)
    slot = key_slots.by_passphrase(data_key, new, cost or calibrated_cost())
    others = tuple(each for each in keys.slots if each.kind is not SlotKind.PASSPHRASE)
    _write_everywhere(folder, replace(keys, slots=(slot, *others)))


def follow_in_backups(folder: VisitFolder, now: datetime) -> bool:
    """Where a crash kept a changed keys.json from the backups' copy, bring it there now.

    What lies there and is not this visit's own is kept among the damaged originals.
    """
    copy = folder.backups / KEYS_NAME
    if not folder.backups.is_dir():
        return False
    content = folder.keys.read_bytes()
    if not copy.is_symlink() and copy.is_file() and copy.read_bytes() == content:
        return False
    if is_there(copy) and not _is_of(copy, read_keys(folder.keys).key_id):
        DamagedFolder(folder, now).move_in(copy)
    elif not is_there(copy) and not any(folder.backups.glob("visit-*.db")):
        return False
    write_aside(copy, content)
    return True


def _is_of(path: Path, key_id: str) -> bool:
    try:
        return not path.is_symlink() and read_keys(path).key_id == key_id
    except Refusal:
        return False


def forget_computers(folder: VisitFolder, keyring: SecretShelf | None = None) -> int:
    """Every computer that remembers the visit asks for its passphrase again; returns how many there were."""
    keys = read_keys(folder.keys)
    gone = keys.of(SlotKind.KEYRING)
    if gone:
        rest = tuple(slot for slot in keys.slots if slot.kind is not SlotKind.KEYRING)
        _write_everywhere(folder, replace(keys, slots=rest))
    for slot in gone:
        (keyring or OsKeyring()).forget(key_slots.account_of(keys.key_id, slot.id))
    return len(gone)


def remember_on_this_computer(
    folder: VisitFolder, data_key: DataKey, keyring: SecretShelf | None = None
) -> None:
    """Adds a slot for this computer's keyring. Raises `KeyringUnavailable`."""
    _add(folder, data_key, key_slots.by_keyring(data_key, keyring or OsKeyring()))


def add_key_file(folder: VisitFolder, data_key: DataKey, key_file: Path) -> None:
    """Adds a slot for a key file, which is made when it is missing."""
    _add(folder, data_key, key_slots.by_key_file(data_key, _secret_in(key_file)))


def add_recovery(folder: VisitFolder, data_key: DataKey, public: bytes) -> None:
    """Adds a slot for the accreditation body's X25519 public key (32 bytes)."""
    _add(folder, data_key, key_slots.by_recovery(data_key, public))


def remove_slot(folder: VisitFolder, slot_id: str, keyring: SecretShelf | None = None) -> None:
    """Takes away one way to open the visit, never the last passphrase or key file."""
    keys = read_keys(folder.keys)
    gone = next((slot for slot in keys.slots if slot.id == slot_id), None)
    if gone is None:
        raise NoSuchSlot
    rest = tuple(slot for slot in keys.slots if slot.id != slot_id)
    if not any(slot.kind in _STANDALONE for slot in rest):
        raise LastSlot
    _write_everywhere(folder, replace(keys, slots=rest))
    if gone.kind is SlotKind.KEYRING:
        (keyring or OsKeyring()).forget(key_slots.account_of(keys.key_id, slot_id))


class NoSuchSlot(Refusal):
    def __init__(self) -> None:
        super().__init__("This visit has no such way of opening it; nothing was changed.")


def _secret_in(key_file: Path) -> bytes:
    return read_key_file(key_file) if is_there(key_file) else make_key_file(key_file)


def _unlock_by_passphrase(keys: KeysFile, passphrase: str) -> DataKey:
    found = _first(
        keys, SlotKind.PASSPHRASE, lambda slot: key_slots.open_by_passphrase(slot, keys.key_id, passphrase)
    )
    if found is None:
        raise WrongPassphrase
    return found


def _unlock_by_key_file(keys: KeysFile, key_file: Path) -> DataKey:
    secret = read_key_file(key_file)
    found = _first(
        keys, SlotKind.KEY_FILE, lambda slot: key_slots.open_by_key_file(slot, keys.key_id, secret)
    )
    if found is None:
        raise KeyFileWrong(key_file, "opens another visit")
    return found


def _unlock_by_recovery(keys: KeysFile, private: bytes) -> DataKey:
    found = _first(
        keys, SlotKind.RECOVERY, lambda slot: key_slots.open_by_recovery(slot, keys.key_id, private)
    )
    if found is None:
        raise RecoveryKeyWrong("does not open this visit")
    return found


def _first(keys: KeysFile, kind: SlotKind, opened: Callable[[Slot], DataKey | None]) -> DataKey | None:
    return next((key for slot in keys.of(kind) if (key := opened(slot)) is not None), None)


def _keys_for(folder: VisitFolder, data_key: DataKey) -> KeysFile:
    keys = read_keys(folder.keys)
    if keys.key_id != data_key.id:
        raise ValueError("this data key is of another visit")
    return keys


def _add(folder: VisitFolder, data_key: DataKey, slot: Slot) -> None:
    keys = _keys_for(folder, data_key)
    _write_everywhere(folder, replace(keys, slots=(*keys.slots, slot)))


def _write_everywhere(folder: VisitFolder, keys: KeysFile) -> None:
    """The copy among the backups follows, or an old passphrase would live on in it."""
    write_keys(folder.keys, keys)
    copy = folder.backups / KEYS_NAME
    if is_there(copy):
        write_keys(copy, keys)


def _label(slot: Slot) -> str:
    if slot.kind is SlotKind.RECOVERY:
        return f"Recovery key {fingerprint(slot.public)}"
    return {
        SlotKind.PASSPHRASE: "Passphrase",
        SlotKind.KEYRING: "A computer's keyring",
        SlotKind.KEY_FILE: "Key file",
    }[slot.kind]
