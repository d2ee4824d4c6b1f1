"""Section 10: who signs for what, and how the report is checked."""

from __future__ import annotations

from collections.abc import Sequence

from qsin_desktop.domain.people import Role
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.composing import BOLD, SMALL, Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.palette import LINE
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.standing_texts import standing_text
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Line, Run
from qsin_desktop.report.wording import moment

_GAP = 9.0
_SIGNING_ROOM = 40.0


def add_signatures(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, "10\u00a0 Signatures", "signatures")
    report.para(standing_text(visit, "signing"), glued=True)
    if visit.seal:
        report.para(
            f"Sealed by {visit.person_name(visit.seal.by)} on {moment(visit, visit.seal.at)}.", glued=True
        )
    blocks = signature_blocks(visit)
    for start in range(0, len(blocks), 2):
        last = start + 2 >= len(blocks)
        strip = _pair(report, blocks[start : start + 2])
        strip.glued = not last  # all signatures on one page
        report.add([strip])
        report.gap(_GAP, glued=not last)
    report.heading(2, "How this report is checked", "checking", listed=False)
    report.para(standing_text(visit, "how_to_check"))


def signature_blocks(visit: VisitSnapshot) -> list[tuple[str, str]]:
    """What each signature is for, and who gives it: the lead, each assessor, the network."""
    leads = [p for p in visit.people if p.role is Role.LEAD]
    others = [p for p in visit.people if p.role.assesses and p.role is not Role.LEAD]
    network = [p for p in visit.people if p.role is Role.NETWORK]
    blocks = [("Lead assessor, for the team", p.name) for p in leads] or [("Lead assessor, for the team", "")]
    blocks += [(f"{p.role.label}, for their part", p.name) for p in others]
    blocks += [("For the network: received", p.name) for p in network] or [("For the network: received", "")]
    return blocks


def _pair(report: Composer, blocks: Sequence[tuple[str, str]]) -> Strip:
    width = (report.width - _GAP) / 2
    drawn: list[tuple[Tag, list[tuple[Line, float]]]] = []
    height = 0.0
    for purpose, name in blocks:
        lines, down = [], 14.0
        for runs, room in (
            ([Run(purpose, SMALL)], 0.0),
            ([Run(name or "Name:", BOLD if name else SMALL)], 0.0),
            ([Run("Signature:", SMALL)], _SIGNING_ROOM),
            ([Run("Date:", SMALL)], 0.0),
        ):
            for line in report.setter.lines(runs, width - 22):
                lines.append((line, down))
                down += 13.5
            down += room
        drawn.append((report.tag.add("P"), lines))
        height = max(height, down - 2)
    left = report.x

    def paint(sheet: Sheet, top: float) -> None:
        sheet.decorate()
        for column in range(len(drawn)):
            sheet.box(left + column * (width + _GAP), top, width, height, stroke=LINE, radius=6)
        for column, (tag, lines) in enumerate(drawn):
            for line, down in lines:
                sheet.line(line, left + column * (width + _GAP) + 11, top + down, tag)

    return Strip(height, paint)
