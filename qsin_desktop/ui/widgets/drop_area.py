"""A dashed place for evidence: drop files, folders or a picture on it, paste, or press it to look for files.

    DropArea(text="Drop files, or paste a screenshot", parent=None, *, over="Drop to attach")
        .paste() -> bool                 take the clipboard; False when it holds neither file nor picture
        .take(mime) -> bool              the same for any QMimeData, e.g. dropped elsewhere on the screen
        files_dropped = Signal(object)   tuple[Path, ...], files and folders, in the order given
        image_pasted = Signal(QImage)
        browse_asked = Signal()          pressed by mouse, Space or Enter
        refused = Signal(str)            a sentence for the person: nothing usable was dropped
Ctrl+V works while it has the focus; for the whole screen, call `paste` from an action.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.drawing import focus_ring, rounded, text
from qsin_desktop.ui.widgets.focus import KeyFocus
from qsin_desktop.ui.widgets.incoming import can_take, incoming

_NOTHING = (
    "What was dropped is not a file on this computer; save it to a folder first, then drop it from there. "
    "Nothing was attached."
)


class DropArea(KeyFocus, QPushButton):
    files_dropped = Signal(object)
    image_pasted = Signal(QImage)
    browse_asked = Signal()
    refused = Signal(str)

    def __init__(
        self,
        text: str = "Drop files, or paste a screenshot",
        parent: QWidget | None = None,
        *,
        over: str = "Drop to attach",
    ) -> None:
        super().__init__(text, parent)
        self._over, self._over_words = False, over
        self.setAcceptDrops(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleDescription("Press to look for files, or paste")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.browse_asked)

    def take(self, mime: QMimeData) -> bool:
        got = incoming(mime)
        if got.paths:
            self.files_dropped.emit(got.paths)
        elif got.image is not None:
            self.image_pasted.emit(got.image)
        return bool(got)

    def paste(self) -> bool:
        return self.take(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.isEnabled() and (can_take(event.mimeData()) or event.mimeData().hasUrls()):
            self._set_over(True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        event.setDropAction(Qt.DropAction.CopyAction)  # never move: the original stays where it is
        event.accept()
        if not self.take(event.mimeData()):
            self.refused.emit(_NOTHING)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            if not self.paste():
                self.refused.emit("The clipboard holds neither a file nor a picture. Nothing was attached.")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        look = look_of()
        words = look.metrics(TextSize.BODY).horizontalAdvance(self.text())
        return QSize(int(words) + look.px(26 + 32), look.px(54))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(120), look_of().px(54))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours = look.palette
        ink = colours.accent if self._over else colours.soft_text
        if not self.isEnabled():
            ink = colours.disabled_text
        edge = colours.accent if self._over else colours.dashed_line
        rounded(painter, rect, look.px(10), fill=self._ground(look), edge=edge, dashed=True)
        self._paint_words(painter, rect, look, ink)
        if self.shows_focus():
            focus_ring(painter, rect, look.px(10), colours.focus_ring)

    def _ground(self, look: Look) -> QColor | None:
        if self._over:
            return look.palette.accent_wash
        return look.palette.hover if self.underMouse() and self.isEnabled() else None

    def _paint_words(self, painter: QPainter, rect: QRectF, look: Look, ink: QColor) -> None:
        words = self._over_words if self._over else self.text()
        side, gap = look.px(18), look.px(8)
        long = look.metrics(TextSize.BODY).horizontalAdvance(words) + 1
        whole = min(rect.width() - 2 * look.px(12), long + side + gap)
        left = rect.center().x() - whole / 2
        icons.draw(painter, QRectF(left, rect.center().y() - side / 2, side, side), "upload", ink)
        area = QRectF(left + side + gap, rect.y(), whole - side - gap, rect.height())
        text(painter, area, words, look.font(TextSize.BODY), ink)
