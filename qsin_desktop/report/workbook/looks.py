"""The looks of cells: calm colours, one shared style for each kind of cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook import Workbook

from qsin_desktop.domain.standards import Sign, Tone

INK, SOFT, LINE, SURFACE, BACKGROUND = "18212B", "52606E", "D5DCE3", "FFFFFF", "F4F6F8"
RULE = "E9EDF1"
ACCENT, ACCENT_WASH, ACCENT_PALE = "0B5CAD", "E6F0FA", "F6FAFE"

TONES: dict[Tone, tuple[str, str]] = {  # ink and wash
    Tone.MET: ("1B7346", "E5F4EC"),
    Tone.PARTLY: ("8A5A00", "FFF3D9"),
    Tone.NOT_MET: ("B3261E", "FCE8E6"),
    Tone.NOT_APPLICABLE: ("5B6773", "ECEFF2"),
    Tone.ACCENT: (ACCENT, ACCENT_WASH),
}
SOLIDS: dict[Tone, str] = {  # for bars of a chart
    Tone.MET: "4D9F78",
    Tone.PARTLY: "DDA431",
    Tone.NOT_MET: "CF544A",
    Tone.NOT_APPLICABLE: "AEB8C2",
    Tone.ACCENT: "3D82C4",
}
SIGNS: dict[Sign, str] = {
    Sign.TICK: "✓",
    Sign.HALF: "◐",
    Sign.CROSS: "✗",
    Sign.DASH: "\N{EN DASH}",
    Sign.STAR: "★",
    Sign.RING: "◌",
}

DAY, MOMENT = "d mmm yyyy", "d mmm yyyy hh:mm"
AS_TEXT = "@"  # whatever is typed there stays text


@dataclass(frozen=True, eq=False)  # each look is one object, so that finding its style costs nothing
class Look:
    """How a cell is drawn and whether it can be typed in."""

    ink: str = INK
    fill: str = ""
    size: float = 10
    bold: bool = False
    underlined: bool = False
    across: str = "left"
    down: str = "top"
    wrap: bool = True
    line: str = LINE  # colour of the thin line below, empty for none
    form: str = "General"
    unlocked: bool = False
    boxed: bool = False
    ruled: bool = False  # a faint line at its right, so that a full column does not run into the next


BODY = Look(ruled=True)
STRONG = replace(BODY, bold=True)
QUIET = replace(BODY, ink=SOFT)
LINK = replace(BODY, ink=ACCENT, underlined=True)
STRONG_LINK = replace(LINK, bold=True)
DATE = replace(BODY, form=DAY)
TIME = replace(BODY, form=MOMENT)
COUNT = replace(BODY, form="#,##0")
FINE = replace(BODY, ink=SOFT, size=8)  # hashes and ids
HEADER = Look(bold=True, fill="E9EDF1", down="center", line="9AA7B3")
RESPONSE_HEADER = replace(HEADER, ink=ACCENT, fill=ACCENT_WASH, line=ACCENT)
RESPONSE = Look(fill=ACCENT_PALE, form=AS_TEXT, unlocked=True, boxed=True)
RESPONSE_DATE = replace(RESPONSE, form=DAY)
CLOSED = Look(ink=SOFT, fill="ECEFF2", boxed=True)  # a response that is not asked for
CLOSED_DATE = replace(CLOSED, form=DAY)
TITLE = Look(size=16, bold=True, wrap=False, line="", down="center")
SUBTITLE = Look(ink=SOFT, wrap=False, line="", down="center")
BAND = Look(ink=SOFT, bold=True, size=9, wrap=False, line="", fill=BACKGROUND, down="center")
RESPONSE_BAND = replace(BAND, ink=ACCENT, fill=ACCENT_WASH)


@cache
def toned(tone: Tone, *, centred: bool = False, bold: bool = False) -> Look:
    ink, wash = TONES[tone]
    across, down = ("center", "center") if centred else ("left", "top")
    return Look(ink=ink, fill=wash, across=across, down=down, bold=bold, line=SURFACE if centred else LINE)


class Looks:
    """Registers each look once with a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._scratch = workbook.create_sheet("scratch")
        self._known: dict[tuple[Look, bool], int] = {}
        workbook.remove(self._scratch)

    def number(self, look: Look, *, quoted: bool = False) -> int:
        """The style's number. `quoted`: a text that looks like a formula stays text when edited."""
        known = self._known.get((look, quoted))
        if known is None:
            known = self._known[look, quoted] = self._registered(look, quoted=quoted)
        return known

    def _registered(self, look: Look, *, quoted: bool) -> int:
        cell = Cell(self._scratch, 1, 1)
        cell.font = Font(
            name="Calibri",
            size=look.size,
            bold=look.bold,
            color=look.ink,
            underline="single" if look.underlined else None,
        )
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        cell.alignment = Alignment(horizontal=look.across, vertical=look.down, wrap_text=look.wrap)
        cell.border = _border(look)
        cell.number_format = AS_TEXT if quoted else look.form
        cell.protection = Protection(locked=not look.unlocked)
        if quoted:
            cell.quotePrefix = True
        return int(cell.style_id)


def _border(look: Look) -> Border:
    side = Side(style="thin", color=look.line) if look.line else Side()
    if look.boxed:
        return Border(bottom=side, left=side, right=side, top=side)
    return Border(bottom=side, right=Side(style="thin", color=RULE) if look.ruled and look.line else Side())
