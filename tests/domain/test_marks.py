"""A mark lies inside its picture or is no mark; what the journal holds reads back as it was drawn."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.marks import (
    Mark,
    MarkColour,
    MarkKind,
    MarkRefused,
    drawn_words,
    is_mark,
    marks_of,
    redacted_words,
    refuse_unplaced,
    value_of,
)
from qsin_desktop.domain.standing import Standing

BOX = {"id": "a", "kind": "box", "x": 0.1, "y": 0.2, "w": 0.3, "h": 0.4, "colour": "red"}
parts = st.floats(0, 1)


@st.composite
def drawn_marks(draw: st.DrawFn) -> Mark:
    kind = draw(st.sampled_from(MarkKind))
    x1, x2, y1, y2 = (draw(parts) for _ in range(4))
    if kind is not MarkKind.ARROW:
        x1, x2, y1, y2 = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    text = draw(st.text(min_size=1, max_size=50)) if kind is MarkKind.TEXT else ""
    return Mark("m", kind, x1, y1, x2 - x1, y2 - y1, text, draw(st.sampled_from(MarkColour)))


def stands(value: Any, n: int = 1) -> Standing:
    return Standing(f"entry{n}", "p-lead", "2026-11-24T10:00:00+00:00", n, value)


@given(drawn_marks())
def test_what_may_be_drawn_may_stand_in_the_journal_and_reads_back(mark: Mark) -> None:
    try:
        refuse_unplaced(mark)
    except MarkRefused:
        return
    value = value_of(mark)
    assert is_mark(value)
    (read,) = marks_of([stands(value)])
    assert value_of(read) == value
    assert (read.by, read.entry) == ("p-lead", "entry1")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "cloud"},
        {"x": -0.1},
        {"w": 0.95},
        {"h": math.nan},
        {"y": math.inf},
        {"x": True},
        {"x": "0.1"},
        {"w": -0.05},
        {"text": "x" * 301},
        {"text": 7},
        {"id": 7},
    ],
)
def test_other_shapes_do_not_count(change: dict[str, Any]) -> None:
    assert is_mark(BOX)
    assert not is_mark(BOX | change)
    assert marks_of([stands(BOX | change)]) == ()


@given(st.dictionaries(st.sampled_from([*BOX, "text"]), st.none() | st.booleans() | st.floats() | st.text()))
def test_anything_else_is_no_mark_and_no_error(value: dict[str, Any]) -> None:
    if is_mark(value):
        assert len(marks_of([stands(value)])) == 1


def test_a_redaction_in_a_colour_of_a_newer_program_still_hides() -> None:
    (mark,) = marks_of([stands(BOX | {"kind": "redact", "colour": "violet"})])
    assert mark.kind is MarkKind.REDACT


def test_an_arrow_may_point_leftwards_and_up() -> None:
    refuse_unplaced(Mark("m", MarkKind.ARROW, 0.5, 0.5, -0.4, -0.3))


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (Mark("m", MarkKind.BOX, 0.9, 0.1, 0.2, 0.1), "outside the picture"),
        (Mark("m", MarkKind.BOX, math.nan, 0.1, 0.2, 0.1), "outside the picture"),
        (Mark("m", MarkKind.REDACT, 0.1, 0.1, 0.2, 0.0), "too small"),
        (Mark("m", MarkKind.ARROW, 0.1, 0.1, 0.0, 0.0), "too small"),
        (Mark("m", MarkKind.TEXT, 0.1, 0.1, 0.2, 0.2, "  "), "needs words"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(mark: Mark, told: str) -> None:
    with pytest.raises(MarkRefused, match=told):
        refuse_unplaced(mark)


def test_marks_are_said_to_those_who_cannot_see_them() -> None:
    marks = [
        Mark("1", MarkKind.ARROW, 0.1, 0.1, 0.2, 0.2),
        Mark("2", MarkKind.TEXT, 0.1, 0.1, 0.2, 0.2, "Out of date"),
        Mark("3", MarkKind.ARROW, 0.5, 0.5, 0.2, 0.2),
        Mark("4", MarkKind.REDACT, 0.5, 0.5, 0.2, 0.2),
        Mark("5", MarkKind.REDACT, 0.7, 0.7, 0.2, 0.2),
    ]
    assert drawn_words(marks) == "Marked with an arrow, 2 times; the words “Out of date”."
    assert redacted_words(marks) == "2 areas are redacted."
    assert (drawn_words([]), redacted_words([])) == ("", "")
