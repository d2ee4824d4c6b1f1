"""The steps of which the story of the example visit is made: who does what, and when. Pure values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.visits import Stage

Who = Literal["lead", "peer", "lay"]

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

# When the team was at each site, as day of November and time of day.
AT_SITE: Mapping[str, tuple[int, str]] = {
    "Royal Wessex": (24, "10:40"),
    "St Aldhelm's": (24, "13:10"),
    "Harbour CDC": (24, "14:05"),
    "Moor": (24, "15:30"),
    "Quay": (24, "16:20"),
    "Castle": (25, "09:05"),
    "Vale": (25, "09:55"),
    "Ridge": (25, "10:45"),
    "Ford": (25, "11:30"),
}


def on(day: int, clock: str) -> int:
    """Minutes from `START` to a time of day in November 2026."""
    hour, minute = (int(part) for part in clock.split(":"))
    moment = START.replace(day=day, hour=hour, minute=minute)
    return int((moment - START).total_seconds()) // 60


@dataclass(frozen=True)
class Member:
    """Somebody of the visit; `key` is a step's `by`, or `network` for its representative."""

    key: str
    name: str
    role: Role
    organisation: str
    interests: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """`minutes` from `START`; steps are played in the order of their minutes."""

    by: Who
    minutes: int

    @property
    def moment(self) -> datetime:
        return START + timedelta(minutes=self.minutes)


@dataclass(frozen=True, kw_only=True)
class FactStep(Step):
    """Sets facts of the visit, by the names of `VisitFacts`."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class LastVisitStep(Step):
    """Carries over what an earlier visit found: each criterion's rating then, and its findings."""

    starts: str
    ends: str
    ratings: Mapping[str, str]
    findings: tuple[PastFindingTold, ...]


@dataclass(frozen=True)
class PastFindingTold:
    """A finding of the earlier visit, to one criterion."""

    number: str
    grade: str
    criterion: str
    gap: str
    closed: bool = True


@dataclass(frozen=True, kw_only=True)
class AssignStep(Step):
    standard: str
    to: Who


@dataclass(frozen=True, kw_only=True)
class RateStep(Step):
    """`apart`: rated before this person's laptop had received the colleague's rating of the same thing.

    A player brings the acting person's laptop up to date before every step but these.
    """

    criterion: str
    rating: str
    reason: str = ""
    stage: Stage = Stage.SITE
    site: str | None = None
    apart: bool = False


@dataclass(frozen=True, kw_only=True)
class SettleStep(Step):
    """The lead's rating takes the place of those that disagree."""

    criterion: str
    rating: str
    reason: str
    stage: Stage = Stage.SITE
    site: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoteStep(Step):
    """`heard` is who spoke or showed it, without a name; `when` as an assessor writes it."""

    criterion: str
    kind: NoteKind
    text: str
    heard: str = ""
    role: str = ""
    when: str = ""
    stage: Stage = Stage.SITE
    site: str | None = None


@dataclass(frozen=True)
class Link:
    """Where an exhibit is cited: `target` is a criterion's code."""

    target: str
    locator: str = ""
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class AttachStep(Step):
    """`file` is a key of the evidence files, and the exhibit's key from then on."""

    file: str
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class SeenStep(Step):
    """A document shown and not copied; `exhibit` is its key from then on."""

    exhibit: str
    seen: SeenDocument
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class CiteStep(Step):
    """Cites an exhibit that is there already in more places."""

    exhibit: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Cited:
    """An exhibit of a finding, with the place in it."""

    exhibit: str
    locator: str = ""
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class FindingStep(Step):
    """`finding` is its key, by which it is withdrawn. Praise has no gap."""

    finding: str
    grade: str
    criteria: tuple[str, ...]
    requirement: str
    evidence: str
    gap: str = ""
    site: str | None = None
    exhibits: tuple[Cited, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WithdrawFindingStep(Step):
    finding: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StateStep(Step):
    """Work state of a criterion: `not started`, `in review` or `done`."""

    criterion: str
    state: str


@dataclass(frozen=True, kw_only=True)
class FlagStep(Step):
    criterion: str
    words: str
    flagged: bool = True


def at_sites(
    by: Who, criterion: str, after: int, ratings: Mapping[str, tuple[str, str]]
) -> Iterator[RateStep]:
    """Ratings with their reasons at several sites, each `after` minutes into the time at the site."""
    for site, (rating, reason) in ratings.items():
        minutes = on(*AT_SITE[site]) + after
        yield RateStep(by=by, minutes=minutes, criterion=criterion, rating=rating, reason=reason, site=site)


def on_documents(by: Who, minutes: int, ratings: Mapping[str, tuple[str, str]]) -> Iterator[RateStep]:
    """Ratings of the network on its documents, six minutes apart."""
    for order, (criterion, (rating, reason)) in enumerate(ratings.items()):
        yield RateStep(
            by=by,
            minutes=minutes + 6 * order,
            criterion=criterion,
            rating=rating,
            reason=reason,
            stage=Stage.DOCUMENTS,
        )
