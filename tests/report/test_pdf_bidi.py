"""Right-to-left words stand on paper as their readers expect them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.report.bidi import as_drawn, drawing, joined

SHALOM, OLAM = "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("plain words", "plain words"),
        (f"a {SHALOM} b", f"a {SHALOM[::-1]} b"),
        (f"a {SHALOM} {OLAM} b", f"a {OLAM[::-1]} {SHALOM[::-1]} b"),
        (f"a {SHALOM} (2026) b", f"a (2026) {SHALOM[::-1]} b"),
        (f"a ({SHALOM}) b", f"a ({SHALOM[::-1]}) b"),
        (f"{SHALOM} 2026", f"2026 {SHALOM[::-1]}"),
        (f"{SHALOM} abc def {OLAM}", f"{OLAM[::-1]} abc def {SHALOM[::-1]}"),
        (f"{SHALOM} (abc) {OLAM}", f"{OLAM[::-1]} (abc) {SHALOM[::-1]}"),
    ],
)
def test_order(typed: str, drawn: str) -> None:
    assert as_drawn(typed) == drawn


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        (f"{SHALOM} then words of ours", f"{SHALOM[::-1]} then words of ours"),
        (f"{SHALOM}, {OLAM} ab", f"ab {OLAM[::-1]} ,{SHALOM[::-1]}"),
        (f"See {SHALOM} {OLAM}.", f"See {OLAM[::-1]} {SHALOM[::-1]}."),
    ],
)
def test_a_text_runs_leftwards_only_where_it_begins_so_and_mostly_does(typed: str, drawn: str) -> None:
    assert as_drawn(typed) == drawn


@pytest.mark.parametrize(
    "number", ["24/11/2026", "3.5", "1,000", "12:30", "85%", "\u20ac10", "5-3", "3.2.1", "\u0663.\u0665"]
)
def test_a_number_keeps_its_order_with_what_belongs_to_it(number: str) -> None:
    assert as_drawn(f"{SHALOM} {number} {OLAM}") == f"{OLAM[::-1]} {number} {SHALOM[::-1]}"


def test_a_per_cent_sign_after_an_arabic_number_stands_to_its_left() -> None:
    assert as_drawn("\u0639 24/11/2026 85%") == "%85 24/11/2026 \ufec9"


def test_a_line_runs_as_the_text_that_it_is_a_line_of() -> None:
    line = f"abc {SHALOM}"
    assert drawing(line).rest == SHALOM[::-1]
    assert drawing(line, f"{SHALOM} {OLAM} {line}").rest == f"{SHALOM[::-1]} abc"


def test_arabic_letters_join() -> None:
    # Beh, beh, beh: initial, medial, final; alef joins only what stands before it.
    assert joined("\u0628\u0628\u0628") == "\ufe91\ufe92\ufe90"
    assert joined("\u0628\u0627\u0628") == "\ufe91\ufe8e\ufe8f"
    assert joined("\u0628 \u0628") == "\ufe8f \ufe8f"
    # Persian: its own yeh joins too, and a mark without width keeps two letters apart.
    assert joined("\u0645\u06cc") == "\ufee3\ufbfd"
    assert joined("\u0645\u06cc\u200c\u062e") == "\ufee3\ufbfd\u200c\ufea5"


def test_a_mark_is_drawn_from_where_its_letter_begins() -> None:
    assert as_drawn("\u05e9\u05b8\u05dc") == "\u05dc\u05b8\u05e9"


@given(st.text(st.sampled_from(f"ab1 ({SHALOM}).,)"), max_size=40))
def test_no_character_is_lost(typed: str) -> None:
    turned = as_drawn(typed).translate(str.maketrans("()", "xx"))
    assert sorted(turned) == sorted(typed.translate(str.maketrans("()", "xx")))
