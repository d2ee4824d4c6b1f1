"""Keys and mouse for tests: pressed on the widget that has the focus, as a person would.

For every test of a screen:

    press("Ctrl+Shift+N")          on whatever has the focus
    press("Down", widget)          on this widget
    type_into(box, "words")        focus it, then key by key
    click(widget)   double_click(widget)
    button(parent, "Open")         the one visible button with these words
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

W = TypeVar("W", bound=QWidget)


def press(key: str, widget: QWidget | None = None) -> None:
    """One key in Qt's portable spelling."""
    target = widget or QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "nothing has the focus"
    combination = QKeySequence(key)[0]  # type: ignore[index]  (its stub lacks it)
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def type_into(box: QWidget, words: str) -> None:
    box.setFocus()
    QTest.keyClicks(QApplication.focusWidget() or box, words)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def double_click(widget: QWidget) -> None:
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def button(parent: QWidget, words: str) -> QAbstractButton:
    """The one visible button under `parent` with these words, as text or as name."""
    found = [
        b
        for b in parent.findChildren(QAbstractButton)
        if b.isVisible() and words in (b.text().replace("&", ""), b.accessibleName())
    ]
    assert len(found) == 1, f"{len(found)} buttons say “{words}”"
    return found[0]


def visible(parent: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in parent.findChildren(kind) if widget.isVisible()]
