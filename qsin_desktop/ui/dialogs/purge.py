"""Asks before something is purged for good: what goes, what stays, why, and its name typed to be sure.

ask_purge(desk, what, parent) -> PurgePage | None       None where it was refused and told
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QWidget

from qsin_desktop.actions.purging import Purged, PurgeTarget, consequences, finish_purges, purge, target_of
from qsin_desktop.background.own_thread import OwnThread
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.button import Button, ButtonKind
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.label import Paragraph

_WORD = "purge"  # typed where the thing has no number of its own
_WARNING = (
    "Its words and its bytes go for good, here and on your colleagues' laptops. Undo does not bring them "
    "back, nor can anybody else."
)


class PurgePage(Page):
    """The button acts only once the number is typed and a reason given."""

    def __init__(self, desk: Desk, target: PurgeTarget, what: str, parent: QWidget) -> None:
        super().__init__(f"Purge {target.words} for good?", "", parent, width=520)
        self._desk, self._target, self._what = desk, target, what
        self.wanted = target.number or _WORD
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(look_of().px(72))
        self.reason_field = Field(
            "Reason", self.reason, "It stays in the trail for all to read, so name nobody.", self
        )
        self.typed = QLineEdit(self)
        self.typed.setAccessibleName(f"Type {self.wanted} to be sure")
        self.typed_field = Field(f"Type “{self.wanted}” to be sure", self.typed, parent=self)
        named = target.number if target.words == target.number else "it"
        self.yes = Button(f"Purge {named} for good", "purge", ButtonKind.DANGER, parent=self)
        self.body.addWidget(NoticeBox(Tone.NOT_MET, "This cannot be undone", _WARNING, self))
        for line in consequences(target):
            self.body.addWidget(Paragraph(line, soft=True, parent=self))
        self.body.addWidget(self.reason_field)
        self.body.addWidget(self.typed_field)
        self.add_buttons(self.yes)
        self.typed.textChanged.connect(self._show)
        self.reason.textChanged.connect(self._show)
        self.yes.clicked.connect(self._purge)
        self._show()
        self.reason.setFocus()

    def _show(self) -> None:
        self.reason_field.accept()
        same = self.typed.text().strip().casefold() == self.wanted.casefold()
        self.yes.setEnabled(same and bool(self.reason.toPlainText().strip()))

    def _purge(self) -> None:
        desk, reason = self._desk, self.reason.toPlainText()
        try:
            desk.act(lambda: purge(desk.visit, self._what, reason=reason), show=False)
        except Refusal as refusal:
            self.reason_field.refuse(refusal.sentence)
            return
        self.accept()
        finish(desk, self._target.words)


def ask_purge(desk: Desk, what: str, parent: QWidget) -> PurgePage | None:
    desk.recording.emit()  # what is being typed of it is to go as well
    try:
        target = target_of(desk.visit, what)
    except Refusal as refusal:
        desk.messages.refused(refusal)
        return None
    page = PurgePage(desk, target, what, parent.window())
    page.open()
    return page


def ask_purge_of_finding(desk: Desk, finding: Finding | None, button: QWidget) -> QMenu | None:
    """Which of its texts, as a menu below the button."""
    if finding is None:
        return None
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    choices = [("All its texts…", "")]
    choices += [(f"The {part}…", f":{part}") for part in ("requirement", "evidence", "gap")]
    response = desk.record.response(finding.id)
    if response.texts or response.decision or response.accuracy:
        choices.append(("The network's response, with our word on it…", ":response"))
    for words, part in choices:
        action = menu.addAction(words)
        action.triggered.connect(partial(_ask_part, desk, finding.number + part, button))
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    return menu


def _ask_part(desk: Desk, what: str, button: QWidget, _checked: bool = False) -> None:
    ask_purge(desk, what, button)


def finish(desk: Desk, words: str) -> None:
    """Remove bytes and older copies beside the person's work, and say when it is done."""
    own = OwnThread(desk)

    def done(purged: Purged | None) -> None:
        own.deleteLater()
        desk.backups.look()  # the second place has it still
        if purged is not None and purged.waiting:
            desk.messages.warning(f"Purged, but not all is removed yet: {purged.waiting}")
        else:
            desk.messages.done(f"Purged {words} for good; older backups were replaced.")

    desk.jobs.run(
        "Removing what was purged",
        lambda _report, is_cancelled: finish_purges(desk.visit, owner=lambda act: own.ask(act, is_cancelled)),
        done=done,
        refused=desk.messages.refused,
    )
