"""Turns a workbook into bytes: the same bytes for the same snapshot, nothing left in temporary files.

The library's own writer keeps sheets in temporary files, writes strings into each cell, stamps the present
moment, orders fonts against the schema and calls every picture “Picture”. Its classes are extended here;
no other module touches their insides.
"""

# ruff: noqa: SLF001  the library names no public way to any of this

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, fromstring, tostring

from qsin_desktop.report.workbook.book import Book
from qsin_desktop.report.workbook.grid import MAIN, Strings

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# As the schema wants the parts of a font.
_FONT_ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
_FIRST_YEAR_OF_ZIP = 1980


def saved(book: Book) -> bytes:
    """The file's bytes, in memory."""
    out = BytesIO()
    with _Archive(out, book.snapshot.made_at) as archive:
        _BookWriter(book, archive).write_data()
    return out.getvalue()


class _Archive(ZipFile):
    """A zip whose entries all bear one moment and one origin, with two parts mended on the way in."""

    def __init__(self, out: BytesIO, made_at: datetime) -> None:
        super().__init__(out, "w", ZIP_DEFLATED)
        self._moment = max(made_at.timetuple()[:6], (_FIRST_YEAR_OF_ZIP, 1, 1, 0, 0, 0))

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        name = str(zinfo_or_arcname)
        info = ZipInfo(name, self._moment)
        info.compress_type = ZIP_DEFLATED
        info.create_system = 3  # the same on every system
        info.external_attr = 0o600 << 16
        mend = {"xl/styles.xml": _with_fonts_in_order, "xl/_rels/workbook.xml.rels": _with_strings}.get(name)
        super().writestr(info, mend(data) if mend else data)


def _with_fonts_in_order(xml: bytes) -> bytes:
    tree = fromstring(xml)
    for font in tree.iter(f"{{{MAIN}}}font"):
        font[:] = sorted(font, key=lambda part: _FONT_ORDER.index(part.tag.rpartition("}")[2]))
    mended: str | bytes = tostring(tree)  # bytes or text, as the XML library at hand has it
    return mended.encode() if isinstance(mended, str) else mended


def _with_strings(xml: bytes) -> bytes:
    relation = f'<Relationship Id="strings" Type="{_RELATIONS}/sharedStrings" Target="/{Strings.path[1:]}"/>'
    return xml.replace(b"</Relationships>", relation.encode() + b"</Relationships>")


class _BookWriter(ExcelWriter):
    def __init__(self, book: Book, archive: ZipFile) -> None:
        super().__init__(book.workbook, archive)
        self._parts: Any = archive
        self._book = book

    def write_worksheet(self, ws: Worksheet) -> None:
        sheet: Any = ws
        sheet._drawing = _Drawing(self._book.pictures[ws.title])
        sheet._drawing.charts = sheet._charts
        sheet._drawing.images = sheet._images
        out = BytesIO()
        writer = _SheetWriter(ws, self._book, out)
        writer.write()
        sheet._rels = writer.relations
        self._parts.writestr(sheet.path[1:], writer.filled(out, self._book.check))
        self.manifest.append(ws)

    def _write_worksheets(self) -> None:
        super()._write_worksheets()  # type: ignore[misc]  # not in the stubs
        self._parts.writestr(Strings.path[1:], self._book.strings.xml())
        self.manifest.append(self._book.strings)


class _SheetWriter(WorksheetWriter):
    """Leaves the rows to our own grid, which knows them as XML already."""

    def __init__(self, sheet: Worksheet, book: Book, out: BytesIO) -> None:
        super().__init__(sheet, out)
        self._sheet = cast("Any", sheet)
        self._grid = book.grids[sheet.title]
        self._sheet._hyperlinks = book.hyperlinks[sheet.title]

    @property
    def relations(self) -> Any:
        return self._rels  # type: ignore[attr-defined]  # not in the stubs

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(self._grid.dimension).to_tree())

    def write_rows(self) -> None:
        self.xf.send(Element("sheetData"))

    def filled(self, out: BytesIO, check: Callable[[], None]) -> bytes:
        """The sheet with its rows where the library left room for them."""
        heights = {n: d.height for n, d in self._sheet.row_dimensions.items() if d.height is not None}
        before, room, after = out.getvalue().partition(b"<sheetData/>")
        if not room:
            before, room, after = out.getvalue().partition(b"<sheetData />")
        return b"".join((before, self._grid.xml(heights, check), after))


class _Drawing(SpreadsheetDrawing):
    """Says in words what each chart and picture shows."""

    __elements__ = SpreadsheetDrawing.__elements__  # the library forgets them in a class of one's own

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self._words = words

    def _chart_frame(self, idx: int) -> Any:
        frame: Any = super()._chart_frame(idx)  # type: ignore[misc]  # not in the stubs
        frame.nvGraphicFramePr.cNvPr.descr = self._words[idx - 1]
        return frame

    def _picture_frame(self, idx: int) -> Any:
        frame: Any = super()._picture_frame(idx)  # type: ignore[misc]  # not in the stubs
        frame.nvPicPr.cNvPr.descr = self._words[idx - 1]
        return frame
