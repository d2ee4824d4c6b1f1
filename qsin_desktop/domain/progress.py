"""What is done and what is still missing, per criterion, standard, series and visit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion
from qsin_desktop.domain.visits import NETWORK, Stage


class Gap(StrEnum):
    """Kinds of missing part; `NOTE` alone does not hold up a report."""

    RATING = "rating"
    REASON = "reason"
    DISAGREEMENT = "disagreement"
    NOTE = "note"
    EVIDENCE = "evidence"  # a finding without an exhibit
    TEXT = "text"  # a finding without requirement, evidence or gap
    CONCLUSION = "conclusion"


@dataclass(frozen=True)
class MissingPart:
    """One thing that is missing, in words, and where to go to mend it."""

    gap: Gap
    words: str
    criterion: str = ""
    stage: Stage | None = None
    site: str = NETWORK
    finding: str = ""

    @property
    def holds_up(self) -> bool:
        return self.gap is not Gap.NOTE


@dataclass(frozen=True)
class Progress:
    """How many criteria have all their ratings, of how many, and how many parts are missing."""

    rated: int
    criteria: int
    missing: int

    @property
    def percent(self) -> int:
        return 100 if not self.criteria else int(100 * self.rated / self.criteria)


def missing_in(record: VisitRecord, criterion: Criterion) -> tuple[MissingPart, ...]:
    """Every part that this criterion still lacks, the ratings first."""
    parts: list[MissingPart] = []
    for stage in Stage:
        parts.extend(_missing_rating(record, criterion, stage))
    parts.extend(_missing_notes(record, criterion))
    return tuple(parts)


def is_rated(record: VisitRecord, criterion: Criterion) -> bool:
    """True when the network has an undisputed rating on site and every site that needs its own has one."""
    return not any(
        part.gap in (Gap.RATING, Gap.DISAGREEMENT) for part in _missing_rating(record, criterion, Stage.SITE)
    )


def _missing_rating(record: VisitRecord, criterion: Criterion, stage: Stage) -> Iterable[MissingPart]:
    """The network is rated by its own rating, or by the roll-up once every site is rated."""
    code, words = criterion.code, f"{stage.label}: "
    sites = record.sites
    unrated = []
    for site_id, name in [(NETWORK, "the network"), *((s.id, s.name) for s in sites)]:
        cell = record.rating(RatingKey(code, stage, site_id))
        if cell.disputed:
            yield MissingPart(Gap.DISAGREEMENT, f"{words}a disagreement about {name}", code, stage, site_id)
        elif site_id != NETWORK and not cell.opinions:
            unrated.append((site_id, name))
        yield from _missing_reason(record, criterion, stage, site_id, name)
    stated = bool(record.rating(RatingKey(code, stage)).opinions)
    nobody = len(unrated) == len(sites)
    if stage is Stage.SITE and criterion.each_site:
        if not sites and not stated:
            yield MissingPart(Gap.RATING, f"{words}the rating", code, stage)
    elif stated or (sites and not unrated):
        return
    elif nobody:
        yield MissingPart(Gap.RATING, f"{words}the rating", code, stage)
        return
    for site_id, name in unrated:
        yield MissingPart(Gap.RATING, f"{words}the rating of {name}", code, stage, site_id)


def _missing_reason(
    record: VisitRecord, criterion: Criterion, stage: Stage, site: str, name: str
) -> Iterable[MissingPart]:
    cell = record.rating(RatingKey(criterion.code, stage, site))
    for opinion in cell.opinions:
        point = next((p for p in record.rules.scale if p.id == opinion.rating), None)
        if point and point.needs_reason and not opinion.reason.strip():
            yield MissingPart(
                Gap.REASON, f"{stage.label}: the reason for {name}", criterion.code, stage, site
            )


def _missing_notes(record: VisitRecord, criterion: Criterion) -> Iterable[MissingPart]:
    there = {note.kind.value for note in record.notes(criterion.code)}
    for kind in criterion.expected_notes:
        if kind not in there:
            yield MissingPart(Gap.NOTE, f"A note of kind {kind}", criterion.code)


def missing_in_findings(record: VisitRecord, criterion: str | None = None) -> tuple[MissingPart, ...]:
    """Findings (of one criterion) that lack a text, an exhibit or an agreed grade. Praise needs no gap."""
    parts: list[MissingPart] = []
    findings = record.findings(criterion, withdrawn=False)
    cited = {link.finding for link in record.links()} if findings else set()
    praise = {g.id for g in record.rules.grades if g.praise}
    for finding in findings:
        needed = {"requirement": finding.requirement, "evidence": finding.evidence}
        if finding.grade not in praise:
            needed["gap"] = finding.gap
        empty = [name for name, text in needed.items() if not text.strip()]
        where = finding.criteria[0] if finding.criteria else ""
        if empty:
            words = f"{finding.number}: {' and '.join(empty)} not written"
            parts.append(MissingPart(Gap.TEXT, words, where, finding=finding.id))
        if finding.id not in cited:
            parts.append(
                MissingPart(Gap.EVIDENCE, f"{finding.number}: no exhibit", where, finding=finding.id)
            )
        if finding.disputed:
            words = f"{finding.number}: a disagreement"
            parts.append(MissingPart(Gap.DISAGREEMENT, words, where, finding=finding.id))
    return tuple(parts)


def missing_in_visit(record: VisitRecord) -> tuple[MissingPart, ...]:
    """Everything that stands between this visit and a final report, soft points included."""
    parts = [part for criterion in record.pack.criteria for part in missing_in(record, criterion)]
    parts.extend(missing_in_findings(record))
    parts.extend(
        MissingPart(
            Gap.DISAGREEMENT,
            f"{_whose(record, conflict)}Two texts stand for {conflict.key.field.replace('_', ' ')}",
            finding=conflict.key.entity if conflict.key.type == "response" else "",
        )
        for conflict in record.conflicts
        if conflict.key.type not in ("rating", "finding")
    )
    if not record.facts.recommendation:
        parts.append(MissingPart(Gap.CONCLUSION, "The recommendation"))
    return tuple(parts)


def _whose(record: VisitRecord, conflict: Conflict) -> str:
    finding = record.finding(conflict.key.entity) if conflict.key.type == "response" else None
    return f"{finding.number}: " if finding else ""


def progress_of(record: VisitRecord, criteria: Iterable[Criterion]) -> Progress:
    """Over some criteria: a standard's, a series', one assessor's, or all."""
    chosen = tuple(criteria)
    missing = sum(1 for c in chosen for part in missing_in(record, c) if part.holds_up)
    return Progress(sum(is_rated(record, c) for c in chosen), len(chosen), missing)
