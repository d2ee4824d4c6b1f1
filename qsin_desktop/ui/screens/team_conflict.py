"""One disagreement: what it is about, each side with its author, and how it is settled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.actions.rating import settle
from qsin_desktop.actions.settling import field_words, take_side
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standing import Standing
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.places import Place, place_of_conflict
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, primary, quiet, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label, soft
from qsin_desktop.ui.widgets.rating_row import RatingRow
from qsin_desktop.ui.widgets.sign import SignLabel


@dataclass(frozen=True)
class Draft:
    """What the lead began to settle."""

    rating: str | None
    reason: str


class ConflictCard(Card):
    def __init__(self, desk: Desk, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(padding=16, parent=parent)
        self._desk, self.conflict = desk, conflict
        self.set_title(subject(desk.record, conflict))
        self.go = quiet("Go there", "arrow-right", self)
        self.go.clicked.connect(lambda: desk.go(place_of_conflict(conflict)))
        if place_of_conflict(conflict) == Place("team"):
            self.go.hide()
        self.set_header_widget(self.go)
        self.ratings = RatingRow(self)
        self.reason = GrowingTextEdit(
            "Why this rating stands", "Why this rating stands. Both views stay in the record.", 2, 8, self
        )
        self.button = primary("Settle", "settle", self)
        self.takes: list[Button] = []
        self.field = Field("", self.reason, parent=self)
        self.body.setSpacing(14)
        self.body.addLayout(self._sides())
        self.body.addLayout(self._settling())
        self.set_writable(desk.writable)

    # ---- the sides ----------------------------------------------------------------------------------

    def _sides(self) -> QHBoxLayout:
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for side in self.conflict.sides:
            sides.addWidget(self._side(side), 1)
        return sides

    def _side(self, side: Standing) -> Card:
        card = Card(sunken=True, padding=14, parent=self)
        who = self._desk.record.person_name(side.by)
        card.body.addWidget(field_label(f"{who}, {moment(side.at)}", parent=card))
        if self.conflict.key.type == "rating":
            self._fill_rating(card, side)
        else:
            card.body.addWidget(Paragraph(said(self._desk.record, self.conflict, side), parent=card))
        card.body.addStretch(1)
        if self._is_text:
            take = secondary("Keep this one", "check", card)
            take.setAccessibleName(f"Keep what {who} wrote")
            take.clicked.connect(lambda: self._take(side))
            self.takes.append(take)
            card.body.addLayout(row(take, 1))
        return card

    def _fill_rating(self, card: Card, side: Standing) -> None:
        point = next((p for p in self._desk.record.rules.scale if p.id == side.value["rating"]), None)
        if point is not None:
            mark = SignLabel(point.sign, point.tone, side=20, parent=card)
            card.body.addLayout(row(mark, Label(point.label, weight=Weight.SEMIBOLD, parent=card), 1))
        reason = side.value.get("reason", "")
        card.body.addWidget(Paragraph(reason, parent=card) if reason else soft("No reason given", card))

    @property
    def _is_text(self) -> bool:
        return self.conflict.key.type not in ("rating", "seal") and self.conflict.key.field != "grade"

    def _take(self, side: Standing) -> None:
        done = self._desk.act(lambda: take_side(self._desk.visit, self.conflict, side.entry))
        if done is not None:
            self._desk.messages.done("Settled; the other text stays in the record.", undo=True)

    # ---- settling -----------------------------------------------------------------------------------

    def _settling(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(8)
        for widget in (self.ratings, self.field, self.button):
            widget.hide()
        if self.conflict.key.type == "rating" and self._desk.visit.i_lead:
            lines.addWidget(field_label("You settle it, with a reason", parent=self))
            self.ratings.set_scale([replace(point, key="") for point in self._desk.record.rules.scale])
            self.ratings.chosen.connect(self.ratings.set_pending)
            self.button.clicked.connect(self._settle)
            lines.addWidget(self.ratings)
            lines.addWidget(self.field)
            lines.addLayout(row(1, self.button))
            for widget in (self.ratings, self.field, self.button):
                widget.show()
        else:
            lines.addWidget(Label(self._advice, TextSize.LABEL, soft=True, parent=self))
        return lines

    @property
    def _advice(self) -> str:
        if self._is_text:
            return "Keep one, or write a better text where it belongs."
        if self.conflict.key.field == "grade":
            return "Grades are settled on the finding itself, by the lead with a reason."
        return "The lead assessor settles it. Or change your own rating there, and you agree."

    @property
    def draft(self) -> Draft:
        return Draft(self.ratings.pending, self.reason.text())

    def take_draft(self, draft: Draft | None) -> None:
        if draft is not None:
            self.ratings.set_pending(draft.rating)
            self.reason.set_text(draft.reason, force=True)

    def take_focus(self) -> None:
        (self.ratings if self.ratings.isVisibleTo(self) else self.go).setFocus()

    def set_writable(self, writable: bool) -> None:
        for widget in (self.ratings, self.button, *self.takes):
            widget.setEnabled(writable)
        self.reason.setReadOnly(not writable)

    def _settle(self) -> None:
        rating, reason = self.ratings.pending, self.reason.text()
        if rating is None:
            self.field.refuse("Choose the rating that is to stand.")
            return
        key = RatingKey.from_entity(self.conflict.key.entity)
        try:
            self._desk.act(
                lambda: settle(
                    self._desk.visit,
                    criterion=key.criterion,
                    rating=rating,
                    reason=reason,
                    site=key.site,
                    stage=key.stage,
                ),
                show=False,
            )
        except Refusal as refusal:
            self.field.refuse(refusal.sentence)
            self.reason.setFocus()
        else:
            self._desk.messages.done("Settled; both views stay in the record.", undo=True)


def subject(record: VisitRecord, conflict: Conflict) -> str:
    """“IN-202 a, network, on site” or “Gap of a finding: F-003”."""
    key = conflict.key
    if key.type == "rating":
        rated = RatingKey.from_entity(key.entity)
        code = record.pack.criterion(rated.criterion).shown_code
        return f"{code}, {record.site_name(rated.site)}, {rated.stage.label.lower()}"
    words = field_words(key)
    named = _name_of(record, conflict)
    return f"{words[:1].upper()}{words[1:]}{f': {named}' if named else ''}"


def _name_of(record: VisitRecord, conflict: Conflict) -> str:
    entity = conflict.key.entity
    if conflict.key.type in ("finding", "response"):
        return getattr(record.finding(entity), "number", "")
    if conflict.key.type == "exhibit":
        return getattr(record.exhibit(entity), "number", "")
    if conflict.key.type == "person":
        return record.person_name(entity)
    return ""


def said(record: VisitRecord, conflict: Conflict, side: Standing) -> str:
    if conflict.key.field == "grade":
        return next((g.label for g in record.rules.grades if g.id == side.value), str(side.value))
    if conflict.key.type == "seal":
        return "Sealed the visit"
    if isinstance(side.value, dict):
        return "\n".join(str(text) for text in side.value.values() if text)
    return str(side.value)
