"""Keys and mouse for tests: pressed on the widget that has the focus, as a person would.

For every test of a screen:

    press("Ctrl+Shift+N")          on whatever has the focus
    press("Down", widget)          on this widget
    type_into(box, "words")        focus it, then key by key
    click(widget)   double_click(widget)
    button(parent, "Open")         the one visible button with these words
"""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

W = TypeVar("W", bound=QWidget)


def press(key: str, widget: QWidget | None = None) -> None:
    """One key in Qt's portable spelling."""
    target = widget or focused()
    keys: Any = QKeySequence(key)  # the stub does not know that it is a sequence
    combination = keys[0]
    QTest.keyClick(target, combination.key(), combination.keyboardModifiers())


def focused() -> QWidget:
    """Where keys go: in the dialog that is open, if one is."""
    dialog = QApplication.activeModalWidget()
    target = QApplication.focusWidget() if dialog is None else dialog.focusWidget()
    if target is None:
        target = QApplication.activeWindow() if dialog is None else dialog
    assert target is not None, "nothing has the focus"
    return target


def type_into(box: QWidget, words: str) -> None:
    box.setFocus()
    while (proxy := box.focusProxy()) is not None:
        box = proxy
    QTest.keyClicks(box, words)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def double_click(widget: QWidget) -> None:
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())


def button(parent: QWidget, words: str) -> QAbstractButton:
    """The one visible button under `parent` with these words, as text or as name."""
    QApplication.processEvents()  # layouts show what was just put into them a turn later
    found = [
        b
        for b in parent.findChildren(QAbstractButton)
        if b.isVisible() and words in (b.text().replace("&", ""), b.accessibleName())
    ]
    assert len(found) == 1, f"{len(found)} buttons say “{words}”"
    return found[0]


def visible(parent: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in parent.findChildren(kind) if widget.isVisible()]
