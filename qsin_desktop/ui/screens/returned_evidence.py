"""Files that came with a returned workbook: which finding each belongs to, and whether it is attached."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qsin_desktop.actions.returning import ReturnedFile
from qsin_desktop.domain.errors import shown
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.screens.tick_mark import paint_tick
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.drawing import RIGHT, focus_ring, text
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.label import soft
from qsin_desktop.ui.words import count

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
_HIGH = 40


class FilesModel(QAbstractListModel):
    """All are ticked at first."""

    ticked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.files: tuple[ReturnedFile, ...] = ()
        self._left: set[int] = set()

    def show(self, files: tuple[ReturnedFile, ...], *, again: bool = False) -> None:
        """`again`: another look at the same return; what was unticked stays so."""
        left = {self.files[n].path for n in self._left} if again else set()
        self.beginResetModel()
        self.files, self._left = files, {n for n, file in enumerate(files) if file.path in left}
        self.endResetModel()
        self.ticked.emit()

    @property
    def chosen(self) -> tuple[ReturnedFile, ...]:
        return tuple(file for n, file in enumerate(self.files) if n not in self._left)

    def turn(self, row: int) -> None:
        self._left ^= {row}
        self.dataChanged.emit(self.index(row), self.index(row))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        file, on = self.files[index.row()], index.row() not in self._left
        if role == ROW:
            return file
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{shown(file.path.name)}, for {', '.join(file.numbers)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{shown(file.path.name)}, for {', '.join(file.numbers)}, {'' if on else 'not '}chosen"
        return None


class _FilesDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look_of().px(120), look_of().px(_HIGH))

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        pressed = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        if pressed and isinstance(model, FilesModel):
            model.turn(index.row())
        return pressed

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        file, look, rect = index.data(ROW), look_of(), QRectF(option.rect)
        colours, side = look.palette, look.px(18)
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), colours.line)
        top = rect.center().y() - side / 2
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        paint_tick(painter, QRectF(rect.x() + look.px(12), top, side, side), look, on=on)
        icon = QRectF(rect.x() + look.px(44), top, side, side)
        icons.draw(painter, icon, "file", colours.soft_text)
        inner = rect.adjusted(look.px(72), 0, -look.px(12), 0)
        numbers = ", ".join(file.numbers)
        wide = min(inner.width() / 2, look.metrics(TextSize.BODY).horizontalAdvance(numbers) + 2)
        box = QRectF(inner.right() - wide, inner.y(), wide, inner.height())
        text(painter, box, numbers, look.font(), colours.soft_text, RIGHT)
        name = shown(file.path.name)
        text(painter, inner.adjusted(0, 0, -wide - look.px(12), 0), name, look.font(), colours.text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, look.px(6), colours.focus_ring)


class FilesList(QListView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = FilesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_FilesDelegate(self))
        self.setUniformItemSizes(True)
        self.setAccessibleName("Files that came with it")
        self.setSelectionMode(QListView.SelectionMode.NoSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.rows.turn(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class EvidencePage(QWidget):
    """`folder_asked`: choose the folder that came with the answers."""

    folder_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.list = FilesList(self)
        self.change = Button("Another folder", "folder-open", parent=self)
        self.change.clicked.connect(self.folder_asked)
        self._said = soft("", self)
        self.none = EmptyState(
            "evidence",
            "Evidence that came with it",
            "Choose the folder with the files. A file goes to the finding whose number begins its name or "
            "its folder's name, or whose evidence reference names it.",
            "Choose the folder",
            "folder-open",
            self,
        )
        self.none.acted.connect(self.folder_asked)
        self._pages = QStackedWidget(self)
        filled = QWidget(self)
        column = QVBoxLayout(filled)
        column.setContentsMargins(20, 0, 20, 12)
        head = row(self._said, self.change, gap=12)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self._pages.addWidget(self.none)
        self._pages.addWidget(filled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.list.rows.ticked.connect(self._say)

    def show_files(self, files: tuple[ReturnedFile, ...], folder: str, *, again: bool = False) -> None:
        """`folder` is its name, empty before one was chosen."""
        self._folder = shown(folder)
        self.list.rows.show(files, again=again)
        self._pages.setCurrentIndex(1 if folder else 0)

    def begin(self) -> None:
        """The focus on the first file, or on the way to another folder."""
        if self.list.rows.files:
            self.list.setCurrentIndex(self.list.rows.index(0))
            self.list.setFocus()
        else:
            self.change.setFocus()

    def _say(self) -> None:
        model = self.list.rows
        if model.files:
            asked = f"{len(model.chosen):,} of {count(len(model.files), 'file')} chosen to be attached"
            self._said.setText(f"{asked}, from “{self._folder}”.")
        else:
            self._said.setText(f"No file in “{self._folder}” could be told which finding it belongs to.")
