"""What our few dialogs share: a heading, a sentence, a body, buttons at the foot; never a blocking call.

In short:

    Page("Reopen the visit", "Its seal is taken off…", parent)    .body: QVBoxLayout   .add_buttons(yes, no)
    confirm(parent, title, sentence, "Stop and close", done, icon="warning")     done() once they said yes
    ask_reason(parent, title, sentence, "Reason", "Withdraw", act)    a Refusal of act(text) is shown in place
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, ButtonKind
from qsin_desktop.ui.widgets.label import Paragraph


class Page(QDialog):
    """Window-modal, gone when closed; show it with `open`. As high as what it says, if it chose no size."""

    _fitted = 0  # the height it had last of itself; 0 before it is shown, or where it chose its own

    def __init__(
        self, title: str, sentence: str = "", parent: QWidget | None = None, *, width: int = 480
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(look_of().px(width))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 20)
        self._column.setSpacing(14)
        self._column.addWidget(Paragraph(title, TextSize.TITLE, Weight.SEMIBOLD, parent=self))
        self.sentence = Paragraph(sentence, soft=True, parent=self)
        self.sentence.setVisible(bool(sentence))
        self._column.addWidget(self.sentence)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self._column.addLayout(self.body, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(10)

    def showEvent(self, event: QShowEvent) -> None:
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self._fitted = self.height()
            self._fit_height()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self._fitted:
            QTimer.singleShot(0, self, self._fit_height)
        return done

    def _fit_height(self) -> None:
        """Qt's own guess wraps lines earlier and squeezes what is shown later. A person's size only grows."""
        self._column.activate()
        high = self._column.totalHeightForWidth(self.width())
        if high < 0:
            high = self._column.totalSizeHint().height()
        room = self.screen().availableGeometry()
        frame = self.frameGeometry().height() - self.height()
        high = min(high, room.height() - frame)
        if self.height() == self._fitted or high > self.height():
            self._fitted = high
            self.resize(self.width(), high)
            above = self.y() + high + frame - room.bottom()
            if self.isVisible() and above > 0:
                self.move(self.x(), max(room.top(), self.y() - above))

    def add_buttons(self, yes: Button, no: str = "Cancel") -> Button:
        """`yes` is pressed by Enter; the other closes the dialog as Esc does. Answers the other."""
        other = Button(no, parent=self)
        other.clicked.connect(self.reject)
        yes.setDefault(True)
        self._column.addSpacing(4)
        self._column.addLayout(self._foot)
        self._foot.addStretch(1)
        self._foot.addWidget(other)
        self._foot.addWidget(yes)
        return other


def confirm(
    parent: QWidget,
    title: str,
    sentence: str,
    yes: str,
    done: Callable[[], object],
    *,
    no: str = "Cancel",
    dangerous: bool = False,
) -> Page:
    """Ask once; `done` is called after yes."""
    page = Page(title, sentence, parent)
    button = Button(yes, kind=ButtonKind.DANGER if dangerous else ButtonKind.PRIMARY, parent=page)
    button.clicked.connect(page.accept)
    page.add_buttons(button, no)
    page.accepted.connect(done)
    page.open()
    return page


class ReasonPage(Page):
    """Asks for a reason; what refuses it is shown beside the box, and nothing typed is lost."""

    def __init__(
        self,
        title: str,
        sentence: str,
        label: str,
        yes: str,
        act: Callable[[str], object],
        parent: QWidget,
        kind: ButtonKind = ButtonKind.PRIMARY,
    ) -> None:
        super().__init__(title, sentence, parent)
        self._act = act
        self.box = QPlainTextEdit(self)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(look_of().px(96))
        self.field = Field(label, self.box, parent=self)
        self.body.addWidget(self.field)
        self.yes = Button(yes, kind=kind, parent=self)
        self.yes.clicked.connect(self._done)
        self.add_buttons(self.yes)
        self.box.setFocus()

    def _done(self) -> None:
        try:
            self._act(self.box.toPlainText())
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
            self.box.setFocus()
        else:
            self.accept()


def ask_reason(
    parent: QWidget,
    title: str,
    sentence: str,
    label: str,
    yes: str,
    act: Callable[[str], object],
    kind: ButtonKind = ButtonKind.PRIMARY,
) -> ReasonPage:
    page = ReasonPage(title, sentence, label, yes, act, parent, kind)
    page.open()
    return page
