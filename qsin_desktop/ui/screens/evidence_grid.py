"""All exhibits as tiles: filters above, the grid, and a place to drop more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QListView, QVBoxLayout, QWidget

from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.commands import cap, tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.exhibit_face import WITHDRAWN_MARK, about, face_of
from qsin_desktop.ui.panels.picture_shelf import PictureShelf
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.widgets.button import primary, secondary
from qsin_desktop.ui.widgets.chip import ChipButton
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.label import Label, heading
from qsin_desktop.ui.widgets.search_box import SearchBox
from qsin_desktop.ui.widgets.thumbnail import FACE, ThumbnailDelegate, tile_size
from qsin_desktop.ui.words import count

Index = QModelIndex | QPersistentModelIndex

_GAP = 14
_KINDS = (
    ("", "All kinds"),
    ("photo image", "Pictures"),
    ("pdf document text slides", "Documents"),
    ("sheet", "Sheets"),
    ("audio video", "Sound and video"),
    ("seen", "Seen, not copied"),
    ("archive program other", "Others"),
)


@dataclass(frozen=True)
class ExhibitFilter:
    """`groups` holds names of kinds, empty for all."""

    groups: frozenset[str] = frozenset()
    loose: bool = False
    words: str = ""
    withdrawn: bool = False


def wanted(record: VisitRecord, chosen: ExhibitFilter) -> list[Exhibit]:
    """Exhibits that the filter lets through, by number. Words are looked for in all that is shown of one."""
    cited = {link.exhibit for link in record.links()}
    words = chosen.words.casefold().split()
    return [
        exhibit
        for exhibit in record.exhibits(withdrawn=True)
        if (not chosen.withdrawn or exhibit.withdrawn)
        and (not chosen.groups or exhibit.group in chosen.groups)
        and (not chosen.loose or not (exhibit.withdrawn or exhibit.id in cited))
        and all(word in _said(record, exhibit) for word in words)
    ]


def _said(record: VisitRecord, exhibit: Exhibit) -> str:
    links = record.links(exhibit=exhibit.id)
    words = [exhibit.number, exhibit.title, exhibit.name, exhibit.kind, about(exhibit), exhibit.withdrawn]
    for link in links:
        words += [link.locator, link.caption, link.criterion.replace(".", " ")]
    return " ".join(words).casefold()


class ExhibitsModel(QAbstractListModel):
    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shelf = PictureShelf(desk, self)
        desk.exhibit_states.changed.connect(self._states_changed)
        self.shelf.arrived.connect(self._arrived)
        self.exhibits: list[Exhibit] = []

    def show(self, exhibits: list[Exhibit]) -> None:
        self.beginResetModel()
        self.exhibits = exhibits
        self.endResetModel()

    def row_of(self, exhibit: str) -> int:
        """-1 when it is not shown."""
        return next((n for n, one in enumerate(self.exhibits) if one.id == exhibit), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.exhibits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        exhibit = self.exhibits[index.row()]
        if role == FACE:
            mark = self._desk.exhibit_states.mark(exhibit)
            return face_of(exhibit, "", self.shelf.picture(exhibit), mark)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = WITHDRAWN_MARK if exhibit.withdrawn else self._desk.exhibit_states.mark(exhibit)
            return f"{exhibit.number} {exhibit.title}, {about(exhibit)}{f', {state}' if state else ''}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{exhibit.number} {exhibit.title}\n{about(exhibit)}"
        return None

    def _states_changed(self) -> None:
        if self.exhibits:
            self.dataChanged.emit(self.index(0), self.index(len(self.exhibits) - 1))

    def _arrived(self, exhibit: str) -> None:
        at = self.row_of(exhibit)
        if at >= 0:
            self.dataChanged.emit(self.index(at), self.index(at))


class ExhibitsView(QListView):
    opened = Signal(str)

    def __init__(self, model: ExhibitsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self._tiles = ThumbnailDelegate(self, gap=_GAP)
        self.setItemDelegate(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("Exhibits")
        self.setStyleSheet("QListView { background: transparent; }")
        self.doubleClicked.connect(lambda index: self.opened.emit(model.exhibits[index.row()].id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many tiles in a row as there is room for, and the row as wide as the view."""
        bar = self.verticalScrollBar()
        width = (
            self.width() - bar.sizeHint().width() - 1
        )  # Qt leaves this much, whether the bar is seen or not
        natural = tile_size(look_of()) + QSize(self._tiles.gap, self._tiles.gap)
        cell = max(natural.width(), width // max(1, width // natural.width()))
        self._tiles.cell = QSize(cell, natural.height())
        self.setGridSize(self._tiles.cell)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.opened.emit(self._model.exhibits[current.row()].id)
        else:
            super().keyPressEvent(event)


class EvidenceGrid(QWidget):
    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._exhibit = ""
        self.model = ExhibitsModel(desk, self)
        self.view = ExhibitsView(self.model, self)
        self.search = SearchBox("Number, title, place in it", cap("evidence.filter"), self)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName("Kind of exhibit")
        for groups, words in _KINDS:
            self.kind.addItem(words, groups)
        self.loose = ChipButton("Not cited anywhere", Tone.PARTLY, parent=self)
        self.loose.setCheckable(True)
        self.withdrawn = ChipButton("Withdrawn", Tone.NOT_APPLICABLE, parent=self)
        self.withdrawn.setCheckable(True)
        self.attach = primary("Attach files", "upload", self)
        self.attach.setToolTip(tip("evidence.attach"))
        self.seen = secondary("Seen, not copied", "seen", self)
        self.seen.setToolTip(tip("evidence.seen"))
        self.drop = DropArea("Drop files or folders here, or paste a screenshot", self)
        self._none = Label("", soft=True, parent=self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 16)
        column.setSpacing(12)
        column.addLayout(row(heading("Evidence", self), 1, self.seen, self.attach, gap=10))
        filters = row(self.search, self.kind, self.loose, self.withdrawn, gap=8)
        filters.setStretch(0, 1)
        column.addLayout(filters)
        column.addWidget(self._none)
        column.addWidget(self.view, 1)
        column.addWidget(self.drop)

    def _connect(self) -> None:
        self.search.text_changed.connect(lambda _text: self.refresh())
        self.search.left.connect(self.view.setFocus)
        self.kind.currentIndexChanged.connect(lambda _index: self.refresh())
        for chip in (self.loose, self.withdrawn):
            chip.toggled.connect(lambda _on: self.refresh())
        self.view.selectionModel().currentChanged.connect(lambda now, _before: self._current(now))
        self.view.opened.connect(self.opened)

    @property
    def exhibit(self) -> str:
        """The id of the chosen one, or empty."""
        return self._exhibit

    def add_below(self, widget: QWidget) -> None:
        """Between the tiles and the place to drop more."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.count() - 1, widget)

    @property
    def filter(self) -> ExhibitFilter:
        groups = frozenset(str(self.kind.currentData() or "").split())
        return ExhibitFilter(groups, self.loose.isChecked(), self.search.text(), self.withdrawn.isChecked())

    def refresh(self) -> None:
        record = self._desk.record
        shown = wanted(record, self.filter)
        if [e.id for e in shown] != [e.id for e in self.model.exhibits] or shown != self.model.exhibits:
            self.model.show(shown)
        cited = {link.exhibit for link in record.links()}
        loose = sum(exhibit.id not in cited for exhibit in record.exhibits())
        self.loose.set_chip(f"Not cited anywhere {loose}", Tone.PARTLY)
        self.loose.setVisible(bool(loose) or self.loose.isChecked())
        withdrawn = sum(bool(exhibit.withdrawn) for exhibit in record.exhibits(withdrawn=True))
        self.withdrawn.set_chip(f"Withdrawn {withdrawn}", Tone.NOT_APPLICABLE)
        self.withdrawn.setVisible(bool(withdrawn) or self.withdrawn.isChecked())
        self._none.setText(self._words(shown))
        self._none.setVisible(not shown)
        self._reselect()

    def _words(self, shown: Sequence[Exhibit]) -> str:
        every = self._desk.record.exhibits(withdrawn=True)
        return f"None of {count(len(every), 'exhibit')} fits the filter." if every and not shown else ""

    def choose(self, exhibit: str) -> None:
        """Show and mark it, whatever the filter hides."""
        if exhibit and self.model.row_of(exhibit) < 0:
            self.kind.setCurrentIndex(0)
            for chip in (self.loose, self.withdrawn):
                chip.setChecked(False)
            self.search.set_text("")
        self._exhibit = exhibit
        self._reselect()
        self.chosen.emit(exhibit)

    def _reselect(self) -> None:
        at = self.model.row_of(self._exhibit)
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        if at >= 0:
            index = self.model.index(at)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)
        else:
            selection.clear()
        selection.blockSignals(False)
        self.view.viewport().update()

    def _current(self, index: QModelIndex) -> None:
        exhibit = self.model.exhibits[index.row()].id if index.isValid() else ""
        if exhibit and exhibit != self._exhibit:
            self._exhibit = exhibit
            self.chosen.emit(exhibit)
