"""The head of a grid: names of places stand level where they fit and upright where they do not.

A few places with long names get wider columns before their names are set upright. Of a name that is too long
even so, the beginning and the end are shown: names of one trust's sites often differ at their ends alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsin_desktop.report.composing import Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.palette import SOFT
from qsin_desktop.report.sheet import CAP_MIDDLE, Sheet
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Line, Run, Style

GRID_GAP = 2.2  # between two cells
_LEVEL = tuple(Style("medium", size, size * 1.22, SOFT) for size in (7.0, 6.6, 6.2))
_UPRIGHT = Style("medium", 6.8, 7.0, SOFT)
_CORNER = _LEVEL[0]
_WIDEST, _WIDEST_FOR_NAMES = 74.0, 150.0
_LEVEL_LINES, _UPRIGHT_LINES = 3, 2
_UPRIGHT_ROOM = 104.0


@dataclass(frozen=True, slots=True)
class GridHead:
    """`names` has the lines of each place; `level` is their style, or None where they stand upright."""

    pitch: float
    level: Style | None
    names: Sequence[Sequence[Line]]
    whole: Sequence[bool]  # whether the name is there in full
    height: float


def grid_head(report: Composer, places: Sequence[str], width: float) -> GridHead:
    """For places that share `width` points."""
    share = width / len(places)
    for pitch in dict.fromkeys((min(_WIDEST, share), min(_WIDEST_FOR_NAMES, share))):
        level = _level_head(report, places, pitch)
        if level is not None:
            return level
    upright = [_upright_lines(report, name) for name in places]
    longest = max((line.width for lines, _ in upright for line in lines), default=0.0)
    return GridHead(
        min(_WIDEST, share),
        None,
        [lines for lines, _ in upright],
        [whole for _, whole in upright],
        longest + 8,
    )


def _level_head(report: Composer, places: Sequence[str], pitch: float) -> GridHead | None:
    """In the largest size that fits; None where none does."""
    for style in _LEVEL:
        names = [_level_lines(report, name, pitch - 3, style) for name in places]
        if all(0 < len(lines) <= _LEVEL_LINES for lines in names):
            height = max(map(len, names)) * style.leading + 5
            return GridHead(pitch, style, names, [True] * len(names), height)
    return None


def _level_lines(report: Composer, name: str, width: float, style: Style) -> list[Line]:
    """Empty where a word is wider than the column."""
    if any(report.setter.width(word, style) > width for word in name.split()):
        return []
    return report.setter.lines([Run(name, style)], width)


def _upright_lines(report: Composer, name: str) -> tuple[list[Line], bool]:
    """Two lines at most; the section on the visit has every name in full."""
    lines = report.setter.lines([Run(name, _UPRIGHT)], _UPRIGHT_ROOM)
    if len(lines) <= _UPRIGHT_LINES:
        return lines, True
    end = report.setter.cut(name, _UPRIGHT, _UPRIGHT_ROOM, end=True)
    return [lines[0], *report.setter.lines([Run(end, _UPRIGHT)], _UPRIGHT_ROOM + 1)], False


def head_strip(
    report: Composer, corner: str, places: Sequence[str], head: GridHead, label_width: float, row: Tag
) -> Strip:
    """`corner` heads the column of labels."""
    # No head cell: a small grid would have more of them than data, and be taken for a broken table.
    corner_tag = row.add("TD")
    tags = [
        row.add("TH", scope="Column", spoken="" if whole else name)
        for name, whole in zip(places, head.whole, strict=True)
    ]
    x = report.x
    left = x + label_width
    paint_names = _paint_level if head.level else _paint_upright

    def paint(sheet: Sheet, top: float) -> None:
        bottom = top + head.height
        sheet.mark(corner_tag)
        sheet.text(corner, _CORNER, x, bottom - 5)
        for nth, tag in enumerate(tags):
            paint_names(sheet, head, nth, left + nth * head.pitch, bottom - 4, tag)

    return Strip(head.height, paint, glued=True)


def _paint_level(sheet: Sheet, head: GridHead, nth: int, x: float, bottom: float, tag: Tag) -> None:
    style = head.level or _CORNER
    lines = head.names[nth]
    for place, line in enumerate(lines):
        inset = (head.pitch - GRID_GAP - line.width) / 2
        sheet.line(line, x + inset, bottom - (len(lines) - place - 0.5) * style.leading, tag)


def _paint_upright(sheet: Sheet, head: GridHead, nth: int, x: float, bottom: float, tag: Tag) -> None:
    lines = head.names[nth]
    middle = x + (head.pitch - GRID_GAP) / 2
    sheet.mark(tag)
    for place, line in enumerate(lines):
        baseline = middle + (place - (len(lines) - 1) / 2) * _UPRIGHT.leading + CAP_MIDDLE * _UPRIGHT.size
        words = "".join(piece.text for piece in line.pieces)
        sheet.text(words, _UPRIGHT, baseline, bottom, upwards=True)
