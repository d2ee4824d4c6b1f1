"""What a check found, in cards: the file as a whole, each signature, and what else is to be known."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.signatures import SignatureVerdict, Verdict, grouped
from qsin_desktop.domain.standards import Sign
from qsin_desktop.ui.screens.check_faces import FILE_FACES, SIGNATURE_FACES
from qsin_desktop.ui.screens.parts import clear, column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.chip import Chip, ChipFace
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label
from qsin_desktop.ui.widgets.sign import SignLabel
from qsin_desktop.ui.words import count, joined


class VerdictView(QWidget):
    full_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_verdict(self, verdict: Verdict, file: str) -> None:
        clear(self._column)
        self._column.addWidget(self._head(verdict, file))
        for signature in verdict.signatures:
            self._column.addWidget(_SignatureCard(signature, self))
        said = {signature.words for signature in verdict.signatures}
        rest = [line for line in verdict.lines[1:] if line not in said]
        self._column.addWidget(self._rest(verdict, rest))
        announce(self, f"{FILE_FACES[verdict.state].text}. {verdict.headline}")

    def clear(self) -> None:
        clear(self._column)

    def _head(self, verdict: Verdict, file: str) -> Card:
        card, face = Card(padding=20, parent=self), FILE_FACES[verdict.state]
        sign = SignLabel(face.sign or Sign.DASH, face.tone, face.text, side=44, parent=card)
        words = Paragraph(verdict.headline, TextSize.HEADING, Weight.SEMIBOLD, parent=card)
        pages = count(verdict.pages, "page") if verdict.pages else ""
        about = Label(joined(file, verdict.title, pages), TextSize.SMALL, soft=True, parent=card)
        about.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(row(_chip(face, card), 1), words, about, gap=8), 1)
        card.body.addLayout(line)
        return card

    def _rest(self, verdict: Verdict, lines: list[str]) -> Card:
        card = Card("About the file", padding=20, parent=self)
        for line in lines:
            card.body.addWidget(Paragraph(line, parent=card))
        if verdict.sha256:
            fingerprint = Paragraph(
                grouped(verdict.sha256), TextSize.SMALL, soft=True, selectable=True, parent=card
            )
            card.body.addLayout(column(field_label("SHA-256 of the file", parent=card), fingerprint, gap=2))
        if verdict.quick:
            full = Button("Look at every signature", "search", parent=card)
            full.clicked.connect(self.full_asked)
            card.body.addLayout(row(full, 1))
        return card


class _SignatureCard(Card):
    def __init__(self, signature: SignatureVerdict, parent: QWidget) -> None:
        super().__init__(padding=20, parent=parent)
        face = SIGNATURE_FACES[signature.state]
        credential = signature.credential
        name = signature.slot.name or (credential.name if credential else "Somebody")
        role = signature.slot.role.label if signature.slot.field else ""
        sign = SignLabel(face.sign or Sign.DASH, face.tone, face.text, side=26, parent=self)
        who = column(
            Label(name, TextSize.BODY, Weight.SEMIBOLD, parent=self),
            Label(role, TextSize.SMALL, soft=True, parent=self),
            gap=1,
        )
        head = row(sign, who, 1, _chip(face, self), gap=12)
        head.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addWidget(Paragraph(signature.words, selectable=True, parent=self))
        self.setAccessibleName(f"{name}: {face.text}")


def _chip(face: ChipFace, parent: QWidget) -> Chip:
    return Chip(face.text, face.tone, sign=face.sign, parent=parent)
