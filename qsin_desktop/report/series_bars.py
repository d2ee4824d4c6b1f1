"""Ratings of the network by series: a bar for each, with its counts in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Series, Tone
from qsin_desktop.domain.visits import Stage
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.heat_map import shown_stage
from qsin_desktop.report.palette import INK, LINE, SOFT
from qsin_desktop.report.sheet import CAP_MIDDLE, HEIGHT, Sheet
from qsin_desktop.report.signs import DISAGREEMENT, NOT_RATED, Mark, mark_of, mark_of_cell
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Run, Style

_NAME = Style("regular", 9.0, 12.0, INK)
_COUNT = Style("regular", 9.0, 12.0, SOFT)
_NAME_WIDTH, _COUNT_WIDTH = 150.0, 92.0
_ROW = 19.5
_BAR = 10.5
_SIGN_ROOM = 12.0
_SIGN = Style("bold", 7.0, 9.0, INK)


def counts_of(visit: VisitSnapshot, series: Series, stage: Stage) -> list[tuple[Mark, int]]:
    """How many criteria of the series have each rating for the network, best first, unrated last."""
    criteria = [c for standard in series.standards for c in standard.criteria]
    marks = Counter(mark_of_cell(visit.network_rating(c.code, stage), visit.rules) for c in criteria)
    order = [*(mark_of(p.id, visit.rules) for p in visit.rules.scale), DISAGREEMENT, NOT_RATED]
    return [(mark, marks[mark]) for mark in order if marks[mark]]


def add_series_bars(report: Composer, visit: VisitSnapshot) -> None:
    stage = shown_stage(visit)
    met = {mark_of(p.id, visit.rules) for p in visit.rules.scale if p.tone in (Tone.MET, Tone.ACCENT)}
    table = report.tag.add("Table")
    body = table.add("TBody")
    for series in visit.pack.series:
        counts = counts_of(visit, series, stage)
        good = sum(count for mark, count in counts if mark in met)
        total = sum(count for _, count in counts)
        words = f"{good} of {total} met" + (" or better" if len(met) > 1 else "")
        report.add(bar_row(report, series.title, counts, words, body.add("TR")))
    report.gap(6.0)


def bar_row(
    report: Composer, title: str, counts: Sequence[tuple[Mark, int]], words: str, row: Tag
) -> list[Strip]:
    """A name, a bar parted by the counts with their signs in it, and what they come to in words."""
    name_tag, bar_tag, count_tag = row.add("TH", scope="Row"), row.add("TD"), row.add("TD")
    told = ", ".join(f"{count} {mark.words.lower()}" for mark, count in counts) or "no criteria"
    figure = bar_tag.add("Figure", alt=f"{title}: {told}")
    names = report.setter.lines([Run(title, _NAME)], _NAME_WIDTH - 8)
    right = report.setter.lines([Run(words, _COUNT)], _COUNT_WIDTH)[0]
    x, width = report.x, report.width
    height = max(_ROW, len(names) * _NAME.leading + 6)
    bar_x, bar_width = x + _NAME_WIDTH, width - _NAME_WIDTH - _COUNT_WIDTH

    def paint(sheet: Sheet, top: float) -> None:
        middle = top + height / 2
        sheet.decorate()
        sheet.rule(x, top + height, x + width, top + height, LINE)
        for nth, line in enumerate(names):
            sheet.line(line, x, middle + (nth - (len(names) - 1) / 2) * _NAME.leading, name_tag)
        figure.place_figure(bar_x, HEIGHT - middle - _BAR / 2, bar_width, _BAR)
        sheet.mark(figure)
        _paint_bar(sheet, counts, bar_x, middle - _BAR / 2, bar_width)
        sheet.line(right, x + width - right.width, middle, count_tag)

    return [Strip(height, paint)]


def _paint_bar(sheet: Sheet, counts: Sequence[tuple[Mark, int]], x: float, top: float, width: float) -> None:
    total = sum(count for _, count in counts) or 1
    for mark, count in counts:
        part = width * count / total
        edge = SOFT if mark.tint.bar.upper() == "#ECEFF2" else ""
        sheet.box(
            x, top, max(part - 1, 0.6), _BAR, fill=mark.tint.bar, stroke=edge, radius=1.5, line_width=0.4
        )
        if part > _SIGN_ROOM:  # colour is never the only sign
            sheet.text(mark.glyph, _SIGN, x + part / 2 - 3.2, top + _BAR / 2 + CAP_MIDDLE * _SIGN.size)
        x += part
