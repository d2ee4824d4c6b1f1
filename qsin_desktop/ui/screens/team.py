"""The team: disagreements to settle, new laptops to confirm, the exchange, and who is still out."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.ui.commands import KeyHint, cap
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.places import MEMBERS, WAITING, Place
from qsin_desktop.ui.screens.parts import ScrollColumn, clear, column
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.screens.team_conflict import ConflictCard
from qsin_desktop.ui.screens.team_enrol import OwnWordsCard, WaitingCard
from qsin_desktop.ui.screens.team_exchange import ExchangeCard
from qsin_desktop.ui.screens.team_last import LastExchangeCard
from qsin_desktop.ui.screens.team_members import MembersCard
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.label import heading
from qsin_desktop.ui.words import count

_SIDE = 440
_QT_MOST = 16_777_215  # Qt's own limit of a width: none
_ROOM_BESIDE = 900  # below this the two halves stand one under the other


class TeamScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.cards: dict[FieldKey, ConflictCard] = {}
        self.own_words, self.waiting = OwnWordsCard(desk, self), WaitingCard(desk, self)
        self.exchange, self.last = ExchangeCard(desk, self), LastExchangeCard(desk, self)
        self.members = MembersCard(desk, self)
        self._title = heading("", self)
        self.nothing = self._nothing_to_settle()
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self._lay_out()
        desk.feed.changed.connect(self._changed)
        self._show_conflicts()

    def _nothing_to_settle(self) -> Card:
        card = Card(padding=16, parent=self)
        sentence = "Where two people judged or wrote differently, both sides show here until they agree."
        card.body.addWidget(EmptyState("settle", "No disagreements", sentence, parent=card))
        return card

    def _lay_out(self) -> None:
        page = ScrollColumn(1560, self, margin=20)
        side = self._side = QWidget(self)
        side.setLayout(column(self.exchange, self.members, 1, gap=16))
        halves = self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        halves.setSpacing(20)
        disagreements = column(self.nothing, self._title, self._column, gap=12)
        halves.addLayout(column(self.own_words, self.waiting, disagreements, self.last, 1, gap=16), 1)
        halves.addWidget(side)
        page.column.addLayout(halves)
        page.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        self._page = page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text in a small window there is no room for two halves side by side."""
        super().resizeEvent(event)
        look, ways = look_of(), QBoxLayout.Direction
        beside = self.width() >= look.px(_ROOM_BESIDE)
        self._halves.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._side.setMinimumWidth(look.px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(look.px(_SIDE) if beside else _QT_MOST)

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint((cap("team.hand_over"),), "hand over"),
            KeyHint((cap("team.receive"),), "receive"),
            KeyHint((cap("team.meet"),), "exchange now"),
            KeyHint(("Esc",), "leave a box"),
        )

    @property
    def foot_words(self) -> str:
        open_ones = len(self.desk.record.conflicts)
        return f"{count(open_ones, 'disagreement')} to settle" if open_ones else ""

    def show_place(self, place: Place) -> None:
        if place.part == WAITING and self.waiting.boxes:  # no button takes the focus: Enter would confirm
            self._page.bring(self.waiting)
        elif place.part == MEMBERS:
            self._page.bring(self.members)
        elif self.cards:
            first = next(iter(self.cards.values()))
            first.take_focus()
            self._page.bring(first.sides[0])  # no further down than that: what stands above is read first

    def flush(self) -> None:
        """Nothing here is saved as it is typed: a reason is recorded with its rating."""

    def _changed(self, change: Change, _origin: object) -> None:
        self._show_conflicts()
        self.own_words.refresh()
        self.waiting.refresh()  # a laptop nobody knows may have written what came
        if change.touches("seal"):
            self.exchange.refresh()

    def _show_conflicts(self) -> None:
        """Cards whose sides are the same are kept, with what is being typed in them."""
        now = {conflict.key: conflict for conflict in self.desk.record.conflicts}
        same = {key: card for key, card in self.cards.items() if now.get(key) == card.conflict}
        if same.keys() == now.keys() and len(self.cards) == len(now):
            for card in self.cards.values():
                card.set_writable(self.desk.writable)
        else:
            self._make_cards(now)
        self.nothing.setVisible(not now)
        self._title.setVisible(bool(now))
        self._title.setText(f"{count(len(now), 'disagreement')} to settle")

    def _make_cards(self, now: dict[FieldKey, Conflict]) -> None:
        drafts = {key: card.draft for key, card in self.cards.items()}
        likely = self._where_to_go_on()
        clear(self._column)
        self.cards = {}
        for key, conflict in now.items():
            card = self.cards[key] = ConflictCard(self.desk, conflict, self)
            card.take_draft(drafts.get(key))
            self._column.addWidget(card)
        next_one = next((self.cards[key] for key in likely if key in self.cards), None)
        if next_one is not None:
            next_one.take_focus()
            QTimer.singleShot(0, next_one, lambda: self._show_whole(next_one))  # when it has its place

    def _where_to_go_on(self) -> list[FieldKey]:
        """With the keyboard in a disagreement: that one, those after it, those before; else none."""
        focus, keys = QApplication.focusWidget(), list(self.cards)
        inside = (n for n, card in enumerate(self.cards.values()) if focus and card.isAncestorOf(focus))
        at = next(inside, None)
        return [] if at is None else [*keys[at:], *reversed(keys[:at])]

    def _show_whole(self, card: ConflictCard) -> None:
        if card.visibleRegion().boundingRect().height() < card.height():
            bar = self._page.verticalScrollBar()
            bar.setValue(bar.value() + card.mapTo(self, QPoint()).y() - look_of().px(16))
