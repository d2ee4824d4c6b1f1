"""The full check of the open visit: every page, signature, exhibit and backup, with an account to keep."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.check_words import result_lines
from qsin_desktop.actions.checking import CheckResult, check_visit
from qsin_desktop.actions.opening import open_beside
from qsin_desktop.background.jobs import IsCancelled, Report
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.long_page import LongPage
from qsin_desktop.ui.widgets.button import quiet

_SENTENCE = (
    "Every page of the database, every signature of the trail, every byte of every exhibit and every backup "
    "is read. Nothing is changed, and you can stop at any time."
)


class CheckVisitPage(LongPage):
    """`repair` closes the visit and offers the repair."""

    def __init__(self, desk: Desk, repair: Callable[[], object], parent: QWidget) -> None:
        super().__init__("Check this visit", _SENTENCE, desk.jobs, parent)
        self._desk, self._repair = desk, repair
        self.copy = quiet("Copy the account", "copy", self)
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        self.body.addWidget(self.copy)
        self.lines: tuple[str, ...] = ()
        self.work("Checking the visit", self._check, self._checked)

    def _check(self, report: Report, is_cancelled: IsCancelled) -> CheckResult:
        with open_beside(self._desk.visit) as beside:
            return check_visit(beside, progress=report, cancelled=is_cancelled)

    def _checked(self, result: CheckResult) -> None:
        self.lines = tuple(result_lines(result, read_only=True))
        if result.sound:
            self.tell(Tone.MET, "All is as it should be", self.lines)
        else:
            self.tell(Tone.NOT_MET, "Not all is as it should be; nothing was changed", self.lines)
        self.tell(Tone.ACCENT, "What to do", _advice(result))
        self.copy.show()
        if result.sound:
            self.other.setFocus()
        else:
            self.offer("Close the visit and repair it", self._go)

    def _go(self) -> None:
        self.accept()
        self._repair()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self.lines))
        self._desk.messages.done("The account is copied.")


def _advice(result: CheckResult) -> list[str]:
    """Only where a person can do something."""
    advice = []
    if result.faults:
        advice.append(
            "An exhibit that is missing or damaged comes back by an exchange with a colleague who has it, or "
            "by attaching the same file again; a repair also looks in the backups."
        )
    if not result.journal_sound or result.bad_backups or not result.projection_sound:
        advice.append(
            "A repair puts the journal together from all that is readable and keeps every damaged file."
        )
    return advice
