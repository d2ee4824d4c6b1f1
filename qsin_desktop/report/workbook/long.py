"""Texts too long for a cell, or too tall for a row, given whole on a sheet of their own."""

from __future__ import annotations

from qsin_desktop.report.workbook.heights import MOST_LINES
from qsin_desktop.report.workbook.identity import FIRST_ROW
from qsin_desktop.report.workbook.texts import pieces

LONG_SHEET = "Long texts"
TEXT_WIDTH = 120.0
_PIECE = 8_000  # units in one row of the sheet, well below what a cell holds


class LongTexts:
    """Collects long texts; each stands in one row or in several that follow each other."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []  # where it belongs, “1 of 3”, the part

    def add(self, where: str, text: str) -> int:
        """Keep a text already made safe to show; gives the row of its first part on the sheet."""
        first = FIRST_ROW + len(self.rows)
        parts = pieces(text, _PIECE, width=TEXT_WIDTH, most_lines=MOST_LINES)
        self.rows += [(where, f"{n} of {len(parts)}", part) for n, part in enumerate(parts, 1)]
        return first
