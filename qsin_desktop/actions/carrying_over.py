"""Carry over what the last visit to a network found, from that visit's folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qsin_desktop.actions.late_changes import signed_record
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.last_visit import STAGE, LastVisit, PastFinding, PastRating, from_value, to_value
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import Verdict
from qsin_desktop.domain.standards import Criterion, Rules, ScalePoint
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.trend import Trend, trend_of
from qsin_desktop.journal.entry import Draft
from qsin_desktop.store.identity import Identity

_WORDS = 300  # characters of a finding's gap that are carried


class TheSameVisit(Refusal):
    def __init__(self) -> None:
        super().__init__("That is this visit itself, not an earlier one; nothing was carried over.")


class NothingFound(Refusal):
    def __init__(self, network: str) -> None:
        super().__init__(
            f"The visit to {shown(network)} has no rating of the network on site and no finding, so there is "
            "nothing to carry over."
        )


def look_at_earlier(path: Path, *, identity: Identity, unlocking: Unlocking | None = None) -> LastVisit:
    """Opens the earlier visit for reading and writes nothing there; as it was signed, where it is sealed.

    Raises `NothingFound` besides the refusals of opening.
    """
    with open_visit(path, identity=identity, unlocking=unlocking, reading=True) as earlier:
        return last_visit_of(earlier)


def last_visit_of(earlier: OpenVisit) -> LastVisit:
    """Undisputed ratings of the network on site, and findings that asked for something."""
    record = signed_record(earlier)
    facts = record.facts
    last = LastVisit(
        visit_id=record.visit_id,
        network=facts.network,
        starts=facts.starts,
        ends=facts.ends,
        standard=", ".join(filter(None, (record.pack.title, record.pack.edition))),
        rules=record.rules.title,
        final=record.seal is not None and not record.conflicts,
        ratings=tuple(_ratings(record)),
        findings=tuple(_findings(record)),
    )
    if not last.ratings and not last.findings:
        raise NothingFound(facts.network)
    return last


def carry_over(visit: OpenVisit, last: LastVisit) -> Change:
    """Instead of what was carried over before. Raises `TheSameVisit`."""
    if last.visit_id == visit.visit_id:
        raise TheSameVisit
    value = to_value(last)
    if from_value(value) == visit.record.last_visit:
        return Change("", "", ())
    return visit.write("Carry the last visit over", [Draft(_key(visit), value)])


def drop_last_visit(visit: OpenVisit) -> Change:
    """Raises nothing where none was carried over."""
    if visit.record.last_visit is None:
        return Change("", "", ())
    return visit.write("Let go of the last visit", [Draft(_key(visit), None)])


def trend(record: VisitRecord) -> Trend | None:
    """How the visit stands against the last one, or None where none was carried over."""
    last = record.last_visit
    return trend_of(record, last, record.findings()) if last else None


def _key(visit: OpenVisit) -> FieldKey:
    return FieldKey("visit", visit.visit_id, "last_visit")


def _ratings(record: VisitRecord) -> Iterable[PastRating]:
    points = {point.id: point for point in record.rules.scale}
    for criterion in record.pack.criteria:
        network = record.network_rating(criterion.code, STAGE)
        point = None if network.disputed else points.get(network.rating or "")
        if point is not None:
            yield past_rating(criterion, point, record.rules)


def past_rating(criterion: Criterion, point: ScalePoint, rules: Rules) -> PastRating:
    steps = rules.steps
    return PastRating(
        code=criterion.code,
        shown_code=criterion.shown_code,
        title=criterion.title,
        text_hash=criterion.text_hash,
        label=point.label,
        tone=point.tone,
        sign=point.sign,
        step=0 if point.rank is None else steps.index(point.rank) + 1,
        steps=len(steps),
    )


def _findings(record: VisitRecord) -> Iterable[PastFinding]:
    grades = {grade.id: grade for grade in record.rules.grades}
    for finding in record.findings(withdrawn=False):
        grade = grades.get(finding.grade or "")
        if grade is None or grade.praise:
            continue
        decision = record.response(finding.id).decision
        gap = " ".join(finding.gap.split())
        yield PastFinding(
            number=finding.number,
            grade=grade.label,
            tone=grade.tone,
            blocks=grade.blocks,
            criteria=finding.criteria,
            words=gap if len(gap) <= _WORDS else f"{gap[:_WORDS].rsplit(' ', 1)[0]}…",
            closed=decision is not None and decision.verdict == Verdict.CLOSE,
        )
