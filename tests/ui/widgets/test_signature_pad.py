from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qsin_desktop.ui.widgets.signature_pad import SignaturePad
from tests.ui.hands import press
from tests.ui.widgets.conftest import Open


@pytest.fixture
def pad(open_widget: Open) -> SignaturePad:
    made = SignaturePad()
    made.resize(420, 130)
    open_widget(made)
    return made


def stroke(pad: SignaturePad, *points: tuple[int, int]) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, left, pos=QPoint(*points[-1]))


def test_the_mouse_draws_strokes(pad: SignaturePad) -> None:
    assert pad.is_empty
    stroke(pad, (20, 90), (60, 30), (100, 90))
    stroke(pad, (40, 70), (80, 70))
    assert pad.strokes == (((20, 90), (60, 30), (100, 90)), ((40, 70), (80, 70)))


def test_a_tap_is_a_dot(pad: SignaturePad) -> None:
    stroke(pad, (50, 20))
    (dot,) = pad.strokes
    assert len(dot) == 2


def test_the_pen_stays_inside(pad: SignaturePad) -> None:
    stroke(pad, (20, 90), (600, -40))
    assert pad.strokes[0][-1] == (420, 0)


def test_the_last_stroke_is_taken_back_and_all_are_cleared(pad: SignaturePad) -> None:
    for left in (20, 120, 220):
        stroke(pad, (left, 90), (left + 50, 30))
    pad.setFocus()
    press("Ctrl+Z", pad)
    press("Backspace", pad)
    assert [stroke[0] for stroke in pad.strokes] == [(20, 90)]
    press("Delete", pad)
    press("Ctrl+Z", pad)
    assert pad.strokes == ()


def pen(
    pad: SignaturePad,
    kind: QEvent.Type,
    at: QPointF,
    tip: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
) -> None:
    device = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        tip,
        QInputDevice.Capability.Position,
        1,
        1,
    )
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.TabletMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.LeftButton  # without it Qt takes a move for hovering
    none = Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(
        kind, device, at, pad.mapToGlobal(at), 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, none, button, held
    )
    QApplication.sendEvent(pad, event)


def test_a_pen_draws_finer_points_and_its_other_end_takes_a_stroke_back(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletPress, QPointF(10.25, 60.5))
    pen(pad, QEvent.Type.TabletMove, QPointF(12.75, 50.25))
    pen(pad, QEvent.Type.TabletRelease, QPointF(12.75, 50.25))
    assert pad.strokes == (((10.25, 60.5), (12.75, 50.25)),)
    pen(pad, QEvent.Type.TabletPress, QPointF(10, 60), QPointingDevice.PointerType.Eraser)
    assert pad.is_empty


def test_what_is_drawn_is_seen(pad: SignaturePad) -> None:
    empty = pad.grab().toImage()
    stroke(pad, (20, 90), (200, 30), (400, 90))
    assert pad.grab().toImage() != empty
