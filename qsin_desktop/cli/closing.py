"""The closing gate, the seal and what came after it, in words and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.closing import ClosingPoint
from qsin_desktop.domain.late_changes import LateChange
from qsin_desktop.domain.visits import NETWORK, Seal

_MOST_SHOWN = 40


def point_json(visit: OpenVisit, point: ClosingPoint) -> dict[str, Any]:
    finding = visit.record.finding(point.finding)
    return {
        "kind": point.kind.value,
        "words": point.words,
        "blocks": point.blocks,
        "criterion": point.criterion,
        "stage": point.stage.value if point.stage else None,
        "site": None if point.site == NETWORK else visit.record.site_name(point.site),
        "finding": finding.number if finding else None,
        "person": point.person,
        "device": point.device,
    }


def points_words(points: list[dict[str, Any]]) -> list[str]:
    lines = [f"{'Blocks closing' if point['blocks'] else 'Open'}: {point['words']}" for point in points]
    if len(lines) > _MOST_SHOWN:
        return [*lines[:_MOST_SHOWN], f"and {len(lines) - _MOST_SHOWN} more; --json lists all"]
    return lines or ["Nothing stands between this visit and its closing."]


def seal_json(visit: OpenVisit, seal: Seal) -> dict[str, Any]:
    seen = [
        {"device": log.device, "name": visit.record.person_name(log.person), "entries": log.entries}
        for log in seal.seen
    ]
    reasons = [{"point": point, "reason": reason} for point, reason in seal.reasons]
    return {
        **asdict(seal),
        "open": dict(seal.open),
        "reasons": reasons,
        "name": visit.record.person_name(seal.by),
        "seen": seen,
    }


def seal_words(sealed: dict[str, Any]) -> list[str]:
    entries = sum(log["entries"] for log in sealed["seen"])
    lines = [f"Sealed {sealed['at']} by {sealed['name']}, over {entries} entries"]
    own = sealed["reasons"]
    lines += [f"  in spite of: {each['point']}. {each['reason']}" for each in own]
    if sealed["reason"]:
        number = sum(sealed["open"].values()) - len(own)
        points = f"{'other ' if own else ''}open {'point' if number == 1 else 'points'}"
        lines.append(f"  in spite of {number} {points}: {sealed['reason']}")
    return lines


def late_json(change: LateChange) -> dict[str, Any]:
    return {
        "act": change.act,
        "by": change.name,
        "at": change.at,
        "counts": change.counts,
        "left": change.left or None,
        "left_by": change.left_by or None,
        "fields": ["/".join(key) for key in change.keys],
    }


def late_words(late: list[dict[str, Any]]) -> list[str]:
    lines = []
    for change in late:
        decided = f"left by {change['left_by']}: {change['left']}" if change["left"] else "not decided"
        lines.append(f"After the seal: {change['act']} ({change['by']}, {change['at']}); {decided}")
    return lines
