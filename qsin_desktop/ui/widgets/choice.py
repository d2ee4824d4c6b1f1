"""What the rating row, the switches and the rail share: painted radio buttons with one Tab stop.

    ChoiceButton(ident, text)        a QRadioButton painted by its subclass; screen readers call it one
        .mark(on)                    only its owner checks it; a press, also by a screen reader, asks
        asked = Signal(str)
    one_tab_stop(buttons)            Tab reaches one of them, arrows the others
`ARROWS_CHOOSE` of a subclass says whether an arrow chooses at once (a switch) or only moves (a rating).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from qsin_desktop.ui.widgets.focus import KeyFocus

_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
_ON = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})
_CHOOSE = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ChoiceButton(KeyFocus, QRadioButton):
    """Its owner checks it; a press only asks, through `asked(ident)`."""

    asked = Signal(str)

    ARROWS_CHOOSE = False

    def __init__(self, ident: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.ident = ident
        self._marking = False
        self.toggled.connect(self._toggled_by_other_means)
        self.clicked.connect(lambda: self.asked.emit(self.ident))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mark(self, on: bool) -> None:
        self._marking = True
        self.setAutoExclusive(False)  # Qt would refuse to leave none marked
        self.setChecked(on)
        self.setAutoExclusive(True)  # and calls it a check box to screen readers while it is off
        self._marking = False

    def _toggled_by_other_means(self, on: bool) -> None:
        """A screen reader's toggle goes past `nextCheckState`."""
        if not self._marking:
            self.mark(not on)
            self.asked.emit(self.ident)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def nextCheckState(self) -> None:
        """A press leaves the mark to the owner."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and key in _BACK | _ON:
            self._go(-1 if key in _BACK else 1)
        elif plain and key in _CHOOSE:
            self.click()
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        siblings = [b for b in _siblings(self) if b.isEnabled() and not b.isHidden()]
        target = siblings[(siblings.index(self) + step) % len(siblings)]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.ARROWS_CHOOSE:
            target.click()


def one_tab_stop(buttons: list[ChoiceButton]) -> None:
    """Tab reaches the checked button, or the first; arrows reach the others."""
    shown = [b for b in buttons if not b.isHidden()]
    stop = next((b for b in shown if b.isChecked()), shown[0] if shown else None)
    for button in buttons:
        policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
        button.setFocusPolicy(policy)


def _siblings(button: ChoiceButton) -> list[ChoiceButton]:
    parent = button.parentWidget()
    if parent is None:
        return [button]
    return parent.findChildren(ChoiceButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
