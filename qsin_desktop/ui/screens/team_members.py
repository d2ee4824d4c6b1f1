"""Who is still out: of each member what is here and what they have not seen; and the laptops they work on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from qsin_desktop.actions.team_state import LaptopState, PersonState, TeamState, team_state
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.cut_off import CutOffPage
from qsin_desktop.ui.handing_over import ask_invite
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.screens.parts import clear, column, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import IconButton, quiet
from qsin_desktop.ui.widgets.card import Card, Line, NoticeBox
from qsin_desktop.ui.widgets.chip import Chip
from qsin_desktop.ui.widgets.label import ElidedLabel, Label, Paragraph
from qsin_desktop.ui.widgets.progress_ring import ThinBar
from qsin_desktop.ui.words import count, joined

_FORKED = (
    "Two laptops write under this key from entry {entry:,} on. Both stories are kept; cut the key off there "
    "and confirm the new ones."
)
_SOON = 200  # milliseconds: many changes are counted once


class MembersCard(Card):
    """Counting looks at journal and disk: only while seen, and once for many changes."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Who is still out", padding=16, parent=parent)
        self._desk = desk
        self._stale = False
        self.invite = quiet("Invite…", "user-add", self)
        self.invite.setToolTip("Write an invitation for a colleague's laptop")
        self.invite.clicked.connect(lambda: ask_invite(desk, self.window()))
        self.invite.setVisible(desk.visit.i_lead and not desk.visit.read_only)
        self.set_header_widget(self.invite)
        self._newer = NoticeBox(Tone.PARTLY, "", "", self)
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.body.setSpacing(12)
        self.body.addWidget(self._newer)
        self.body.addLayout(self._column)
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(_SOON)
        self.soon.timeout.connect(self.refresh)
        desk.feed.changed.connect(lambda _change, _origin: self._later())
        desk.exchanges.ended.connect(lambda _outcome: self._later())
        self.refresh()

    def _later(self) -> None:
        self._stale = True
        if self.isVisible():
            self.soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.soon.stop()

    def refresh(self) -> None:
        self._stale = False
        if self._desk.left:
            return
        state = team_state(self._desk.visit)
        clear(self._column)
        self._say_newer(state)
        shown = [p for p in state.people if p.role is not None or p.laptops or p.exhibits]
        for number, person in enumerate(shown):
            if number:
                self._column.addWidget(Line(self))
            self._column.addWidget(PersonBox(self._desk, person, self))
        out = len(state.not_handed_in)
        assessing = sum(1 for p in state.people if p.role and p.role.assesses)
        self.set_subtitle(
            f"{assessing - out} of {count(assessing, 'assessor')} handed in" if assessing > 1 else ""
        )

    def _say_newer(self, state: TeamState) -> None:
        self._newer.setVisible(bool(state.unknown))
        self._newer.set_words(
            "A colleague uses a newer program",
            f"{count(state.unknown, 'entry is', 'entries are')} kept and handed on, and not understood here. "
            "Install the newer version of QSIN Desktop before the visit is sealed.",
        )


