"""Records a document that was seen and not copied: what it is, who saw it where, and what it showed."""

from __future__ import annotations

import json
from contextlib import suppress

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from qsin_desktop.actions.evidence import Target, add_seen
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal, TextMissing
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.field import Field
from qsin_desktop.ui.widgets.typing_clock import TypingClock

_LINES = (
    ("title", "Title", "", (0, 0, 1, 2)),
    ("number", "Its number or version", "", (1, 0, 1, 1)),
    ("dated", "Its date", "As it stands on it", (1, 1, 1, 1)),
    ("where", "Where it was seen", "", (2, 0, 1, 2)),
    ("seen_by", "Who saw it", "", (3, 0, 1, 1)),
    ("seen_on", "When", "", (3, 1, 1, 1)),
)


class SeenDraft:
    """What was typed and not recorded yet: kept on the disk, so that it is there after a restart too."""

    def __init__(self, visit: OpenVisit, name: str) -> None:
        self._visit, self._name = visit, f"seen|{name}"
        kept = visit.store.kept_words.loose().get(self._name, "{}")
        self.texts: dict[str, str] = json.loads(kept)

    def keep(self, texts: dict[str, str]) -> None:
        filled = {name: text for name, text in texts.items() if text.strip()}
        if filled != self.texts and not self._visit.read_only:
            self.texts = filled
            with suppress(Refusal):  # a full disk: it is kept while the visit is open
                words = json.dumps(filled, ensure_ascii=False) if filled else ""
                self._visit.store.kept_words.keep_loose(self._name, words)


class SeenPage(Page):
    def __init__(self, desk: Desk, target: Target, draft: SeenDraft, parent: QWidget) -> None:
        super().__init__(
            "A document seen, not copied",
            "It becomes an exhibit with a number of its own, cited here like any other.",
            parent,
            width=560,
        )
        self._desk, self._target, self._draft = desk, target, draft
        self.boxes: dict[str, QLineEdit] = {}
        self.fields: dict[str, Field] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for name, label, hint, (row, at, high, wide) in _LINES:
            box = self.boxes[name] = QLineEdit(self)
            box.setPlaceholderText(hint)
            self.fields[name] = Field(label, box, parent=self)
            grid.addWidget(self.fields[name], row, at, high, wide)
        self.showed = QPlainTextEdit(self)
        self.showed.setTabChangesFocus(True)
        self.showed.setFixedHeight(look_of().px(84))
        self.fields["showed"] = Field("What it showed", self.showed, parent=self)
        self.body.addLayout(grid)
        self.body.addWidget(self.fields["showed"])
        self.record_button = primary("Record it", "seen", self)
        self.record_button.clicked.connect(self._record)
        self.add_buttons(self.record_button)
        self._fill()
        self._clock = TypingClock(self)
        for typed in (self._clock.idle, self._clock.going_on):
            typed.connect(lambda: self._draft.keep(self.texts))
        for box in self.boxes.values():
            box.textEdited.connect(lambda _text: self._clock.typed())
        self.showed.textChanged.connect(self._clock.typed)
        self.boxes["title"].setFocus()

    def _fill(self) -> None:
        now = self._desk.visit.clock()
        first = {
            "seen_by": self._desk.record.person_name(self._desk.visit.me),
            "seen_on": f"{now.day} {now:%B %Y}",
        }
        for name, text in {**first, **self._draft.texts}.items():
            if name == "showed":
                self.showed.setPlainText(text)
            else:
                self.boxes[name].setText(text)

    @property
    def texts(self) -> dict[str, str]:
        return {**{name: box.text() for name, box in self.boxes.items()}, "showed": self.showed.toPlainText()}

    @property
    def _targets(self) -> list[Target]:
        """None for an empty target: the document is recorded and cited later."""
        return [self._target] if self._target != Target() else []

    def _record(self) -> None:
        try:
            change = self._desk.act(
                lambda: add_seen(self._desk.visit, SeenDocument(**self.texts), self._targets), show=False
            )
        except Refusal as refusal:
            name = "title" if isinstance(refusal, TextMissing) else "showed"
            self.fields[name].set_refusal(refusal.sentence)
            self.fields[name].widget.setFocus()
            return
        self._clock.stop()
        self._draft.keep({})
        exhibit = self._desk.record.exhibit(change.entity) if change else None
        if exhibit is not None:
            self._desk.messages.done(f"{exhibit.number} is recorded as seen.", undo=True)
        self.accept()

    def reject(self) -> None:
        """What was typed is there again the next time."""
        self._clock.stop()
        self._draft.keep(self.texts)
        super().reject()
