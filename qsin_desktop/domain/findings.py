"""Findings: what was required, what was seen, and the gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from qsin_desktop.domain.standards import Grade
from qsin_desktop.domain.visits import NETWORK
from qsin_desktop.domain.withdrawals import Withdrawal


@dataclass(frozen=True)
class Finding:
    """A numbered finding. `grade` is an id of the rules' grades, None while assessors disagree about it."""

    id: str
    number: str  # F-001
    grade: str | None
    requirement: str
    evidence: str
    gap: str
    criteria: tuple[str, ...]
    by: str
    at: str
    site: str = NETWORK
    due: date | None = None
    due_is_own: bool = False  # set by hand, not by the grade's limit
    withdrawn: str = ""  # the reason; withdrawn findings stay visible
    withdrawal: Withdrawal | None = None  # the same with who and when
    disputed: bool = False
    n: int = 0


def due_date(grade: Grade | None, last_day: date | None) -> date | None:
    """By the grade's limit, counted from the visit's last day."""
    if grade is None or grade.due_weeks is None or last_day is None:
        return None
    return last_day + timedelta(weeks=grade.due_weeks)
