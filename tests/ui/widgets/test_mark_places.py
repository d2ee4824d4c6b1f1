"""Marks keep inside their picture however they are pulled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from qsin_desktop.domain.marks import Mark, MarkKind, refuse_unplaced
from qsin_desktop.ui.widgets.mark_places import (
    CORNERS,
    Frame,
    Grip,
    drawn_between,
    large_enough,
    moved,
    pulled,
)

parts, pulls = st.floats(0, 1), st.floats(-2, 2)
FRAME = Frame(QRectF(100, 50, 400, 300))
BOX = Mark("b", MarkKind.BOX, 0.25, 0.5, 0.25, 0.25)
ARROW = Mark("a", MarkKind.ARROW, 0.5, 0.5, -0.25, -0.5)


@given(
    st.sampled_from([MarkKind.BOX, MarkKind.ELLIPSE, MarkKind.REDACT, MarkKind.ARROW]),
    parts, parts, parts, parts, st.sampled_from(Grip), pulls, pulls,
)  # fmt: skip
def test_however_it_is_pulled_it_can_be_kept(
    kind: MarkKind, x1: float, y1: float, x2: float, y2: float, grip: Grip, dx: float, dy: float
) -> None:
    mark = drawn_between(kind, (x1, y1), (x2, y2))
    if large_enough(mark):
        refuse_unplaced(mark)
        after = pulled(mark, grip, dx, dy)
        if large_enough(after):
            refuse_unplaced(after)
        elif kind is not MarkKind.ARROW:
            pytest.fail("a box was pulled to nothing")


@given(parts, parts, parts, parts, pulls, pulls)
def test_moving_keeps_the_size(x1: float, y1: float, x2: float, y2: float, dx: float, dy: float) -> None:
    mark = drawn_between(MarkKind.ARROW, (x1, y1), (x2, y2))
    after = moved(mark, dx, dy)
    assert (after.w, after.h) == (mark.w, mark.h)


def test_what_lies_under_the_pointer() -> None:
    assert FRAME.grip_at(BOX, QPointF(201, 201)) is Grip.NW
    assert FRAME.grip_at(BOX, QPointF(300, 274)) is Grip.SE
    assert FRAME.grip_at(BOX, QPointF(250, 240)) is Grip.BODY
    assert FRAME.grip_at(BOX, QPointF(450, 100)) is None
    assert FRAME.grip_at(ARROW, QPointF(250, 125)) is Grip.BODY
    assert FRAME.grip_at(ARROW, QPointF(250, 180)) is None
    assert set(FRAME.grips(BOX)) == set(CORNERS)
    assert set(FRAME.grips(ARROW)) == {Grip.NW, Grip.SE}


def test_places_outside_the_picture_are_drawn_to_its_edge() -> None:
    assert FRAME.parts(QPointF(0, 0)) == (0.0, 0.0)
    assert FRAME.parts(QPointF(9_999, 200)) == (1.0, 0.5)
