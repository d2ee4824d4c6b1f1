"""Asks before a visit is deleted for good: its name typed, and a reason where it is still to be kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from qsin_desktop.actions.deleting import COPIES, Deleted, ToDelete, delete, look_to_delete
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.button import Button, ButtonKind
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.label import Paragraph
from qsin_desktop.ui.words import count, path_in_words
from qsin_desktop.ui.workplace import Workplace


class DeletePage(Page):
    """`deleted` carries what was done."""

    deleted = Signal(object)

    def __init__(self, workplace: Workplace, target: ToDelete, today: date, parent: QWidget) -> None:
        super().__init__(f"Delete “{target.name}” for good?", _what_goes(target), parent, width=540)
        self._workplace, self._target, self._today = workplace, target, today
        self._busy = False
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look_of().px(64))
        self.reason_field = Field(
            "Reason", self.reason, "It is kept on this laptop, in the clear; name nobody.", self
        )
        self.typed = QLineEdit(self)
        self.typed.setPlaceholderText(target.name)
        self.typed_field = Field("Type its name to be sure", self.typed, parent=self)
        self.yes = Button("Delete it for good", "trash", ButtonKind.DANGER, parent=self)
        self._lay_out()
        self.typed.textChanged.connect(self._show)
        self.reason.textChanged.connect(self._show)
        self.yes.clicked.connect(self._delete)
        self._show()
        (self.reason if target.needs_reason(today) else self.typed).setFocus()

    def _lay_out(self) -> None:
        needs = self._target.needs_reason(self._today)
        title, words = _kept_words(self._target, self._today)
        self.body.addWidget(NoticeBox(Tone.NOT_MET if needs else Tone.PARTLY, title, words, self))
        self.body.addWidget(Paragraph(f"Its keys are destroyed first. {COPIES}", soft=True, parent=self))
        self.body.addWidget(self.reason_field)
        self.reason_field.setVisible(needs)
        self.body.addWidget(self.typed_field)
        self.add_buttons(self.yes)

    def _show(self) -> None:
        self.typed_field.accept()
        same = " ".join(self.typed.text().split()) == " ".join(self._target.name.split())
        needs = self._target.needs_reason(self._today)
        given = bool(self.reason.toPlainText().strip())
        self.yes.setEnabled(same and (given or not needs) and not self._busy)

    def _delete(self) -> None:
        identity = self._workplace.identity
        if self._busy or identity is None:
            return
        self._busy = True
        self._show()
        target, confirm, reason = self._target, self.typed.text(), self.reason.toPlainText()
        home, today = self._workplace.home, self._today
        self._workplace.jobs.run(
            "Deleting the visit",
            lambda _report, _is_cancelled: delete(
                target, confirm=confirm, reason=reason, today=today, home=home, identity=identity
            ),
            done=self._done,
            refused=self._refused,
        )

    def _done(self, done: Deleted) -> None:
        self.deleted.emit(done)
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self._busy = False
        self._show()
        self.typed_field.refuse(refusal.sentence)


def _what_goes(target: ToDelete) -> str:
    place = path_in_words(target.path)
    if not target.known:
        return f"Everything in {place}: records, evidence, backups."
    return f"Everything in {place}: records, {count(target.exhibits, 'exhibit')}, backups."


def _kept_words(target: ToDelete, today: date) -> tuple[str, str]:
    until = target.keep_until
    if not target.known:
        words = "It does not open by itself. Open it to see; or give a reason, and type its folder's name."
        return "Nobody can tell how long it is to be kept", words
    if until is None:
        return "No day is set until which it is to be kept", "Give a reason to delete it all the same."
    day = f"{until.day} {until:%B %Y}"
    if today < until:
        return f"It is to be kept until {day}", "Give a reason to delete it before."
    return f"It was to be kept until {day}", "That day has come. Deleting cannot be undone."


def ask_to_delete(
    workplace: Workplace, path: Path, today: date, parent: QWidget, done: Callable[[], object]
) -> None:
    """Look what would go, then ask; `done` is called when it is gone."""
    identity = workplace.identity
    if identity is None:
        return

    def gone(deleted: Deleted) -> None:
        workplace.change_settings(lambda settings: settings.without_recent(path))
        if workplace.summaries is not None:
            workplace.summaries.forget(path)
        words = f"“{deleted.title}” is deleted."
        if deleted.left:
            words += f" Files that are none of the visit's were left: {', '.join(deleted.left)}."
        workplace.messages.done(words)
        done()

    def ask(target: ToDelete) -> None:
        page = DeletePage(workplace, target, today, parent)
        page.deleted.connect(gone)
        page.open()

    workplace.jobs.run(
        f"Looking into “{path.name}”",
        lambda _report, _is_cancelled: look_to_delete(path, identity=identity, unlocking=Unlocking()),
        done=ask,
        refused=workplace.messages.refused,
    )
