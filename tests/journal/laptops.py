"""Laptops of a team in memory: each writes entries as the program does, and they meet by exchanging logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import authority_of, visit_id
from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import FIRST, Act, Draft, Entry, write_entry
from qsin_desktop.journal.fields import field_of
from qsin_desktop.journal.rules import standing_of, to_replace

SALT = "a salt"
LEAD = "lead"


class Key:
    """A device key made from a number, so that a failing script can be played again."""

    def __init__(self, number: int) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        self.device = self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


@dataclass
class Laptop:
    """One device of one person with all that it knows."""

    person: str
    key: Key
    visit: str
    known: dict[str, Entry] = field(default_factory=dict)
    acts: list[Entry] = field(default_factory=list)
    _salts: Iterable[int] = field(default_factory=count)

    @property
    def own_log(self) -> list[Entry]:
        return self.log_of(self.key.device)

    def log_of(self, device: str) -> list[Entry]:
        return sorted((e for e in self.known.values() if e.device == device), key=lambda e: e.seq)

    def devices(self) -> set[str]:
        return {e.device for e in self.known.values()}

    def standing(self, key: FieldKey) -> tuple[Entry, ...]:
        row = field_of(key.type, key.field)
        assert row is not None
        authority = authority_of(self.known.values())
        return standing_of(row, [e for e in self.known.values() if e.key == key], authority)

    def write(
        self, key: FieldKey, value: Any, *, why: str = "", over: tuple[str, ...] | None = None, undo: str = ""
    ) -> Entry:
        log = self.own_log
        if over is None and not undo:
            over = self._over(key, value, why)
        entry = write_entry(
            Draft(key, value, why, over or (), undo),
            visit=self.visit,
            signer=self.key,
            by=self.person,
            at="2026-11-24T10:00:00+00:00",
            seq=len(log) + 1,
            prev=log[-1].chain_hash if log else FIRST,
            n=1 + max((e.n for e in self.known.values()), default=0),
            act=Act("act", "An act"),
            must=False,
            salt=lambda: f"{self.key.device}{len(self.known)}",
        )
        self.known[entry.id] = entry
        self.acts.append(entry)
        return entry

    def _over(self, key: FieldKey, value: Any, why: str) -> tuple[str, ...]:
        row = field_of(key.type, key.field)
        assert row is not None
        stands = tuple(e.standing() for e in self.standing(key))
        return to_replace(
            row.kind,
            stands,
            by=self.person,
            lead_with_reason=self.person == LEAD and bool(why),
            adding=value is not None,
        )

    def take_from(self, other: Laptop, cut: Callable[[int], int] = lambda length: length) -> int:
        """Take what the other knows of each log, up to a cut; returns how many entries were new."""
        taken = 0
        for device in sorted(other.devices()):
            mine, theirs = self.log_of(device), other.log_of(device)
            fresh = theirs[len(mine) : len(mine) + cut(len(theirs) - len(mine))]
            tip = mine[-1].chain_hash if mine else FIRST
            check_range(fresh, visit=self.visit, device=device, after=len(mine), tip=tip)
            self.known.update((e.id, e) for e in fresh)
            taken += len(fresh)
        return taken


def team(size: int) -> list[Laptop]:
    """Laptops of a lead and of assessors, all confirmed by the lead and knowing it."""
    keys = [Key(number + 1) for number in range(size)]
    visit = visit_id(keys[0].device, SALT)
    people = [LEAD, "assessor 1", LEAD, "assessor 3"][:size]  # the third is the lead's second laptop
    laptops = [Laptop(person, key, visit) for person, key in zip(people, keys, strict=True)]
    lead = laptops[0]
    lead.write(FieldKey("visit", visit, "founded"), {"salt": SALT})
    for laptop in laptops[1:]:
        lead.write(FieldKey("device", laptop.key.device, "member"), {"person": laptop.person})
    for laptop in laptops[1:]:
        laptop.take_from(lead)
    for laptop in laptops:
        laptop.acts.clear()
    return laptops


Reached = Counter[str]
