"""Picks one of many by typing a few letters of it: a criterion, an exhibit.

In short:

    pick(parent, "Cite an exhibit", "Cite", choices, done)      done(ident) once something was picked
    Choice(ident, title, subtitle="", icon="")
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qsin_desktop.ui import icons
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.drawing import rounded, square_in, text
from qsin_desktop.ui.widgets.search_box import SearchBox

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Choice:
    ident: str
    title: str
    subtitle: str = ""
    icon: str = ""


class Choices(QAbstractListModel):
    def __init__(self, choices: Sequence[Choice], parent: QObject) -> None:
        super().__init__(parent)
        self._all = [(choice, f"{choice.title} {choice.subtitle}".casefold()) for choice in choices]
        self.shown = list(choices)

    def filter(self, words: str) -> None:
        wanted = words.casefold().split()
        self.beginResetModel()
        self.shown = [choice for choice, said in self._all if all(word in said for word in wanted)]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.UserRole:
            return self.shown[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.shown[index.row()].title}\n{self.shown[index.row()].subtitle}".strip()
        return None


class _ChoiceDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        choice = index.data(Qt.ItemDataRole.UserRole)
        return QSize(look_of().px(240), look_of().px(48 if choice.subtitle else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, choice = look_of(), index.data(Qt.ItemDataRole.UserRole)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, rect.adjusted(3, 1, -3, -1), look.px(8), fill=look.palette.accent_wash)
        inner = rect.adjusted(look.px(12), look.px(5), -look.px(12), -look.px(5))
        if choice.icon:
            side = look.px(18)
            mark = QRectF(inner.x(), inner.y(), side, inner.height())
            icons.draw(painter, square_in(mark, side), choice.icon, look.palette.soft_text)
            inner.adjust(look.px(30), 0, 0, 0)
        first = QRectF(inner)
        if choice.subtitle:
            first.setHeight(inner.height() / 2)
            second = first.translated(0, first.height())
            text(painter, second, choice.subtitle, look.font(TextSize.LABEL), look.palette.soft_text)
        text(painter, first, choice.title, look.font(TextSize.BODY, Weight.MEDIUM), look.palette.text)


class PickPage(Page):
    def __init__(
        self,
        title: str,
        yes: str,
        choices: Sequence[Choice],
        done: Callable[[str], object],
        parent: QWidget,
        *,
        sentence: str = "",
        below: QLayout | None = None,
    ) -> None:
        super().__init__(title, sentence, parent, width=620)
        self._done = done
        self.search = SearchBox("Type a few letters", parent=self)
        self.model = Choices(choices, self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_ChoiceDelegate(self.list))
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(look_of().px(300))
        self.list.setStyleSheet(
            "QListView { border: 1px solid palette(mid); border-radius: 8px; padding: 3px; }"
        )
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        if below is not None:
            self.body.addLayout(below)
        self.yes = primary(yes, parent=self)
        self.add_buttons(self.yes)
        self._connect()
        self._choose(0)
        self.search.setFocus()

    def _connect(self) -> None:
        self.search.text_changed.connect(self._filter)
        self.search.stepped.connect(lambda by: self._choose(self.list.currentIndex().row() + by))
        self.search.submitted.connect(lambda _words: self._take())
        self.search.left.connect(self.reject)
        self.list.doubleClicked.connect(lambda _index: self._take())
        self.yes.clicked.connect(self._take)

    def _filter(self, words: str) -> None:
        self.model.filter(words)
        self._choose(0)
        self.yes.setEnabled(bool(self.model.shown))

    def _choose(self, number: int) -> None:
        if self.model.shown:
            self.list.setCurrentIndex(self.model.index(max(0, min(number, len(self.model.shown) - 1))))

    def _take(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self.model.shown):
            ident = self.model.shown[at].ident
            self.accept()
            self._done(ident)


def pick(
    parent: QWidget,
    title: str,
    yes: str,
    choices: Sequence[Choice],
    done: Callable[[str], object],
    *,
    sentence: str = "",
    below: QLayout | None = None,
) -> PickPage:
    page = PickPage(title, yes, choices, done, parent, sentence=sentence, below=below)
    page.open()
    return page
