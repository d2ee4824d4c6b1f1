"""Which entries were taken back. An undo is an entry too and can itself be undone: nothing is removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qsin_desktop.journal.entry import Entry


def not_taken_back(entries: Iterable[Entry], may_undo: Callable[[Entry, Entry], bool]) -> list[Entry]:
    """The entries that still hold, without the undoing ones. `may_undo(undoing, undone)` says who may."""
    given = list(entries)
    by_id = {e.id: e for e in given}
    undoers: dict[str, list[Entry]] = {}
    for entry in given:
        target = by_id.get(entry.undo)
        if target is not None and may_undo(entry, target):
            undoers.setdefault(target.id, []).append(entry)
    if not undoers:
        return [e for e in given if not e.undo]
    gone = _gone(undoers)
    return [e for e in given if not e.undo and e.id not in gone]


def _gone(undoers: dict[str, list[Entry]]) -> set[str]:
    """Ids with an undoer that holds. An id covers the ids it names, so the walk cannot go round."""
    settled: dict[str, bool] = {}
    for start in undoers:
        stack = [start]
        while stack:
            top = stack[-1]
            of_top = undoers.get(top, [])
            pending = [u.id for u in of_top if u.id not in settled]
            if pending:
                stack.extend(pending)
                continue
            settled[top] = any(not settled[u.id] for u in of_top)
            stack.pop()
    return {entry for entry, taken_back in settled.items() if taken_back}
