"""Tables with a head that comes again on every page, and rows that part only where they must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsin_desktop.report.composing import Composer
from qsin_desktop.report.flow import Strip
from qsin_desktop.report.palette import INK, LINE, SOFT
from qsin_desktop.report.paragraphs import SetLine, paint_line, set_lines, set_text
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Run, Style

CELL = Style("regular", 8.5, 12.0, INK)
CELL_BOLD = Style("semibold", 8.5, 12.0, INK)
CELL_SOFT = Style("regular", 8.5, 12.0, SOFT)
HEAD = Style("semibold", 7.75, 11.0, SOFT)
_PAD_X, _PAD_Y = 6.0, 4.5
_WHOLE_LINES = 10  # rows of more lines than this may be parted between lines

Content = str | Sequence[Run]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in points; 0 takes what the others leave."""

    title: str
    width: float = 0.0


@dataclass(slots=True)
class _Cell:
    lines: list[SetLine]
    x: float

    def paint(self, sheet: Sheet, lines: range, middle: float, leading: float) -> None:
        """`middle` is that of the first of these lines."""
        for nth, line in enumerate(self.lines[lines.start : lines.stop]):
            paint_line(sheet, line, self.x, middle + nth * leading)


class _Row:
    """The cells of a row, line by line. `edges` are those of the rule below it, where there is one."""

    def __init__(
        self, cells: Sequence[_Cell], leading: float, pad: float, edges: tuple[float, float] | None
    ) -> None:
        self._cells, self._leading, self._pad, self._edges = cells, leading, pad, edges
        self.count = max((len(cell.lines) for cell in cells), default=1) or 1

    def height(self, lines: range) -> float:
        return self._above(lines) + len(lines) * self._leading + self._below(lines)

    def _above(self, lines: range) -> float:
        return self._pad if lines.start == 0 else 0.0

    def _below(self, lines: range) -> float:
        return self._pad if lines.stop == self.count else 0.0

    def whole(self, sheet: Sheet, top: float) -> None:
        self.paint(sheet, top, range(self.count))

    def paint(self, sheet: Sheet, top: float, lines: range) -> None:
        if self._edges and lines.stop == self.count:
            bottom = top + self.height(lines)
            sheet.decorate()
            sheet.rule(self._edges[0], bottom, self._edges[1], bottom, LINE)
        first = top + self._above(lines) + self._leading / 2
        for cell in self._cells:
            cell.paint(sheet, lines, first, self._leading)


class Table:
    """Give it rows; it lays itself out in the composer as it goes.

    Without a `head` it has no rules either, and its first column heads each row. A table that is `kept`
    is short and stays on one page.
    """

    def __init__(
        self, report: Composer, columns: Sequence[Column], *, head: bool = True, kept: bool = False
    ) -> None:
        self._report, self._kept = report, kept
        fixed = sum(column.width for column in columns)
        free = sum(not column.width for column in columns)
        self._widths = [c.width or (report.width - fixed) / free for c in columns]
        self._x = [report.x + sum(self._widths[:n]) for n in range(len(columns))]
        self._edges = (report.x, report.x + report.width)
        tag = report.tag.add("Table")
        self._head = self._head_strip(columns, tag.add("THead")) if head else None
        self._body = tag.add("TBody")
        if self._head is not None:
            report.add([self._head])
        self._rules = head
        self._ends: list[Strip] = []  # the last strip of each row
        self._held: list[Strip] = []  # of them, the one that stays with the row after it

    def row(self, *contents: Content, style: Style = CELL, anchor: str = "") -> None:
        """`anchor` names the row for links."""
        cells = self._cells(contents, style, self._body.add("TR"), CELL_BOLD if self._rules else CELL_SOFT)
        strips = self._row_strips(cells, style.leading)
        strips[0].anchor = anchor
        self._report.add(strips)
        self._keep_outer_two(strips)

    def _keep_outer_two(self, strips: list[Strip]) -> None:
        """No first row ends a page alone, no last row opens one; which is the last is known later."""
        for strip in self._held:
            strip.glued = self._kept or strip is self._ends[0]
        self._held = self._ends[-1:]
        for strip in self._held:
            strip.glued = True
        self._ends.append(strips[-1])

    def _cells(self, contents: Sequence[Content], style: Style, row: Tag, first: Style) -> list[_Cell]:
        cells = []
        for place, content in enumerate(contents):
            look = style if place else first
            runs = [Run(content, look)] if isinstance(content, str) else list(content)
            width = self._widths[place] - (2 * _PAD_X if self._rules else _PAD_X)
            tag = row.add("TD") if place or self._rules else row.add("TH", scope="Row")
            lines = set_text(self._report.setter, runs, width, tag, lone=tag)
            cells.append(_Cell(lines, self._x[place] + (_PAD_X if self._rules else 0.0)))
        return cells

    def _row_strips(self, cells: list[_Cell], leading: float) -> list[Strip]:
        row = _Row(cells, leading, _PAD_Y if self._rules else 2.0, self._edges if self._rules else None)
        if row.count <= _WHOLE_LINES:
            return [Strip(row.height(range(row.count)), row.whole, glued=self._kept, head=self._head)]
        strips = [
            Strip(row.height(range(n, n + 1)), row.whole, head=self._head, row=row, line=n)
            for n in range(row.count)
        ]
        for place in (0, 1, row.count - 3, row.count - 2):
            strips[place].glued = True
        return strips

    def _head_strip(self, columns: Sequence[Column], thead: Tag) -> Strip:
        row = thead.add("TR")
        cells = []
        for place, column in enumerate(columns):
            lines = self._report.setter.lines([Run(column.title, HEAD)], self._widths[place] - 2 * _PAD_X)
            tag = row.add("TH", scope="Column")
            cells.append(_Cell(set_lines(lines, tag), self._x[place] + _PAD_X))
        count = max(len(cell.lines) for cell in cells)
        height = count * HEAD.leading + 9
        left, right = self._edges

        def paint(sheet: Sheet, top: float) -> None:
            sheet.decorate()
            sheet.rule(left, top + height - 2, right, top + height - 2, INK, 0.9)
            for cell in cells:
                cell.paint(sheet, range(count), top + 3 + HEAD.leading / 2, HEAD.leading)

        return Strip(height, paint, glued=True)


def facts(report: Composer, pairs: Sequence[tuple[str, Content]], *, label_width: float = 118.0) -> None:
    """Names and what they are, in two columns; pairs without words are left out."""
    told = [(name, words) for name, words in pairs if words]
    if not told:
        return
    table = Table(report, (Column("", label_width), Column("")), head=False)
    for name, words in told:
        table.row(name, words, style=Style("regular", 9.0, 13.0, INK))
    report.gap(6.0)
