"""The seal: why it cannot be set yet, the reason for setting it all the same, and what it had seen."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.closing_reasons import kept_reasons, own_reasons
from qsin_desktop.actions.open_visit import lead_of
from qsin_desktop.actions.sealing import reopen, seal
from qsin_desktop.domain.closing import ClosingPoint, PointKind, counts_of, summed_up
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.visits import Seal
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.point_reasons import PointReasons
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.screens.parts import Field, column, row
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.button import primary, quiet, secondary
from qsin_desktop.ui.widgets.card import NoticeBox
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Paragraph
from qsin_desktop.ui.words import count, joined

_WHAT = (
    "The seal is your sign-off: the report is no draft any more, and nothing can be changed until you reopen "
    "the visit. What colleagues send later is kept apart."
)
_EACH = "A reason for each point…"
_REST = "Why it is sealed in spite of the other points; the report states it"
_BLOCKS = {
    PointKind.DISAGREEMENT: "Settle what is disputed first; a disagreement cannot be passed over.",
    PointKind.FORK: "Two laptops write under one key; cut that key off on the Team screen first.",
    PointKind.NEWER: "A newer program wrote what this one does not understand; seal it with that version.",
}


class SealBox(QWidget):
    """Below the list of what is missing. What is typed outlives a refresh."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.words = Paragraph("", TextSize.SMALL, soft=True, parent=self)
        self.notice = NoticeBox(Tone.MET, "", "", self)
        self.reason = GrowingTextEdit("Reason", "", 2, 6, self)
        self.field = Field("", self.reason, parent=self)
        self.reason.textChanged.connect(self.field.accept)
        self.each = quiet("", "note", self)
        self._points: tuple[ClosingPoint, ...] = ()
        self.seal = primary("Seal the visit", "seal", self)
        self.reopen = secondary("Reopen the visit…", "unlock", self)
        self.really = primary("Reopen", "unlock", self)
        self.back = quiet("Back", parent=self)
        self._reopening = False
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 4, 0, 0)
        self._lines.setSpacing(10)
        buttons = row(self.seal, self.reopen, self.really, self.back, 1)
        self._lines.addLayout(column(self.notice, self.words, self.field, row(self.each, 1), buttons, gap=10))
        self.seal.clicked.connect(self._seal)
        self.each.clicked.connect(self.ask_each)
        self.reopen.clicked.connect(lambda: self._ask(reopening=True))
        self.back.clicked.connect(lambda: self._ask(reopening=False))
        self.really.clicked.connect(self._reopen)

    def refresh(self, points: tuple[ClosingPoint, ...]) -> None:
        seal_ = self._desk.record.seal
        self._reopening = self._reopening and seal_ is not None
        may = self._desk.visit.i_lead and not self._desk.visit.read_only
        blocking = [kind for kind in counts_of(points) if kind.blocks]
        soft = bool(points) and not blocking
        self.notice.setVisible(seal_ is not None)
        if seal_ is not None:
            self.notice.set_words(sealed_title(self._desk, seal_), seen_words(self._desk, seal_))
        self.seal.setVisible(seal_ is None and may)
        self.seal.setEnabled(not blocking)
        self.reopen.setVisible(seal_ is not None and may and not self._reopening)
        self.really.setVisible(self._reopening)
        self.back.setVisible(self._reopening)
        self.field.setVisible(self._reopening or (may and seal_ is None and soft))
        self.reason.setPlaceholderText(
            "Why the visit is opened again"
            if self._reopening
            else "Why it is sealed all the same; the report states it"
        )
        self._points = points
        self._show_each(may and seal_ is None and soft)
        self.words.setText(self._sentence(points, blocking, may=may))
        self.words.setVisible(bool(self.words.words))

    def _show_each(self, shown: bool) -> None:
        self.each.setVisible(shown)
        if not shown:
            return
        own = len(own_reasons(self._points, kept_reasons(self._desk.visit)))
        self.each.setText(
            f"{own:,} of {count(len(self._points), 'point')} with a reason of its own…" if own else _EACH
        )
        self.reason.setPlaceholderText(
            _REST if own else "Why it is sealed all the same; the report states it"
        )

    def ask_each(self) -> PointReasons:
        page = PointReasons(self._desk, self._points, self)
        page.finished.connect(lambda _how: self._show_each(True))
        page.open()
        return page

    def _sentence(self, points: tuple[ClosingPoint, ...], blocking: list[PointKind], *, may: bool) -> str:
        visit, seal_ = self._desk.visit, self._desk.record.seal
        lead = lead_of(visit) or "the lead assessor"
        if seal_ is not None:
            return "" if may or visit.read_only else f"{lead} can reopen it, with a reason."
        if visit.read_only:
            return "This visit can only be read here, so it cannot be sealed."
        if not may:
            return f"Only the lead assessor can seal the visit: {lead}."
        if blocking:
            return " ".join(_BLOCKS[kind] for kind in blocking)
        if points:
            open_now = summed_up(counts_of(points))
            return (
                f"{open_now[:1].upper()}{open_now[1:]}. You can seal it all the same, with a reason. {_WHAT}"
            )
        return _WHAT

    def _ask(self, *, reopening: bool) -> None:
        self._reopening = reopening
        self.reason.set_text("", force=True)
        self.field.accept()
        self.refresh(())
        if reopening:
            self.reason.setFocus()

    def _seal(self) -> None:
        reason = self.reason.text() if not self.field.isHidden() else ""
        self._desk.recording.emit()
        try:
            own = kept_reasons(self._desk.visit)
            self._desk.act(lambda: seal(self._desk.visit, in_spite_of=reason, reasons=own), show=False)
        except Refusal as refusal:
            self._refuse(refusal)
        else:
            self._ask(reopening=False)
            self._desk.messages.done("The visit is sealed. The next report is final.")

    def _reopen(self) -> None:
        try:
            self._desk.act(lambda: reopen(self._desk.visit, reason=self.reason.text()), show=False)
        except Refusal as refusal:
            self._refuse(refusal)
        else:
            self._desk.messages.done("The visit is open again.")

    def _refuse(self, refusal: Refusal) -> None:
        if self.field.isHidden():
            self._desk.messages.refused(refusal)
        else:
            self.field.refuse(refusal.sentence)
            self.reason.setFocus()


def sealed_title(desk: Desk, seal_: Seal) -> str:
    """“Sealed 25 Nov 16:02 by Rowan Alder”."""
    return f"Sealed {moment(seal_.at)} by {desk.record.person_name(seal_.by)}"


def seen_words(desk: Desk, seal_: Seal) -> str:
    """What had been seen, person by person, and why it was sealed in spite of open points."""
    seen: Counter[str] = Counter()
    for log in seal_.seen:
        seen[desk.record.person_name(log.person)] += log.entries
    had = joined(*(f"{name} {count(number, 'entry', 'entries')}" for name, number in seen.items()))
    spite = "".join(f"\nIn spite of: {point}. {reason}" for point, reason in seal_.reasons)
    rest = seal_.passed - len(seal_.reasons)
    if rest > 0:
        other = "other open point" if seal_.reasons else "open point"
        spite += f"\nIn spite of {count(rest, other)}: {seal_.reason}"
    return f"It had seen: {had}.{spite}" if had else spite.strip()
