"""Who has signed a report and who is still out; one of those who can sign now is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from qsin_desktop.domain.signatures import SignatureField
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import clear, column, row
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.label import Paragraph


class SignersCard(Card):
    chosen = Signal(object)  # SignatureField, or None where nobody can sign now

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Who signs", padding=16, parent=parent)
        self.choices: dict[str, QRadioButton] = {}
        self._fields: tuple[SignatureField, ...] = ()
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        self.body.addLayout(self._column)

    @property
    def field(self) -> SignatureField | None:
        """Whoever is chosen."""
        return next(
            (
                f
                for f in self._fields
                if f.slot.field in self.choices and self.choices[f.slot.field].isChecked()
            ),
            None,
        )

    @property
    def all_signed(self) -> bool:
        return bool(self._fields) and all(field.signed for field in self._fields)

    def show_fields(self, fields: tuple[SignatureField, ...]) -> None:
        kept = self.field
        self._fields = fields
        self.choices = {}
        clear(self._column)
        for field in fields:
            self._column.addLayout(self._line(field))
        signed = sum(field.signed for field in fields)
        self.set_subtitle(f"{signed} of {len(fields)} have signed" if fields else "")
        ready = [field for field in fields if field.open and not field.signed]
        wanted = kept.slot.field if kept else ""
        first = next((f for f in ready if f.slot.field == wanted), ready[0] if ready else None)
        if first is not None:
            self.choices[first.slot.field].setChecked(True)
        self.chosen.emit(first)

    def _line(self, field: SignatureField) -> QVBoxLayout:
        choice = QRadioButton(field.slot.name or field.slot.role.label, self)
        choice.setProperty("informs", True)
        choice.setEnabled(field.open and not field.signed)
        self._group.addButton(choice)
        self.choices[field.slot.field] = choice
        choice.clicked.connect(lambda _on: self.chosen.emit(field))
        below = Paragraph(_words(field), TextSize.SMALL, soft=True, parent=self)
        below.setContentsMargins(look_of().px(27), 0, 0, 0)
        choice.setAccessibleDescription(below.words)
        return column(row(choice, 1, _chip(field, self)), below, gap=2)


def _chip(field: SignatureField, parent: QWidget) -> Chip:
    if field.signed:
        return Chip("Signed", Tone.MET, sign=Sign.TICK, parent=parent)
    if field.open:
        return Chip("Can sign now", Tone.ACCENT, icon="sign", parent=parent)
    return Chip("Not yet", Tone.NOT_APPLICABLE, sign=Sign.RING, parent=parent)


def _words(field: SignatureField) -> str:
    if field.signed:
        return f"{field.slot.purpose}. Signed by {field.signed_by}."
    return f"{field.slot.purpose}. {field.why_not}".strip()
