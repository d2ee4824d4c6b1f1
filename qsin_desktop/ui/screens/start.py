"""What stands before any visit: the visits on this computer, and the ways to a new one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.ui.commands import bind, tip
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.introduce import IntroduceCard
from qsin_desktop.ui.screens.parts import IconMark, ScrollColumn, clear, column, row
from qsin_desktop.ui.screens.start_list import VisitList
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import IconButton, primary, quiet, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.words import path_in_words
from qsin_desktop.ui.workplace import Workplace


class StartScreen(QWidget):
    """`show_visits` may be called any time; before that the page stands without a list."""

    new_asked = Signal()
    browse_asked = Signal()
    open_asked = Signal(object)  # Path
    restore_asked = Signal(object)  # Path
    receive_asked = Signal()
    example_asked = Signal()
    menu_asked = Signal(object)  # the button it hangs on

    def __init__(
        self, workplace: Workplace, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self._workplace, self._today = workplace, today
        self._page = ScrollColumn(1046, self, margin=40)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._page)
        self.introduce = IntroduceCard(workplace, self)
        self._progress = QVBoxLayout()
        self.visits = VisitList(workplace, today, self)
        self.visits.open_asked.connect(self.open_asked)
        self.visits.new_asked.connect(self.new_asked)
        self.visits.restore_asked.connect(self.restore_asked)
        self.visits.delete_asked.connect(self._ask_to_delete)
        self._example = self._example_card()
        self._lay_out()
        bind(self, "team.receive", self.receive_button.click)
        bind(self, "start.next", lambda: self.visits.step(1))
        bind(self, "start.previous", lambda: self.visits.step(-1))
        workplace.known.connect(self.show_visits)
        workplace.settings_changed.connect(lambda _settings: self._show_library())

    def _lay_out(self) -> None:
        page = self._page.column
        page.setSpacing(20)
        page.addLayout(self._header())
        page.addWidget(self.introduce)
        page.addLayout(self._progress)
        page.addWidget(self.visits)
        page.addWidget(self._example)
        page.addStretch(1)
        self.introduce.hide()

    def _header(self) -> QVBoxLayout:
        words = column(
            Label("Your visits", TextSize.DISPLAY, Weight.SEMIBOLD, parent=self),
            Label("Everything is on this laptop. No network is needed.", soft=True, parent=self),
            gap=2,
        )
        self.open_button = secondary("Open", "folder-open", self)
        self.open_button.clicked.connect(self.browse_asked)
        self.new_button = primary("New visit", "plus", self)
        self.new_button.clicked.connect(self.new_asked)
        menu = self.menu_button = IconButton("more", tip("app.menu"), parent=self)
        menu.clicked.connect(lambda: self.menu_asked.emit(menu))
        self.receive_button = secondary("Receive from a colleague", "receive", self)
        self.receive_button.setToolTip(tip("team.receive"))
        self.receive_button.clicked.connect(self.receive_asked)
        self._buttons = (self.receive_button, self.open_button, self.new_button)
        buttons = row(self.receive_button, self.open_button, self.new_button, menu, gap=12)
        buttons.setAlignment(Qt.AlignmentFlag.AlignBottom)
        top = row(words, 1, buttons, gap=16)
        return column(top, self._library_row(), gap=6)

    def _library_row(self) -> QHBoxLayout:
        self._library = ElidedLabel("", TextSize.SMALL, soft=True, parent=self)
        change = quiet("Change", parent=self)
        change.setAccessibleName("Change the folder of your visits")
        change.clicked.connect(self._change_library)
        self._show_library()
        return row(IconMark("folder", 14, parent=self), self._library, change, 1, gap=6)

    def _example_card(self) -> Card:
        card = Card(dashed=True, padding=20, parent=self)
        words = column(
            Label("New here? Try the example visit.", TextSize.BODY, Weight.SEMIBOLD, parent=card),
            Label(
                "A finished visit with photos, findings and a report. You can change anything; it is yours.",
                soft=True,
                parent=card,
            ),
            gap=4,
        )
        self.example_button = secondary("Open the example", parent=card)
        self.example_button.clicked.connect(self.example_asked)
        card.body.addLayout(row(IconMark("sparkle", 22, parent=card), words, 1, self.example_button, gap=18))
        return card

    # ---- what is shown ------------------------------------------------------------------------------

    def ask_name(self) -> None:
        """The first start on this computer: nothing can be made before the name is known."""
        self.introduce.show()
        self.visits.hide()
        for button in (*self._buttons, self.example_button):
            button.setEnabled(False)
        self.introduce.take_focus()

    def show_visits(self) -> None:
        """Look at the library again."""
        for button in (*self._buttons, self.example_button):
            button.setEnabled(True)
        if self.introduce.isVisible():
            self.new_button.setFocus()
        self.introduce.hide()
        self.visits.show()
        self._refresh()

    def _ask_to_delete(self, path: Path) -> None:
        from qsin_desktop.ui.dialogs.delete_visit import ask_to_delete

        ask_to_delete(self._workplace, path, self._today(), self.window(), self._refresh)

    def _refresh(self) -> None:
        self.visits.refresh()
        self._example.setVisible(not self.visits.has_example)

    def show_progress(self, name: str, cancel: Callable[[], object] | None) -> ProgressPanel:
        """A panel above the list; `end_progress` takes it away."""
        panel = ProgressPanel(name, self, can_cancel=cancel is not None)
        if cancel is not None:
            panel.cancelled.connect(cancel)
        self._progress.addWidget(panel)
        return panel

    @property
    def in_progress(self) -> bool:
        return self._progress.count() > 0

    def end_progress(self) -> None:
        clear(self._progress)

    def _show_library(self) -> None:
        folder = self._workplace.settings.library_folder
        self._library.setText(f"New visits are kept in {path_in_words(folder)}")

    def _change_library(self) -> None:
        start = self._workplace.settings.library_folder
        start = start if start.is_dir() else start.parent
        chosen = self._workplace.asking.folder(self, "Folder of your visits", "library", start)
        if chosen is not None:
            self.choose_library(chosen)

    def choose_library(self, folder: Path) -> None:
        self._workplace.change_settings(lambda settings: settings.with_library(folder))
        if self.visits.isVisible():
            self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), look_of().palette.background)
