"""“Report a problem”: the whole text to be read first, then saved where the person likes."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from qsin_desktop.actions.problem_report import FILE_NAME, Surroundings, problem_report, write_report
from qsin_desktop.crashes import CRASH_NAME
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.logs import LOG_NAME
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.workplace import Workplace

_SENTENCE = (
    "Nothing is sent by the program. Read it, save it, and send it yourself if you wish. It holds nothing of "
    "what anybody wrote in a visit."
)


class ProblemPage(Page):
    def __init__(self, workplace: Workplace, desk: Desk | None, parent: QWidget) -> None:
        super().__init__("Report a problem", _SENTENCE, parent, width=720)
        self.resize(look_of().px(800), look_of().px(600))
        self._workplace = workplace
        where = Surroundings(workplace.home, LOG_NAME, CRASH_NAME, lines=_screens())
        self.text = QPlainTextEdit(problem_report(where, desk.visit if desk else None), self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("The report")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.body.addWidget(self.text, 1)
        self.save = primary("Save it…", "download", self)
        self.save.clicked.connect(self._save)
        self.add_buttons(self.save, "Close")
        self.save.setFocus()

    def _save(self) -> None:
        asking = self._workplace.asking
        path = asking.save_as(self, "Save the problem report", "problem", FILE_NAME, "Text (*.txt)")
        if path is None:
            return
        try:
            write_report(self.text.toPlainText(), path)
        except Refusal as refusal:
            self._workplace.messages.refused(refusal)
            return
        self._workplace.messages.done(f"Saved as {path.name}.")
        self.accept()


def _screens() -> list[str]:
    lines = [f"Qt {qVersion()}, {QGuiApplication.platformName()}"]
    for screen in QGuiApplication.screens():
        size = screen.size()
        lines.append(
            f"Screen {size.width()} × {size.height()} at {screen.devicePixelRatio():.2f}, "
            f"{screen.logicalDotsPerInch():.0f} dots an inch"
        )
    return lines
