"""The middle of the walk: stage and place, the criterion, its rating and reason, a new finding, the notes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.criterion_head import CriterionHead
from qsin_desktop.ui.panels.finding_form import FindingForm
from qsin_desktop.ui.panels.notes_panel import NotesPanel
from qsin_desktop.ui.panels.place_bar import PlaceBar
from qsin_desktop.ui.panels.rating_panel import RatingPanel
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.screens.parts import ScrollColumn
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import NoticeBox


class WalkMiddle(QWidget):
    """`fold` brings in the right column where there is no room for it."""

    left = Signal()
    pasted_other = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.places = PlaceBar(desk, self)
        self.fold = Button("Evidence", "evidence", parent=self)
        self.fold.setCheckable(True)
        self.fold.setToolTip("Show exhibits, findings and what is missing")
        self.fold.setAccessibleName("Evidence, findings and what is missing")
        self.notice = NoticeBox(Tone.NOT_APPLICABLE, parent=self)
        self.head = CriterionHead(desk, self)
        self.rating = RatingPanel(desk, self)
        self.form = FindingForm(desk, self)
        self.finding = _FindingPanel(self.form, desk, self)
        self.notes = NotesPanel(desk, self)
        self._top = QHBoxLayout()
        self._scroll = _Column(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._top.setSpacing(12)
        self._top.addWidget(self.places, 1)
        self._top.addWidget(self.fold)
        column = self._scroll.column
        column.setSpacing(14)
        for widget in (self.notice, self.head, self.rating, self.form, self.notes):
            column.addWidget(widget)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._top)
        whole.addWidget(self._scroll, 1)

    def _connect(self) -> None:
        self.rating.reason.box.left.connect(self.left)
        self.rating.reason.box.pasted_other.connect(self.pasted_other)
        self.head.flag.words.left.connect(self.left)
        for part in (self.form, self.notes):
            part.left.connect(self.left)
        self.form.closed.connect(self.left)
        self._scroll.moved.connect(self._align)
        self._align()
        QApplication.instance().focusChanged.connect(self._keep_in_sight)  # type: ignore[union-attr]

    def minimumSizeHint(self) -> QSize:
        """It scrolls, so that the columns beside it are never pushed out of the window."""
        return QSize(look_of().px(260), look_of().px(200))

    @property
    def panels(self) -> tuple[SpotPanel, ...]:
        return (self.places, self.head, self.rating, self.finding, self.notes)

    def arrived(self, *, another: bool) -> None:
        """At the top of another criterion."""
        if another:
            self._scroll.verticalScrollBar().setValue(0)

    def show_notice(self) -> None:
        why = self.desk.visit.read_only
        if why:
            self.notice.set_words("For reading only", f"This visit can only be read here: {why}")
        else:
            self.notice.set_words(
                "Sealed", "This visit is sealed. The lead assessor can reopen it, with a reason."
            )
        self.notice.setVisible(not self.desk.writable)

    def go_to_reason(self) -> None:
        self.rating.reason.box.setFocus()

    def begin_note(self, kind: str) -> None:
        self.notes.begin(NoteKind(kind))

    def raise_finding(self) -> None:
        if self.desk.writable:
            self.form.begin(self.rating.spot)

    def _align(self) -> None:
        """The switches stand as wide as the column below them."""
        left, right = self._scroll.edges
        self._top.setContentsMargins(left, 16, right, 0)

    def _keep_in_sight(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Once it is laid out: a new note has no place yet when it takes the focus."""
        page = self._scroll.widget()
        if new is not None and page is not None and page.isAncestorOf(new):
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        page = self._scroll.widget()
        if focused is not None and page is not None and page.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, 32)


class _Column(ScrollColumn):
    """Begins close below the switches; `moved` tells that its edges did."""

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(900, parent, margin=24)
        self.edges = (24, 24)
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._set_margins())

    def _set_margins(self) -> None:
        super()._set_margins()
        margins = self.column.contentsMargins()
        self.column.setContentsMargins(margins.left(), 10, margins.right(), 20)
        edges = (margins.left(), margins.right() + self.width() - self.viewport().width())
        if edges != getattr(self, "edges", edges):
            self.edges = edges
            self.moved.emit()


class _FindingPanel(SpotPanel):
    """Closes the form when another criterion is shown, and keeps it up to date."""

    def __init__(self, form: FindingForm, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._form = form
        self.hide()

    def show_spot(self, spot: RatingKey) -> None:
        if spot.criterion != self.spot.criterion and not self._form.isHidden():
            self._form.close_form()
        self.spot = spot

    def take(self, change: Change, origin: QObject | None) -> None:
        touching = any(key.type in ("finding", "link", "exhibit") for key in change.keys)
        if touching and not self._form.isHidden():
            self._form.refresh()

    def flush(self) -> None:
        self._form.flush()
