"""The report as it would be handed over, shown inside the window; no plain copy of it comes onto the disk."""

from __future__ import annotations

from typing import BinaryIO

from PySide6.QtCore import QChildEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.commands import cap
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.screens.pdf_pages import PdfPages
from qsin_desktop.ui.screens.pdf_view import PdfView
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import Button, ButtonKind, IconButton
from qsin_desktop.ui.widgets.card import Panel
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.label import Label, heading


class ReportPreview(QWidget):
    left = Signal()
    export_asked = Signal()
    print_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PdfView(self)
        self.view.setAccessibleName("The report")
        self._page = Label("", soft=True, parent=self)
        self.back = Button("Back", "arrow-left", parent=self)
        self.again = ChipButton("Changed since: draw it anew", Tone.PARTLY, icon="warning", parent=self)
        self.again.setToolTip(
            f"The visit has changed since this was drawn ({cap('report.preview')} draws it anew)"
        )
        self.again.hide()
        self.print = Button("Print", "print", parent=self)
        self.export = Button("Export report (PDF)", "report", ButtonKind.PRIMARY, parent=self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        bar = Panel("bottom", self)
        line = QHBoxLayout(bar)
        line.setContentsMargins(20, 10, 20, 10)
        line.setSpacing(12)
        self.smaller = IconButton("zoom-out", "Smaller (-)", parent=bar)
        self.larger = IconButton("zoom-in", "Larger (+)", parent=bar)
        self.fit = IconButton("fit", "As wide as the window (0)", parent=bar)
        self.previous = IconButton("chevron-up", "Previous page", parent=bar)
        self.next = IconButton("chevron-down", "Next page", parent=bar)
        line.addWidget(self.back)
        line.addWidget(heading("Preview of the report", bar))
        line.addWidget(self.again)
        line.addStretch(1)
        line.addLayout(row(self.previous, self._page, self.next, gap=4))
        line.addLayout(row(self.smaller, self.larger, self.fit, gap=2))
        line.addWidget(self.print)
        line.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        self._under_way = _UnderWay(self)
        column.addWidget(self._under_way)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.export.clicked.connect(self.export_asked)
        self.print.clicked.connect(self.print_asked)
        self.again.clicked.connect(self.again_asked)
        self.smaller.clicked.connect(lambda: self.view.enlarge(-1))
        self.larger.clicked.connect(lambda: self.view.enlarge(1))
        self.fit.clicked.connect(self.view.fit)
        self.previous.clicked.connect(lambda: self.view.go_to(self.view.page - 1))
        self.next.clicked.connect(lambda: self.view.go_to(self.view.page + 1))
        self.view.page_changed.connect(self._show_page)

    def show_pdf(self, content: BinaryIO) -> None:
        """It is closed with the preview. Raises `PdfUnreadable`."""
        self.view.show_pages(PdfPages(content))

    def hold(self, panel: QWidget) -> None:
        """Show how far something is, until it is over or taken back."""
        self._under_way.hold(panel)

    def tell_changed(self, *, changed: bool) -> None:
        """Whether the visit is no longer what these pages show."""
        if changed and self.again.isHidden():
            announce(self, "The visit has changed since the preview was drawn.")
        self.again.setVisible(changed)

    def close_pdf(self) -> None:
        self.view.clear()

    @property
    def page_words(self) -> str:
        return self._page.text()

    def _show_page(self, page: int) -> None:
        self._page.setText(f"Page {page + 1} of {self.view.count}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _UnderWay(QWidget):
    """Takes no room while it holds nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 12)
        self.hide()

    def hold(self, panel: QWidget) -> None:
        self._column.addWidget(panel)
        self.show()

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        if event.removed():
            self.hide()
