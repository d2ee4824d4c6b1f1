"""The cells of one sheet as plain values, and as the JSON in which they come out of the child process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from qsin_desktop.foreign_workbooks.beside import Beside

DAY_NOUGHT = date(1899, 12, 30)  # for every day from 1 March 1900 on

_READERS: dict[str, Callable[[str], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


@dataclass(frozen=True)
class Cell:
    """A cell that holds something. `error` is Excel's own, such as #REF!; `value` is None then."""

    value: Any
    formula: bool = False
    error: str = ""


@dataclass(frozen=True)
class Merged:
    """One merged area, rows and columns counted from 1, both ends within."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class SheetCells:
    """One sheet: its filled cells by row and column, both counted from 1.

    `day_nought` is the day that the number 0 means; old Macs counted from another one.
    """

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    day_nought: date = DAY_NOUGHT
    beside: Beside = field(default_factory=Beside)


def to_json(value: Any) -> Any:
    """Days, times and lengths of time as [kind, text or seconds]; the rest as it is."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case datetime():
            return ["datetime", value.isoformat()]
        case date():
            return ["date", value.isoformat()]
        case time():
            return ["time", value.isoformat()]
        case timedelta():
            return ["timedelta", value.total_seconds()]
        case _:
            return str(value)


def from_json(value: Any) -> Any:
    """Raises `ValueError` for what `to_json` never writes."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case ["timedelta", int() | float() as seconds]:
            return timedelta(seconds=seconds)
        case [("datetime" | "date" | "time") as kind, str() as text]:
            return _READERS[kind](text)
        case _:
            raise ValueError("no value of a cell")


def cell_to_json(column: int, cell: Cell) -> list[Any]:
    plain = [column, to_json(cell.value)]
    return [*plain, cell.formula, cell.error] if cell.formula or cell.error else plain


def row_from_json(cells: Sequence[Any]) -> dict[int, Cell]:
    row = {}
    for column, value, *more in cells:
        formula, error = more or (False, "")
        row[int(column)] = Cell(from_json(value), bool(formula), str(error))
    return row


def column_letters(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
