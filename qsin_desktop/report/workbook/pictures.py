"""The pictures of the summary: the heat map of standards by place, and the ratings by series with a chart."""

from __future__ import annotations

from dataclasses import replace

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.series import Series as Bars
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.heat import Heat, counted, heat_of
from qsin_desktop.domain.standards import ScalePoint, Sign, Tone
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.report.workbook.book import Book, Put
from qsin_desktop.report.workbook.looks import (
    BODY,
    HEADER,
    QUIET,
    SIGNS,
    SOFT,
    SOLIDS,
    Look,
    toned,
)

HEADING = Look(size=12, bold=True, line="", wrap=False, down="center")
DISPUTED, UNRATED = "≠ Disagreement", f"{SIGNS[Sign.RING]} Not rated"
_NOT_HERE = "Not judged here"
_PLACE_HEADER = replace(HEADER, across="center")
_COUNT = replace(BODY, across="center", down="center", form="#,##0")
_NAME = replace(BODY, bold=True, down="center")
_SHARE = replace(_COUNT, form="0%")
_EMPTY = Look(ink=SOFT, across="center", down="center")
_FAINT = Look(ink="8A96A2", size=9, across="center", down="center")
_EXPLAINED = (
    "Each cell shows the worst rating of the standard's criteria at that place. "
    "“1 of 3” counts the criteria rated there so far."
)
_UNRATED_BAR, _DISPUTED_BAR = "E1E6EB", "7C8894"


def lay_heat_map(book: Book, sheet: Worksheet, row: int) -> int:
    """Standards down, places across; every cell says its rating in words as well."""
    book.write(sheet, row, 1, "Standards by place", HEADING)
    sheet.row_dimensions[row].height = 22
    columns = [(Stage.DOCUMENTS, NETWORK, "Network, on documents"), (Stage.SITE, NETWORK, "Network, on site")]
    columns += [(Stage.SITE, site.id, site.name) for site in book.snapshot.sites]
    header = row + 1
    book.write(sheet, header, 1, "Standard", HEADER)
    for column, (_, _, name) in enumerate(columns, 2):
        book.write(sheet, header, column, name, _PLACE_HEADER)
    sheet.row_dimensions[header].height = 44
    for number, standard in enumerate(book.snapshot.pack.standards, header + 1):
        book.check()
        book.write(sheet, number, 1, f"{standard.code} {standard.title}", _NAME)
        for column, (stage, where, _) in enumerate(columns, 2):
            book.write(
                sheet, number, column, heat_cell(heat_of(book.snapshot, standard, stage, where)), _EMPTY
            )
        sheet.row_dimensions[number].height = 27
    last = header + len(book.snapshot.pack.standards)
    book.write(sheet, last + 1, 1, _EXPLAINED, replace(QUIET, line="", wrap=False, size=9))
    return last + 3


def heat_cell(heat: Heat) -> Put:
    if heat.disputed:
        return Put(DISPUTED, toned(Tone.ACCENT, centred=True, bold=True))
    if heat.point is None:
        return Put(UNRATED, _EMPTY) if heat.needed else Put(_NOT_HERE, _FAINT)
    words = f"{SIGNS[heat.point.sign]} {heat.point.label}"
    if heat.rated < heat.needed:
        words += f"\n{heat.rated} of {heat.needed}"
    return Put(words, toned(heat.point.tone, centred=True))


def lay_series(book: Book, sheet: Worksheet, row: int) -> int:
    """How many criteria of each series have which rating, for the network on site; the same as a chart."""
    book.write(sheet, row, 1, "Ratings by series, for the network on site", HEADING)
    sheet.row_dimensions[row].height = 22
    scale = book.snapshot.rules.scale
    titles = [f"{SIGNS[p.sign]} {p.label}" for p in scale] + [UNRATED, DISPUTED]
    header = row + 1
    book.write(sheet, header, 1, "Series", HEADER)
    for column, title in enumerate(titles, 2):
        book.write(sheet, header, column, title, _PLACE_HEADER)
    best = [point for point in scale if point.rank == 0]
    book.write(sheet, header, len(titles) + 2, f"Share {_words(best)}", _PLACE_HEADER)
    sheet.row_dimensions[header].height = 30
    last = header
    for series in book.snapshot.pack.series:
        last += 1
        criteria = [c for standard in series.standards for c in standard.criteria]
        counts, unrated, disputed = counted(book.snapshot, criteria)
        book.write(sheet, last, 1, f"{series.code} {series.title}", _NAME)
        numbers = [*counts.values(), unrated, disputed]
        for column, number in enumerate(numbers, 2):
            book.write(sheet, last, column, number, _COUNT)
        share = sum(counts[point.id] for point in best) / max(1, len(criteria))
        book.write(sheet, last, len(numbers) + 2, share, _SHARE)
        sheet.row_dimensions[last].height = 20
    if last > header:
        _add_chart(book, sheet, header, last, len(titles))
        return last + 2 + _chart_rows(last - header)
    return last + 2


def _words(points: list[ScalePoint]) -> str:
    return " or ".join(point.label[:1].lower() + point.label[1:] for point in points)


def _chart_rows(series: int) -> int:
    """Rows of 15 points that the chart covers."""
    return 7 + 2 * series


def _add_chart(book: Book, sheet: Worksheet, header: int, last: int, columns: int) -> None:
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "percentStacked", 100, 60
    scale = book.snapshot.rules.scale
    colours = [SOLIDS[point.tone] for point in scale] + [_UNRATED_BAR, _DISPUTED_BAR]
    for column, colour in enumerate(colours, 2):
        reference = Reference(sheet, min_col=column, min_row=header, max_row=last)
        bars: Bars = SeriesFactory(reference, title_from_data=True)
        bars.graphicalProperties = GraphicalProperties(solidFill=colour)
        chart.series.append(bars)
    chart.set_categories(Reference(sheet, min_col=1, min_row=header + 1, max_row=last))
    chart.x_axis.scaling.orientation = "maxMin"  # the first series on top, as in the table
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None
    chart.y_axis.numFmt = "0%"
    chart.legend.position = "b"
    chart.width, chart.height = 26, 0.53 * (_chart_rows(last - header) - 1) - 0.4
    sheet.add_chart(chart, f"A{last + 2}")
    where = f"A{header} to {get_column_letter(columns + 1)}{last}"
    book.pictures[sheet.title].append(
        f"Bars of the ratings by series: the numbers stand in the table {where}."
    )
