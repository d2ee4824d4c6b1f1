"""Draw marks on a photo, list them, take them off."""

from __future__ import annotations

import argparse
from typing import Any

from qsin_desktop.actions import marking
from qsin_desktop.actions.evidence import exhibit_named
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.marks import Mark


def mark(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = marking.add_mark(
            visit,
            exhibit=given.exhibit,
            kind=given.kind,
            x=given.x,
            y=given.y,
            w=given.w,
            h=given.h,
            text=given.text,
            colour=given.colour,
        )
        terminal.changed(change, exhibit=exhibit_named(visit, given.exhibit).number, mark=change.entity)


def unmark(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = marking.withdraw_mark(visit, exhibit=given.exhibit, mark=given.mark)
        terminal.changed(change, exhibit=exhibit_named(visit, given.exhibit).number)


def marks(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        exhibit = exhibit_named(visit, given.exhibit)
        lines = [f"{n}  {_told(visit, one)}" for n, one in enumerate(exhibit.marks, 1)]
        values = [_values(visit, number, one) for number, one in enumerate(exhibit.marks, 1)]
        told = "\n".join(lines) or f"{exhibit.number} has no marks."
        terminal.answer(told, {"exhibit": exhibit.number, "marks": values})


def _told(visit: OpenVisit, one: Mark) -> str:
    place = " ".join(f"{part:g}" for part in (one.x, one.y, one.w, one.h))
    words = f" “{one.text}”" if one.text else ""
    return f"{one.kind.value} {place}{words}, {one.colour.value}, by {visit.record.person_name(one.by)}"


def _values(visit: OpenVisit, number: int, one: Mark) -> dict[str, Any]:
    return {
        "number": number,
        "mark": one.id,
        "kind": one.kind.value,
        "place": [one.x, one.y, one.w, one.h],
        "text": one.text,
        "colour": one.colour.value,
        "by": visit.record.person_name(one.by),
    }
