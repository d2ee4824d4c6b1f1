"""What a list says in its own place while a filter or a search lets nothing through.

NothingListed(view, say)        shown by itself whenever the view's model has no row; `say` gives the words
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.label import Paragraph


class NothingListed(Paragraph):
    def __init__(self, view: QAbstractItemView, say: Callable[[], str]) -> None:
        super().__init__("", soft=True, parent=view.viewport())
        self._view, self._say = view, say
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        model = view.model()
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._show)
        view.viewport().installEventFilter(self)
        self._show()

    def _show(self) -> None:
        words = "" if self._view.model().rowCount() else self._say()
        if words and not self.isVisible() and self._view.isVisible():
            announce(self._view, words)
        self.setText(words)
        self.setVisible(bool(words))
        self._place()

    def _place(self) -> None:
        look = look_of()
        wide = self._view.viewport().width() - 2 * look.px(24)
        self.setGeometry(look.px(24), look.px(28), wide, max(look.px(20), self.heightForWidth(wide)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
