"""One disagreement: what it is about, before, mine and theirs beside each other, and how it is settled."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from qsin_desktop.actions.disagreements import with_base
from qsin_desktop.actions.findings import grade_finding
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.settling import take_side
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standing import Standing
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import Place, place_of_conflict
from qsin_desktop.ui.screens.team_settling import Draft, Settling, settling_of
from qsin_desktop.ui.screens.team_sides import SideCard, is_prose, side_cards, subject
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.button import quiet
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.label import Paragraph

_SEALED = (
    "The visit is sealed, and this came after it. On the Report screen the lead reopens the visit to settle "
    "it, or leaves out what came later."
)


class ConflictCard(Card):
    """`conflict` is what the record tells, to be compared; what is shown has its base too."""

    def __init__(self, desk: Desk, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(padding=16, parent=parent)
        self._desk, self.conflict = desk, conflict
        self._shown = with_base(desk.visit, conflict)
        self._prose = is_prose(conflict)
        self.set_title(subject(desk.record, conflict))
        self.go = quiet("Go there", "arrow-right", self)
        self.go.clicked.connect(lambda: desk.go(place_of_conflict(desk.record, conflict)))
        if place_of_conflict(desk.record, conflict) == Place("team"):
            self.go.hide()
        self.set_header_widget(self.go)
        self.body.setSpacing(14)
        self.sides = side_cards(desk, self._shown, self)
        self.body.addLayout(self._beside())
        self.settling: Settling | None = settling_of(desk, self._shown, self, prose=self._prose)
        if self.settling is not None:
            self.body.addWidget(self.settling)
        self.advice = Paragraph("", TextSize.LABEL, soft=True, parent=self)
        self.body.addWidget(self.advice)
        self.set_writable(desk.writable)

    def _beside(self) -> QHBoxLayout:
        beside = QHBoxLayout()
        beside.setSpacing(12)
        for card in self.sides:
            if card.side is not None:
                self._offer(card, card.side)
            beside.addWidget(card, 1)
        return beside

    def _offer(self, card: SideCard, side: Standing) -> None:
        """Keep a text; agree with a colleague's opinion where I have one of my own."""
        record, visit = self._desk.record, self._desk.visit
        who = record.person_name(side.by)
        if self._is_fact:
            card.add_button("Keep this one", f"Keep what {who} wrote", partial(self._take, side))
        elif self.conflict.key.type != "seal" and side.by != visit.me and self.conflict.mine(visit.me):
            card.add_button("I agree with this", f"Agree with {who}", partial(self._agree, side))

    @property
    def _is_fact(self) -> bool:
        return self.conflict.key.type not in ("rating", "seal") and self.conflict.key.field != "grade"

    @property
    def _advice(self) -> str:
        mine = self.conflict.mine(self._desk.visit.me)
        if self._desk.record.seal is not None:
            return _SEALED
        if self._is_fact or self._desk.visit.i_lead:
            return "" if self.settling is not None or not self._is_fact else "Keep the one that is right."
        if self.conflict.key.type == "seal":
            return "Neither seal is in force; the lead assessor takes both off and seals the visit once."
        if mine is not None:
            return "The lead assessor settles it with a reason; or you agree with the other."
        return "The lead assessor settles it with a reason, or the two agree."

    # ---- ending it ----------------------------------------------------------------------------------

    def _take(self, side: Standing) -> None:
        done = self._desk.act(lambda: take_side(self._desk.visit, self.conflict, side.entry))
        if done is not None:
            self._desk.messages.done("Settled; the other text stays in the record.", undo=True)

    def _agree(self, side: Standing) -> None:
        if self._desk.act(lambda: self._my_opinion(side)) is not None:
            self._desk.messages.done("You agree now; what you said before stays in the trail.", undo=True)

    def _my_opinion(self, side: Standing) -> Change:
        key, visit = self.conflict.key, self._desk.visit
        if key.type != "rating":
            return grade_finding(visit, finding=key.entity, grade=side.value)
        rated = RatingKey.from_entity(key.entity)
        return rate(
            visit,
            criterion=rated.criterion,
            rating=side.value["rating"],
            reason=side.value.get("reason", ""),
            site=rated.site,
            stage=rated.stage,
        )

    # ---- what was begun -----------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        return self.settling.draft if self.settling is not None else Draft()

    def take_draft(self, draft: Draft | None) -> None:
        if draft is not None and self.settling is not None:
            self.settling.take_draft(draft)

    def take_focus(self) -> None:
        if self.settling is not None:
            self.settling.take_focus()
        else:
            self.go.setFocus()

    def set_writable(self, writable: bool) -> None:
        self.advice.setText(self._advice)
        self.advice.setVisible(bool(self._advice))
        if self.settling is not None:
            self.settling.set_writable(writable)
        for card in self.sides:
            for button in card.buttons:
                button.setEnabled(writable)
