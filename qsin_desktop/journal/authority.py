"""Whose entries count: the members' devices and the leads, found from the entries themselves.

The visit's id is bound to the founder's key, so the founding cannot be forged. From there a lead confirms
devices and may make others lead. Both only ever grow, so the order in which entries arrive cannot matter.
A lead may also cut a device off from one of its entries on; cuts are taken in (n, id) order, so it cannot
matter for these either, and what a device wrote before its cut goes on to count. Heirs: see `journal.heirs`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from qsin_desktop.domain.people import Role
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import field_of
from qsin_desktop.journal.heirs import NO_CUT, Heirs, heirs_of
from qsin_desktop.journal.undoing import not_taken_back

AUTHORITY_FIELDS = {
    ("visit", "founded"),
    ("device", "member"),
    ("device", "revoked"),
    ("device", "reissued"),
    ("person", "role"),
}


@dataclass(frozen=True)
class Authority:
    """`members` are (device, person) pairs whose entries count; `leads` are ids of persons.

    `cuts`: device → the last of its entries that counts, for those that were cut off by a lead (`revoked`)
    or have heirs. `own` is the (device, person) of the laptop whose view this is while no lead has confirmed
    it: what it wrote is shown there and counts nowhere.
    """

    members: frozenset[tuple[str, str]] = frozenset()
    leads: frozenset[str] = frozenset()
    cuts: Mapping[str, int] = field(default_factory=dict, hash=False)
    revoked: frozenset[str] = frozenset()
    own: tuple[str, str] | None = None

    def counts(self, entry: Entry) -> bool:
        return (entry.device, entry.by) in self.members and _within(entry, self.cuts)

    def shows(self, entry: Entry) -> bool:
        """Whether it is part of the view here: it counts, or is this laptop's own word that still waits."""
        if (entry.device, entry.by) == self.own:
            return _within(entry, self.cuts) and not bears_authority(entry)
        return self.counts(entry)

    def seen_on(self, own: tuple[str, str] | None) -> Authority:
        """The same, as it is seen on this laptop."""
        return replace(self, own=own if own not in self.members else None)

    def lead_devices(self) -> set[str]:
        """Those that can still confirm another."""
        return {device for device, person in self.members if person in self.leads} - self.cuts.keys()


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
    return _cut(bearing, heirs_of(bearing, lambda heirs, cuts: _cut(bearing, heirs, cuts)), {})


def _cut(bearing: list[Entry], heirs: Heirs, cuts: dict[str, int]) -> Authority:
    """Who counts when these are the heirs, and every lead's cut is made. None can cut off its own device."""
    authority = _grown(bearing, heirs, {**heirs.cuts, **cuts})
    revoked: set[str] = set()
    for entry in sorted((e for e in bearing if _cuts(e)), key=lambda e: (e.n, e.id)):
        device = entry.key.entity
        if authority.counts(entry) and entry.by in authority.leads and device != entry.device:
            cut = min(entry.value["seq"], authority.cuts.get(device, NO_CUT))
            authority = _grown(bearing, heirs, {**authority.cuts, device: cut})
            revoked.add(device)
    return replace(authority, revoked=frozenset(revoked))


def _grown(bearing: list[Entry], heirs: Heirs, cuts: dict[str, int]) -> Authority:
    """Who counts, from the founding on, when these devices are cut off."""
    bearing = [e for e in bearing if _within(e, cuts)]
    founders = [e for e in bearing if _founds(e)]
    members = {(e.device, e.by) for e in founders}
    leads = {e.by for e in founders}
    grown = True
    while grown:
        before = len(members) + len(leads)
        members |= {(heir.device, heir.by) for heir in heirs if (heir.key.entity, heir.by) in members}
        for entry in bearing:
            if (entry.device, entry.by) in members and entry.by in leads:
                _grant(entry, members, leads)
        grown = len(members) + len(leads) > before
    return Authority(frozenset(members), frozenset(leads), cuts)


def _within(entry: Entry, cuts: Mapping[str, int]) -> bool:
    return entry.seq <= cuts.get(entry.device, NO_CUT)


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
