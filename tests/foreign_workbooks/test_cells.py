"""What comes out of the child process is what went in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from qsin_desktop.foreign_workbooks.cells import (
    Cell,
    cell_to_json,
    column_letters,
    from_json,
    row_from_json,
    to_json,
)

VALUES = st.one_of(
    st.none(),
    st.text(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.integers(-10_000_000, 10_000_000).map(lambda seconds: timedelta(seconds=seconds)),
)


@given(VALUES)
def test_every_value_comes_back(value: Any) -> None:
    back = from_json(json.loads(json.dumps(to_json(value))))
    assert (back, type(back)) == (value, type(value))


@given(st.dictionaries(st.integers(1, 300), st.builds(Cell, VALUES, st.booleans(), st.text(max_size=9))))
def test_every_row_comes_back(row: dict[int, Cell]) -> None:
    said = [cell_to_json(column, cell) for column, cell in row.items()]
    assert row_from_json(json.loads(json.dumps(said))) == row


@pytest.mark.parametrize(
    "said", [{}, [], ["date"], ["date", 4], ["date", "soon"], ["class", "x"], ["timedelta", "x"]]
)
def test_what_the_child_never_says_is_no_value(said: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(said)


@given(st.integers(1, 18_278))
def test_letters_of_columns(number: int) -> None:
    assert column_letters(number) == get_column_letter(number)
