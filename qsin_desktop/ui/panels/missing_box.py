"""What a criterion still lacks, grouped so that thirty sites are one line; pressed, a line leads there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.progress import Gap, MissingPart, missing_in, missing_in_findings
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.visits import NETWORK
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.quiet_link import QuietLink
from qsin_desktop.ui.panels.spot_panel import SpotPanel
from qsin_desktop.ui.places import place_of_missing
from qsin_desktop.ui.screens.parts import clear
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.card import RADIUS
from qsin_desktop.ui.widgets.drawing import rounded
from qsin_desktop.ui.widgets.label import Label

_TOUCHING = frozenset({"rating", "note", "site", "finding", "link", "exhibit"})
_WHAT = {
    Gap.RATING: "The rating",
    Gap.REASON: "The reason",
    Gap.DISAGREEMENT: "A disagreement",
}


@dataclass(frozen=True)
class MissingLine:
    """`note` is the kind of note that is to be written, where one is missing."""

    words: str
    part: MissingPart
    note: NoteKind | None = None


class MissingBox(SpotPanel):
    place_asked = Signal(object)  # MissingPart
    note_asked = Signal(str)  # a kind

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._complete = False
        self._title = Label("", weight=Weight.SEMIBOLD, parent=self)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._title.setIndent(3)  # as far in as the words of the lines
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 11, 10, 11)
        column.setSpacing(3)
        column.addWidget(self._title)
        column.addLayout(self._lines)
        self._later = QTimer(self)  # after the paint that shows the rating itself
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._show)

    @property
    def words(self) -> list[str]:
        return [link.accessibleName() for link in self.findChildren(QuietLink) if not link.isHidden()]

    def refresh(self) -> None:
        self._later.start()

    def _show(self) -> None:
        if not self.spot.criterion:
            return
        lines = missing_lines(self.record, self._parts())
        self._complete = not lines
        self._title.setText("Nothing is missing here" if self._complete else "Still missing here")
        self._title.set_tone(Tone.MET if self._complete else Tone.PARTLY)
        clear(self._lines)
        for line in lines:
            link = self._link(line)
            self._lines.addWidget(link)
            link.show()
        self.update()

    def _parts(self) -> list[MissingPart]:
        """Of the criterion, and of the findings that were raised on it."""
        code = self.spot.criterion
        of_findings = [part for part in missing_in_findings(self.record, code) if part.criterion == code]
        return [*missing_in(self.record, self.criterion), *of_findings]

    def _link(self, line: MissingLine) -> QuietLink:
        link = QuietLink(
            line.words, line.words, tone=Tone.PARTLY, size=TextSize.BODY, stretches=True, parent=self
        )
        link.clicked.connect(lambda: self._go(line))
        return link

    def _go(self, line: MissingLine) -> None:
        if line.part.finding:
            self.desk.go(place_of_missing(line.part))
        elif line.note is not None and self.writable:
            self.note_asked.emit(line.note.value)
        else:
            self.place_asked.emit(line.part)

    def take(self, change: Change, origin: QObject | None) -> None:
        if any(key.type in _TOUCHING for key in change.keys):
            self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of()
        tone = Tone.MET if self._complete else Tone.PARTLY
        rounded(QPainter(self), QRectF(self.rect()), RADIUS, fill=look.palette.tone(tone).wash)


def missing_lines(record: VisitRecord, parts: Iterable[MissingPart]) -> list[MissingLine]:
    """One line for each kind of gap and stage."""
    groups: dict[tuple[object, ...], list[MissingPart]] = {}
    for part in parts:
        single = part.gap is Gap.NOTE or bool(part.finding)
        key = (part.gap, part.words) if single else (part.gap, part.stage)
        groups.setdefault(key, []).append(part)
    return [_line(record, group) for group in groups.values()]


def _line(record: VisitRecord, group: list[MissingPart]) -> MissingLine:
    first = group[0]
    if first.finding:
        return MissingLine(first.words, first)
    if first.gap is Gap.NOTE:
        kind = next((kind for kind in NoteKind if kind.value in first.words), None)
        return MissingLine(f"A note: {kind.value}" if kind else first.words, first, kind)
    what = _WHAT.get(first.gap, first.words)
    stage = "" if first.stage is None or first.stage is first.stage.SITE else " on documents"
    return MissingLine(f"{what}{stage}{_places(record, group)}", first)


def _places(record: VisitRecord, group: list[MissingPart]) -> str:
    """“: Harbour CDC and 3 more sites”; nothing where only the network is meant."""
    names = [record.site_name(part.site) for part in group]
    if [part.site for part in group] == [NETWORK]:
        return ""
    more = len(names) - 2
    if more < 1:
        return f": {' and '.join(names)}"
    return f": {', '.join(names[:2])} and {more} more"