class PersonBox(QWidget):
    def __init__(self, desk: Desk, person: PersonState, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.person = desk, person
        me = person.person == desk.visit.me
        text, tone, sign, icon = state_of_person(person, me=me)
        self.chip = Chip(text, tone, sign=sign, icon=icon, parent=self)
        name = ElidedLabel(person.name, TextSize.BODY, Weight.SEMIBOLD, parent=self)
        organisation = next((p.organisation for p in desk.record.people if p.id == person.person), "")
        label = person.role.label if person.role else "Not in the team"
        about = ElidedLabel(
            joined("You" if me else "", label, organisation), TextSize.LABEL, soft=True, parent=self
        )
        assesses = person.role is not None and person.role.assesses
        self.chip.setVisible(assesses or me or bool(person.laptops))
        head = row(name, self.chip, gap=8)
        head.setStretch(0, 1)
        lines = column(head, about, gap=3)
        self._evidence(lines)
        for laptop in person.laptops:
            lines.addLayout(self._laptop(laptop))
        self.setLayout(lines)

    def _evidence(self, lines: QVBoxLayout) -> None:
        """“122 of 200 exhibits here”, with a bar, while some are still out."""
        person = self.person
        if not person.exhibits or person.exhibits_here == person.exhibits:
            return
        self.bar = ThinBar(self)
        words = f"{person.exhibits_here:,} of {count(person.exhibits, 'exhibit')} here"
        self.bar.set_share(person.exhibits_here, person.exhibits, words)
        lines.addSpacing(4)
        lines.addWidget(self.bar)
        lines.addWidget(Label(words, TextSize.SMALL, soft=True, parent=self))

    def _laptop(self, laptop: LaptopState) -> QVBoxLayout:
        words = ElidedLabel(laptop_words(laptop), TextSize.SMALL, soft=True, parent=self)
        line = row(words, gap=6)
        line.setStretch(0, 1)
        may_cut = self._desk.visit.i_lead and not laptop.mine and laptop.cut_at is None
        if may_cut and not self._desk.visit.read_only:
            more = IconButton("more", f"More about the laptop of {self.person.name}", parent=self)
            more.setFixedSize(look_of().px(28), look_of().px(22))
            more.clicked.connect(partial(self._menu, more, laptop))
            line.addWidget(more)
        lines = column(line, gap=2)
        for sentence, tone in laptop_notes(laptop):
            lines.addWidget(Paragraph(sentence, TextSize.SMALL, soft=tone is None, tone=tone, parent=self))
        return lines

    def _menu(self, button: QWidget, laptop: LaptopState) -> None:
        menu = QMenu(self)
        act = menu.addAction("Cut this laptop off…")
        act.triggered.connect(lambda: self._cut_off(laptop))
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _cut_off(self, laptop: LaptopState) -> None:
        CutOffPage(self._desk, laptop.device, self.window()).open()


def state_of_person(person: PersonState, *, me: bool) -> tuple[str, Tone, Sign | None, str]:
    """Words, tone, sign and icon of a person's chip."""
    laptops = [x for x in person.laptops if x.cut_at is None]
    if me:
        return "This laptop", Tone.ACCENT, None, "laptop"
    if any(laptop.forked_at is not None for laptop in laptops):
        return "Two under one key", Tone.NOT_MET, None, "warning"
    if any(not laptop.confirmed and laptop.entries for laptop in laptops):
        return "Waits to be confirmed", Tone.PARTLY, None, "clock"
    if not person.entries:
        return "Nothing came yet", Tone.NOT_APPLICABLE, Sign.RING, ""
    if person.exhibits_here < person.exhibits:
        return f"{person.exhibits - person.exhibits_here:,} still out", Tone.PARTLY, None, "clock"
    return "All here", Tone.MET, Sign.TICK, ""


def laptop_words(laptop: LaptopState) -> str:
    """“Laptop 1EA1 4E69 · 422 entries · exchanged 25 Nov 13:44”."""
    short = f"{laptop.device[:4]} {laptop.device[4:8]}".upper()
    seen = moment(laptop.seen_at)
    return joined(
        f"{'This laptop' if laptop.mine else 'Laptop'} {short}",
        count(laptop.entries, "entry", "entries"),
        f"exchanged {seen}" if seen else ("" if laptop.mine else "no exchange yet"),
    )


def unseen_words(unseen: int, mine: int) -> str:
    """“Has not seen 12 entries, 3 of them yours.”"""
    entries = count(unseen, "entry", "entries")
    if mine == unseen:
        return f"Has not seen {entries} of yours."
    return f"Has not seen {entries}{f', {mine:,} of them yours' if mine else ''}."


def laptop_notes(laptop: LaptopState) -> list[tuple[str, Tone | None]]:
    """What a person should know about a laptop; a tone where something is to be done."""
    notes: list[tuple[str, Tone | None]] = []
    if laptop.cut_at is not None:
        words = (
            f"Cut off after entry {laptop.cut_at:,}: later ones do not count."
            if laptop.cut_at
            else ("Cut off: nothing of it counts.")
        )
        notes.append((words, Tone.NOT_APPLICABLE))
        return notes
    if laptop.forked_at is not None:
        notes.append(
            (
                _FORKED.format(entry=laptop.forked_at),
                Tone.NOT_MET,
            )
        )
    if not laptop.confirmed:
        notes.append(
            (
                "Not confirmed: what it wrote is kept and waits." if laptop.entries else "Not confirmed.",
                Tone.PARTLY,
            )
        )
    if laptop.unseen and not laptop.mine:
        notes.append((unseen_words(laptop.unseen, laptop.unseen_mine), None))
    return notes
