"""The view of a visit: what stands for every field, as a pure function of the set of entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import Authority, authority_of
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import field_of
from qsin_desktop.journal.rules import may_replace, standing_of


@dataclass(frozen=True)
class View:
    """`waiting`: entries of devices no lead has confirmed. `unknown`: entries of a newer program."""

    standing: Mapping[FieldKey, tuple[Entry, ...]]
    authority: Authority
    waiting: tuple[Entry, ...]
    unknown: tuple[Entry, ...]
    powerless: tuple[tuple[Entry, str], ...]  # (entry, the entry it names but may not replace)

    @property
    def digest(self) -> str:
        """SHA-256 over every key and the ids that stand for it; equal views have equal digests."""
        lines = (
            "\0".join((*key, *(entry.id for entry in stand)))
            for key, stand in sorted(self.standing.items())
            if stand
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def must_understand(self) -> tuple[Entry, ...]:
        """Unknown entries without which this visit may not be signed off here."""
        return tuple(e for e in self.unknown if e.must)


def view_of(entries: Iterable[Entry], *, seen: Mapping[str, int] | None = None) -> View:
    """Of all entries, or of those within `seen` (device → last seq), as a seal had them."""
    chosen = {e.id: e for e in entries if seen is None or e.seq <= seen.get(e.device, 0)}
    authority = authority_of(chosen.values())
    by_key: dict[FieldKey, list[Entry]] = {}
    for entry in chosen.values():
        by_key.setdefault(entry.key, []).append(entry)
    standing: dict[FieldKey, tuple[Entry, ...]] = {}
    unknown: list[Entry] = []
    powerless: list[tuple[Entry, str]] = []
    for key, of_key in by_key.items():
        row = field_of(key.type, key.field)
        if row is None:
            unknown.extend(of_key)
            continue
        standing[key] = standing_of(row, of_key, authority)
        ids = {e.id: e for e in of_key}
        powerless.extend(
            (e, old)
            for e in of_key
            for old in e.over
            if old in ids and not may_replace(row.kind, e, ids[old], authority)
        )
    return View(
        standing=standing,
        authority=authority,
        waiting=tuple(sorted((e for e in chosen.values() if not authority.counts(e)), key=lambda e: e.id)),
        unknown=tuple(sorted(unknown, key=lambda e: e.id)),
        powerless=tuple(sorted(powerless, key=lambda pair: (pair[0].id, pair[1]))),
    )
