"""The numbers that exhibits and findings are cited by: E-001, F-001. A number is never given twice here."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.reading import PREFIXES


def next_number(visit: OpenVisit, type_: str) -> str:
    """One more than the greatest ever given here, taken-back ones included: no number is used twice."""
    return f"{PREFIXES[type_]}-{visit.store.greatest_number(type_) + 1:03d}"
