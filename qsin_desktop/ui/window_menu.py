"""The menu of the window: everything that has no button of its own, each with its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from qsin_desktop.settings import Theme
from qsin_desktop.ui import icons
from qsin_desktop.ui.commands import COMMANDS
from qsin_desktop.ui.look import look_of

_THEMES: tuple[tuple[Theme, str], ...] = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))


class WindowMenu(QMenu):
    """Made anew each time it opens, from what can be done then."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)

    def add_command(
        self,
        command_id: str,
        act: Callable[[], object],
        *,
        icon: str = "",
        words: str = "",
        enabled: bool = True,
    ) -> QAction:
        """Shows the command's key; the key itself is bound by the window, not by this menu."""
        command = COMMANDS[command_id]
        action = self.add_words(words or command.text, act, icon=icon, enabled=enabled)
        key = QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        action.setText(f"{action.text()}\t{key}")
        return action

    def add_words(
        self, words: str, act: Callable[[], object], *, icon: str = "", enabled: bool = True
    ) -> QAction:
        action = QAction(words.replace("&", "&&"), self)
        if icon:
            palette = look_of().palette
            action.setIcon(icons.icon(icon, palette.soft_text, 18, palette.disabled_text))
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)
        return action

    def add_themes(self, now: Theme, choose: Callable[[Theme], object]) -> None:
        submenu = self.addMenu("Light or dark")
        submenu.setIcon(icons.icon("sun", look_of().palette.soft_text, 18))
        group = QActionGroup(submenu)
        for theme, words in _THEMES:
            action = submenu.addAction(words)
            action.setCheckable(True)
            action.setChecked(theme == now)
            group.addAction(action)
            self._choose_on(action, theme, choose)

    def _choose_on(self, action: QAction, theme: Theme, choose: Callable[[Theme], object]) -> None:
        action.triggered.connect(lambda _checked=False: choose(theme))

    def open_below(self, button: QWidget) -> None:
        """Its right edge at the button's."""
        corner = button.mapToGlobal(QPoint(button.width(), button.height() + 4))
        self.popup(QPoint(corner.x() - self.sizeHint().width(), corner.y()))
