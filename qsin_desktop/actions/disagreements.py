"""Every open disagreement with its base: what stood before, what each side says, who wrote it and when."""

from __future__ import annotations

from dataclasses import replace

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.standing import Standing
from qsin_desktop.journal.bases import Seen, stood_before
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import field_of
from qsin_desktop.sync.witness import words_of


def disagreements(visit: OpenVisit) -> tuple[Conflict, ...]:
    """All that are open, in the order of the fields; under a millisecond each."""
    return tuple(with_base(visit, conflict) for conflict in visit.record.conflicts)


def with_base(visit: OpenVisit, conflict: Conflict) -> Conflict:
    """The same disagreement with what stood for it when the writers of its sides last knew the same."""
    row = field_of(conflict.key.type, conflict.key.field)
    if row is None:
        return conflict
    entries = visit.store.entries_for(conflict.key)
    sides = {side.entry for side in conflict.sides}
    seen = {entry.id: _seen_when_writing(visit, entry) for entry in entries if entry.id in sides}
    found = stood_before(row, entries, sides, seen, visit.store.authority)
    return replace(conflict, base=tuple(entry.standing() for entry in found))


def base_text(conflict: Conflict) -> str:
    """Of a text: the base to compare both sides with, or empty."""
    shown: Standing | None = conflict.before
    return shown.value if shown is not None and isinstance(shown.value, str) else ""


def _seen_when_writing(visit: OpenVisit, entry: Entry) -> Seen:
    """What the laptop that wrote this had said to have seen by then."""
    words = [word for word in words_of(visit.store, entry.device) if word.seq < entry.seq]
    last = max(words, key=lambda word: word.seq, default=None)
    return last.value["tips"] if last is not None else {}
