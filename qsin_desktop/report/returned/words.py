"""A returned cell as the text or the day it means, with a remark where that is not plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from qsin_desktop.domain.responses import Response
from qsin_desktop.foreign_workbooks.cells import DAY_NOUGHT, Cell
from qsin_desktop.report.wording import day as day_words
from qsin_desktop.report.workbook.answers import cleaned
from qsin_desktop.report.workbook.texts import CELL_LIMIT, LINE_FEED_LIMIT, fits_cell, units

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # a number in between is a day
_DIGITS = 5  # of the number of such a day
_YEARS = range(2000, 2101)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+", re.IGNORECASE
)
_TIME = re.compile(r"(?:,?\s+|(?<=\d)T)\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m|Z)?$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-./]+([a-z]+)\.?,?[\s\-./]+(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


class Read(NamedTuple):
    """`text` is empty for a blank cell. A `refused` cell was written in and cannot be used."""

    text: str
    remark: str = ""
    refused: bool = False


BLANK = Read("")


def read_cell(cell: Cell | None, column: Response, day_nought: date = DAY_NOUGHT) -> Read:
    """A response cell as it is recorded; remarks begin with what was in the cell."""
    if cell is None:
        return BLANK
    if cell.error:
        return Read("", f"holds the error {cell.error}", refused=True)
    if cell.formula and cell.value is None:
        return Read(
            "", "holds a formula without a result; open the file in Excel, save it and read it again", True
        )
    found = _day(cell.value, day_nought) if column.is_date else Read(_text(cell.value))
    if not fits_cell(found.text):
        return Read(
            "",
            f"is too long: at most {CELL_LIMIT:,} characters and {LINE_FEED_LIMIT} line ends can be kept; "
            "ask for it as a document",
            refused=True,
        )
    if not found.text or found.refused:
        return found
    formula = "is the result of a formula" if cell.formula else ""
    full = "is filled to its last letter, so that its end may be cut off" if _full(cell.value) else ""
    return found._replace(remark=" and ".join(filter(None, (formula, full, found.remark))))


def _full(value: Any) -> bool:
    """Programs cut what is longer without a word."""
    return isinstance(value, str) and units(value) == CELL_LIMIT


def cell_words(cell: Cell | None) -> str:
    """What a cell says, whatever it holds."""
    if cell is None:
        return ""
    words = cell.error or ("" if cell.value is None else _text(cell.value))
    return f"{words} (a formula)".strip() if cell.formula else words


def _text(value: Any) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}"
        case datetime() if value.time() == time():
            return day_words(value.date())
        case datetime():
            return f"{day_words(value.date())}, {value:%H:%M}"
        case date():
            return day_words(value)
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)
        case _:
            return cleaned(str(value))


def _day(value: Any, nought: date) -> Read:
    match value:
        case datetime():
            return _likely(value.date(), "")
        case date():
            return _likely(value, "")
        case int() | float() if not isinstance(value, bool) and _is_day(value, nought):
            return _numbered_day(value, nought)
        case _:
            text = _text(value)
            if text.isascii() and text.isdecimal() and len(text) == _DIGITS and _is_day(int(text), nought):
                return _numbered_day(int(text), nought)
            return _typed_day(text) if text else BLANK


def _numbered_day(number: float, nought: date) -> Read:
    found = nought + timedelta(days=int(number))
    return Read(found.isoformat(), f"is the number {_text(number)}, read as {day_words(found)}")


def _is_day(number: float, nought: date) -> bool:
    return (_FIRST_DAY - nought).days <= number < (_LAST_DAY - nought).days + 1


def _typed_day(text: str) -> Read:
    days = dict.fromkeys(_days(_TIME.sub("", _WEEKDAY.sub("", text.strip())).casefold()))
    if not days:
        return Read(text, f"says “{short(text)}”, which is not a day; it is kept as words")
    first = next(iter(days))
    also = f", day before month, not {day_words(list(days)[1])}" if len(days) > 1 else ""
    return _likely(first, f"was typed as text, “{short(text)}”, and read as {day_words(first)}{also}")


def _likely(found: date, remark: str) -> Read:
    if found.year not in _YEARS:
        return Read("", f"says {day_words(found)}, which is no likely day", refused=True)
    return Read(found.isoformat(), remark)


def _days(text: str) -> Iterator[date]:
    """The days a text can mean, the British reading first."""
    if found := _ISO.fullmatch(text):
        yield from _made(found[1], found[2], found[3])
    elif found := _NUMBERS.fullmatch(text):
        day_first = list(_made(found[3], found[2], found[1]))
        yield from day_first
        if day_first:  # with the month first alone it is left as words: nobody here writes so
            yield from _made(found[3], found[1], found[2])
    elif found := _DAY_FIRST.fullmatch(text):
        yield from _made(found[3], _month(found[2]), found[1])
    elif found := _MONTH_FIRST.fullmatch(text):
        yield from _made(found[3], _month(found[1]), found[2])


def _month(word: str) -> str:
    for number, name in enumerate(_MONTHS, 1):
        if len(word) >= 3 and (name.startswith(word) or word == "sept" == name[:4]):
            return str(number)
    return "0"


def _made(year: str, month: str, day: str) -> Iterator[date]:
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        yield date(full, int(month), int(day))
    except ValueError:
        return


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
