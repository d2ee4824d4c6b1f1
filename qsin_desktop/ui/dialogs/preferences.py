"""What a person sets once: where visits are kept, and a second place for backups, with how they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.widgets.button import primary, quiet, secondary
from qsin_desktop.ui.widgets.card import Line
from qsin_desktop.ui.widgets.label import ElidedLabel, Paragraph, heading
from qsin_desktop.ui.words import path_in_words
from qsin_desktop.ui.workplace import Workplace

if TYPE_CHECKING:  # there may be no visit yet
    from qsin_desktop.ui.desk import Desk

_BACKUPS = (
    "Every half hour of work a checked, encrypted copy is made in the visit's folder. A second place, on a "
    "stick or a share, gets the same with all exhibits."
)
_NONE = "None: a broken disk would take the visit and its copies"


class PreferencesPage(Page):
    library_chosen = Signal(object)  # Path

    def __init__(self, workplace: Workplace, desk: Desk | None, parent: QWidget) -> None:
        super().__init__("Preferences", "", parent, width=600)
        self._workplace, self._desk = workplace, desk
        self._library = ElidedLabel("", parent=self)
        self.change_library = secondary("Other folder…", "folder", self)
        self._second = ElidedLabel("", parent=self)
        self.choose = secondary("Choose a folder…", "stick", self)
        self.clear = quiet("No second place", "x", self)
        second = _side_by_side(self._second, self.clear, self.choose)
        self.second_field = Field("Second place for backups", second, parent=self)
        self.here, self.there = Paragraph("", parent=self), Paragraph("", parent=self)
        self.now = secondary("Back up now", "shield", self)
        self._lay_out()
        self._connect()
        self._show()
        self.choose.setFocus()
        if desk is not None:
            desk.backups.look()

    def _lay_out(self) -> None:
        library = _side_by_side(self._library, self.change_library)
        self.body.addWidget(Field("Folder of your visits", library, parent=self))
        self.body.addWidget(Line(self))
        self.body.addWidget(heading("Backups", self))
        self.body.addWidget(Paragraph(_BACKUPS, soft=True, parent=self))
        self.body.addWidget(self.second_field)
        self.body.addWidget(self.here)
        self.body.addWidget(self.there)
        close = primary("Close", parent=self)
        close.clicked.connect(self.accept)
        self._column.addLayout(row(self.now, 1, close))

    def _connect(self) -> None:
        self.change_library.clicked.connect(self._change_library)
        self.choose.clicked.connect(self._choose)
        self.clear.clicked.connect(lambda: self._take(None))
        self.now.clicked.connect(self._back_up)
        if self._desk is not None:
            self._desk.backups.changed.connect(self._show)
            self._desk.backups.moved.connect(self._show_moving)

    # ---- where visits are kept ----------------------------------------------------------------------

    def _change_library(self) -> None:
        start = self._workplace.settings.library_folder
        chosen = self._workplace.asking.folder(
            self, "Folder of your visits", "library", start if start.is_dir() else None
        )
        if chosen is not None:
            self.library_chosen.emit(chosen)
            self._show()

    # ---- backups ------------------------------------------------------------------------------------

    def _choose(self) -> None:
        chosen = self._workplace.asking.folder(self, "Second place for backups", "second backups")
        if chosen is not None:
            self._take(chosen)

    def _take(self, folder: Path | None) -> None:
        """From now on; the copies in the place before stay there."""
        from qsin_desktop.actions.backing_up import refuse_inside

        self.second_field.accept()
        try:
            if folder is not None and self._desk is not None:
                refuse_inside(self._desk.visit.folder.path, folder)
        except Refusal as refusal:
            self.second_field.refuse(refusal.sentence)
            return
        self._workplace.change_settings(lambda settings: settings.with_second_backups(folder))
        self._show()
        if self._desk is not None:
            self._desk.backups.look()

    def _back_up(self) -> None:
        from qsin_desktop.ui.backup_words import back_up_now

        if self._desk is not None:
            back_up_now(self._desk)

    # ---- what is shown ------------------------------------------------------------------------------

    def _show(self) -> None:
        settings = self._workplace.settings
        self._library.setText(path_in_words(settings.library_folder))
        second = settings.second_backups_folder
        self._second.setText(path_in_words(second) if second else _NONE)
        self.clear.setVisible(second is not None)
        self.now.setVisible(self._desk is not None and not self._desk.visit.read_only)
        if self._desk is None:
            self.here.setText("Open a visit to see how its backups are.")
            self.there.hide()
        else:
            self._show_state(self._desk)

    def _show_state(self, desk: Desk) -> None:
        from qsin_desktop.ui.backup_words import copies_words

        state, second = desk.backups.state, self._workplace.settings.second_backups_folder
        self.there.setVisible(second is not None)
        if desk.visit.read_only:
            self.here.setText("The visit is open for reading here; whoever works on it makes its backups.")
            self.there.hide()
            return
        for shown, copies, place in (
            (self.here, state.here, "in the visit's folder"),
            (self.there, state.there if state.second == second else None, "in the second place"),
        ):
            words, tone = copies_words(copies, place)
            shown.setText(words)
            shown.set_tone(tone)
        self._fit()

    def _fit(self) -> None:
        """As high as what it tells, once that is known; it does not shrink under somebody's hand."""
        self._column.activate()
        self.resize(self.width(), max(self.height(), self._column.totalHeightForWidth(self.width())))

    def _show_moving(self, done: int, total: int, words: str) -> None:
        if self.there.isVisible() and words:
            self.there.setText(f"{words}: {done:,} of {total:,}…" if total else f"{words}…")


def _side_by_side(words: ElidedLabel, *buttons: QWidget) -> QWidget:
    """What is set, and beside it what sets it."""
    box = QWidget(words.parentWidget())
    across = row(words, *buttons)
    across.setStretch(0, 1)
    box.setLayout(across)
    return box


def ask_preferences(workplace: Workplace, desk: Desk | None, parent: QWidget) -> PreferencesPage:
    page = PreferencesPage(workplace, desk, parent)
    page.open()
    return page
