"""Before any visit: the file that a colleague sent, or the card of this laptop for the lead to invite it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.enrolling import Card as LaptopCard
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.dialogs.hand_over import BUNDLES
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.screens.parts import column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label
from qsin_desktop.ui.widgets.six_words import SixWords

_INVITED = "An invitation makes the visit on this laptop; later files bring what is new."
_NOT_YET = (
    "Send the lead assessor the card of this laptop; nothing in it is secret. They write an invitation that "
    "only this laptop and the team can read."
)


class ReceivePage(Page):
    """`done(paths)` once files were chosen or dropped."""

    def __init__(
        self,
        card: LaptopCard,
        asking: Asking,
        messages: Messages,
        done: Callable[[tuple[Path, ...]], object],
        parent: QWidget,
    ) -> None:
        super().__init__("Receive from a colleague", "", parent, width=560)
        self._card, self._asking, self._messages, self._done = card, asking, messages, done
        self.drop = DropArea("Choose the file, or drop it here", self, over="Drop to receive")
        self.copy = secondary("Copy the card", "copy", self)
        self.save = secondary("Save the card…", "download", self)
        self.body.addWidget(self._sent())
        self.body.addWidget(self._not_invited())
        close = Button("Close", parent=self)
        close.clicked.connect(self.reject)
        self._column.addLayout(row(1, close))
        self.drop.files_dropped.connect(self._take)
        self.drop.browse_asked.connect(self._browse)
        self.drop.refused.connect(messages.refused)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        self.drop.setFocus()

    def _sent(self) -> Card:
        card = Card(padding=16, parent=self)
        title = Label("You were sent a file", TextSize.BODY, Weight.SEMIBOLD, parent=card)
        card.body.addLayout(column(title, Paragraph(_INVITED, soft=True, parent=card), self.drop, gap=8))
        return card

    def _not_invited(self) -> Card:
        card = Card(padding=16, parent=self)
        title = Label("You were not invited yet", TextSize.BODY, Weight.SEMIBOLD, parent=card)
        lines = column(title, Paragraph(_NOT_YET, soft=True, parent=card), gap=8)
        lines.addWidget(field_label("The lead sees the same six words beside your card", parent=card))
        lines.addWidget(SixWords(self._card.words, card))
        lines.addLayout(row(self.copy, self.save, 1))
        card.body.addLayout(lines)
        return card

    def _browse(self) -> None:
        kinds = f"{BUNDLES};;All files (*)"
        self._take(self._asking.files(self, "Receive from a colleague", "receive", kinds))

    def _take(self, paths: tuple[Path, ...]) -> None:
        if paths:
            self.accept()
            self._done(paths)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._card.text())
        self.copy.setText("Copied")

    def _save(self) -> None:
        name = f"Card of {self._card.name}.txt"
        path = self._asking.save_as(self, "Save the card of this laptop", "card", name, "Text files (*.txt)")
        if path is None:
            return
        try:
            path.write_text(self._card.text() + "\n", encoding="utf-8")
        except OSError:
            self._messages.refused(f"“{path.name}” could not be written there; choose another folder.")
        else:
            self.save.setText("Saved")
