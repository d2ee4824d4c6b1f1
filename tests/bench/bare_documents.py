"""The floors of report and workbook: the same words as plain rows, by the libraries alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Image, LongTable, Paragraph, SimpleDocTemplate

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.visits import NETWORK, Stage

Row = list[Any]
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=8, leading=10)
_CHUNK = 100  # rows a table, so that the library splits none of thousands of rows


def write_photos(snapshot: VisitSnapshot, place: Path) -> list[Path]:
    """The snapshot's photos as files, as the library likes them best."""
    paths = []
    for exhibit in snapshot.exhibits:
        content = snapshot.picture(exhibit)
        if content is not None:
            path = place / f"{exhibit.number}.jpg"
            path.write_bytes(content)
            paths.append(path)
    return paths


def bare_report(snapshot: VisitSnapshot, photos: list[Path], out: Path) -> None:
    """Ratings, reasons, notes, findings and photos in untagged tables, in one pass, with a built-in font."""
    rl_config.useA85 = 0
    story: list[Flowable] = []
    wide = A4[0] - 72
    letters = len(snapshot.sites) + 1
    story += _tables(list(_grid(snapshot)), [60, *[(wide - 60) / letters] * letters])
    story += _tables(list(_reasons(snapshot)), [120, 80, wide - 200])
    story += _tables([[n.kind.label, _text(n.text)] for n in snapshot.notes], [80, wide - 80])
    texts = [[f.number, *map(_text, (f.requirement, f.evidence, f.gap))] for f in snapshot.findings]
    story += _tables(texts, [50, *[(wide - 50) / 3] * 3])
    story += [Image(str(path), width=240, height=180) for path in photos]
    SimpleDocTemplate(str(out), pagesize=A4, leftMargin=36, rightMargin=36).build(story)


def _grid(snapshot: VisitSnapshot) -> Iterator[Row]:
    for criterion in snapshot.pack.criteria:
        for stage in Stage:
            places = [NETWORK, *(site.id for site in snapshot.sites)]
            ratings = [snapshot.rating(criterion.code, stage, place).rating or "-" for place in places]
            yield [criterion.code, *(rating[0] for rating in ratings)]


def _reasons(snapshot: VisitSnapshot) -> Iterator[Row]:
    for key, cell in snapshot.ratings.items():
        if cell.reason:
            yield [f"{snapshot.site_name(key.site)}", cell.rating or "", _text(cell.reason)]


def _text(words: str) -> Paragraph:
    return Paragraph(words.replace("&", "&amp;").replace("<", "&lt;"), _BODY)


def _tables(rows: list[Row], widths: list[float]) -> Iterator[Flowable]:
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
