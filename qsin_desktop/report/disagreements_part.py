"""What assessors see differently, each side with its author and reason."""

from __future__ import annotations

from typing import Any

from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standing import Standing
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.sections import heading_of
from qsin_desktop.report.signs import grade_mark, mark_of
from qsin_desktop.report.table import Column, Table
from qsin_desktop.report.wording import code_of, counted, moment, place, stage_words

_TYPES = {
    "visit": "The visit",
    "site": "A site",
    "person": "A member of the team",
    "criterion": "Criterion",
    "standard": "Standard",
    "seal": "The sign-off",
}


def add_disagreements(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, heading_of(visit, Section.DISAGREEMENTS), "disagreements")
    if not visit.conflicts:
        report.para("None is open.")
        return
    many = counted(len(visit.conflicts), "disagreement is", "disagreements are")
    report.para(
        f"{many[:1].upper()}{many[1:]} open. Each side is given in the words of the person who wrote it, "
        "below what stood before they differed."
    )
    for conflict in visit.conflicts:
        report.heading(2, _subject(visit, conflict), f"conflict-{conflict.sides[0].entry}", listed=False)
        table = Table(report, (Column("Who", 110), Column("Says"), Column("When", 108)))
        for before in conflict.base:
            who = f"Before: {visit.person_name(before.by)}"
            table.row(who, _said(visit, conflict, before), moment(visit, before.at))
        if not conflict.base:
            table.row("Before", "Nothing stood", "")
        for side in conflict.sides:
            table.row(visit.person_name(side.by), _said(visit, conflict, side), moment(visit, side.at))
        report.gap(7)


def _subject(visit: VisitSnapshot, conflict: Conflict) -> str:
    key = conflict.key
    field = key.field.replace("_", " ")
    if key.type == "rating":
        rating = RatingKey.from_entity(key.entity)
        code = code_of(visit, rating.criterion)
        return f"Rating of {code}, {place(visit, rating.site)}, {stage_words(rating.stage).lower()}"
    if key.type == "finding":
        number = next((f.number for f in visit.findings if f.id == key.entity), "")
        return f"Finding {number}: {field}".replace("  ", " ")
    if key.type == "response":
        number = next((f.number for f in visit.findings if f.id == key.entity), "")
        return f"Answer to {number}: {field}"
    if key.type == "exhibit":
        number = next((e.number for e in visit.exhibits if e.id == key.entity), "")
        return f"Exhibit {number}: {field}"
    if key.type == "note":
        return f"A note on {_note_code(visit, key.entity)}: {field}"
    if key.type == "link":
        return f"{_link_words(visit, key.entity)}: {field}"
    name = key.entity if key.type in ("criterion", "standard") else ""
    return f"{_TYPES.get(key.type, key.type.capitalize())}{f' {name}' if name else ''}: {field}"


def _note_code(visit: VisitSnapshot, note_id: str) -> str:
    note = next((n for n in visit.notes if n.id == note_id), None)
    return code_of(visit, note.criterion) if note else "a criterion"


def _link_words(visit: VisitSnapshot, link_id: str) -> str:
    link = next((one for one in visit.links if one.id == link_id), None)
    return f"Where {visit.exhibit(link.exhibit).number} is cited" if link else "Where an exhibit is cited"


def _said(visit: VisitSnapshot, conflict: Conflict, side: Standing) -> str:
    key = conflict.key
    if key.type == "rating" and isinstance(side.value, dict):
        words = mark_of(str(side.value.get("rating", "")), visit.rules).words
        reason = str(side.value.get("reason", "")).strip()
        return f"{words}. {reason}" if reason else f"{words}, without a reason"
    if key.type == "finding" and key.field == "grade":
        return _with_why(grade_mark(str(side.value), visit.rules).words, side)
    if key.type == "response" and isinstance(side.value, dict):
        words = str(side.value.get("words", "")).strip()
        return f"{str(side.value.get('verdict', '')).capitalize()}. {words}".strip()
    if key.type == "seal":
        return _with_why("Signed the visit off", side)
    return _with_why(_plain(visit, side.value), side)


def _with_why(words: str, side: Standing) -> str:
    return f"{words}. {side.why.strip()}" if side.why.strip() else words


def _plain(visit: VisitSnapshot, value: Any) -> str:
    if isinstance(value, dict):
        told = [f"{name.replace('_', ' ')}: {_plain(visit, part)}" for name, part in value.items() if part]
        return "; ".join(told) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and any(site.id == value for site in visit.sites):
        return visit.site_name(value)
    return str(value).strip() or "(empty)"
