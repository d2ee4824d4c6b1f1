"""The floors of report and workbook: the same words as plain rows, by the libraries alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Image, LongTable, Paragraph, SimpleDocTemplate

from qsin_desktop.domain.snapshot import VisitSnapshot
from tests.bench.content import Heading, Rows, Words, content_of

Row = list[Any]
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=8, leading=10)
_HEADINGS = {level: ParagraphStyle(f"h{level}", _BODY, fontSize=15 - 2 * level) for level in (1, 2, 3)}
_MARGIN, _SHORT = 57, 8
_CHUNK = 100  # rows a table, so that the library splits none of thousands of rows


def write_photos(snapshot: VisitSnapshot, place: Path) -> dict[str, Path]:
    """The snapshot's photos as files, as the libraries like them best, by exhibit."""
    paths = {}
    for exhibit in snapshot.exhibits:
        content = snapshot.picture(exhibit)
        if content is not None:
            paths[exhibit.id] = place / f"{exhibit.number}.jpg"
            paths[exhibit.id].write_bytes(content)
    return paths


def bare_report(snapshot: VisitSnapshot, photos: dict[str, Path], out: Path) -> None:
    """The same words and photos by ReportLab alone: untagged, one pass, no contents, with a built-in font."""
    rl_config.useA85 = 0
    wide = A4[0] - 2 * _MARGIN
    story: list[Flowable] = []
    for block in content_of(snapshot, photos):
        if isinstance(block, Heading):
            story.append(Paragraph(escape(block.text), _HEADINGS[block.level]))
        elif isinstance(block, Words):
            story.append(_text(block.text))
        elif isinstance(block, Rows):
            story += _tables(block, wide)
        else:
            story += [Image(str(block.path), width=240, height=180), _text(block.words)]
    SimpleDocTemplate(str(out), pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN).build(story)


def _text(words: str) -> Paragraph:
    return Paragraph(escape(words), _BODY)


def _tables(block: Rows, wide: float) -> Iterator[Flowable]:
    """Cells that may need a second line are paragraphs, signs of a few letters are not."""
    rows: list[Row] = [[cell if len(cell) < _SHORT else _text(cell) for cell in row] for row in block.rows]
    widths = [part * wide for part in block.widths]
    for start in range(0, len(rows), _CHUNK):
        yield LongTable(rows[start : start + _CHUNK], colWidths=widths, splitInRow=1)


def cells_of(workbook: Path) -> dict[str, list[Row]]:
    """Every sheet's values, row by row."""
    book = load_workbook(workbook)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


def bare_workbook(cells: dict[str, list[Row]], out: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in cells.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
