"""The lead's reasons for sealing in spite of open points: a table, each point with a reason of its own.

PointReasons(desk, points, parent)    what is typed is kept at once; .open()
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTableView, QWidget

from qsin_desktop.actions.closing_reasons import keep_reasons, kept_reasons
from qsin_desktop.domain.closing import ClosingPoint
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import primary, quiet, secondary

Index = QModelIndex | QPersistentModelIndex
_POINT, _REASON = range(2)
_AROUND = 24  # of the window stays in sight around the page
_HEADS = ("Open point", "Reason")


class _Points(QAbstractTableModel):
    def __init__(self, desk: Desk, points: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.points = desk, list(points)
        self.reasons = {name: text for name, text in kept_reasons(desk.visit).items() if name in self.points}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.points)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, side: Qt.Orientation, role: int = 0) -> object:
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if side == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        able = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return able | Qt.ItemFlag.ItemIsEditable if index.column() == _REASON else able

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        point = self.points[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return point if index.column() == _POINT else self.reasons.get(point, "")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != _REASON:
            return False
        self.give([index.row()], str(value))
        return True

    def give(self, rows: Sequence[int], reason: str) -> None:
        """One reason to all of these; a blank one takes theirs away."""
        for at in rows:
            self.reasons[self.points[at]] = reason.strip()
        keep_reasons(self._desk.visit, self.reasons)
        if rows:
            self.dataChanged.emit(self.index(min(rows), _REASON), self.index(max(rows), _REASON))


class PointReasons(Page):
    def __init__(self, desk: Desk, points: Sequence[ClosingPoint], parent: QWidget) -> None:
        super().__init__(
            "A reason for each point",
            "Choose points and write why the visit is sealed in spite of them. What has no reason "
            "of its own takes the one for the rest. Report and workbook state each reason with its point.",
            parent,
            width=480,
        )
        words = dict.fromkeys(point.words for point in points if not point.blocks)
        self.model = _Points(desk, list(words), self)
        self.table = QTableView(self)
        self._set_up_table()
        self.box = QPlainTextEdit(self)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(look_of().px(64))
        self.box.setPlaceholderText("Why this does not hold up the seal")
        self.field = Field("Reason for the chosen points", self.box, parent=self)
        self.give = secondary("Give it to the chosen points", "check", self)
        self.give.clicked.connect(self._give)
        self.all = quiet("Choose all without a reason", parent=self)
        self.all.clicked.connect(self._choose_open)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.field)
        self.body.addLayout(row(self.give, self.all, 1, gap=10))
        done = primary("Done", parent=self)
        done.clicked.connect(self.accept)
        other = self.add_buttons(done)
        other.hide()
        look, window = look_of(), parent.window()
        wide, high = window.width() - _AROUND, window.height() - _AROUND
        self.resize(min(look.px(760), wide), min(look.px(620), high))
        self.table.selectRow(0)
        self.table.setFocus()

    def _set_up_table(self) -> None:
        table, look = self.table, look_of()
        table.setModel(self.model)
        table.setAccessibleName("Open points and the reasons for them")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(look.px(34))
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(_POINT, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_REASON, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(look.px(84))
        table.selectionModel().selectionChanged.connect(lambda _on, _off: self._show_chosen())

    @property
    def chosen(self) -> list[int]:
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _show_chosen(self) -> None:
        """What the chosen points say, if it is the same of all."""
        said = {self.model.reasons.get(self.model.points[at], "") for at in self.chosen}
        if len(said) == 1 and not self.box.document().isModified():
            self.box.setPlainText(said.pop())
        self.give.setEnabled(bool(self.chosen))

    def _give(self) -> None:
        self.model.give(self.chosen, self.box.toPlainText())
        self.box.document().setModified(False)

    def _choose_open(self) -> None:
        self.table.clearSelection()
        selection = self.table.selectionModel()
        for at, point in enumerate(self.model.points):
            if not self.model.reasons.get(point):
                flags = selection.SelectionFlag
                selection.select(self.model.index(at, 0), flags.Select | flags.Rows)

    def accept(self) -> None:
        """Words still in the box go to the points that are chosen, so that none is lost."""
        if self.box.document().isModified() and self.box.toPlainText().strip():
            self._give()
        super().accept()
