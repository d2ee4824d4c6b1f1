"""Ratings and grades as they are shown: a sign, a word and a tint that say the same."""

from __future__ import annotations

from typing import NamedTuple

from qsin_desktop.domain.rating import NetworkRating, RatingCell
from qsin_desktop.domain.standards import Grade, Rules, Sign
from qsin_desktop.report.palette import DISPUTED, TINTS, UNRATED, Tint
from qsin_desktop.report.typeset import Run, Style

_GLYPHS = {
    Sign.TICK: "✓",
    Sign.HALF: "◐",
    Sign.CROSS: "✗",
    Sign.DASH: "–",
    Sign.STAR: "★",
    Sign.RING: "◌",
}


class Mark(NamedTuple):
    """`empty` where nothing was judged."""

    glyph: str
    words: str
    tint: Tint
    empty: bool = False


def glyph_of(sign: Sign) -> str:
    return _GLYPHS[sign]


NOT_RATED = Mark(_GLYPHS[Sign.RING], "Not rated", UNRATED, empty=True)
DISAGREEMENT = Mark("≠", "Disagreement", DISPUTED)


def mark_of(rating: str | None, rules: Rules, *, disputed: bool = False) -> Mark:
    if disputed:
        return DISAGREEMENT
    point = next((p for p in rules.scale if p.id == rating), None)
    if point is None:
        return Mark(NOT_RATED.glyph, rating, UNRATED, empty=True) if rating else NOT_RATED
    return Mark(_GLYPHS[point.sign], point.label, TINTS[point.tone])


def mark_of_cell(cell: RatingCell | NetworkRating, rules: Rules) -> Mark:
    return mark_of(cell.rating, rules, disputed=cell.disputed)


def chip(mark: Mark, size: float = 8.0) -> Run:
    """Sign and word on their ground, for a line of text."""
    style = Style("semibold", size, size * 1.45, mark.tint.ink)
    return Run(f"{mark.glyph} {mark.words}", style, spoken=mark.words, chip=mark.tint)


def sign(mark: Mark, style: Style) -> Run:
    """The sign alone in the mark's ink, beside its word."""
    ink = Style(style.face, style.size, style.leading, mark.tint.ink)
    return Run(mark.glyph, ink, silent=True)


def grade_of(grade: str | None, rules: Rules) -> Grade | None:
    return next((g for g in rules.grades if g.id == grade), None)


def grade_mark(grade: str | None, rules: Rules) -> Mark:
    """Grades have words and tints only."""
    known = grade_of(grade, rules)
    if known is None:
        return Mark("", grade or "Grade not agreed", UNRATED)
    return Mark("", known.label, TINTS[known.tone])


def grade_chip(grade: str | None, rules: Rules, size: float = 8.0) -> Run:
    mark = grade_mark(grade, rules)
    return Run(mark.words, Style("semibold", size, size * 1.45, mark.tint.ink), chip=mark.tint)
