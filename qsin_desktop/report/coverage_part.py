"""What was not covered, and what the assessors conclude."""

from __future__ import annotations

from collections.abc import Sequence

from qsin_desktop.domain.progress import MissingPart
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.sections import heading_of, part_of
from qsin_desktop.report.standing_texts import (
    language_of,
    sampling_language,
    sampling_text,
    standing_text,
)
from qsin_desktop.report.summary import add_recommendation_box
from qsin_desktop.report.table import Column, Table
from qsin_desktop.report.wording import counted

_OF_A_PLACE = "the rating of "


def add_coverage(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, heading_of(visit, Section.NOT_COVERED), "not-covered")
    first, second, third = (part_of(visit, Section.NOT_COVERED, part) for part in (1, 2, 3))
    report.heading(2, f"{first} Areas not covered, and why", "areas-not-covered")
    report.para(visit.facts.not_covered or "The assessors named no area of the scope that was left out.")
    report.heading(2, f"{second} Criteria without all their ratings", "not-rated")
    _add_unrated(report, visit)
    report.heading(2, f"{third} What a sample can show", "sampling")
    report.para(sampling_text(visit), language=sampling_language(visit))


def _add_unrated(report: Composer, visit: VisitSnapshot) -> None:
    missing: dict[str, list[str]] = {}
    for part in visit.missing:
        if part.criterion and not part.finding and part.holds_up:
            missing.setdefault(part.criterion, []).append(part.words)
    rows = [
        (c, missing.get(c.code, []))
        for c in visit.pack.criteria
        if c.code in missing or c.code not in visit.rated
    ]
    if not rows:
        report.para("Every criterion has all its ratings, with their reasons.")
        return
    report.para(f"Something is missing for {counted(len(rows), 'criterion', 'criteria')}:", glued=True)
    table = Table(report, (Column("Criterion", 68), Column("Title"), Column("Missing", 226)))
    for criterion, words in rows:
        table.row(criterion.shown_code, criterion.title, _grouped(words) or "a rating")
    report.gap(6)


def _grouped(words: Sequence[str]) -> str:
    """`On site: the rating of Harbour CDC, Moor Park` from one part for each place."""
    groups: dict[str, list[str]] = {}
    for text in words:
        head, joint, name = text.partition(_OF_A_PLACE)
        groups.setdefault(head + joint, []).extend([name] if joint else [])
    return "; ".join(f"{head}{', '.join(names)}" for head, names in groups.items())


def add_conclusion(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, heading_of(visit, Section.CONCLUSION), "conclusion")
    report.para(visit.facts.conclusion or "No conclusion has been written yet.")
    open_parts = [p for p in visit.missing if p.holds_up]
    if open_parts and not visit.final:
        report.para(_open_words(open_parts))
    report.gap(4)
    add_recommendation_box(report, visit)
    report.para(standing_text(visit, "closing"), language=language_of(visit, "closing"))


def _open_words(parts: Sequence[MissingPart]) -> str:
    words = counted(len(parts), "part is", "parts are")
    return f"Before this report can be final, {words} still missing in the record of the visit."
