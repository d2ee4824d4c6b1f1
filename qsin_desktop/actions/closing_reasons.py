"""The lead's reasons for closing in spite of soft points: one for a point, and one for all the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.texts import kept
from qsin_desktop.domain.closing import ClosingPoint
from qsin_desktop.domain.errors import Refusal

LONGEST: Final = 4_000  # characters of a reason
_NAME: Final = "closing|reasons"


class NoSuchPoint(Refusal):
    def __init__(self, given: str, points: Iterable[ClosingPoint]) -> None:
        kinds = ", ".join(dict.fromkeys(point.kind.value for point in points)) or "none"
        super().__init__(
            f"No open point is or says “{given}”. Name a kind of point ({kinds}) or words of one, as “team” "
            "shows them. Nothing was sealed."
        )


def reasons_for(points: Iterable[ClosingPoint], given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A point's words → its reason, from pairs of a kind or some words of points, and a reason.

    Of two that fit one point the later holds. Raises `NoSuchPoint`.
    """
    soft = [point for point in points if not point.blocks]
    found: dict[str, str] = {}
    for what, reason in given:
        wanted = " ".join(what.split()).casefold()
        fitting = [p for p in soft if wanted and (wanted == p.kind.value or wanted in p.words.casefold())]
        if not fitting:
            raise NoSuchPoint(what, soft)
        found |= {point.words: reason for point in fitting}
    return found


def own_reasons(points: Iterable[ClosingPoint], reasons: Mapping[str, str]) -> dict[str, str]:
    """Those that are filled and belong to a point that is still open, fit to be recorded."""
    words = dict.fromkeys(point.words for point in points if not point.blocks)
    clean = {name: kept(reasons.get(name, ""), "reason", limit=LONGEST).strip() for name in words}
    return {name: reason for name, reason in clean.items() if reason}


def kept_reasons(visit: OpenVisit) -> dict[str, str]:
    """What the lead wrote for single points and has not sealed with yet; also after a restart."""
    held = json.loads(visit.store.kept_words.loose().get(_NAME, "{}"))
    return {str(name): str(reason) for name, reason in held.items()}


def keep_reasons(visit: OpenVisit, reasons: Mapping[str, str]) -> None:
    filled = {name: reason for name, reason in reasons.items() if reason.strip()}
    if not visit.read_only:
        with suppress(Refusal):  # a full disk: sealing will say so
            visit.store.kept_words.keep_loose(_NAME, json.dumps(filled, ensure_ascii=False) if filled else "")
