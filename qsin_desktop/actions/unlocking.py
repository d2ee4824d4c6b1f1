"""The ways into a visit: passphrase, keyring, key file; and what a new passphrase must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store import keys
from qsin_desktop.store.folder import LockedByOther, VisitFolder
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.key_slots import PASSPHRASE_LEAST, PassphraseUnfit, check_passphrase
from qsin_desktop.store.keyring_slot import KeyringUnavailable, OsKeyring
from qsin_desktop.store.keys import KdfCost, NoKeyGiven, WrongPassphrase
from qsin_desktop.store.keys_file import SlotKind

__all__ = [
    "Identity",
    "KdfCost",
    "KeyringUnavailable",
    "LockedByOther",
    "NoKeyGiven",
    "OsKeyring",
    "PassphraseUnfit",
    "WrongPassphrase",
    "check_passphrase",
]


class PassphrasesDiffer(Refusal):
    def __init__(self) -> None:
        super().__init__("The two passphrases are not the same; type the second one again.")


class Strength(IntEnum):
    """How well a passphrase stands against guessing; a rough hint, never a promise."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


@dataclass(frozen=True)
class StrengthHint:
    strength: Strength
    words: str


def keyring_works() -> bool:
    """Whether this computer keeps passwords safely; asks no question of the person."""
    try:
        import keyring

        return bool(keyring.get_keyring().priority >= 1)
    except Exception:  # noqa: BLE001  # backends raise whatever their system does
        return False


def asks_for_passphrase(path: Path) -> bool:
    """Whether the visit has a passphrase at all; raises the refusals of a folder that is none."""
    folder = VisitFolder.check(path)
    return any(slot.kind is SlotKind.PASSPHRASE for slot in keys.slots_of(folder))


def open_and_remember(
    path: Path, *, identity: Identity, passphrase: str, remember: bool, reading: bool = False
) -> OpenVisit:
    """Open by passphrase and, if asked, let this computer's keyring open it from now on.

    Raises the refusals of `open_visit`. A keyring that fails does not stand in the way: the visit is open,
    and asks for its passphrase next time. Takes one or two seconds.
    """
    visit = open_visit(
        path, identity=identity, unlocking=Unlocking(passphrase, use_keyring=False), reading=reading
    )
    if remember and not visit.read_only:
        _remember(visit, passphrase)
    return visit


def _remember(visit: OpenVisit, passphrase: str) -> None:
    try:
        data_key = keys.unlock(visit.folder, passphrase=passphrase, use_keyring=False)
        keys.remember_on_this_computer(visit.folder, data_key)
    except KeyringUnavailable:
        return
    except BaseException:
        visit.close()
        raise


def checked_twice(passphrase: str, again: str) -> str:
    """A new passphrase typed twice. Raises `PassphraseUnfit` or `PassphrasesDiffer`."""
    check_passphrase(passphrase)
    if passphrase != again:
        raise PassphrasesDiffer
    return passphrase


def strength_of(passphrase: str) -> StrengthHint:
    """By length, variety and how many words; repeats, runs and well-known choices count for little."""
    if len(passphrase) < PASSPHRASE_LEAST:
        more = PASSPHRASE_LEAST - len(passphrase)
        return StrengthHint(Strength.TOO_SHORT, f"{more} more character{'' if more == 1 else 's'} at least")
    worth = _worth(passphrase)
    if worth < 12:
        return StrengthHint(
            Strength.WEAK, "Easy to guess; take four words that have nothing to do with each other"
        )
    if worth < 18:
        return StrengthHint(Strength.FAIR, "Fair; another word makes it strong")
    return StrengthHint(Strength.STRONG, "Strong")


_WELL_KNOWN = (
    "password",
    "passphrase",
    "letmein",
    "qwerty",
    "welcome",
    "secret",
    "imaging",
    "radiology",
    "qsin",
)


def _worth(passphrase: str) -> float:
    """Characters that count: those that no easy rule gives."""
    text = passphrase.casefold()
    for known in _WELL_KNOWN:
        text = text.replace(known, known[0])
    text = re.sub(r"(.)\1+", r"\1", text)
    steps = sum(abs(ord(b) - ord(a)) == 1 for a, b in pairwise(text))
    kinds = sum(bool(re.search(kind, passphrase)) for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w]"))
    repeated = len(text) - len(set(text)) if len(set(text)) < len(text) / 3 else 0
    return len(text) - 0.8 * steps - repeated + (kinds - 1)
