"""What the network answered, column by column, with what is new in its latest return."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from qsin_desktop.domain.responses import FindingResponse, Response
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import clear
from qsin_desktop.ui.screens.returned_model import answer_words
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.label import Paragraph, soft
from qsin_desktop.ui.words import joined

_LABELS = 128
_COLUMNS = tuple(column for column in Response if column is not Response.ACCURACY)


class ResponseLines(Card):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("The network's response", padding=16, parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, look_of().px(_LABELS))
        self._none = soft("", self)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._none)

    def show_response(self, stands: FindingResponse, last: str, due: str, *, asked: bool) -> None:
        """`last` is the label of the latest return; what came in it is marked as new."""
        new = stands.new_in(last)
        came = last if new else ""
        self.set_subtitle(joined(due, f"{came}: {len(new)} new" if came else ""))
        clear(self._grid)
        said = [column for column in _COLUMNS if column in stands.texts]
        for at, column in enumerate(said):
            label = soft(column.heading, self)
            self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            words = Paragraph(answer_words(column, stands.texts[column]), selectable=True, parent=self)
            words.setAccessibleName(f"{column.heading}: {words.words}")
            self._grid.addWidget(words, at, 1)
            if column in new:
                chip = Chip(f"New in {last.lower()}", Tone.ACCENT, parent=self)
                self._grid.addWidget(chip, at, 2, Qt.AlignmentFlag.AlignTop)
        self._none.setText(_what_lacks(said, asked=asked))
        self._none.setVisible(bool(self._none.words))


def _what_lacks(said: Sequence[Response], *, asked: bool) -> str:
    if not asked:
        return "No response is asked for."
    if not said:
        return "No response yet. Export the findings workbook, and read it back when it comes home."
    lacking = [column.heading.lower() for column in _COLUMNS if column not in said]
    return f"Not answered: {', '.join(lacking)}." if lacking else ""
