"""Short marks of a sheet's rows, by which an altered row is known without keeping what it said."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zlib import crc32

from qsin_desktop.foreign_workbooks.cells import Cell
from qsin_desktop.foreign_workbooks.spelling import spelt_out

_HALF = 500_000  # microseconds
_LAST = datetime.max.replace(microsecond=0)  # noqa: DTZ901  cells know no zone
_MOST_STRANGE = 200  # rows of a sheet whose cells are told

Row = Mapping[int, Cell]
T = TypeVar("T")


def row_mark(cells: Iterable[tuple[int, Any]]) -> str:
    """Of the values of a row by column; empty where none is filled.

    It does not tell apart what programs change when they save a workbook again: white space, how a control
    character is spelt, fractions of a second. A checksum is enough: who would forge it could as well forge
    the sheet it is kept on.
    """
    said = [f"{column}\0{word}" for column, value in sorted(cells) if (word := _word(value))]
    return f"{crc32('|'.join(said).encode('utf-8', 'replace')):08x}" if said else ""


def closed_up(row: Mapping[int, T]) -> dict[int, T]:
    """Its cells as columns 1, 2, 3…, in their order, wherever they stand."""
    return {at: row[column] for at, column in enumerate(sorted(row), 1)}


def mark_of(row: Row) -> str:
    """Of cells as they are read; a formula is none of ours, whatever its result says."""
    return row_mark(_said(*bare(row)))


def bare(row: Row) -> tuple[dict[int, Any], list[int]]:
    """The values of cells, and the columns of those that are formulas."""
    values = {at: cell.error or cell.value for at, cell in row.items()}
    return values, [at for at, cell in row.items() if cell.formula]


def _said(row: Mapping[int, Any], formulas: Collection[int]) -> Iterable[tuple[int, Any]]:
    if not formulas:
        return row.items()
    return [(at, ("formula", row.get(at)) if at in formulas else row.get(at)) for at in {*row, *formulas}]


def _word(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return _plain(value)
        case datetime():
            return _seconds(value)
        case date():
            return _seconds(datetime.combine(value, time()))
        case int() | float():
            return f"{value:.10g}"
        case _:
            return str(value)


def _seconds(moment: datetime) -> str:
    """To the nearest one; the last moment of all is rounded to no other."""
    if moment.microsecond:
        later = moment.microsecond >= _HALF and moment < _LAST
        moment = moment.replace(microsecond=0) + timedelta(seconds=later)
    return moment.isoformat()


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable() and "_x" not in text:
        return " ".join(text.split())
    while (spelt := spelt_out(text)) != text:
        text = spelt
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c) != "Cc").split())


@dataclass
class Compared:
    """How a sheet's rows differ from those that were sent, both by row number from 1.

    `strange` holds rows that were never sent so, the first of them with their cells; `gone` what was sent and
    is nowhere now; `moved` and `doubled` count rows that stand elsewhere, or more often.
    """

    strange: dict[int, dict[int, Cell]] = field(default_factory=dict)
    more_strange: int = 0
    gone: list[int] = field(default_factory=list)
    moved: int = 0
    doubled: int = 0

    def __bool__(self) -> bool:
        return bool(self.strange or self.gone or self.moved or self.doubled)


class Comparing:
    """Takes a sheet's rows one by one; `sent` are the marks of rows 1, 2, 3…, empty for an empty one."""

    def __init__(self, sent: Sequence[str]) -> None:
        self._sent = sent
        self._sent_marks = Counter(filter(None, sent))
        self._seen: Counter[str] = Counter()
        self._in_place: set[int] = set()
        self._found = Compared()

    def take(self, number: int, row: Mapping[int, Any], formulas: Collection[int] = ()) -> None:
        """Values by column, and the columns of those that are formulas."""
        mark = row_mark(_said(row, formulas))
        if not mark:
            return
        if mark not in self._sent_marks:
            if len(self._found.strange) < _MOST_STRANGE:
                cells = {at: Cell(row.get(at), at in formulas) for at in {*row, *formulas}}
                self._found.strange[number] = cells
            else:
                self._found.more_strange += 1
            return
        self._seen[mark] += 1
        if number <= len(self._sent) and self._sent[number - 1] == mark:
            self._in_place.add(number)
        else:
            self._found.moved += 1

    def found(self) -> Compared:
        lacking = self._sent_marks - self._seen
        doubled = sum((self._seen - self._sent_marks).values())
        self._found.doubled, self._found.moved = doubled, self._found.moved - doubled
        for number, mark in enumerate(self._sent, 1):
            if lacking[mark] and number not in self._in_place:
                lacking[mark] -= 1
                self._found.gone.append(number)
        return self._found
