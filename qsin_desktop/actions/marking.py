"""Draw marks on a photo and take them off: each mark is an add of its own, the file itself stays as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qsin_desktop.actions.evidence import exhibit_named
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.actions.pictures import picture_of
from qsin_desktop.actions.texts import kept
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.marks import (
    LONGEST_TEXT,
    MOST_MARKS,
    Mark,
    MarkColour,
    MarkKind,
    MarkRefused,
    refuse_unplaced,
    value_of,
)
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.store.durable import write_aside

_PICTURES = frozenset({"photo", "image"})


def can_be_marked(exhibit: Exhibit) -> bool:
    """Photos and other pictures can."""
    return exhibit.group in _PICTURES


def may_change(visit: OpenVisit, mark: Mark) -> bool:
    """A mark is moved and taken off by who drew it, or by the lead."""
    return mark.by == visit.me or visit.i_lead


def add_mark(
    visit: OpenVisit,
    *,
    exhibit: str,
    kind: MarkKind,
    x: float,
    y: float,
    w: float,
    h: float,
    text: str = "",
    colour: MarkColour = MarkColour.RED,
) -> Change:
    """Draw one mark, in parts of the upright picture; `change.entity` is its id. Raises `MarkRefused`."""
    found = _picture(visit, exhibit)
    if len(found.marks) >= MOST_MARKS:
        raise MarkRefused(f"{found.number} has {MOST_MARKS} marks already; take some off first.")
    mark = Mark(visit.new_id()[:12], kind, x, y, w, h, _words(kind, text), colour)
    refuse_unplaced(mark)
    name = f"Redact a part of {found.number}" if kind is MarkKind.REDACT else f"Mark {found.number}"
    return visit.write(name, [Draft(_key(found), value_of(mark))], entity=mark.id)


def change_mark(visit: OpenVisit, *, exhibit: str, mark: str, to: Mark) -> Change:
    """Put a mark elsewhere, or give it other words or another colour; its kind and id stay."""
    found = _picture(visit, exhibit)
    old = _mark(visit, found, mark)
    new = replace(to, id=old.id, kind=old.kind, text=_words(old.kind, to.text))
    refuse_unplaced(new)
    if value_of(new) == value_of(old):
        return Change("", "", (), entity=old.id)
    drafts = [Draft(_key(found), None, over=(old.entry,)), Draft(_key(found), value_of(new))]
    return visit.write(f"Change a mark on {found.number}", drafts, entity=old.id)


def withdraw_mark(visit: OpenVisit, *, exhibit: str, mark: str) -> Change:
    """Take a mark off; undo draws it again."""
    found = _picture(visit, exhibit)
    old = _mark(visit, found, mark)
    words = "Show again what was redacted in" if old.kind is MarkKind.REDACT else "Take a mark off"
    return visit.write(f"{words} {found.number}", [Draft(_key(found), None, over=(old.entry,))])


def copy_marked(visit: OpenVisit, exhibit: Exhibit, path: Path) -> None:
    """A JPEG of at most 1600 pixels at `path` with the marks in it and nothing under what is redacted.

    Raises `CannotWriteThere` and `MarkRefused`.
    """
    refuse_target(path)
    made = picture_of(visit)(exhibit) if can_be_marked(exhibit) else None
    if made is None:
        raise MarkRefused(f"No picture can be made of {exhibit.number}, so no copy was written.")
    write_aside(path, made)


def _picture(visit: OpenVisit, name: str) -> Exhibit:
    found = exhibit_named(visit, name)
    if not can_be_marked(found):
        raise MarkRefused(f"{found.number} is no picture; only photos and pictures can be marked.")
    return found


def _mark(visit: OpenVisit, exhibit: Exhibit, name: str) -> Mark:
    """By id, or by its place among the marks: 1, 2, 3."""
    numbered = {str(number): mark for number, mark in enumerate(exhibit.marks, 1)}
    found = next((m for m in exhibit.marks if m.id == name), None) or numbered.get(name)
    if found is None:
        raise NotFound(f"mark on {exhibit.number} called", name)
    if not may_change(visit, found):
        by = visit.record.person_name(found.by)
        raise MarkRefused(f"This mark is {by}’s; {by} or the lead can change it. Nothing was changed.")
    return found


def _words(kind: MarkKind, text: str) -> str:
    """Marks without words of their own may carry some too: they are said where the picture cannot be seen."""
    return "" if kind is MarkKind.REDACT else kept(text, "mark’s text", limit=LONGEST_TEXT).strip()


def _key(exhibit: Exhibit) -> FieldKey:
    return FieldKey("exhibit", exhibit.id, "mark")
