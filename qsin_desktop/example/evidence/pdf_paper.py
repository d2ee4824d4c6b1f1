"""House paper for the network's PDFs: styles, running head and foot, tables; the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

INK, SOFT, LINE = HexColor(0x1F2A33), HexColor(0x5A6772), HexColor(0xC9D2D9)
BRAND, BAND = HexColor(0x14566B), HexColor(0xE8F1F3)

_FRAME = 6  # the room ReportLab keeps inside its frame, in points

_BODY = ParagraphStyle(
    "body", fontName="Helvetica", fontSize=11.2, leading=17, textColor=INK, alignment=TA_LEFT, spaceAfter=8
)
_NUMBERED = ParagraphStyle("numbered", _BODY, leftIndent=34, bulletFontName="Helvetica", bulletFontSize=11.2)
_BULLET = ParagraphStyle("bullet", _BODY, leftIndent=52, bulletIndent=38, spaceAfter=4)
_HEADING = ParagraphStyle(
    "heading",
    _BODY,
    fontName="Helvetica-Bold",
    fontSize=16,
    leading=20,
    textColor=BRAND,
    spaceBefore=8,
    spaceAfter=9,
)
_SUBHEADING = ParagraphStyle("subheading", _HEADING, fontSize=12, leading=16, spaceBefore=8, spaceAfter=5)
_TITLE = ParagraphStyle("title", _HEADING, fontSize=26, leading=32, spaceAfter=8)
_CELL = ParagraphStyle("cell", _BODY, fontSize=9.3, leading=12.5, spaceAfter=0)
_HEAD_CELL = ParagraphStyle("head cell", _CELL, fontName="Helvetica-Bold", textColor=white)


def heading(text: str) -> Flowable:
    return Paragraph(escape(text), _HEADING)


def subheading(text: str) -> Flowable:
    return Paragraph(escape(text), _SUBHEADING)


def title(text: str) -> Flowable:
    return Paragraph(escape(text), _TITLE)


def body(text: str) -> Flowable:
    return Paragraph(escape(text), _BODY)


def numbered(number: str, text: str) -> Flowable:
    return Paragraph(escape(text), _NUMBERED, bulletText=number)


def bullet(text: str) -> Flowable:
    return Paragraph(escape(text), _BULLET, bulletText="\u2022")


def gap(millimetres: float) -> Flowable:
    return Spacer(1, millimetres * mm)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Flowable:
    """A ruled table; `widths` in millimetres, 166 in all."""
    cells = [[Paragraph(escape(text), _HEAD_CELL) for text in head]]
    cells += [[Paragraph(escape(text), _CELL) for text in row] for row in rows]
    style: list[Any] = [
        ("BACKGROUND", (0, 0), (-1, 0), BRAND),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, BAND]),
    ]
    return Table(cells, [w * mm for w in widths], style=TableStyle(style), repeatRows=1, hAlign="LEFT")


def printed(story: list[Flowable], *, head: str, foot: str, subject: str) -> bytes:
    """The PDF's bytes. Its dates and identifiers are fixed, so equal stories give equal bytes."""

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(SOFT)
        canvas.setStrokeColor(LINE)
        canvas.line(22 * mm, 280 * mm, 188 * mm, 280 * mm)
        canvas.drawString(22 * mm, 282.5 * mm, head)
        canvas.line(22 * mm, 17 * mm, 188 * mm, 17 * mm)
        canvas.drawString(22 * mm, 12 * mm, foot)
        canvas.drawRightString(188 * mm, 12 * mm, f"Page {document.page}")
        canvas.restoreState()

    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=22 * mm - _FRAME,
        rightMargin=22 * mm - _FRAME,
        topMargin=26 * mm,
        bottomMargin=24 * mm,
        title=subject,
        author="Thames Estuary Imaging Network (invented)",
        subject="Example evidence",
        lang="en-GB",
        invariant=1,
    )
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()
