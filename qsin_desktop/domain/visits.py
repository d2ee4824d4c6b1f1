"""The visit itself: the network, its sites, the dates and the words that frame the report."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

NETWORK = ""  # the place id that means the network as a whole


class Stage(StrEnum):
    """A criterion is judged once on documents and again on site."""

    DOCUMENTS = "documents"
    SITE = "site"

    @property
    def label(self) -> str:
        return {Stage.DOCUMENTS: "Documents", Stage.SITE: "On site"}[self]


@dataclass(frozen=True)
class Site:
    id: str
    name: str
    order: int = 0


class VisitDays:
    """ISO days, or empty; a visit with one day only ends when it starts."""

    starts: str
    ends: str

    @property
    def first_day(self) -> date | None:
        return date.fromisoformat(self.starts) if self.starts else None

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.ends) if self.ends else self.first_day


@dataclass(frozen=True)
class VisitFacts(VisitDays):
    """What is true of the visit as a whole. Dates are ISO days (`2026-11-24`) or empty."""

    network: str = ""
    client: str = ""  # who the report goes to, where it is not the network itself
    issuing_body: str = ""
    scope: str = ""
    objectives: str = ""
    starts: str = ""
    ends: str = ""
    report_number: str = ""
    summary: str = ""  # what stood out
    conclusion: str = ""
    recommendation: str = ""  # id of one of the rules' recommendations
    recommendation_words: str = ""
    not_covered: str = ""  # areas not covered and why
    keep_until: str = ""  # ISO day before which the visit is not to be deleted
    sampling: str = ""  # a sampling caveat of the visit's own; the shipped text otherwise


FACTS = tuple(f.name for f in fields(VisitFacts))


@dataclass(frozen=True)
class SeenLog:
    """How many entries of one laptop a seal had seen, and whose laptop it was then."""

    device: str
    person: str
    entries: int


@dataclass(frozen=True)
class Seal:
    """The lead's sign-off: nothing written after it changes what it covers until it is reopened.

    `reason` is why it was sealed in spite of open points; `open` says how many of each kind there were and
    `points` the first of them in words. `reasons` pairs points with a reason of their own; then `reason` is
    for the others, and empty where there are none.
    """

    entry: str
    by: str
    at: str
    digest: str  # SHA-256 of the sealed view, hex
    reason: str = ""
    open: tuple[tuple[str, int], ...] = ()
    points: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    seen: tuple[SeenLog, ...] = ()

    @property
    def passed(self) -> int:
        """How many open points it was made in spite of."""
        return sum(number for _, number in self.open)


def report_number(facts: VisitFacts, visit_id: str) -> str:
    """The number the body gave, else one that no other visit has."""
    return facts.report_number or f"QSIN-{visit_id[:8].upper()}"
