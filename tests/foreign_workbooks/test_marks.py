"""Rows are known again by their marks, however a program saved them, and every alteration shows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.foreign_workbooks.cells import Cell
from qsin_desktop.foreign_workbooks.marks import Compared, Comparing, bare, closed_up, mark_of, row_mark

_VALUES = st.one_of(
    st.none(),
    st.integers(-9999, 9999),
    st.dates(),
    st.datetimes(),
    st.floats(),
    st.text(st.characters(codec="utf-8")),
)
_ROWS = st.lists(st.dictionaries(st.integers(1, 5), _VALUES, max_size=4), max_size=8)


def row(*values: Any) -> dict[int, Cell]:
    return {at: Cell(value) for at, value in enumerate(values, 1) if value is not None}


def compared(sent: list[dict[int, Cell]], back: list[dict[int, Cell]]) -> Compared:
    comparing = Comparing([mark_of(one) for one in sent])
    for number, one in enumerate(back, 1):
        comparing.take(number, *bare(one))
    return comparing.found()


@pytest.mark.parametrize(
    ("sent", "back"),
    [
        ("two  words\nmore", "two words more "),
        ("_x0041_ typed", "_x005F_x0041_ typed"),
        ("cafe\u0301", "caf\u00e9"),
        (date(2026, 11, 24), datetime(2026, 11, 24)),  # noqa: DTZ001  cells know no zone
        (datetime(2026, 11, 24, 9, 0, 7), datetime(2026, 11, 24, 9, 0, 6, 999_600)),  # noqa: DTZ001
        (3, 3.0),
        (0.1 + 0.2, 0.3),
        (None, ""),
    ],
)
def test_saving_again_changes_no_mark(sent: object, back: object) -> None:
    assert row_mark([(1, "a"), (2, sent)]) == row_mark([(2, back), (1, "a")])


@pytest.mark.parametrize(
    ("sent", "back"),
    [
        ("Met", "Not met"),
        ("Met", "met"),
        ("12", "1 2"),
        (3, 3.1),
        (date(2026, 11, 24), date(2026, 11, 25)),
        ("a", None),
    ],
)
def test_another_value_is_another_mark(sent: object, back: object) -> None:
    assert row_mark([(1, sent)]) != row_mark([(1, back)])
    assert row_mark([(1, sent)]) != row_mark([(2, sent)])


def test_a_formula_is_never_what_was_sent() -> None:
    assert mark_of({1: Cell("Met")}) != mark_of({1: Cell("Met", formula=True)})


def test_a_formula_in_place_of_what_was_sent_is_strange() -> None:
    comparing = Comparing([mark_of(row("Met", "why"))])
    comparing.take(1, {1: "Met"}, {2})
    assert comparing.found().strange[1] == {1: Cell("Met"), 2: Cell(None, formula=True)}


def test_the_last_moment_of_all_has_a_mark() -> None:
    assert row_mark([(1, datetime.max)]) != row_mark([(1, datetime.min)])  # noqa: DTZ901


def test_an_empty_row_has_no_mark() -> None:
    assert row_mark([]) == row_mark([(1, None), (2, "  ")]) == ""


def test_closed_up_cells_keep_their_order() -> None:
    assert closed_up({7: "b", 2: "a"}) == {1: "a", 2: "b"}


def test_an_altered_row_is_strange_and_the_sent_one_gone() -> None:
    found = compared([row("a", "1"), row("b", "2")], [row("a", "1"), row("b", "3")])
    assert (list(found.strange), found.gone, found.moved, found.doubled) == ([2], [2], 0, 0)
    assert found.strange[2][2].value == "3"


def test_rows_that_changed_places_moved() -> None:
    found = compared([row("a"), row("b"), row("c")], [row("b"), row("a"), row("c")])
    assert (found.strange, found.gone, found.moved, found.doubled) == ({}, [], 2, 0)


def test_a_row_that_was_put_in_moves_those_below() -> None:
    found = compared([row("a"), row("b")], [row("a"), row("new"), row("b")])
    assert (list(found.strange), found.gone, found.moved) == ([2], [], 1)


def test_a_copy_is_doubled_and_a_deleted_row_gone() -> None:
    found = compared([row("a"), row("b"), row("c")], [row("a"), {}, row("c"), row("a")])
    assert (found.strange, found.gone, found.moved, found.doubled) == ({}, [2], 0, 1)


def test_a_row_overwritten_by_a_copy_of_another_is_gone() -> None:
    found = compared([row("a"), row("b")], [row("a"), row("a")])
    assert (found.gone, found.doubled) == ([2], 1)


def test_of_a_ruined_sheet_only_some_rows_are_kept() -> None:
    found = compared([row(n) for n in range(1000)], [row(f"x{n}") for n in range(1000)])
    assert (len(found.strange), found.more_strange, len(found.gone)) == (200, 800, 1000)


@given(sent=_ROWS)
def test_the_same_rows_are_never_altered(sent: list[dict[int, Any]]) -> None:
    rows = [{at: Cell(value) for at, value in one.items()} for one in sent]
    assert not compared(rows, rows)


@given(sent=_ROWS, at=st.integers(0, 7))
def test_one_other_row_is_always_seen(sent: list[dict[int, Any]], at: int) -> None:
    rows = [{column: Cell(value) for column, value in one.items()} for one in sent]
    altered = [*rows[:at], row("nobody sent this \u2603"), *rows[at + 1 :]]
    assert compared(rows, altered).strange
