"""Which criterion it is, what to look for and what the last visit found; the work state and the flag."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion
from qsin_desktop.domain.trend import codes_now, matched
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.flag_line import FlagLine
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.panels.state_chip import StateChip
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.label import ElidedLabel, Paragraph
from qsin_desktop.ui.words import MIDDLE_DOT, dates_in_words


class CriterionHead(SpotPanel):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._code = ElidedLabel("", soft=True, parent=self)
        self._title = Paragraph("", TextSize.TITLE, Weight.SEMIBOLD, parent=self)
        self._look_for = Paragraph("", soft=True, parent=self)
        self._expected = Paragraph("", soft=True, parent=self)
        self._last_time = Paragraph("", soft=True, parent=self)
        self.state = StateChip(desk, self)
        self.flag = FlagLine(desk, self)
        for words in (self._title, self._look_for, self._expected, self._last_time):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._code, 1)
        top.addWidget(self.state)
        top.addWidget(self.flag.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._title)
        column.addWidget(self.flag)
        column.addWidget(self._look_for)
        column.addWidget(self._expected)
        column.addWidget(self._last_time)

    def refresh(self) -> None:
        criterion = self.criterion
        self._code.setText(_code_words(self.desk, criterion))
        self._title.setText(criterion.title)
        _show(self._look_for, "Look for", criterion.prompts)
        _show(self._expected, "Evidence", criterion.expected_evidence)
        told = last_time_words(self.desk.record, criterion)
        self._last_time.setText(told)
        self._last_time.setVisible(bool(told))
        self.state.show_spot(self.spot)
        self.flag.show_spot(self.spot)

    def take(self, change: Change, origin: QObject | None) -> None:
        if change.touches("visit"):
            self.refresh()
        self.state.take(change, origin)
        self.flag.take(change, origin)

    def flush(self) -> None:
        self.flag.flush()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.state.set_writable(writable)
        self.flag.set_writable(writable)


def _code_words(desk: Desk, criterion: Criterion) -> str:
    """With what must be said of a standard that is no official wording."""
    standard = desk.visit.pack.standard(criterion.standard)
    parts = [criterion.shown_code, standard.title]
    if standard.unconfirmed:
        parts.append("code unconfirmed")
    if standard.outline:
        parts.append("outline, not the official wording")
    return MIDDLE_DOT.join(parts)


def last_time_words(record: VisitRecord, criterion: Criterion) -> str:
    """“Last time (24 November 2026): Partly met · F-003, Recommendation: for three rooms…”, or nothing."""
    last = record.last_visit
    if last is None:
        return ""
    all_past = matched(record.pack, last)
    past = all_past.get(criterion.code)
    parts = [past.label if past is not None else "not rated"]
    if past is not None and past.text_hash != criterion.text_hash:
        parts.append("its words have changed since")
    parts += [
        f"{f.number}, {f.grade}: {f.words}" for f in last.findings if criterion.code in codes_now(f, all_past)
    ]
    when = dates_in_words(last.starts, last.ends)
    return f"Last time{f' ({when})' if when else ''}: {MIDDLE_DOT.join(parts)}"


def _show(paragraph: Paragraph, what: str, parts: tuple[str, ...]) -> None:
    """“Look for: one policy at every site · who approves a new tool”."""
    listed = MIDDLE_DOT.join(_inside(part) for part in parts)
    paragraph.setText(f"{what}: {listed}" if listed else "")
    paragraph.setVisible(bool(listed))


def _inside(part: str) -> str:
    """As it stands after a colon; words in capitals and names of forms stay as they are."""
    first = part.split(" ", 1)[0]
    return part[:1].lower() + part[1:] if first[1:].islower() or len(first) == 1 else part
