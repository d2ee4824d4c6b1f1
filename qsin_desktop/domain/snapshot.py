"""A frozen picture of a visit, from which a report or a workbook is drawn without any database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.evidence import Exhibit, ExhibitLink, Note
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.last_visit import LastVisit
from qsin_desktop.domain.late_changes import LateChange
from qsin_desktop.domain.people import Person
from qsin_desktop.domain.progress import MissingPart, Progress, is_rated, missing_in_visit, progress_of
from qsin_desktop.domain.rating import NOT_RATED, NetworkRating, RatingCell, RatingKey, network_rating
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import NO_RESPONSE, FindingResponse, Round
from qsin_desktop.domain.standards import Criterion, Pack, Rules
from qsin_desktop.domain.templates import PLAIN, ReportTemplate
from qsin_desktop.domain.trend import Trend, trend_of
from qsin_desktop.domain.visits import Seal, Site, Stage, VisitFacts
from qsin_desktop.domain.withdrawals import GoneNumber


@dataclass(frozen=True)
class TrailRow:
    """One line of the trail: who did what, when, from what to what and why."""

    entry: str
    device: str
    seq: int
    n: int
    at: str
    by: str  # a person's name
    act: str
    type: str
    entity: str
    field: str
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class VisitSnapshot:
    """Everything a report needs. `picture` gives a photo as JPEG bytes of at most 1600 px, or None."""

    visit_id: str
    pack: Pack
    rules: Rules
    facts: VisitFacts
    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    ratings: Mapping[RatingKey, RatingCell]
    notes: tuple[Note, ...]
    exhibits: tuple[Exhibit, ...]  # also those that were withdrawn
    links: tuple[ExhibitLink, ...]
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    missing: tuple[MissingPart, ...]
    rated: frozenset[str]  # codes of the criteria that have all their ratings
    progress: Progress
    seal: Seal | None
    version: int  # counts the reports made of this visit, from 1
    made_at: datetime
    trail: tuple[TrailRow, ...] = ()
    template: ReportTemplate = PLAIN
    responses: Mapping[str, FindingResponse] = field(default_factory=dict)  # by finding
    rounds: tuple[Round, ...] = ()
    late: tuple[LateChange, ...] = ()  # what the seal had not seen; never part of the rest
    returns: tuple[LateChange, ...] = ()  # the network's answers that came after the seal
    gone: tuple[GoneNumber, ...] = ()  # numbers of exhibits that were taken back
    gone_findings: tuple[GoneNumber, ...] = ()
    last_visit: LastVisit | None = None
    picture: Callable[[Exhibit], bytes | None] = field(default=lambda _exhibit: None, compare=False)

    @cached_property
    def trend(self) -> Trend | None:
        """How the visit stands against the last one, where one was carried over."""
        return trend_of(self, self.last_visit, self.findings) if self.last_visit else None

    @property
    def final(self) -> bool:
        """Sealed with nothing open: the report carries no DRAFT."""
        return self.seal is not None and not self.conflicts

    def rating(self, criterion: str, stage: Stage, site: str) -> RatingCell:
        return self.ratings.get(RatingKey(criterion, stage, site), NOT_RATED)

    def network_rating(self, criterion: str, stage: Stage) -> NetworkRating:
        return network_rating(self.ratings, self.rules, criterion, stage, (s.id for s in self.sites))

    def person_name(self, person_id: str) -> str:
        return next((p.name for p in self.people if p.id == person_id), "someone not in the team")

    def site_name(self, site_id: str) -> str:
        return next((s.name for s in self.sites if s.id == site_id), "Network")

    def exhibit(self, exhibit_id: str) -> Exhibit:
        return next(e for e in self.exhibits if e.id == exhibit_id)

    def notes_of(self, criterion: str) -> tuple[Note, ...]:
        return tuple(n for n in self.notes if n.criterion == criterion)

    def findings_of(self, criterion: str) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if criterion in f.criteria)

    def links_of(self, *, criterion: str = "", finding: str = "") -> tuple[ExhibitLink, ...]:
        return tuple(
            link
            for link in self.links
            if (criterion and link.criterion == criterion) or (finding and link.finding == finding)
        )

    def response_of(self, finding: str) -> FindingResponse:
        return self.responses.get(finding, NO_RESPONSE)

    @property
    def round(self) -> int:
        """The number that a workbook made of this snapshot bears when it is sent."""
        return 1 + max((r.number for r in self.rounds if not r.returned), default=0)

    @property
    def last_return(self) -> str:
        """`Return 2`, or empty while nothing came back."""
        return next((r.label for r in reversed(self.rounds) if r.returned), "")

    def criterion(self, code: str) -> Criterion:
        return self.pack.criterion(code)


def snapshot_of(
    record: VisitRecord,
    *,
    version: int,
    made_at: datetime,
    trail: tuple[TrailRow, ...] = (),
    picture: Callable[[Exhibit], bytes | None] = lambda _exhibit: None,
    template: ReportTemplate = PLAIN,
    with_base: Callable[[Conflict], Conflict] = lambda conflict: conflict,
    late: tuple[LateChange, ...] = (),
    returns: tuple[LateChange, ...] = (),
    gone: tuple[GoneNumber, ...] = (),
    gone_findings: tuple[GoneNumber, ...] = (),
) -> VisitSnapshot:
    """Freeze the record as it stands now. `with_base` adds to a disagreement what stood before it."""
    return VisitSnapshot(
        visit_id=record.visit_id,
        pack=record.pack,
        rules=record.rules,
        facts=record.facts,
        sites=record.sites,
        people=record.people,
        ratings=dict(record.ratings),
        notes=record.notes(),
        exhibits=record.exhibits(withdrawn=True),
        links=record.links(),
        findings=record.findings(),
        conflicts=tuple(map(with_base, record.conflicts)),
        missing=missing_in_visit(record),
        rated=frozenset(c.code for c in record.pack.criteria if is_rated(record, c)),
        progress=progress_of(record, record.pack.criteria),
        seal=record.seal,
        version=version,
        made_at=made_at,
        trail=trail,
        responses=record.responses(),
        rounds=record.rounds,
        late=late,
        returns=returns,
        gone=gone,
        gone_findings=gone_findings,
        last_visit=record.last_visit,
        picture=picture,
        template=template,
    )
