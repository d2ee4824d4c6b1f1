"""A new key where nobody else is left to confirm it: the old key's own word.

Two laptops restored from one backup write under one key, and each must take a new one. The old key then
signs that the new one is its heir. That word counts only for the last laptop of the last lead and those that
came from it: wherever another lead's laptop can confirm the new key, a person must. The heir stands in the
place of the old key, whose log ends before the entry in which the two stories part; one key may have several
heirs, and all of them count. An heir of a key that somebody else cut off is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from qsin_desktop.journal.entry import Entry

NO_CUT = 2**53
_WORD = b"qsin-heir-v1\0"


class Known(Protocol):
    """Who counts, as `journal.authority` found it."""

    @property
    def members(self) -> frozenset[tuple[str, str]]: ...

    @property
    def leads(self) -> frozenset[str]: ...

    @property
    def revoked(self) -> frozenset[str]: ...

    def lead_devices(self) -> set[str]: ...


class Heirs(frozenset[Entry]):
    """Entries by which new keys took the place of old ones; `key.entity` is the old key."""

    @property
    def cuts(self) -> dict[str, int]:
        """Old key → the last of its entries that counts."""
        found: dict[str, int] = {}
        for heir in self:
            old = heir.key.entity
            found[old] = min(heir.value["since"] - 1, found.get(old, NO_CUT))
        return found

    def line_of(self, old: str) -> set[str]:
        """A key with its heirs, and theirs."""
        line = {old}
        grown = True
        while grown:
            more = {heir.device for heir in self if heir.key.entity in line} - line
            line |= more
            grown = bool(more)
        return line

    def family_of(self, key: str) -> set[str]:
        """All that come from the key that this one came from in the beginning, and that itself."""
        parents = {heir.device: heir.key.entity for heir in sorted(self, key=lambda e: (e.n, e.id))}
        first, passed = key, {key}
        while (parent := parents.get(first)) is not None and parent not in passed:
            first = parent
            passed.add(first)
        return self.line_of(first) | passed

    def without(self, old: str) -> Heirs:
        """Those that do not come after this key."""
        line = self.line_of(old)
        return Heirs(heir for heir in self if heir.key.entity not in line)


def heir_word(device: str) -> bytes:
    """What the old key signs: that the laptop with this key is its heir."""
    return _WORD + bytes.fromhex(device)


def heirs_of(bearing: Iterable[Entry], who_counts: Callable[[Heirs, dict[str, int]], Known]) -> Heirs:
    """All that count, found in rounds, so that an heir may have heirs; a function of the entries alone.

    `who_counts` is asked who would count with these heirs, and these keys cut off.
    """
    sworn = [entry for entry in bearing if _is_sworn(entry)]
    heirs = Heirs()
    while sworn:
        found = Heirs(heir for heir in sworn if _stands(heir, heirs, who_counts)) | heirs
        if found == heirs:
            break
        heirs = Heirs(found)
    return heirs


def _stands(heir: Entry, heirs: Heirs, who_counts: Callable[[Heirs, dict[str, int]], Known]) -> bool:
    """Judged by what both stories share, and without the key's own line.

    Its whole family stands in nobody's way: one of its other heirs may be the laptop that is no more, and a
    key that is parted itself can confirm nobody.
    """
    old = heir.key.entity
    known = who_counts(heirs.without(old), {old: heir.value["since"] - 1})
    return (
        (old, heir.by) in known.members
        and heir.by in known.leads
        and old not in known.revoked
        and not known.lead_devices() - heirs.family_of(old)
    )


def _is_sworn(entry: Entry) -> bool:
    if entry.key.field != "reissued" or entry.undo:
        return False
    value, old = entry.value, entry.key.entity
    if value.get("to") != entry.device or not value.get("sworn"):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(old))
        key.verify(bytes.fromhex(value["sworn"]), heir_word(entry.device))
    except (InvalidSignature, ValueError):
        return False
    return True
