"""A visit on the start screen: how far it is, whose it is and when, and what is open in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from qsin_desktop.domain.responses import FindingStatus
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.finding_face import status_face
from qsin_desktop.ui.screens.parts import IconMark
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.widgets.card import PressCard
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.drawing import rounded, square_in
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.label import ElidedLabel
from qsin_desktop.ui.widgets.progress_ring import ProgressRing
from qsin_desktop.ui.words import count, dates_in_words, joined, path_in_words

if TYPE_CHECKING:
    from qsin_desktop.actions.library import VisitCard


class VisitCardButton(PressCard):
    """`where` also names the folder, for visits that lie outside the library."""

    menu_asked = Signal(object)  # the button it hangs on

    def __init__(
        self, card: VisitCard, today: date, *, where: bool = False, looking: bool = False, parent: QWidget
    ) -> None:
        super().__init__("", parent, padding=20)
        self.card = card
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum
        )  # chips may need two lines
        title = card.network or card.title
        line = _line(card, looking=looking)
        self.body.addWidget(self._mark(), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(ElidedLabel(title, TextSize.HEADING, Weight.SEMIBOLD, parent=self))
        words.addWidget(ElidedLabel(line, soft=True, parent=self))
        if where:
            place = path_in_words(card.path.parent)
            words.addWidget(ElidedLabel(place, TextSize.SMALL, soft=True, parent=self))
        chips = _chips(card, today)
        if chips:
            words.addSpacing(4)
            words.addLayout(self._flow(chips))
        self.body.addLayout(words, 1)
        self.more = IconButton("more", f"More for “{title}”", parent=self)
        self.more.clicked.connect(lambda: self.menu_asked.emit(self.more))
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(IconMark("chevron-right", 18, parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_name(", ".join([title, line, *(chip.text() for chip in chips)]))

    def _mark(self) -> QWidget:
        if self.card.locked or not self.card.criteria:
            return _LockDisc(self)
        ring = ProgressRing(48, self)
        ring.set_share(self.card.rated, self.card.criteria, "criteria rated")
        return ring

    def _flow(self, chips: list[Chip]) -> FlowLayout:
        flow = FlowLayout(gap=6, line_gap=6)
        for chip in chips:
            chip.setParent(self)
            flow.addWidget(chip)
        return flow


def _line(card: VisitCard, *, looking: bool) -> str:
    if looking:
        return "Looking how far it is…"
    if card.locked:
        return "Locked. It asks for its passphrase."
    lead = f"lead {card.lead}" if card.lead else ""
    return joined(dates_in_words(card.starts, card.ends) or "No dates yet", lead)


def _chips(card: VisitCard, today: date) -> list[Chip]:
    from qsin_desktop.actions.library import stage_of

    if card.locked or not card.criteria:
        return []
    chips = [Chip("Example", Tone.ACCENT, icon="sparkle")] if card.example else []
    if card.sealed:
        chips.append(Chip("Sealed", Tone.MET, icon="seal"))
    elif stage := stage_of(card, today):
        chips.append(Chip(stage, Tone.ACCENT, icon="calendar"))
    if card.disagreements:
        chips.append(Chip(count(card.disagreements, "disagreement"), Tone.NOT_MET, icon="disagreement"))
    if card.missing:
        chips.append(Chip(f"{card.missing:,} missing", Tone.NOT_APPLICABLE, sign=Sign.RING))
    elif not card.disagreements and not card.sealed:
        chips.append(Chip("Nothing missing", Tone.MET, sign=Sign.TICK))
    return chips + _finding_chips(card, today)


def _finding_chips(card: VisitCard, today: date) -> list[Chip]:
    """What presses most first; how many of them are closed once one is."""
    from qsin_desktop.actions.library import due_findings

    overdue, due, still_open = due_findings(card, today)
    asked = card.answered + card.awaited + card.closed
    closed = f"{card.closed:,} of {count(asked, 'finding')} closed"
    found = (
        (overdue, f"{overdue:,} overdue", FindingStatus.OVERDUE),
        (card.answered, f"{count(card.answered, 'answer')} to look at", FindingStatus.ANSWERED),
        (due, f"{due:,} due soon", FindingStatus.DUE),
        (still_open, f"{still_open:,} open", FindingStatus.OPEN),
        (card.closed, closed, FindingStatus.CLOSED),
    )
    faces = [(words, status_face(status)) for number, words, status in found if number]
    return [Chip(words, face.tone, sign=face.sign, icon=face.icon) for words, face in faces]


class _LockDisc(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = look_of().px(48)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = look_of(), QPainter(self)
        disc = square_in(QRectF(self.rect()), look.px(48))
        rounded(painter, disc, disc.width() / 2, fill=look.palette.not_applicable.wash)
        icons.draw(painter, square_in(disc, look.px(20)), "lock", look.palette.soft_text)
