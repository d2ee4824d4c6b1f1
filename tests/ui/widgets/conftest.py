"""Every widget test runs in the light theme at the usual text size; icons are there from the first paint."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFontMetricsF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.standards import ScalePoint, Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets import drawing

FOUR = (
    ScalePoint("met", "Met", "1", Tone.MET, Sign.TICK, 0),
    ScalePoint("partly", "Partly met", "2", Tone.PARTLY, Sign.HALF, 1, needs_reason=True),
    ScalePoint("not-met", "Not met", "3", Tone.NOT_MET, Sign.CROSS, 2, needs_reason=True),
    ScalePoint("na", "Not applicable", "4", Tone.NOT_APPLICABLE, Sign.DASH, None, needs_reason=True),
)
FIVE = (ScalePoint("exceeded", "Exceeded", "0", Tone.ACCENT, Sign.STAR, 0), *FOUR)

Open = Callable[[QWidget], None]


@pytest.fixture(autouse=True)
def _in_our_look(theme: Theme) -> None:
    icons.load()


@pytest.fixture
def open_widget(qtbot: QtBot) -> Open:
    """Shown at its own size in an active window, so that keys and focus reach it."""

    def opened(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()

    return opened


@pytest.fixture
def cut_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills with the words that had to be elided while painting."""
    cut: list[str] = []

    class Watched(QFontMetricsF):
        def elidedText(  # noqa: N802
            self, text: str, mode: Qt.TextElideMode, width: float, flags: int | None = 0
        ) -> str:
            shown = super().elidedText(text, mode, width, flags or 0)
            if shown != text:
                cut.append(text)
            return shown

    monkeypatch.setattr(drawing, "QFontMetricsF", Watched)
    return cut


def heard(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader is told of the widget."""
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    return told


def name_of(widget: QWidget) -> str:
    return heard(widget).text(QAccessible.Text.Name)
