"""Cites an exhibit that is in the visit already: a list to search, and the place in it that matters here."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QFrame, QListView, QWidget

from qsin_desktop.actions.evidence import Target, cite
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.ui import icons
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.exhibit_face import about, icon_of
from qsin_desktop.ui.screens.typed import IdleLine
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.field import Field
from qsin_desktop.ui.widgets.search_box import SearchBox

Index = QModelIndex | QPersistentModelIndex
_EXHIBIT = int(Qt.ItemDataRole.UserRole)


class _Exhibits(QAbstractListModel):
    """Those that hold every word of the search; those that are cited here already cannot be chosen."""

    def __init__(self, exhibits: tuple[Exhibit, ...], here: frozenset[str], parent: QObject) -> None:
        super().__init__(parent)
        self._all, self._here = exhibits, here
        self._shown = list(exhibits)

    def search(self, words: str) -> None:
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = [e for e in self._all if all(word in _searched(e) for word in wanted)]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._shown[index.row()].id in self._here:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        exhibit = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            here = "  (cited here already)" if exhibit.id in self._here else ""
            return f"{exhibit.number}  {exhibit.title}{here}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return about(exhibit)
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon(icon_of(exhibit), look_of().palette.soft_text)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(look_of().px(200), look_of().px(32))
        return exhibit.id if role == _EXHIBIT else None

    def first_free(self) -> QModelIndex:
        rows = (self.index(row, 0) for row in range(len(self._shown)))
        return next((i for i in rows if self.flags(i) & Qt.ItemFlag.ItemIsSelectable), QModelIndex())


class CitePage(Page):
    def __init__(self, desk: Desk, target: Target, parent: QWidget) -> None:
        super().__init__("Cite an exhibit that is here already", "", parent, width=560)
        self._desk, self._target = desk, target
        links = desk.record.links(criterion=target.criterion or None, finding=target.finding or None)
        here = frozenset(link.exhibit for link in links)
        self.model = _Exhibits(desk.record.exhibits(), here, self)
        self.search = SearchBox("Number, title or kind", parent=self)
        self.search.text_changed.connect(self._search)
        self.search.stepped.connect(self._step)
        self.search.submitted.connect(lambda _text: self._cite())
        self.search.left.connect(self.reject)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName("Exhibits")
        self.list.setMinimumHeight(look_of().px(240))
        self.list.doubleClicked.connect(lambda _index: self._cite())
        self.empty = EmptyState("evidence", "", parent=self)
        self.empty.setMinimumHeight(self.list.minimumHeight())
        self.locator = IdleLine("Where in it", "Page, paragraph, sheet", self)
        self.field = Field("Where in it (optional)", self.locator, parent=self)
        for widget in (self.search, self.list, self.empty, self.field):
            self.body.addWidget(widget)
        self.cite_button = primary("Cite it here", "link", self)
        self.cite_button.clicked.connect(self._cite)
        self.add_buttons(self.cite_button)
        self._search("")
        self.search.select()

    def _search(self, words: str) -> None:
        self.model.search(words)
        self.list.setCurrentIndex(self.model.first_free())
        found = bool(self.model.rowCount())
        self.list.setVisible(found)
        self.empty.setVisible(not found)
        if not found:
            self.empty.set_words(*self._why_empty(words))

    def _why_empty(self, words: str) -> tuple[str, str]:
        if not self._desk.record.exhibits():
            return (
                "No exhibits in this visit yet",
                "Attach a file first; it can then be cited at other places too.",
            )
        return f"No exhibit holds “{words.strip()}”", "Search by number, title, file name or kind."

    def _step(self, by: int) -> None:
        row = self.list.currentIndex().row() + by
        while 0 <= row < self.model.rowCount():
            index = self.model.index(row, 0)
            if self.model.flags(index) & Qt.ItemFlag.ItemIsSelectable:
                self.list.setCurrentIndex(index)
                return
            row += by

    def _cite(self) -> None:
        exhibit = self.list.currentIndex().data(_EXHIBIT)
        if exhibit is None:
            nothing = "" if self.model.rowCount() else f"{self._why_empty(self.search.edit.text())[0]}. "
            self.field.set_refusal(f"{nothing}Choose an exhibit in the list first.")
            return
        target, locator = self._target, self.locator.text()
        try:
            self._desk.act(
                lambda: cite(self._desk.visit, exhibit=str(exhibit), target=target, locator=locator),
                show=False,
            )
        except Refusal as refusal:
            self.field.set_refusal(refusal.sentence)
        else:
            self.accept()


def _searched(exhibit: Exhibit) -> str:
    return f"{exhibit.number} {exhibit.title} {exhibit.name} {exhibit.kind}".casefold()
