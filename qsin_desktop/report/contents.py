"""The contents: where each section and standard begins, as links."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qsin_desktop.report.composing import Composer, Heading
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.palette import INK, LINE, SOFT
from qsin_desktop.report.sheet import CAP_MIDDLE, Sheet
from qsin_desktop.report.typeset import Run, Style

_STYLES = {1: Style("semibold", 9.5, 15.0, INK), 2: Style("regular", 9.0, 13.0, INK)}
_NUMBERS = {1: Style("semibold", 9.5, 15.0, INK), 2: Style("regular", 9.0, 13.0, SOFT)}
_ABOVE = {1: 5.0, 2: 0.0}
_INDENT = {1: 0.0, 2: 14.0}
_NUMBER_ROOM = 34.0


def add_contents(report: Composer, headings: Sequence[Heading], page_of: Callable[[str], int]) -> None:
    """`page_of` answers an anchor's page number when the pages are printed."""
    report.heading(1, "Contents", "contents", listed=False)
    with report.under("TOC"):
        for heading in headings:
            if heading.listed:
                _add_entry(report, heading, page_of)


def _add_entry(report: Composer, heading: Heading, page_of: Callable[[str], int]) -> None:
    style, level = _STYLES[heading.level], heading.level
    indent = _INDENT[level]
    lines = report.setter.lines([Run(heading.title, style)], report.width - indent - _NUMBER_ROOM)
    link = report.tag.add("TOCI").add("Reference").add("Link")
    x, right = report.x + indent, report.x + report.width
    height = len(lines) * style.leading + 2

    def paint(sheet: Sheet, top: float) -> None:
        number = str(page_of(heading.anchor))
        number_width = report.setter.width(number, _NUMBERS[level])
        last = top + (len(lines) - 0.5) * style.leading
        for nth, line in enumerate(lines):
            sheet.line(line, x, top + (nth + 0.5) * style.leading, link)
        sheet.decorate()
        sheet.rule(x + lines[-1].width + 5, last + 3.4, right - number_width - 5, last + 3.4, LINE, 0.5)
        sheet.mark(link)
        sheet.text(number, _NUMBERS[level], right - number_width, last + CAP_MIDDLE * style.size)
        sheet.link(heading.anchor, f"{heading.title}, page {number}", link, x, top, right - x, height - 2)

    report.gap(_ABOVE[level])
    report.add([Strip(height, paint)])
