"""Which criteria the tree lets through: all, mine, open, with something missing, flagged."""

from __future__ import annotations

from enum import StrEnum

from qsin_desktop.domain.progress import missing_in
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion
from qsin_desktop.ui.models.criterion_marks import CriterionMarks


class Filter(StrEnum):
    ALL = "all"
    MINE = "mine"  # of standards that are assigned to me
    OPEN = "open"  # not yet all rated
    MISSING = "missing"  # something is missing, be it only a note
    FLAGGED = "flagged"


def let_through(chosen: Filter, record: VisitRecord, marks: CriterionMarks, me: str) -> frozenset[str] | None:
    """Codes, or None for all. Open is judged by what was counted; count first."""
    criteria = record.pack.criteria
    if chosen is Filter.MINE:
        return _codes(mine(record, me))
    if chosen is Filter.OPEN:
        rated = marks.rated or frozenset()
        return frozenset(c.code for c in criteria if c.code not in rated)
    if chosen is Filter.MISSING:
        return frozenset(c.code for c in criteria if missing_in(record, c))
    if chosen is Filter.FLAGGED:
        return frozenset(c.code for c in criteria if record.flag(c.code) is not None)
    return None


def mine(record: VisitRecord, me: str) -> list[Criterion]:
    return [c for s in record.pack.standards if record.assigned(s.code) == me for c in s.criteria]


def _codes(criteria: list[Criterion]) -> frozenset[str]:
    return frozenset(c.code for c in criteria)
