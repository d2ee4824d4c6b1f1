"""The body's own template for the report: the one that the visit holds, another from a folder, an example."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from qsin_desktop.actions.templates import (
    check_template,
    choose_template,
    drop_template,
    is_own_template,
    template_of,
    write_example_template,
)
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.templates import PLAIN, ReportTemplate
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.opening_files import show_in_folder
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import quiet, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.label import Label, Paragraph, soft

_MOST_ERRORS = 6
_EXAMPLE = "report-template"
_PLAIN = "The report has the program's own look, with the texts and the logo of the standards pack."


class TemplateCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Template", padding=16, parent=parent)
        self._desk = desk
        self._shown: ReportTemplate | None = None
        self._face = _Face(self)
        self.name = Label("", TextSize.BODY, Weight.SEMIBOLD, parent=self)
        self.name.setWordWrap(True)
        self.about = soft("", self)
        self.errors = Paragraph("", parent=self)
        self.errors.hide()
        self.choose = secondary("Choose a folder…", "folder-open", self)
        self.drop = quiet("Take it off", "withdraw", self)
        self.example = quiet("Write an example…", "plus", self)
        for widget in (self._face, self.name, self.about, self.errors):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.choose, self.drop, 1))
        self.body.addLayout(row(self.example, 1))
        self.choose.clicked.connect(self.ask_folder)
        self.drop.clicked.connect(self._drop)
        self.example.clicked.connect(self._write_example)
        self.refresh()

    def refresh(self) -> None:
        self.choose.setEnabled(self._desk.writable)
        try:
            template = template_of(self._desk.record)
        except Refusal as refusal:
            self._shown = None
            self.about.setText(refusal.sentence)
            self.drop.setVisible(self._desk.writable)
            return
        self.drop.setVisible(is_own_template(self._desk.record) and self._desk.writable)
        if template != self._shown:
            self._shown = template
            self._show(template)

    def _show(self, template: ReportTemplate) -> None:
        plain = template == PLAIN
        self._face.show_template(template)
        self._face.setVisible(not plain and bool(template.logo or template.accent))
        self.name.setText(template.body)
        self.name.setVisible(not plain)
        self.about.setText(_PLAIN if plain else _about(template, own=is_own_template(self._desk.record)))
        self.choose.setText("Choose a folder…" if plain else "Choose another…")

    # ---- acts ---------------------------------------------------------------------------------------

    def ask_folder(self) -> None:
        folder = self._desk.asking.folder(self, "Choose the folder of a report template", "template")
        if folder is not None and self._desk.writable:
            self.take(folder)

    def take(self, folder: Path) -> None:
        """What is wrong with it is listed here, each with its line; nothing has changed then."""
        errors = [str(error) for error in check_template(folder).errors]
        self._tell(folder, errors)
        if errors:
            return
        change = self._desk.act(lambda: choose_template(self._desk.visit, folder), self)
        if change is not None:
            self.refresh()
            if change.keys:
                self._desk.messages.done("The report is drawn by this template from now on.", undo=True)

    def _tell(self, folder: Path, errors: Sequence[str]) -> None:
        shown = [f"“{folder.name}” cannot be used; nothing was changed.", *errors[:_MOST_ERRORS]]
        if len(errors) > _MOST_ERRORS:
            shown.append(f"and {len(errors) - _MOST_ERRORS} more")
        self.errors.setText("\n".join(shown))
        self.errors.setVisible(bool(errors))

    def _drop(self) -> None:
        if self._desk.act(lambda: drop_template(self._desk.visit), self) is not None:
            self.refresh()
            self._desk.messages.done("The report has its own look again.", undo=True)

    def _write_example(self) -> None:
        folder = self._desk.asking.folder(self, f"Where the folder “{_EXAMPLE}” is to be made", "template")
        if folder is None:
            return
        try:
            path = write_example_template(folder / _EXAMPLE)
        except Refusal as refusal:
            self._desk.messages.refused(refusal)
            return
        self._desk.messages.done(
            f"“{path.parent.name}” was made. Change its {path.name} in a text editor, then choose it.",
            action="Open the folder",
            acted=lambda: show_in_folder(path),
        )


def _about(template: ReportTemplate, *, own: bool) -> str:
    texts = len(template.texts)
    told = [
        "its own logo" if template.logo else "",
        "its own colour" if template.accent else "",
        f"{texts} fixed text{'' if texts == 1 else 's'}" if texts else "",
        "its own order of sections" if template.sections else "",
    ]
    words = [part for part in told if part]
    kept = (
        "The visit holds a copy; every laptop draws the same." if own else "It comes with the standards pack."
    )
    return f"With {', '.join(words)}. {kept}" if words else kept


class _Face(QWidget):
    """The logo on paper white, and a bar of the template's colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._logo = QPixmap()
        self._accent = QColor()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_template(self, template: ReportTemplate) -> None:
        self._logo = QPixmap()
        _, _, encoded = template.logo.partition(";base64,")
        try:
            self._logo.loadFromData(base64.b64decode(encoded, validate=True))
        except (binascii.Error, ValueError):
            self._logo = QPixmap()
        self._accent = QColor(template.accent) if template.accent else QColor()
        self.setAccessibleName(f"Logo of {template.body}" if not self._logo.isNull() else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, look_of().px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, box = look_of(), QPainter(self), QRectF(self.rect())
        rounded(painter, box, look.px(8), fill=QColor("white"), edge=look.palette.line)
        if self._accent.isValid():
            painter.fillRect(QRectF(0, look.px(8), look.px(4), box.height() - 2 * look.px(8)), self._accent)
        if not self._logo.isNull():
            room = box.adjusted(look.px(16), look.px(10), -look.px(16), -look.px(10))
            size = self._logo.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            top = room.y() + (room.height() - size.height()) / 2
            goal = QRectF(room.x(), top, size.width(), size.height())
            painter.drawPixmap(goal, self._logo, QRectF(self._logo.rect()))
