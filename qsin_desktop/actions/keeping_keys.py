"""Change the passphrase of a visit, and open it again with the accreditation body's recovery key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal
from qsin_desktop.store import keys
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import write_aside
from qsin_desktop.store.folder import VisitFolder, WriterLock
from qsin_desktop.store.keyring_slot import OsKeyring, SecretShelf
from qsin_desktop.store.keys_file import KdfCost, SlotKind
from qsin_desktop.store.secret_files import (
    RecoveryKeyWrong,
    fingerprint,
    make_recovery_pair,
    read_recovery_private,
    read_recovery_public,
)

RECOVERY_NAME = "recovery.pub.pem"  # in the home folder: the body's public key, for every new visit

__all__ = [
    "KeyChange",
    "RecoveryKeyWrong",
    "add_recovery",
    "change_passphrase",
    "change_passphrase_here",
    "fingerprint",
    "forget_recovery_public",
    "keep_recovery_public",
    "kept_recovery_public",
    "new_recovery_key",
    "read_recovery_public",
    "recover",
    "ways_in",
]


class SamePassphrase(Refusal):
    def __init__(self) -> None:
        super().__init__("The new passphrase is the old one; nothing was changed.")


class NoRecoverySlot(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This visit was made without a recovery key of the accreditation body, so only its passphrase "
            "opens it. Nothing was changed."
        )


@dataclass(frozen=True)
class KeyChange:
    """What a change did; `forgotten` computers ask for the passphrase again."""

    forgotten: int = 0


@dataclass(frozen=True)
class WaysIn:
    """What opens a visit here, for the sentence that asks for it."""

    passphrase: bool
    remembered: bool  # by some computer's keyring
    key_file: bool
    recovery: tuple[str, ...] = ()


def ways_in(path: Path) -> WaysIn:
    """Raises the refusals of a folder that is no visit."""
    slots = keys.slots_of(VisitFolder.check(path))
    kinds = {slot.kind for slot in slots}
    return WaysIn(
        SlotKind.PASSPHRASE in kinds,
        SlotKind.KEYRING in kinds,
        SlotKind.KEY_FILE in kinds,
        tuple(slot.label for slot in slots if slot.kind is SlotKind.RECOVERY),
    )


def change_passphrase(
    path: Path,
    *,
    old: str,
    new: str,
    person: str = "",
    forget: bool = False,
    cost: KdfCost | None = None,
    shelf: Callable[[], SecretShelf] = OsKeyring,
) -> KeyChange:
    """Of a visit that is not open here. Raises `WrongPassphrase`, `PassphraseUnfit`, `LockedByOther`.

    keys.json is replaced whole, so at any moment the old one works or the new one. With `forget` every
    computer that remembers the visit asks again.
    """
    folder = VisitFolder.check(path)
    with _alone(folder, person):
        return _change(folder, old, new, forget=forget, cost=cost, shelf=shelf)


def change_passphrase_here(
    visit: OpenVisit,
    *,
    old: str,
    new: str,
    forget: bool = False,
    cost: KdfCost | None = None,
    shelf: Callable[[], SecretShelf] = OsKeyring,
) -> KeyChange:
    """Of the visit that is open for work; takes two or three seconds, fit for another thread."""
    if visit.read_only:
        raise ReadOnlyVisit(visit.read_only)
    return _change(visit.folder, old, new, forget=forget, cost=cost, shelf=shelf)


def _change(
    folder: VisitFolder,
    old: str,
    new: str,
    *,
    forget: bool,
    cost: KdfCost | None,
    shelf: Callable[[], SecretShelf],
) -> KeyChange:
    keys.check_passphrase(new)
    if old == new:
        raise SamePassphrase
    keys.change_passphrase(folder, old=old, new=new, cost=cost)
    return KeyChange(keys.forget_computers(folder, shelf()) if forget else 0)


def new_recovery_key(private: Path, public: Path, *, passphrase: str | None) -> bytes:
    """The accreditation body's pair in two files, which must not exist; returns the public key."""
    return make_recovery_pair(private, public, passphrase=passphrase or None)


def keep_recovery_public(home: Path, file: Path) -> bytes:
    """Every visit made here from now on can be opened by the holder of its other half."""
    public = read_recovery_public(file)
    home.mkdir(parents=True, exist_ok=True)
    write_aside(home / RECOVERY_NAME, file.read_bytes())
    return public


def forget_recovery_public(home: Path) -> None:
    """Visits made here from now on have no recovery key; those made before keep theirs."""
    (home / RECOVERY_NAME).unlink(missing_ok=True)


def kept_recovery_public(home: Path) -> bytes | None:
    """The body's key that this computer uses for new visits; raises `RecoveryKeyWrong` for a damaged one."""
    kept = home / RECOVERY_NAME
    return read_recovery_public(kept) if kept.is_file() else None


def add_recovery(visit: OpenVisit, public: bytes) -> bool:
    """False where the visit has that very key already."""
    if visit.read_only:
        raise ReadOnlyVisit(visit.read_only)
    if any(slot.public == public for slot in keys.recovery_slots(visit.folder)):
        return False
    keys.add_recovery(visit.folder, visit.data_key, public)
    return True


def recover(
    path: Path,
    *,
    private_file: Path,
    key_passphrase: str | None,
    new: str,
    person: str = "",
    cost: KdfCost | None = None,
) -> None:
    """A new passphrase for a visit whose own is lost; the old one opens nothing any more.

    Raises `NoRecoverySlot`, `RecoveryKeyWrong`, `PassphraseUnfit`, `LockedByOther`.
    """
    folder = VisitFolder.check(path)
    keys.check_passphrase(new)
    if not keys.recovery_slots(folder):
        raise NoRecoverySlot
    private = read_recovery_private(private_file, passphrase=key_passphrase)
    with _alone(folder, person):
        data_key: DataKey = keys.unlock(folder, recovery_private=private, use_keyring=False)
        keys.set_passphrase(folder, data_key, new, cost=cost)


@contextmanager
def _alone(folder: VisitFolder, person: str) -> Iterator[None]:
    """While nobody else writes the visit."""
    lock = WriterLock(folder.path, person=person)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()
