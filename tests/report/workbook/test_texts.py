"""Texts in cells: made safe and visible, measured, and cut so that nothing is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.report.workbook.heights import MOST_LINES, TALLEST, height, lines
from qsin_desktop.report.workbook.long import TEXT_WIDTH, LongTexts
from qsin_desktop.report.workbook.texts import (
    CELL_LIMIT,
    CONTINUES,
    fits_cell,
    held,
    one_line,
    pieces,
    shown,
    units,
)

# Everything XML 1.0 lets stand in a text, less what this program shows by number.
_ALLOWED = re.compile(
    "[\t\n\x20-\x7e\xa0-\u2027\u202a-\u202c\u202f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*"
)
_ANY = st.text(st.characters(codec=None), max_size=400)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("plain words, Ŵyn, Ελληνικά, עברית, 中文, 😀", "plain words, Ŵyn, Ελληνικά, עברית, 中文, 😀"),
        ("bell\x07 nul\x00", "bell[U+0007] nul[U+0000]"),
        ("del\x7f csi\x9b", "del[U+007F] csi[U+009B]"),
        ("photo\u202egpj.exe", "photo[U+202E]gpj.exe"),
        ("half \ud83d a pair", "half [U+D83D] a pair"),
        ("no character \ufffe", "no character [U+FFFE]"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_what_a_cell_cannot_carry_is_shown(typed: str, seen: str) -> None:
    assert shown(typed) == seen


@given(_ANY)
def test_shown_text_is_lawful_and_stays_as_it_is(text: str) -> None:
    safe = shown(text)
    assert _ALLOWED.fullmatch(safe)
    assert shown(safe) == safe
    safe.encode()


def test_length_counts_as_spreadsheet_programs_do() -> None:
    assert units("a" * 10) == 10
    assert units("😀" * 10) == 20
    assert units("Ŵ" * 10) == 10


@pytest.mark.parametrize("text", ["word " * 20_000, "x" * 100_000, "😀" * 40_000, "line\n" * 900, ""])
def test_pieces_join_to_the_text_and_fit(text: str) -> None:
    parts = pieces(text, CELL_LIMIT)
    assert "".join(parts) == text
    assert all(fits_cell(part) and part for part in parts)


@given(st.text("ab \n😀", max_size=300), st.integers(2, 60), st.integers(2, 6))
def test_pieces_keep_every_character(text: str, limit: int, most_lines: int) -> None:
    parts = pieces(text, limit, most_lines=most_lines, width=9)
    assert "".join(parts) == text
    assert all(units(part) <= limit and part for part in parts)


def test_pieces_end_between_words() -> None:
    parts = pieces("alpha beta gamma delta " * 50, 100)
    assert all(part.endswith(" ") for part in parts)


def test_a_text_that_fits_is_held_whole() -> None:
    text = "a" * CELL_LIMIT
    assert held(text) == text


@pytest.mark.parametrize("text", ["a" * (CELL_LIMIT + 1), "😀" * 20_000, "line\n" * 300, "b" * 17_000 + "\n"])
def test_a_text_that_does_not_fit_says_so(text: str) -> None:
    start = held(text)
    assert start.endswith(CONTINUES)
    assert fits_cell(start)
    assert text.startswith(start.removesuffix(CONTINUES))
    assert len(start) > 8_000 or text.count("\n") > 253


def test_lines_grow_with_the_text_and_shrink_with_the_width() -> None:
    text = "The policy is agreed but two of its owners have left. " * 10
    assert lines("Met", 10) == 1
    assert lines("one\ntwo\nthree", 40) == 3
    assert lines(text, 20) > lines(text, 40) > lines(text, 80) > 1
    assert lines(text, 40, bold=True) >= lines(text, 40)
    assert lines("W" * 200, 20) > lines("i" * 200, 20)


def test_a_word_longer_than_the_line_is_counted() -> None:
    assert lines("x" * 500, 20) >= 500 * 0.45 * 13.3 / 135


def test_no_row_is_higher_than_a_row_can_be() -> None:
    assert height(1) < 20
    assert height(MOST_LINES) <= TALLEST
    assert height(10_000) == TALLEST


def test_long_texts_follow_each_other() -> None:
    kept = LongTexts()
    text = "What was seen was set beside what the plan says. " * 400
    assert kept.add("F-001: Evidence", text) == 5
    first = len(kept.rows)
    assert kept.add("F-002: Gap", "short") == 5 + first
    assert "".join(part for where, _, part in kept.rows if where == "F-001: Evidence") == text
    assert kept.rows[0][1] == f"1 of {first}"
    assert all(lines(part, TEXT_WIDTH) <= MOST_LINES for _, _, part in kept.rows)


def test_one_line_shows_where_it_was_cut() -> None:
    assert one_line("a\nb\x07", 20) == "a b[U+0007]"
    assert one_line("a" * 30, 10) == "a" * 9 + "…"
