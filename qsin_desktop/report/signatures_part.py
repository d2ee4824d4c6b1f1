"""Who signs for what, where they sign, and how the report is checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qsin_desktop.domain.signatures import SignatureSlot, signature_slots
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report import signature_fields
from qsin_desktop.report.composing import BOLD, SMALL, Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.palette import LINE, WASH
from qsin_desktop.report.sections import heading_of
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.standing_texts import language_of, standing_text
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Line, Run
from qsin_desktop.report.wording import moment

_GAP = 9.0
_LINE = 13.5
_INSET = 10.0  # of the field within its box
_ON_A_DRAFT = (
    "This is a draft, and a draft is not signed. When the lead assessor has sealed the visit, the report is "
    "made again, with a field for each of these signatures."
)
_HOW_IT_IS_SIGNED = (
    "The fields take digital signatures, each made over the whole file. The original is the PDF file, and a "
    "printed page proves nothing by itself. The file is verified with QSIN Desktop (“verify”), with Adobe "
    "Reader or with pdfsig; the page “How to verify a signed report”, which comes with it, says how."
)

_SPELLED = (
    "Signs that no typeface of this report can draw are named in square brackets, such as “[grinning face]”. "
    "The visit keeps them as they were typed."
)


def add_signatures(report: Composer, visit: VisitSnapshot) -> None:
    with report.together():  # a last page with nothing on it but its last words looks forgotten
        _add(report, visit)


def _add(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(1, heading_of(visit, Section.SIGNATURES), "signatures")
    report.para(standing_text(visit, "signing"), glued=True, language=language_of(visit, "signing"))
    if visit.seal:
        report.para(
            f"Sealed by {visit.person_name(visit.seal.by)} on {moment(visit, visit.seal.at)}.", glued=True
        )
    report.para(_HOW_IT_IS_SIGNED if visit.final else _ON_A_DRAFT, after=9.0, glued=True)
    slots = signature_slots(visit.people)
    for start in range(0, len(slots), 2):
        last = start + 2 >= len(slots)
        strip = _pair(report, slots[start : start + 2], fields=visit.final)
        strip.glued = not last  # all signatures on one page
        report.add([strip])
        report.gap(_GAP, glued=not last)
    report.heading(2, "How this report is checked", "checking", listed=False)
    report.para(standing_text(visit, "how_to_check"), language=language_of(visit, "how_to_check"), whole=True)
    if report.setter.spelled:
        report.para(_SPELLED, whole=True)


class _Box(NamedTuple):
    """One signature's: what is signed for and by whom, each line with how far down it stands."""

    slot: SignatureSlot
    x: float
    lines: list[tuple[Line, float]]
    words: Tag
    form: Tag | None

    @property
    def head(self) -> float:
        """Height of the words."""
        return self.lines[-1][1] + _LINE - 4


def _pair(report: Composer, slots: Sequence[SignatureSlot], *, fields: bool) -> Strip:
    """Two boxes side by side, the words and below them the field."""
    width = (report.width - _GAP) / 2
    boxes = [
        _box(report, slot, report.x + column * (width + _GAP), width, fields=fields)
        for column, slot in enumerate(slots)
    ]
    head = max(box.head for box in boxes)
    height = head + signature_fields.HEIGHT + _INSET if fields else head + 5
    inset = (width - signature_fields.WIDTH) / 2

    def paint(sheet: Sheet, top: float) -> None:
        sheet.decorate()
        for box in boxes:
            sheet.box(box.x, top, width, height, stroke=LINE, radius=6)
            if fields:
                size = (signature_fields.WIDTH, signature_fields.HEIGHT)
                sheet.box(box.x + inset, top + head, *size, fill=WASH, radius=4)
        for box in boxes:
            for line, down in box.lines:
                sheet.line(line, box.x + 11, top + down, box.words)
            if box.form is not None:
                sheet.signature_field(box.slot, box.form, box.x + inset, top + head)

    return Strip(height, paint)


def _box(report: Composer, slot: SignatureSlot, x: float, width: float, *, fields: bool) -> _Box:
    name = Run(slot.name or "Name not given yet", BOLD if slot.name else SMALL)
    told = [
        line for run in (Run(slot.purpose, SMALL), name) for line in report.setter.lines([run], width - 22)
    ]
    lines = [(line, 14.0 + nth * _LINE) for nth, line in enumerate(told)]
    words = report.tag.add("P")
    return _Box(slot, x, lines, words, report.tag.add("Form") if fields else None)
