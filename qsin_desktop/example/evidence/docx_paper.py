"""House style for the network's Word documents; the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.shared import Cm, Pt, RGBColor

from qsin_desktop.example.evidence.frozen_zip import frozen

_BRAND = RGBColor(0x14, 0x56, 0x6B)
_SAVED = datetime(2026, 11, 4, 9, 0, 0)  # noqa: DTZ001 - Word keeps it without a zone


def paper(title: str, foot: str) -> Paper:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.footer.paragraphs[0].text = foot
    styles = document.styles
    styles["Normal"].font.name = "Arial"
    styles["Normal"].font.size = Pt(11)
    for name in ("Title", "Heading 1", "Heading 2"):
        styles[name].font.name = "Arial"
        styles[name].font.color.rgb = _BRAND
    properties = document.core_properties
    properties.title, properties.author = title, "Thames Estuary Imaging Network (invented)"
    properties.created = properties.modified = _SAVED
    properties.last_modified_by, properties.revision = "Network office", 3
    document.add_heading(title, 0)
    return document


def add_table(document: Paper, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(head), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def saved(document: Paper) -> bytes:
    out = BytesIO()
    document.save(out)
    return frozen(out.getvalue())
