"""Whose entries count: the members' devices and the leads, found from the entries themselves.

The visit's id is bound to the founder's key, so the founding cannot be forged. From there a lead confirms
devices and may make others lead. Both only ever grow, so the order in which entries arrive cannot matter.
A lead may also cut a device off from one of its entries on; cuts are taken in (n, id) order, so it cannot
matter for these either, and what a device wrote before its cut goes on to count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from qsin_desktop.domain.people import Role
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import field_of
from qsin_desktop.journal.undoing import not_taken_back

AUTHORITY_FIELDS = {
    ("visit", "founded"),
    ("device", "member"),
    ("device", "revoked"),
    ("person", "role"),
}

_NO_CUT = 2**53


@dataclass(frozen=True)
class Authority:
    """`members` are (device, person) pairs whose entries count; `leads` are ids of persons.

    `cuts`: device → the last of its entries that counts, for those that were cut off.
    """

    members: frozenset[tuple[str, str]] = frozenset()
    leads: frozenset[str] = frozenset()
    cuts: Mapping[str, int] = field(default_factory=dict, hash=False)

    def counts(self, entry: Entry) -> bool:
        return (entry.device, entry.by) in self.members and _within(entry, self.cuts)


def visit_id(device: str, salt: str) -> str:
    """The id of a visit founded by this device: 32 hex digits."""
    return hashlib.sha256(b"qsin-visit-v1\0" + device.encode() + b"\0" + salt.encode()).hexdigest()[:32]


def bears_authority(entry: Entry) -> bool:
    """True for entries that can change who counts, after which everything is judged anew."""
    return (entry.key.type, entry.key.field) in AUTHORITY_FIELDS


def authority_of(entries: Iterable[Entry]) -> Authority:
    """From all entries, or from those that bear authority. A taken-back confirmation does not count."""
    bearing = [e for e in entries if bears_authority(e) and _fits(e)]
    bearing = not_taken_back(bearing, lambda new, old: (new.device, new.by) == (old.device, old.by))
    authority = _grown(bearing, {})
    for entry in sorted((e for e in bearing if _cuts(e)), key=lambda e: (e.n, e.id)):
        if authority.counts(entry) and entry.by in authority.leads:
            cut = {entry.key.entity: min(entry.value["seq"], authority.cuts.get(entry.key.entity, _NO_CUT))}
            authority = _grown(bearing, {**authority.cuts, **cut})
    return authority


def _grown(bearing: list[Entry], cuts: dict[str, int]) -> Authority:
    """Who counts, from the founding on, when these devices are cut off."""
    bearing = [e for e in bearing if _within(e, cuts)]
    founders = [e for e in bearing if _founds(e)]
    members = {(e.device, e.by) for e in founders}
    leads = {e.by for e in founders}
    grown = True
    while grown:
        before = len(members) + len(leads)
        for entry in bearing:
            if (entry.device, entry.by) in members and entry.by in leads:
                _grant(entry, members, leads)
        grown = len(members) + len(leads) > before
    return Authority(frozenset(members), frozenset(leads), cuts)


def _within(entry: Entry, cuts: Mapping[str, int]) -> bool:
    return entry.seq <= cuts.get(entry.device, _NO_CUT)


def _cuts(entry: Entry) -> bool:
    return entry.key.field == "revoked"


def _grant(entry: Entry, members: set[tuple[str, str]], leads: set[str]) -> None:
    if entry.key.field == "member":
        members.add((entry.key.entity, entry.value["person"]))
    elif entry.key.field == "role" and entry.value == Role.LEAD:
        leads.add(entry.key.entity)


def _founds(entry: Entry) -> bool:
    return entry.key.field == "founded" and entry.visit == visit_id(entry.device, entry.value["salt"])


def _fits(entry: Entry) -> bool:
    row = field_of(entry.key.type, entry.key.field)
    return bool(entry.undo) or (row is not None and entry.value is not None and row.shape(entry.value))
