"""Grids of rating signs: rows by places, readable from one place to forty.

Names of places stand level where they fit and upright where they do not; more places than a page is wide
are shown in parts, one below the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsin_desktop.report.composing import BODY, SMALL, Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.grid_head import GRID_GAP, grid_head, head_strip
from qsin_desktop.report.palette import INK, SOFT, WHITE
from qsin_desktop.report.sheet import CAP_MIDDLE, Sheet
from qsin_desktop.report.signs import Mark
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Line, Run, Style

_LABEL = Style("semibold", 8.0, 11.0, INK)
_LABEL_MORE = Style("regular", 8.0, 11.0, SOFT)
_SIGN = Style("semibold", 8.5, 11.0, INK)
_PITCH = 15.2
_NARROWEST = 12.6
_KEPT_ROWS = 12  # a grid of so few is not parted


@dataclass(frozen=True, slots=True)
class GridRow:
    """`more` follows the label in a softer hand, such as the stage."""

    label: str
    marks: Sequence[Mark]
    more: str = ""


def parts_of(report: Composer, places: int, label_width: float) -> int:
    return -(-places // _most_columns(report, label_width))


def add_grid(
    report: Composer,
    corner: str,
    places: Sequence[str],
    rows: Sequence[GridRow],
    *,
    label_width: float = 44.0,
) -> None:
    """`corner` heads the column of labels, by ear only."""
    parts = parts_of(report, len(places), label_width)
    each = -(-len(places) // parts)
    for part in range(parts):
        chosen = slice(part * each, (part + 1) * each)
        if parts > 1:
            first, last = places[chosen][0], places[chosen][-1]
            report.para(f"Part {part + 1} of {parts}: {first} to {last}", SMALL, after=2, glued=True)
        _add_part(report, corner, places[chosen], [(row, row.marks[chosen]) for row in rows], label_width)
        report.gap(8.0)


def _add_part(
    report: Composer,
    corner: str,
    places: Sequence[str],
    rows: Sequence[tuple[GridRow, Sequence[Mark]]],
    label_width: float,
) -> None:
    head = grid_head(report, places, report.width - label_width)
    table = report.tag.add("Table")
    strip_of_head = head_strip(report, corner, places, head, label_width, table.add("THead").add("TR"))
    report.add([strip_of_head])
    body = table.add("TBody")
    for place, (row, marks) in enumerate(rows):
        strip = _row_strip(report, row, marks, label_width, head.pitch, body.add("TR"))
        strip.head = strip_of_head
        last = place == len(rows) - 1
        strip.glued = not last if len(rows) <= _KEPT_ROWS else place in (0, len(rows) - 2)
        report.add([strip])


def _most_columns(report: Composer, label_width: float) -> int:
    return max(1, int((report.width - label_width) / _NARROWEST))


def _row_strip(
    report: Composer, row: GridRow, marks: Sequence[Mark], label_width: float, pitch: float, tag: Tag
) -> Strip:
    label, full = _label(report, row, label_width - 3)
    head = tag.add("TH", scope="Row", spoken="" if full else f"{row.label} {row.more}".strip())
    cells = [tag.add("TD", spoken=mark.words) for mark in marks]
    widths = [report.setter.width(mark.glyph, _SIGN) for mark in marks]
    x, width, height = report.x, pitch - GRID_GAP, _PITCH - GRID_GAP

    def paint(sheet: Sheet, top: float) -> None:
        sheet.decorate()
        for nth, mark in enumerate(marks):
            _paint_cell(sheet, mark, x + label_width + nth * pitch, top, width, height)
        sheet.line(label, x, top + height / 2, head)
        for nth, mark in enumerate(marks):
            left = x + label_width + nth * pitch + (width - widths[nth]) / 2
            style = Style(_SIGN.face, _SIGN.size, _SIGN.leading, mark.tint.ink)
            sheet.mark(cells[nth])
            sheet.text(mark.glyph, style, left, top + height / 2 + CAP_MIDDLE * style.size, spoken=mark.words)

    return Strip(_PITCH, paint)


def _label(report: Composer, row: GridRow, width: float) -> tuple[Line, bool]:
    """On one line, and whether it is there in full; the section of the standard has it in any case."""
    more = [Run(f" {row.more}", _LABEL_MORE)] if row.more else []
    lines = report.setter.lines([Run(row.label, _LABEL), *more], width)
    if len(lines) == 1:
        return lines[0], True
    room = width - sum(report.setter.width(run.text, run.style) for run in more)
    cut = report.setter.cut(row.label, _LABEL, room)
    return report.setter.lines([Run(cut, _LABEL), *more], width + 1)[0], False


def _paint_cell(sheet: Sheet, mark: Mark, x: float, top: float, width: float, height: float) -> None:
    if not mark.empty:  # a place without a rating shows the ring alone, so that the rated ones stand out
        edge = INK if mark.tint.ground == WHITE else ""
        sheet.box(x, top, width, height, fill=mark.tint.ground, stroke=edge, radius=3)


def add_legend(report: Composer, marks: Sequence[Mark]) -> None:
    """What each sign means, on as many lines as it takes."""
    runs: list[Run] = []
    for mark in marks:
        words = mark.words.lower().replace(" ", "\u00a0")
        runs.append(Run(mark.glyph, Style("semibold", 8.0, 13.0, mark.tint.ink), chip=mark.tint))
        runs.append(Run(f"\u00a0{words}\u00a0\u00a0\u00a0 ", SMALL))
    report.para(runs, Style(BODY.face, 8.0, 14.0, SOFT))
