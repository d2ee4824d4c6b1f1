"""The sheet of evidence: every exhibit, where it is cited, its SHA-256, and a small picture of photos."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.evidence import Exhibit, ExhibitLink, SeenDocument
from qsin_desktop.report.workbook.book import Book, Put, linked
from qsin_desktop.report.workbook.citations import cited_at
from qsin_desktop.report.workbook.grid import Value
from qsin_desktop.report.workbook.identity import FIRST_ROW
from qsin_desktop.report.workbook.long import LongTexts
from qsin_desktop.report.workbook.looks import COUNT, FINE, QUIET, STRONG, TIME
from qsin_desktop.report.workbook.table import Column, Layout, Row, lay_table
from qsin_desktop.report.workbook.texts import one_line

EVIDENCE_SHEET = "Evidence"
_COLUMNS = [
    Column("Number", 12, STRONG),
    Column("Title", 26),
    Column("Kind", 15),
    Column("Picture", 21, QUIET),
    Column("Cited at", 30),
    Column("File", 22),
    Column("Bytes", 12, COUNT),
    Column("SHA-256", 24, FINE),
    Column("Seen, not copied", 36),
    Column("Recorded by", 16),
    Column("Recorded", 17, TIME),
]
_PICTURE, _CITED = 3, 4  # indexes of these columns
_BOX = (140, 105)  # pixels at which a thumbnail is shown
_SHARPNESS = 2  # times as many pixels are kept, for print and large screens
_EMU = 9525  # in a pixel


def lay_evidence(book: Book, long_texts: LongTexts) -> None:
    layout = Layout(
        sheet=EVIDENCE_SHEET,
        table="Evidence",
        subtitle=book.running_title,
        columns=_COLUMNS,
        empty="No exhibits were recorded in this visit.",
    )
    thumbnails = {e.id: _thumbnail(book, e) for e in book.snapshot.exhibits}
    columns = lay_table(book, long_texts, layout, _rows(book, thumbnails))
    sheet = book.workbook[EVIDENCE_SHEET]
    column = columns[_COLUMNS[_PICTURE].title] - 1
    for row, exhibit in enumerate(book.snapshot.exhibits, FIRST_ROW):
        thumbnail = thumbnails[exhibit.id]
        if isinstance(thumbnail, bytes):
            _place_picture(book, sheet, thumbnail, exhibit, row, column)


def _rows(book: Book, thumbnails: dict[str, bytes | str]) -> Iterator[Row]:
    for exhibit in book.snapshot.exhibits:
        thumbnail = thumbnails[exhibit.id]
        yield [
            exhibit.number,
            exhibit.title,
            exhibit.kind or ("Seen, not copied" if exhibit.seen else "Not known"),
            thumbnail if isinstance(thumbnail, str) else "",
            _cited(book, exhibit),
            exhibit.name,
            exhibit.size if exhibit.sha256 else None,
            exhibit.sha256,
            _seen(exhibit.seen) if exhibit.seen else "",
            book.person(exhibit.by),
            book.moment(exhibit.at),
        ]
    for gone in book.snapshot.gone:
        when = [None, "", "", gone.by, book.moment(gone.at)]
        yield [gone.number, gone.title, Put("Taken back", QUIET), "", Put("Nowhere", QUIET), "", *when]


def _cited(book: Book, exhibit: Exhibit) -> Value | Put:
    """Each citation on a line of its own; the sheet of citations has them as rows."""
    if exhibit.withdrawn:
        return Put(f"Withdrawn: {exhibit.withdrawn}{_who(book, exhibit)}", QUIET)
    links = book.links_by_exhibit.get(exhibit.id, [])
    if not links:
        return Put("Nowhere", QUIET)
    words = "\n".join(_citation(book, link) for link in links)
    goal = book.anchors.get(links[0].finding or links[0].criterion, "")
    return linked(words, goal, f"To {cited_at(book, links[0])}", _COLUMNS[_CITED].width)


def _who(book: Book, exhibit: Exhibit) -> str:
    gone = exhibit.withdrawal
    when = book.moment(gone.at) if gone else None
    told = f"{when.day} {when:%B %Y, %H:%M}" if isinstance(when, datetime) else when
    return f"\n{book.person(gone.by)}, {told}" if gone else ""


def _citation(book: Book, link: ExhibitLink) -> str:
    where = cited_at(book, link)
    words = f"{where}, {link.locator}" if link.locator else where
    return f"{words}: {link.caption}" if link.caption else words


def _seen(seen: SeenDocument) -> str:
    """The details of a document that was seen and not copied, each on its line."""
    parts = (
        ("Document", seen.number),
        ("Title", seen.title),
        ("Dated", seen.dated),
        ("Seen at", seen.where),
        ("Seen by", seen.seen_by),
        ("Seen on", seen.seen_on),
        ("Showed", seen.showed),
    )
    return "\n".join(f"{name}: {text}" for name, text in parts if text)


def _thumbnail(book: Book, exhibit: Exhibit) -> bytes | str:
    """A small JPEG, or the words to show in its place."""
    book.check()
    if exhibit.withdrawn:
        return ""
    try:
        photo = book.snapshot.picture(exhibit)
        return _small(photo) if photo else ""
    except (OSError, ValueError, SyntaxError):  # what Pillow raises for damaged pictures
        return "The picture could not be drawn"


def _small(photo: bytes) -> bytes:
    from PIL import Image as Pillow
    from PIL import ImageOps

    width, height = (side * _SHARPNESS for side in _BOX)
    with Pillow.open(BytesIO(photo)) as opened:
        opened.draft("RGB", (width, height))
        small = ImageOps.exif_transpose(opened).convert("RGB")
    small.thumbnail((width, height))
    out = BytesIO()
    small.save(out, "JPEG", quality=80)
    return out.getvalue()


def _place_picture(
    book: Book, sheet: Worksheet, thumbnail: bytes, exhibit: Exhibit, row: int, column: int
) -> None:
    """Inside its cell, moving with it, so that a filter hides it with its row."""
    image = Image(BytesIO(thumbnail))
    wide, high = (max(1, side // _SHARPNESS) for side in (image.width, image.height))
    start = AnchorMarker(col=column, colOff=4 * _EMU, row=row - 1, rowOff=4 * _EMU)
    end = AnchorMarker(col=column, colOff=(4 + wide) * _EMU, row=row - 1, rowOff=(4 + high) * _EMU)
    image.anchor = TwoCellAnchor(editAs="twoCell", _from=start, to=end)
    sheet.add_image(image)
    book.pictures[sheet.title].append(one_line(f"{exhibit.number}: {exhibit.title}", 250))
    # Given for good: a program that fits the row to its texts alone would let the picture hang out.
    sheet.row_dimensions[row].height = max((high + 8) * 0.75, book.grids[sheet.title].heights[row])
