"""Laptops of a team as the store sees them: each with a visit.db of its own that receives others' logs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import text

from qsin_desktop.domain.people import Role
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal.authority import visit_id
from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import FIRST, Act, Draft, Entry
from qsin_desktop.journal.view import view_of
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.visit_file import VisitFile
from qsin_desktop.store.visit_store import VisitStore, Written

KEY = b"a key of thirty-two bytes, known"
AT = "2026-11-24T10:42:07+00:00"
PEOPLE = ("lead", "assessor", "stranger")  # the stranger's laptop is confirmed by nobody to begin with
IDENTITIES = tuple(Identity.from_seed(name.encode(), name, name.capitalize()) for name in PEOPLE)
VISIT = visit_id(IDENTITIES[0].device, "salt")
RATING = FieldKey("rating", "IN-301.b|site|", "rating")
NOTE = FieldKey("note", "n1", "text")


@dataclass
class Desk:
    """One laptop. Close its store when done."""

    identity: Identity
    store: VisitStore
    acts: Any = field(default_factory=count)

    def write(self, *drafts: Draft) -> Written:
        act = Act(f"{self.identity.name} {next(self.acts)}", "An act")
        return self.store.append(drafts, signer=self.identity, by=self.identity.person, at=AT, act=act)

    def put(self, key: FieldKey, value: Any, *, why: str = "", over: tuple[str, ...] | None = None) -> Entry:
        return self.write(Draft(key, value, why, over)).entries[0]

    def log(self, device: str, first: int = 1, last: int = 10**6) -> list[Entry]:
        return [entry for entry in self.store.log_of(device, first - 1) if entry.seq <= last]

    def take_all(self, other: Desk) -> Written:
        return self.store.receive([other.log(device) for device in other.store.tips])


def open_desk(path: Path, identity: Identity = IDENTITIES[0]) -> Desk:
    return Desk(identity, VisitStore(VisitFile(path, KEY), VISIT))


def made_desk(path: Path) -> Desk:
    """The lead's, with the founding and the assessor's laptop confirmed."""
    desk = Desk(IDENTITIES[0], VisitStore.create(path, KEY, VISIT))
    desk.write(
        Draft(FieldKey("visit", VISIT, "founded"), {"salt": "salt"}),
        Draft(FieldKey("device", IDENTITIES[1].device, "member"), {"person": PEOPLE[1]}),
        *(Draft(FieldKey("person", name, "role"), role) for name, role in zip(PEOPLE, Role, strict=False)),
    )
    return desk


def made_team(place: Path, base: Path) -> list[Desk]:
    """Three laptops that begin with copies of `base`."""
    desks = []
    for identity in IDENTITIES:
        shutil.copy(base, place / f"{identity.name}.db")
        desks.append(open_desk(place / f"{identity.name}.db", identity))
    return desks


def shown(store: VisitStore) -> dict[FieldKey, tuple[Standing, ...]]:
    return {key: tuple(sorted(stands, key=lambda s: (s.n, s.entry))) for key, stands in store.standing()}


def expected(entries: Sequence[Entry]) -> dict[FieldKey, tuple[Standing, ...]]:
    view = view_of(entries)
    return {
        key: tuple(sorted((entry.standing() for entry in stand), key=lambda s: (s.n, s.entry)))
        for key, stand in view.standing.items()
        if stand
    }


def pragma(file: VisitFile, name: str) -> Any:
    with file.reading() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar_one()


def no_more_pages(file: VisitFile) -> None:
    """As on a full disk: the database cannot grow."""
    pages = pragma(file, "page_count")
    file.driver_connection.execute(f"PRAGMA max_page_count = {pages}")


def more_pages(file: VisitFile) -> None:
    file.driver_connection.execute("PRAGMA max_page_count = 1073741823")


def unbroken(desk: Desk) -> None:
    """Every log is a chain from its first entry, every entry signed; the tips are where they say."""
    for device, tip in desk.store.tips.items():
        log = desk.log(device)
        check_range(log, visit=VISIT, device=device, after=0, tip=FIRST, every_signature=True)
        assert (log[-1].seq, log[-1].chain_hash, log[-1].n) == (tip.seq, tip.chain_hash, tip.n)


def holds(desk: Desk) -> None:
    """What must be true of one laptop at any time."""
    entries = desk.store.entries()
    assert shown(desk.store) == expected(entries), "the rows are the view of all entries"
    assert desk.store.projection_matches()
    digest, n = desk.store.projection_digest(), len(entries)
    again = desk.store.receive([desk.log(device) for device in desk.store.tips])
    assert (again.entries, desk.store.projection_digest(), desk.store.entry_count()) == ((), digest, n)
    desk.store.rebuild()
    assert desk.store.projection_digest() == digest, "kept up with is the same as made anew"
    unbroken(desk)
