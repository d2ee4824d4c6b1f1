"""Read the cells of a workbook as plain text, row by row, telling cells that cannot be used."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from qsin_desktop.packs.text_files import FileRefused

MOST_COLUMNS = 60
MOST_ROWS = 1_048_576  # as many as Excel has; empty ones cost little
MOST_FILLED_ROWS = 5000

_NOTHING: tuple[Any, ...] = ()
_BLANK: tuple[Any, ...] = (None,) * MOST_COLUMNS
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Cell:
    """A cell's text; `fault` says why it cannot be used, and is empty otherwise."""

    text: str
    fault: str = ""


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        return not any(cell.text or cell.fault for cell in self.cells)


class Workbook:
    """A workbook read twice side by side: its values, and its formulas to see which values are results."""

    def __init__(self, raw: bytes) -> None:
        self._values = _loaded(raw, values=True)
        self._formulas = _loaded(raw, values=False)

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(self._values.sheetnames)

    def rows(self, sheet: str) -> list[Row]:
        """Every row that holds something; raises `FileRefused` for a damaged or endless sheet."""
        with _damage_told():
            pairs = zip(self._cells(self._values, sheet), self._cells(self._formulas, sheet), strict=True)
            numbered = (
                _row(number, (values or _BLANK, formulas or _BLANK))
                for number, (values, formulas) in enumerate(pairs, 1)
                if values or formulas
            )
            rows = list(islice((row for row in numbered if not row.empty), MOST_FILLED_ROWS + 1))
        if len(rows) > MOST_FILLED_ROWS:
            raise FileRefused(f"the sheet “{sheet}” has more than {MOST_FILLED_ROWS:,} rows.")
        return rows

    def close(self) -> None:
        self._values.close()
        self._formulas.close()

    def _cells(self, book: Any, sheet: str) -> Iterator[tuple[Any, ...]]:
        """An empty tuple for a row without anything."""
        worksheet = book[sheet]
        if not hasattr(worksheet, "reset_dimensions"):
            raise FileRefused(f"the sheet “{sheet}” is a chart.")
        worksheet.reset_dimensions()  # the stated size may be wrong, and rows beyond it would be lost
        return _kept_rows(islice(worksheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS))


def _loaded(raw: bytes, *, values: bool) -> Any:
    with _damage_told():
        return openpyxl.load_workbook(
            io.BytesIO(raw), read_only=True, data_only=values, keep_links=False, rich_text=False
        )


@contextmanager
def _damage_told() -> Iterator[None]:
    """A damaged file makes openpyxl raise whatever it trips over; its warnings are no news to the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except FileRefused:
            raise
        except MemoryError:
            raise FileRefused("the workbook is too large to be read.") from None
        except Exception as error:
            raise FileRefused("the workbook is damaged; open it in Excel and save it again.") from error


def _kept_rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The library gives the same tuple for every row that is not there: a million of them cost little."""
    last, kept = None, _NOTHING
    for row in rows:
        if row is not last:
            last, kept = row, tuple(map(_kept, row))
            kept = kept if any(kept) else _NOTHING
        yield kept


def _kept(cell: Any) -> tuple[Any, str] | None:
    """A cell's value and type, or None for an empty one."""
    value = cell.value
    return None if value is None else (value, str(cell.data_type))


def _row(number: int, pair: tuple[tuple[Any, ...], tuple[Any, ...]]) -> Row:
    cells = (_cell(value, formula) for value, formula in zip(*pair, strict=True))
    return Row(number, tuple(cells))


def _cell(value: tuple[Any, str] | None, formula: tuple[Any, str] | None) -> Cell:
    if value is not None and value[1] == "e":
        return Cell("", f"holds the Excel error {value[0]}")
    if formula is not None and formula[1] == "f" and value is None:
        return Cell(
            "", "holds a formula without a result; open the sheet in Excel, save it, and import again"
        )
    return Cell("" if value is None else _text(value[0]))


def _text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return _tidied(str(value))


def _tidied(text: str) -> str:
    """Excel's spelling of control characters undone, line ends made one, tabs made blanks."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return text.strip()


def column_letter(index: int) -> str:
    """0 → A."""
    return str(get_column_letter(index + 1))
