"""Asks before words are given up that could not be saved: save them elsewhere, go back, or close."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qsin_desktop.actions.saving_words import save_words
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.unsaved_words import UnsavedWords
from qsin_desktop.ui.widgets.button import Button, ButtonKind, primary

if TYPE_CHECKING:
    from qsin_desktop.ui.main_window import MainWindow

_NAME = "Words not saved in the visit.txt"


class UnsavedPage(Page):
    def __init__(
        self, title: str, words: UnsavedWords, window: MainWindow, act: Callable[[], object]
    ) -> None:
        why = words.why
        super().__init__(
            title,
            f"Some words are not in the visit yet ({why}). Everything saved before is safe. Save these words "
            "in a file elsewhere, or go back: they are saved by themselves as soon as that is possible.",
            window,
            width=560,
        )
        self._words, self._window, self._act = words, window, act
        self.elsewhere = primary("Save them elsewhere\u2026", "download", self)
        self.elsewhere.clicked.connect(self._save)
        self.without = Button("Close without them", kind=ButtonKind.DANGER, parent=self)
        self.without.clicked.connect(self._close)
        self.back = self.add_buttons(self.elsewhere, "Go back")
        self._foot.insertWidget(0, self.without)

    def _save(self) -> None:
        """To a place of the person's choice; when that takes them, the closing goes on."""
        asking = self._window.workplace.asking
        path = asking.save_as(self, "Save the words", "words", _NAME, "Text (*.txt)")
        if path is None:
            return
        try:
            save_words(path, self._words.as_text())
        except Refusal as refusal:
            self.sentence.setText(refusal.sentence)
            return
        self._close()

    def _close(self) -> None:
        self.accept()
        self._words.give_up()
        self._act()


def ask_about_unsaved(
    window: MainWindow, title: str, words: UnsavedWords, act: Callable[[], object]
) -> UnsavedPage:
    """`act` is done once the words are elsewhere, or the person gives them up."""
    page = UnsavedPage(title, words, window, act)
    page.open()
    return page
