"""Where in a visit somebody can be sent: a screen, and what to show on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.searching import Result
from qsin_desktop.domain.closing import ClosingPoint, PointKind
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.progress import MissingPart
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import NETWORK, Stage

PLAN, WALK, EVIDENCE, FINDINGS, TEAM, REPORT = "plan", "walk", "evidence", "findings", "team", "report"
RETURN = "return"  # within Report: the workbook that came home
SCREENS = (PLAN, WALK, EVIDENCE, FINDINGS, TEAM, REPORT)


@dataclass(frozen=True)
class Place:
    """`screen` is one of `SCREENS` or `RETURN`; ids are empty where they matter not. No site: the network."""

    screen: str
    criterion: str = ""
    stage: Stage | None = None
    site: str = NETWORK
    finding: str = ""
    exhibit: str = ""
    file: Path | None = None  # to be read there


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
        return Place(FINDINGS, part.criterion, finding=part.finding)
    if part.criterion:
        return Place(WALK, part.criterion, part.stage, part.site)
    return Place(REPORT)


def place_of_point(point: ClosingPoint) -> Place:
    """Where a point of the closing gate is mended."""
    if point.finding:
        return Place(FINDINGS, point.criterion, finding=point.finding)
    if point.criterion:
        return Place(WALK, point.criterion, point.stage, point.site)
    return Place(REPORT if point.kind is PointKind.CONCLUSION else TEAM)


def place_of_conflict(conflict: Conflict) -> Place:
    """Where the two sides of a disagreement are seen."""
    if conflict.key.type == "rating":
        return place_of_rating(RatingKey.from_entity(conflict.key.entity))
    if conflict.key.type in ("finding", "response"):
        return Place(FINDINGS, finding=conflict.key.entity)
    return Place(TEAM)
