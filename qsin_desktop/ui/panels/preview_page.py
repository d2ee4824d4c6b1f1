"""An exhibit large enough to read: its picture at 1600 pixels, or what is known of it where it has none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from qsin_desktop.actions.marking import can_be_marked
from qsin_desktop.actions.pictures import PRINTED, picture_of
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.exhibit_face import PICTURED, about, icon_of
from qsin_desktop.ui.panels.mark_page import open_marks
from qsin_desktop.ui.widgets.button import Button, primary
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.label import Paragraph


class _Picture(QWidget):
    """Fitted to its room, or in its own size to be scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self.fitted = True

    def set_pixmap(self, pixmap: QPixmap) -> None:
        self._pixmap = pixmap
        self.set_fitted(self.fitted)

    def set_fitted(self, fitted: bool) -> None:
        self.fitted = fitted
        own = self._pixmap.size() if not fitted else QSize(0, 0)
        self.setMinimumSize(own)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), look_of()
        rounded(painter, QRectF(self.rect()), look.px(8), fill=look.palette.background)
        if self._pixmap.isNull():
            return
        size = self._pixmap.size()
        if self.fitted and (size.width() > self.width() or size.height() > self.height()):
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(
            QRectF(left, top, size.width(), size.height()), self._pixmap, QRectF(self._pixmap.rect())
        )


class PreviewPage(Page):
    save_asked = Signal()

    def __init__(self, desk: Desk, exhibit: Exhibit, parent: QWidget) -> None:
        super().__init__(f"{exhibit.number}  {exhibit.title}", about(exhibit), parent, width=640)
        self._desk, self._exhibit, self._opener = desk, exhibit, parent
        self.picture = _Picture()
        self.picture.setAccessibleName(f"Picture of {exhibit.number} {exhibit.title}")
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.picture)
        self.nothing = EmptyState(icon_of(exhibit), "", parent=self)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.nothing, 1)
        self._add_seen()
        self._add_foot()
        self._resize_to(parent)
        self._begin()

    def _add_seen(self) -> None:
        seen = self._exhibit.seen
        if seen is not None:
            column = QVBoxLayout()
            for label, text in (("Seen by", seen.seen_by), ("What it showed", seen.showed)):
                if text:
                    column.addWidget(Paragraph(f"{label}: {text}", parent=self))
            self.body.addLayout(column)

    def _add_foot(self) -> None:
        self.size_button = Button("Own size", "zoom-in", parent=self)
        self.size_button.setCheckable(True)
        self.size_button.toggled.connect(lambda on: self.picture.set_fitted(not on))
        self.save_button = Button("Save a copy…", "download", parent=self)
        self.save_button.clicked.connect(self.save_asked)
        self.save_button.setVisible(self._exhibit.seen is None)
        self.mark_button = Button("Mark…", "pencil", parent=self)
        self.mark_button.setVisible(can_be_marked(self._exhibit))
        self.mark_button.clicked.connect(self._mark)
        close = primary("Close", parent=self)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.size_button)
        foot.addWidget(self.mark_button)
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        foot.addWidget(close)
        self.body.addLayout(foot)

    def _mark(self) -> None:
        """Marks are drawn on a page of their own, in place of this one."""
        self.accept()
        open_marks(self._desk, self._exhibit.id, self._opener)

    def _resize_to(self, parent: QWidget) -> None:
        window = parent.window().size()
        if self._exhibit.group in PICTURED:
            self.resize(round(window.width() * 0.8), round(window.height() * 0.88))

    def _begin(self) -> None:
        pictured = self._exhibit.group in PICTURED
        self._show_picture(None)
        if not pictured:
            words = (
                "It was seen, not copied."
                if self._exhibit.seen
                else "Save a copy to open it in its own program."
            )
            self.nothing.set_words("No picture of this kind of exhibit", words)
            return
        self.nothing.set_words("Making the picture…", "")
        make, exhibit = picture_of(self._desk.visit, PRINTED), self._exhibit
        self._job = self._desk.jobs.run(
            f"Making a picture of {exhibit.number}",
            lambda _report, is_cancelled: None if is_cancelled() else make(exhibit),
            done=self._came,
            refused=self._refused,
        )
        self.finished.connect(lambda _result: self._job.cancel() if not self._job.finished else None)

    def _came(self, made: bytes | None) -> None:
        if not isValid(self):
            return
        pixmap = QPixmap()
        if made and pixmap.loadFromData(made):
            self._show_picture(pixmap)
        else:
            self.nothing.set_words(
                "No picture can be made of it",
                "Save a copy to open it in its own program; the exhibit is kept as it is.",
            )

    def _refused(self, refusal: Refusal) -> None:
        if isValid(self):
            self.nothing.set_words("It cannot be shown", refusal.sentence)

    def _show_picture(self, pixmap: QPixmap | None) -> None:
        self._scroll.setVisible(pixmap is not None)
        self.size_button.setVisible(pixmap is not None)
        self.nothing.setVisible(pixmap is None)
        if pixmap is not None:
            self.picture.set_pixmap(pixmap)
