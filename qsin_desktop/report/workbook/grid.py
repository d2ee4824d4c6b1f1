"""The cells of a sheet as the file itself holds them.

Cell objects of the library cost three times what the cells themselves do; here a cell is its piece of XML
from the start, a text is the number it has in the workbook's list of texts, and a day is a real day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from qsin_desktop.foreign_workbooks.marks import closed_up, row_mark
from qsin_desktop.report.workbook.looks import Look, Looks
from qsin_desktop.report.workbook.texts import shown

Value = str | int | float | date | None

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_YEAR = 1900  # a cell knows no earlier day
_RISKY = ("=", "+", "-", "@", "{", "\t")  # what a spreadsheet program may take for a formula when edited
# “_x0041_” typed by somebody would be read as “A” unless its first sign is written as a code itself.
_CODE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Strings:
    """Every text of the workbook once, in the order it first comes."""

    path = "/xl/sharedStrings.xml"
    mime_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses = 0

    def number(self, text: str) -> int:
        self._uses += 1
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> bytes:
        head = f'<sst xmlns="{MAIN}" count="{self._uses}" uniqueCount="{len(self._numbers)}">'
        return "".join((head, *map(_string, self._numbers), "</sst>")).encode()


def _string(text: str) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<si><t{kept}>{escape(_CODE_LIKE.sub('_x005F_', text))}</t></si>"


def _serial(day: date) -> float:
    return float(to_excel(day))  # type: ignore[no-untyped-call]  # the stubs lack its arguments


class Grid:
    """One sheet's cells by row and column, and the heights of rows that may grow."""

    def __init__(self, strings: Strings, looks: Looks) -> None:
        self._strings = strings
        self._looks = looks
        self._rows: dict[int, dict[int, str]] = {}
        self.rows: dict[int, dict[int, Value]] = defaultdict(dict)  # what the filled cells say
        self._letters: dict[int, str] = {}
        self.heights: dict[int, float] = {}

    def put(self, row: int, column: int, value: Value, look: Look) -> None:
        """Hold exactly this value; a text is never a formula."""
        place = f"{self._letter(column)}{row}"
        if isinstance(value, date) and value.year < _FIRST_YEAR:
            value = value.isoformat()
        if isinstance(value, str) and value:
            value = shown(value)
            self.rows[row][column] = value
            style = self._looks.number(look, quoted=value.startswith(_RISKY))
            cell = f'<c r="{place}" s="{style}" t="s"><v>{self._strings.number(value)}</v></c>'
        elif value is None or value == "":
            cell = f'<c r="{place}" s="{self._looks.number(look)}"/>'
        else:
            if isinstance(value, datetime):
                value = value.replace(microsecond=0)  # so that it reads back the same wherever it is saved
            self.rows[row][column] = value
            number = _serial(value) if isinstance(value, date) else value
            cell = f'<c r="{place}" s="{self._looks.number(look)}"><v>{number}</v></c>'
        self._rows.setdefault(row, {})[column] = cell

    def marks(self) -> list[str]:
        """Of every row from the first to the last, as `row_mark` makes them; empty for an empty row."""
        last = max(self.rows, default=0)
        return [row_mark(self.rows[row].items()) if row in self.rows else "" for row in range(1, last + 1)]

    def head(self, rows: int) -> dict[int, dict[int, Value]]:
        """The first rows, their filled cells closed up: columns may come and go below them."""
        return {row: closed_up(self.rows[row]) for row in range(1, rows + 1) if row in self.rows}

    def _letter(self, column: int) -> str:
        letter = self._letters.get(column)
        if letter is None:
            letter = self._letters[column] = get_column_letter(column)
        return letter

    @property
    def dimension(self) -> str:
        """From the first cell to the last, as “A1:K20”."""
        widest = max((max(cells) for cells in self._rows.values()), default=1)
        return f"A1:{get_column_letter(widest)}{max(self._rows, default=1)}"

    def xml(self, fixed: Mapping[int, float], check: Callable[[], None]) -> bytes:
        """The sheet's rows. `fixed` heights are for good; other rows grow with what is typed in them."""
        return "".join(("<sheetData>", *self._row_texts(fixed, check), "</sheetData>")).encode()

    def _row_texts(self, fixed: Mapping[int, float], check: Callable[[], None]) -> Iterator[str]:
        for row in sorted(self._rows.keys() | fixed.keys()):
            check()
            cells = self._rows.get(row, {})
            ordered = cells if len(cells) < 2 else dict(sorted(cells.items()))
            yield f'<row r="{row}"{self._height(row, fixed)}>{"".join(ordered.values())}</row>'

    def _height(self, row: int, fixed: Mapping[int, float]) -> str:
        if row in fixed:
            return f' ht="{fixed[row]}" customHeight="1"'
        return f' ht="{self.heights[row]}"' if row in self.heights else ""
