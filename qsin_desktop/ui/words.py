"""Dates, counts, sizes and paths in words, as they stand in the window."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from qsin_desktop.domain.counting import count as count  # noqa: PLC0414  # the window's own words

EN_DASH = "\u2013"
MIDDLE_DOT = " \u00b7 "


def dates_in_words(starts: str, ends: str) -> str:
    """ISO days as one span, e.g. “24 to 25 November 2026” with a dash; empty where no day is set."""
    if not starts:
        return ""
    first = date.fromisoformat(starts)
    last = date.fromisoformat(ends or starts)
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{EN_DASH}{day_in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} {EN_DASH} {day_in_words(last)}"
    return f"{day_in_words(first)} {EN_DASH} {day_in_words(last)}"


def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def short_day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def size_in_words(size: int) -> str:
    """Bytes as people say them: “820 KB”, “2.4 MB”; 1 KB is 1000 bytes, as file managers count."""
    amount, units = float(size), ["bytes", "KB", "MB", "GB"]
    while amount >= 1000 and len(units) > 1:
        amount /= 1000
        units.pop(0)
    whole = units[0] in ("bytes", "KB") or amount >= 100
    return f"{amount:,.0f} {units[0]}" if whole else f"{amount:,.1f} {units[0]}"


def path_in_words(path: Path) -> str:
    """The home folder as ~, so that the end of the path is in sight."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)


def joined(*parts: str) -> str:
    """The parts that hold something, with a middle dot between."""
    return MIDDLE_DOT.join(part for part in parts if part)


_WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y", "%B %d %Y", "%b %d %Y")
_WITHOUT_YEAR = ("%d %B", "%d %b", "%d/%m", "%B %d", "%b %d")


def read_day(text: str, today: date) -> date | None:
    """A day however a person in Britain writes it: 24 Nov, 24/11/2026, 2026-11-24; None when it is no day.

    Without a year the next such day is meant.
    """
    words = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.replace(",", " "), flags=re.IGNORECASE)
    words = " ".join(words.split())
    for form in _WRITTEN:
        with suppress(ValueError):
            return datetime.strptime(words, form).date()  # noqa: DTZ007  (a day has no time zone)
    for form in _WITHOUT_YEAR:
        with suppress(ValueError):
            day = datetime.strptime(f"{words} {today.year}", f"{form} %Y").date()  # noqa: DTZ007
            return day if day >= today else day.replace(year=today.year + 1)
    return None
