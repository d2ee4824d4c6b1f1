"""Where in a visit somebody can be sent: a screen, and what to show on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.searching import Result
from qsin_desktop.domain.closing import ClosingPoint, PointKind
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.progress import Gap, MissingPart
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import NETWORK, Stage

PLAN, WALK, EVIDENCE, FINDINGS, TEAM, REPORT = "plan", "walk", "evidence", "findings", "team", "report"
RETURN = "return"  # within Report: the workbook that came home
SIGN = "sign"  # within Report: signatures on the report
CHECK = "check"  # within Report: what a report is worth
CITED = "cited"  # part of Findings: the exhibits a finding rests on
RECOMMENDATION = "recommendation"  # part of Report
WAITING, MEMBERS = "waiting", "members"  # parts of Team: laptops to be confirmed; who is still out
_REPORT_FACTS = ("summary", "conclusion", "recommendation", "recommendation_words", "not_covered", "sampling")
_SCREEN_OF = {
    "finding": FINDINGS,
    "response": FINDINGS,
    "exhibit": EVIDENCE,
    "link": EVIDENCE,
    "criterion": WALK,
    "note": WALK,
    "seal": REPORT,
    "person": PLAN,
    "site": PLAN,
    "standard": PLAN,
}
_PART_OF_TEAM = {PointKind.DISAGREEMENT: "", PointKind.WAITING: WAITING}
SCREENS = (PLAN, WALK, EVIDENCE, FINDINGS, TEAM, REPORT)


@dataclass(frozen=True)
class Place:
    """`screen` is one of `SCREENS` or within one, `part` what of it; ids may be empty. No site: network."""

    screen: str
    criterion: str = ""
    stage: Stage | None = None
    site: str = NETWORK
    finding: str = ""
    exhibit: str = ""
    file: Path | None = None  # to be read there
    part: str = ""


def place_of_rating(key: RatingKey) -> Place:
    return Place(WALK, key.criterion, key.stage, key.site)


def place_of_result(result: Result) -> Place:
    """Where a search result is seen: what hangs on a criterion on the walk, the rest on its own screen."""
    if result.rating is not None:
        return place_of_rating(result.rating)
    if result.finding:
        return Place(FINDINGS, result.criterion, finding=result.finding)
    if result.kind in ("exhibit", "link"):
        return Place(EVIDENCE, result.criterion, exhibit=result.exhibit)
    if result.criterion:
        return Place(WALK, result.criterion)
    return Place(TEAM if result.kind == "person" else PLAN)


def place_of_missing(part: MissingPart) -> Place:
    """Where a missing part is mended."""
    if part.finding:
        cited = CITED if part.gap is Gap.EVIDENCE else ""
        return Place(FINDINGS, part.criterion, finding=part.finding, part=cited)
    if part.criterion:
        return Place(WALK, part.criterion, part.stage, part.site)
    return Place(REPORT, part=RECOMMENDATION if part.gap is Gap.CONCLUSION else "")


def place_of_point(point: ClosingPoint) -> Place:
    """Where a point of the closing gate is mended."""
    if point.finding:
        cited = CITED if point.kind is PointKind.EVIDENCE else ""
        return Place(FINDINGS, point.criterion, finding=point.finding, part=cited)
    if point.criterion:
        return Place(WALK, point.criterion, point.stage, point.site)
    if point.kind is PointKind.CONCLUSION:
        return Place(REPORT, part=RECOMMENDATION)
    return Place(TEAM, part=_PART_OF_TEAM.get(point.kind, MEMBERS))


def place_of_conflict(record: VisitRecord, conflict: Conflict) -> Place:
    """Where what people differ about is seen; the Team screen itself for what has no place of its own."""
    return place_of_field(record, conflict.key)


def place_of_field(record: VisitRecord, key: FieldKey) -> Place:
    """Where a field of the record is seen."""
    if key.type == "rating":
        return place_of_rating(RatingKey.from_entity(key.entity))
    if key.type == "visit":
        return Place(REPORT if key.field in _REPORT_FACTS else PLAN)
    if key.type == "note" and (note := record.note(key.entity)) is not None:
        return Place(WALK, note.criterion, note.stage, note.site)
    if key.type == "link" and (link := record.link(key.entity)) is not None:
        return Place(EVIDENCE, exhibit=link.exhibit)
    screen = _SCREEN_OF.get(key.type, TEAM)
    return Place(
        screen,
        criterion=key.entity if key.type == "criterion" else "",
        finding=key.entity if screen == FINDINGS else "",
        exhibit=key.entity if key.type == "exhibit" else "",
    )
