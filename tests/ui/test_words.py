from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.ui.words import (
    count,
    dates_in_words,
    day_in_words,
    joined,
    path_in_words,
    read_day,
    short_day,
    size_in_words,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("", "", ""),
        ("2026-11-24", "2026-11-24", "24 November 2026"),
        ("2026-11-24", "", "24 November 2026"),
        ("2026-11-24", "2026-11-25", "24\u201325 November 2026"),
        ("2026-11-30", "2026-12-01", "30 November \u2013 1 December 2026"),
        ("2026-12-31", "2027-01-01", "31 December 2026 \u2013 1 January 2027"),
    ],
)
def test_a_span_of_days(starts: str, ends: str, words: str) -> None:
    assert dates_in_words(starts, ends) == words


@pytest.mark.parametrize(
    "text",
    ["24 Nov 2026", "24/11/2026", "24.11.2026", "2026-11-24", "24th November 2026", "24 nov", "Nov 24"],
)
def test_a_day_however_it_is_written(text: str) -> None:
    assert read_day(text, TODAY) == TODAY


@pytest.mark.parametrize("text", ["", "soon", "31/11/2026", "24", "29 Feb 2027", "24/13/2026"])
def test_what_is_no_day(text: str) -> None:
    assert read_day(text, TODAY) is None


def test_a_day_without_a_year_lies_ahead() -> None:
    assert read_day("23 Nov", TODAY) == date(2027, 11, 23)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_every_day_that_is_shown_can_be_read_back(day: date) -> None:
    assert read_day(day_in_words(day), TODAY) == day
    assert read_day(short_day(day), TODAY) == day


@given(st.text(max_size=30))
def test_reading_a_day_never_fails(text: str) -> None:
    found = read_day(text, TODAY)
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1 KB"), (820_400, "820 KB"), (2_400_000, "2.4 MB"),
     (250_000_000, "250 MB"), (2_100_000_000, "2.1 GB"), (5_000_000_000_000, "5,000 GB")],
)  # fmt: skip
def test_sizes(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_counts_and_lists() -> None:
    assert count(1, "finding") == "1 finding"
    assert count(0, "finding") == "0 findings"
    assert count(1234, "criterion", "criteria") == "1,234 criteria"
    assert joined("a", "", "b") == "a \u00b7 b"
    assert path_in_words(Path.home() / "x") == str(Path("~") / "x")
    assert path_in_words(Path("/elsewhere")) == str(Path("/elsewhere"))
