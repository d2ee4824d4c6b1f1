"""What stood for a field before people wrote apart: the base beside the sides of a disagreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import Field
from qsin_desktop.journal.rules import standing_of

Seen = Mapping[str, int]  # device → how far its log was known


def stood_before(
    row: Field,
    entries: Iterable[Entry],
    sides: Iterable[str],
    seen_by: Mapping[str, Seen],
    authority: Authority,
) -> tuple[Entry, ...]:
    """What stands of the entries of one field that the writers of all `sides` (entries' ids) had seen.

    An entry was seen where a side replaces it, directly or by way of others, and where it lies within what
    the side's writer had said to have seen (`seen_by`: side → logs). Empty where nothing stood yet.
    """
    by_id = {entry.id: entry for entry in entries}
    common: set[str] | None = None
    for side in sides:
        found = _seen_from(side, by_id, seen_by.get(side, {}))
        common = found if common is None else common & found
    return standing_of(row, [by_id[each] for each in common or ()], authority)


def _seen_from(side: str, by_id: Mapping[str, Entry], seen: Seen) -> set[str]:
    of_side = by_id.get(side)
    if of_side is None:
        return set()
    return _ancestors(of_side, by_id) | {
        entry.id
        for entry in by_id.values()
        if entry.seq <= seen.get(entry.device, 0)
        or (entry.device == of_side.device and entry.seq < of_side.seq)
    }


def _ancestors(start: Entry, by_id: Mapping[str, Entry]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for old in waiting.pop().over:
            if old in by_id and old not in found:
                found.add(old)
                waiting.append(by_id[old])
    return found
