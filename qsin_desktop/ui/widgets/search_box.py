"""The search field of the top bar: magnifier, words, the key that leads here, a cross to empty it.

SearchBox(placeholder, key="", parent=None)
    .edit                                    the QLineEdit inside (for completers)
    .text()   .set_text(text)   .select()    select: focus it with all its text marked
    text_changed = Signal(str)               at every change by a person or set_text
    submitted = Signal(str)                  Enter
    left = Signal()                          Esc in an empty box; Esc empties a filled one first
    stepped = Signal(int)                    Arrow up or down: -1 or 1, for a result list below
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from qsin_desktop.ui import icons
from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.key_cap import KeyCap


class SearchBox(FollowsLook, QWidget):
    text_changed = Signal(str)
    submitted = Signal(str)
    left = Signal()
    stepped = Signal(int)

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit(self)
        self.edit.setProperty("bare", True)
        self.edit.setFrame(False)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self._cap = KeyCap(key, self)
        self._empty = _EmptyButton(self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show_end()
        self.follow_now()

    def follow(self, look: Look) -> None:
        self.setContentsMargins(look.px(35) - 2, 0, 5, 0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(6)
        row.addWidget(self.edit, 1)
        row.addWidget(self._cap)
        row.addWidget(self._empty)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._text_changed)
        self.edit.returnPressed.connect(lambda: self.submitted.emit(self.text()))
        self.edit.installEventFilter(self)
        self._empty.clicked.connect(self._make_empty)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        self.edit.setText(text)

    def select(self) -> None:
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def _text_changed(self, text: str) -> None:
        self._show_end()
        self.text_changed.emit(text)

    def _show_end(self) -> None:
        filled = bool(self.text())
        self._empty.setVisible(filled)
        self._cap.setVisible(not filled and bool(self._cap.text()))

    def _make_empty(self) -> None:
        self.edit.clear()
        self.edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.edit.clear()
            else:
                self.left.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def sizeHint(self) -> QSize:
        return QSize(look_of().px(280), look_of().px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(140), look_of().px(34))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours, focused = look.palette, self.edit.hasFocus()
        edge, fill = (colours.focus_ring, colours.surface) if focused else (colours.line, colours.background)
        rounded(painter, rect, look.px(8), fill=fill, edge=edge, width=2.0 if focused else 1.0)
        side = look.px(18)
        glass = QRectF(look.px(10), rect.center().y() - side / 2, side, side)
        icons.draw(painter, glass, "search", colours.soft_text)


class _EmptyButton(IconButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("x", "Empty the search box", parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        side = look_of().px(26)
        return QSize(side, side)
