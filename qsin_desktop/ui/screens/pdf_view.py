"""Shows the pages of a PDF one below the other; keys scroll, plus and minus enlarge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.pdf_pages import PdfPages

_MARGIN, _GAP, _STEP = 20, 16, 1.2
_WIDEST = 1000  # pixels of a page that is fitted: wider is no easier to read
_SMALLEST, _LARGEST = 0.3, 4.0


class PdfView(QAbstractScrollArea):
    page_changed = Signal(int)
    """The page at the top of the view, from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: PdfPages | None = None
        self._tops: list[float] = []
        self._zoom: float | None = None  # None: as wide as the view
        self._page = 0
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())

    @property
    def page(self) -> int:
        return self._page

    @property
    def count(self) -> int:
        return self._pages.count if self._pages else 0

    @property
    def zoom(self) -> float:
        """Pixels for each point of the page."""
        if self._zoom is not None or not self._pages:
            return self._zoom or 1.0
        room = min(self.viewport().width() - 2 * _MARGIN, look_of().px(_WIDEST))
        return max(100, room) / self._pages.size(0).width()

    def show_pages(self, pages: PdfPages) -> None:
        """In place of others the page in sight and its size stay; `clear` first for another document."""
        page, zoom = (self._page, self._zoom) if self._pages is not None else (0, None)
        self.clear()
        self._pages, self._zoom = pages, zoom
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.go_to(min(page, self.count - 1))
        self._scrolled()

    def clear(self) -> None:
        if self._pages is not None:
            self._pages.close()
        self._pages, self._tops, self._page = None, [], 0
        self.viewport().update()

    def go_to(self, page: int) -> None:
        if 0 <= page < self.count:
            self.verticalScrollBar().setValue(round(self._tops[page] - _GAP / 2))

    def enlarge(self, steps: int) -> None:
        """A step down makes it smaller. The page in sight stays in sight."""
        page = self._page
        self._zoom = min(_LARGEST, max(_SMALLEST, self.zoom * _STEP**steps))
        self._arrange()
        self.go_to(page)

    def fit(self) -> None:
        page = self._page
        self._zoom = None
        self._arrange()
        self.go_to(page)

    # ---- where the pages lie ------------------------------------------------------------------------

    def _page_size(self, page: int) -> QSize:
        assert self._pages is not None  # noqa: S101  (asked only while there are pages)
        size = self._pages.size(page) * self.zoom
        return QSize(round(size.width()), round(size.height()))

    def _arrange(self) -> None:
        self._tops, top, widest = [], float(_MARGIN), 0
        for page in range(self.count):
            size = self._page_size(page)
            self._tops.append(top)
            top += size.height() + _GAP
            widest = max(widest, size.width())
        room = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setSingleStep(look_of().px(48))
        down.setRange(0, max(0, round(top - _GAP + _MARGIN - room.height())))
        across.setPageStep(room.width())
        across.setRange(0, max(0, widest + 2 * _MARGIN - room.width()))
        self.viewport().update()

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = max((n for n, top in enumerate(self._tops) if top <= middle), default=0)
        if page != self._page:
            self._page = page
        self.page_changed.emit(self._page)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        page = self._page
        self._arrange()
        if self._zoom is None:
            self.go_to(page)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self.viewport()), look_of()
        painter.fillRect(self.viewport().rect(), look.palette.background)
        if self._pages is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        above, beside = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        ratio = self.devicePixelRatioF()
        for page, top in enumerate(self._tops):
            size = self._page_size(page)
            if top + size.height() < above or top > above + self.viewport().height():
                continue
            left = max(_MARGIN, (self.viewport().width() - size.width()) / 2) - beside
            box = QRectF(left, top - above, size.width(), size.height())
            painter.drawImage(box, self._pages.picture(page, round(size.width() * ratio)))
            painter.setPen(look.palette.line)
            painter.drawRect(box)

    # ---- keys and wheel -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down, key = self.verticalScrollBar(), event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.enlarge(1)
        elif key == Qt.Key.Key_Minus:
            self.enlarge(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            down.setValue(0 if key == Qt.Key.Key_Home else down.maximum())
        elif key == Qt.Key.Key_Space:
            down.setValue(down.value() + down.pageStep())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)
