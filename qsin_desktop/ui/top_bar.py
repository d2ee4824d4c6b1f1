"""The top of a visit: whose it is and when, the search field, and whether what was typed is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.commands import COMMANDS, native, tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.exchange_chip import ExchangeChip
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import column
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.widgets.card import Panel
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.label import ElidedLabel
from qsin_desktop.ui.widgets.saved_state import SavedState
from qsin_desktop.ui.widgets.search_box import SearchBox
from qsin_desktop.ui.words import dates_in_words, joined

_ROOMY = 1140  # pixels: all chips find room beside the names


class TopBar(Panel):
    menu_asked = Signal(object)  # the button it hangs on

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__("bottom", parent)
        self._desk, self._today = desk, today
        self.network = ElidedLabel("", TextSize.HEADING, Weight.SEMIBOLD, parent=self)
        self.line = ElidedLabel("", TextSize.LABEL, soft=True, parent=self)
        self.search = SearchBox("Find a criterion, exhibit, word", _search_key(), self)
        self.saved = SavedState(self)
        self._sealed = Chip("Sealed", Tone.MET, icon="seal", parent=self)
        self._sealed.setToolTip("Signed off by the lead. The lead can reopen it on the Report screen.")
        self._lay_out()
        self._show_state()
        desk.feed.changed.connect(self._changed)
        desk.saved.connect(self.saved.saved)
        desk.unsaved.connect(self._not_saved)

    def _lay_out(self) -> None:
        names = column(self.network, self.line, gap=1)
        self.search.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        bar = QHBoxLayout(self)
        bar.setContentsMargins(20, 10, 12, 11)
        bar.setSpacing(12)
        bar.addLayout(names, 1)
        bar.addWidget(self.search)
        if not self._desk.visit.protected:
            bar.addWidget(self._unprotected())
        self.exchange = ExchangeChip(self._desk, self)
        bar.addWidget(self.exchange)
        bar.addWidget(self._sealed)
        bar.addWidget(self.saved)
        menu = IconButton("more", tip("app.menu"), parent=self)
        menu.clicked.connect(lambda: self.menu_asked.emit(menu))
        bar.addWidget(menu)
        self.menu_button = menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the name of the network goes before what is always true."""
        super().resizeEvent(event)
        look = look_of()
        roomy = self.width() >= look.px(_ROOMY)
        self.exchange.set_roomy(roomy)
        self.search.setMaximumWidth(look.px(280 if roomy else 220))

    def _unprotected(self) -> Chip:
        chip = Chip("Not protected", Tone.PARTLY, icon="unprotected", parent=self)
        chip.setToolTip(
            "A key file beside the visit opens it: anybody who has both can read it. For examples only."
        )
        return chip

    def _changed(self, change: Change, _origin: object) -> None:
        if change.touches("visit") or change.touches("seal"):
            self._show_state()

    def _show_state(self) -> None:
        record, visit = self._desk.record, self._desk.visit
        self.network.setText(record.facts.network)
        self.line.setText(joined(self._when(), f"{record.pack.title}, {record.rules.title.lower()} rules"))
        self._sealed.setVisible(record.seal is not None)
        if visit.read_only:
            self.saved.read_only(f"This visit can only be read here: {visit.read_only}")

    def _when(self) -> str:
        facts = self._desk.record.facts
        return joined(dates_in_words(facts.starts, facts.ends), self._day())

    def _day(self) -> str:
        facts, today = self._desk.record.facts, self._today()
        first, last = facts.first_day, facts.last_day
        if first is None or last is None or not first <= today <= last or first == last:
            return ""
        return f"Day {(today - first).days + 1}"

    def _not_saved(self, sentence: str) -> None:
        self.saved.not_saved(self._desk.unsaved_why, sentence)


def _search_key() -> str:
    """The long one: in a search field it is the one that is always right."""
    return native(COMMANDS["app.search"].keys[0]).replace("+", " ")
