"""The tree of the walk: remembers what stands open, and leaves letter keys to the commands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from qsin_desktop.ui.models.standards_model import StandardsModel
from qsin_desktop.ui.widgets.standards_tree import StandardsTree
from qsin_desktop.ui.widgets.tree_roles import Row

_FOLDING = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})


class WalkTree(StandardsTree):
    """Series stand open from the start; a standard opens with its first criterion that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Standards", parent)
        self.opened: set[tuple[Row, str]] = set()
        self._closed: set[tuple[Row, str]] = set()
        self._restoring = False
        self.expanded.connect(self._was_opened)
        self.collapsed.connect(self._was_closed)

    def restore_folds(self, model: StandardsModel) -> None:
        """Open again what stood open, after the model was reset."""
        self._restoring = True
        for index in model.heads():
            name = model.name_at(index)
            if name is not None:
                stands_open = name in self.opened or (name[0] is Row.SERIES and name not in self._closed)
                self.setExpanded(index, stands_open)
        self._restoring = False

    def show_criterion(self, index: QModelIndex) -> None:
        self.setExpanded(index.parent().parent(), True)
        self.setExpanded(index.parent(), True)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here: none may jump to another criterion."""

    def event(self, event: QEvent) -> bool:
        """On a heading the arrows open and close; on a criterion they are left to the screen."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            folding = event.key() in _FOLDING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            model = self.model()
            if folding and isinstance(model, StandardsModel) and not model.code_at(self.currentIndex()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Minus on a criterion closes its standard and stands on it."""
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Minus and current.parent().parent().isValid():
            self.setCurrentIndex(current.parent())
        super().keyPressEvent(event)

    def _was_opened(self, index: QModelIndex) -> None:
        self._note(index, self.opened, self._closed)

    def _was_closed(self, index: QModelIndex) -> None:
        self._note(index, self._closed, self.opened)

    def _note(self, index: QModelIndex, into: set[tuple[Row, str]], out_of: set[tuple[Row, str]]) -> None:
        model = self.model()
        name = model.name_at(index) if isinstance(model, StandardsModel) else None
        if name is not None and not self._restoring:
            into.add(name)
            out_of.discard(name)
