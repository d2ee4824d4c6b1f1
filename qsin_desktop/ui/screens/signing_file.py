"""Which report is signed: the file that lies ready, another one, or the final report still to be made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.signatures import SignatureField
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.parts import IconMark, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.label import ElidedLabel, soft
from qsin_desktop.ui.words import path_in_words


class ReportFileCard(Card):
    file_asked = Signal()
    new_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("The report", padding=16, parent=parent)
        self._desk = desk
        self._name = ElidedLabel("", TextSize.BODY, Weight.SEMIBOLD, parent=self)
        self._place = ElidedLabel("", TextSize.SMALL, soft=True, parent=self)
        self._said = soft("", self)
        self.state = NoticeBox(Tone.MET, "", "", self)
        self.other = Button("Choose a report", "folder-open", parent=self)
        self.new = Button("Make a new final report", "report", parent=self)
        self.body.addLayout(row(IconMark("pdf", 18, parent=self), self._name, 1, gap=8))
        self.body.addWidget(self._place)
        self.body.addWidget(self._said)
        self.body.addWidget(self.state)
        self.body.addLayout(row(self.other, self.new, 1))
        self.other.clicked.connect(self.file_asked)
        self.new.clicked.connect(self.new_asked)

    def show_report(
        self, path: Path | None, fields: tuple[SignatureField, ...], signed: Sequence[str] = ()
    ) -> None:
        """`signed`: who signed a report that is not at hand."""
        sealed, lead = self._desk.record.seal is not None, self._desk.visit.i_lead
        missing = "The signed report is not here" if signed else "The final report is not made yet"
        self._name.setText(path.name if path else missing)
        self._place.setText(path_in_words(path.parent) if path else "")
        self._place.setVisible(path is not None)
        self.new.setVisible(path is not None and lead)
        folder = self._desk.asking.folder_of("export").name
        how = _where(signed, folder) if signed else _how(lead=lead, sealed=sealed)
        self._said.setText("" if path else how)
        self._said.setVisible(path is None)
        out = [field.slot.whom for field in fields if not field.signed]
        self.state.setVisible(sealed)
        words = f"Still out: {', '.join(out)}." if out else "All have signed." if fields else ""
        self.state.set_words("The visit is sealed", words)


def _where(signed: Sequence[str], folder: str) -> str:
    return (
        f"{', '.join(signed)} signed it already, and it is not in “{folder}”. Choose its file to add a "
        "signature. A new final report would have to be signed by everybody again."
    )


def _how(*, lead: bool, sealed: bool) -> str:
    if not lead:
        return (
            "The lead assessor makes the final report and certifies it with the first signature. Choose that "
            "file to add yours."
        )
    if sealed:
        return "It is made and certified in one go. The others sign after you, in any order, on any laptop."
    return (
        "Signing seals the visit: what is in the report cannot be changed any more until you reopen it. The "
        "final report is made and certified in one go; the others sign after you."
    )
