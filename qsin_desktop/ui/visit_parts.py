"""The parts of a visit in the order of the rail, each made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from qsin_desktop.ui.commands import COMMANDS, KeyHint, native
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import CHECK, EVIDENCE, FINDINGS, PLAN, REPORT, RETURN, SIGN, TEAM, WALK, Place
from qsin_desktop.ui.widgets.navigation_rail import RailItem


class PartOfVisit(Protocol):
    """What the frame asks of a screen, besides being a QWidget. `hints_changed` and `foot_words` may lack."""

    @property
    def key_hints(self) -> tuple[KeyHint, ...]: ...

    def show_place(self, place: Place) -> None: ...

    def flush(self) -> None: ...


@dataclass(frozen=True)
class Part:
    ident: str
    label: str
    tip: str
    make: Callable[[Desk], Any]


def _plan(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.plan import PlanScreen

    return PlanScreen(desk)


def _walk(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.walk import WalkScreen

    return WalkScreen(desk)


def _evidence(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.evidence import EvidenceScreen

    return EvidenceScreen(desk)


def _findings(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.findings import FindingsScreen

    return FindingsScreen(desk)


def _team(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.team import TeamScreen

    return TeamScreen(desk)


def _report(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.report import ReportScreen

    return ReportScreen(desk)


def _return(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.returned import ReturnScreen

    return ReturnScreen(desk)


def _sign(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.signing import SignScreen

    return SignScreen(desk)


def _check(desk: Desk) -> Any:
    from qsin_desktop.ui.screens.check import CheckScreen

    return CheckScreen(desk)


PARTS = (
    Part(PLAN, "Plan", "Network, sites, team and who looks at what", _plan),
    Part(WALK, "Walk", "Criterion by criterion: rate, note, attach", _walk),
    Part(EVIDENCE, "Evidence", "All exhibits", _evidence),
    Part(FINDINGS, "Findings", "All findings", _findings),
    Part(TEAM, "Team", "Who is in the team, and disagreements to settle", _team),
    Part(REPORT, "Report", "What is missing, the report and the workbook", _report),
)

# Screens without an entry of their own on the rail; `label` names the part whose entry is marked.
WITHIN = (
    Part(RETURN, REPORT, "The network's answers, read back from its workbook", _return),
    Part(CHECK, REPORT, "What a report is worth", _check),
    Part(SIGN, REPORT, "Signatures on the report", _sign),
)


def part_of(ident: str) -> Part:
    return next(part for part in (*PARTS, *WITHIN) if part.ident == ident)


def rail_entry(ident: str) -> str:
    """Which entry of the rail is marked while this screen is shown."""
    return next((part.label for part in WITHIN if part.ident == ident), ident)


def rail_items() -> tuple[RailItem, ...]:
    return tuple(
        RailItem(part.ident, part.label, part.ident, f"{part.tip} ({native(_key(number))})")
        for number, part in enumerate(PARTS, 1)
    )


def _key(number: int) -> str:
    return COMMANDS[f"rail.{number}"].keys[0]
