"""The last visit to the network: carried over from its folder, and how this one stands against it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.carrying_over import (
    carry_over,
    drop_last_visit,
    last_visit_of,
    look_at_earlier,
    trend,
)
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.unlocking import NoKeyGiven, asks_for_passphrase
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.last_visit import LastVisit
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.domain.trend import Outcome, Trend, Turn
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.unlock import UnlockPage
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.bar_by_rating import BarByRating, Part, RatingLegend
from qsin_desktop.ui.widgets.button import quiet, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import Label, Paragraph, soft
from qsin_desktop.ui.words import count, dates_in_words, joined

_NOTHING = (
    "What an earlier visit found can stand beside each criterion and in the report. Choose the folder of "
    "that visit."
)
_LOOKS = {
    Turn.BETTER: (Tone.MET, Sign.TICK),
    Turn.SAME: (Tone.ACCENT, Sign.DASH),
    Turn.WORSE: (Tone.NOT_MET, Sign.CROSS),
    Turn.NOT_COMPARED: (Tone.NOT_APPLICABLE, Sign.RING),
}


class LastVisitCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Last visit", padding=20, parent=parent)
        self._desk = desk
        self._stale = False
        self.page: UnlockPage | None = None
        self.name = Label("", TextSize.BODY, Weight.SEMIBOLD, parent=self)
        self.name.setWordWrap(True)
        self.about = soft("", self)
        self.bar, self.legend = BarByRating(self), RatingLegend(self)
        self.findings = Paragraph("", parent=self)
        self.choose = secondary("Carry over…", "folder-open", self)
        self.drop = quiet("Let go of it", "withdraw", self)
        for widget in (self.name, self.about, self.bar, self.legend, self.findings):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.choose, self.drop, 1))
        self.choose.clicked.connect(self.ask_folder)
        self.drop.clicked.connect(self._drop)
        self.refresh()

    def refresh_when_seen(self) -> None:
        """Comparing every criterion is no work to be done at each rating on another screen."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        self._stale = False
        stands = trend(self._desk.record)
        for widget in (self.name, self.bar, self.legend, self.findings):
            widget.setVisible(stands is not None)
        self.drop.setVisible(stands is not None and self._desk.writable)
        self.choose.setText("Carry over…" if stands is None else "Choose another…")
        if stands is None:
            self.about.setText(_NOTHING)
        else:
            self._show(stands)

    def _show(self, stands: Trend) -> None:
        last = stands.last
        self.name.setText(joined(last.network, dates_in_words(last.starts, last.ends) or "no date"))
        final = "" if last.final else "It was not signed off when it was carried over."
        self.about.setText(" ".join(filter(None, (f"By {last.standard}.", final))))
        parts = [Part(turn.value.capitalize(), stands.counts.get(turn, 0), *_LOOKS[turn]) for turn in Turn]
        self.bar.set_parts(parts, sum(part.count for part in parts), "Criteria since the last visit")
        self.legend.set_parts(parts)
        self.findings.setText(_findings_words(stands))

    def flush(self) -> None:
        """A choice is recorded at once."""

    def set_writable(self, writable: bool) -> None:
        self.choose.setEnabled(writable)
        self.drop.setEnabled(writable)

    # ---- acts ---------------------------------------------------------------------------------------

    def ask_folder(self) -> None:
        folder = self._desk.asking.folder(self, "Choose the folder of the earlier visit", "earlier visit")
        if folder is not None and self._desk.writable:
            self.look_at(folder)

    def look_at(self, folder: Path) -> None:
        """Opened for reading, by a key that lies ready or by its passphrase."""
        identity = self._desk.visit.identity
        self._desk.jobs.run(
            f"Looking at “{folder.name}”",
            lambda _report, _is_cancelled: look_at_earlier(folder, identity=identity),
            done=self._carry,
            refused=lambda refusal: self._refused(refusal, folder),
        )

    def _refused(self, refusal: Refusal, folder: Path) -> None:
        if not (isinstance(refusal, NoKeyGiven) and asks_for_passphrase(folder)):
            self._desk.messages.refused(refusal)
            return
        title = folder.name.removesuffix(".qsin")
        page = UnlockPage(
            folder, title, self._desk.visit.identity, self._desk.jobs, self.window(), reading=True
        )
        page.opened.connect(self._take)
        page.damaged.connect(lambda sentence, _key: self._desk.messages.refused(sentence))
        self.page = page
        page.open()

    def _take(self, earlier: OpenVisit) -> None:
        try:
            with earlier:
                last = last_visit_of(earlier)
        except Refusal as refusal:
            self._desk.messages.refused(refusal)
        else:
            self._carry(last)

    def _carry(self, last: LastVisit) -> None:
        if self._desk.left:  # the visit was closed meanwhile
            return
        change = self._desk.act(lambda: carry_over(self._desk.visit, last), self)
        if change is None:
            return
        self.refresh()
        self._desk.messages.done(
            joined(
                "The last visit was carried over",
                count(len(last.ratings), "rating"),
                count(len(last.findings), "finding"),
            )
            if change.keys
            else "That visit was carried over before; nothing has changed in it.",
            undo=bool(change.keys),
        )

    def _drop(self) -> None:
        if self._desk.act(lambda: drop_last_visit(self._desk.visit), self) is not None:
            self.refresh()
            self._desk.messages.done("The last visit is not compared with any more.", undo=True)


def _findings_words(stands: Trend) -> str:
    """“15 findings then: 3 resolved · 12 not judged yet”."""
    if not stands.findings:
        return "It left no finding that asked for an answer."
    counts = Counter(one.outcome for one in stands.findings)
    told = joined(*(outcome.counted(counts[outcome]) for outcome in Outcome if counts[outcome]))
    return f"{count(len(stands.findings), 'finding')} then: {told}"
