"""The sides of a disagreement beside each other: what stood before, mine, theirs; who wrote it and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.settling import field_words
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.joint_text import Part, differences
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.screens.parts import row
from qsin_desktop.ui.type import Weight
from qsin_desktop.ui.widgets.button import Button, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.compared_text import ComparedText
from qsin_desktop.ui.widgets.label import Label, Paragraph, field_label, soft
from qsin_desktop.ui.widgets.sign import SignLabel

_TONES = (Tone.ACCENT, Tone.PARTLY, Tone.MET)
_NO_PROSE = {
    ("visit", "starts"),
    ("visit", "ends"),
    ("visit", "recommendation"),
    ("person", "role"),
    ("note", "kind"),
    ("finding", "grade"),
    ("finding", "due"),
    ("finding", "site"),
}


def is_prose(conflict: Conflict) -> bool:
    """Texts that people write in sentences or names, which can be joined; not days, parts or gradings."""
    key = conflict.key
    return (
        key.type not in ("rating", "seal")
        and (key.type, key.field) not in _NO_PROSE
        and all(isinstance(side.value, str) for side in conflict.sides)
    )


class SideCard(Card):
    """One side, or with `side` None what stood before; `act` puts a button below."""

    def __init__(self, desk: Desk, conflict: Conflict, side: Standing | None, parent: QWidget) -> None:
        super().__init__(sunken=side is None, padding=14, parent=parent)
        self._desk, self.conflict, self.side = desk, conflict, side
        self.buttons: list[Button] = []
        self.body.setSpacing(8)
        self.body.addWidget(field_label(self._whose, parent=self))

    @property
    def _whose(self) -> str:
        record = self._desk.record
        if self.side is None:
            before = self.conflict.before
            when = f", {moment(before.at)}" if before is not None and moment(before.at) else ""
            whose = "all" if len(self.conflict.sides) > 2 else "both"
            return f"Before {whose}{when}"
        who = "You" if self.side.by == self._desk.visit.me else record.person_name(self.side.by)
        return f"{who}, {moment(self.side.at)}"

    def add_rating(self) -> None:
        value = self._shown
        rating = value.value["rating"] if value is not None else ""
        scale = self._desk.record.rules.scale
        point = next((p for p in scale if p.id == rating), None)
        sign, tone = (point.sign, point.tone) if point else (Sign.RING, Tone.NOT_APPLICABLE)
        words = point.label if point else "Not rated"
        mark = SignLabel(sign, tone, side=20, parent=self)
        self.body.addLayout(row(mark, Label(words, weight=Weight.SEMIBOLD, parent=self), 1))
        reason = value.value.get("reason", "") if value is not None else ""
        if reason or value is not None:
            self.body.addWidget(Paragraph(reason, parent=self) if reason else soft("No reason given", self))

    def add_text(self, parts: Sequence[Part], tone: Tone) -> None:
        self.body.addWidget(ComparedText(parts, tone, self))

    def add_words(self) -> None:
        words = said(self._desk.record, self.conflict.key, self._shown)
        nothing = "Not sealed" if self.conflict.key.type == "seal" else "Nothing was written"
        self.body.addWidget(Paragraph(words, parent=self) if words else soft(nothing, self))

    def add_why(self) -> None:
        if self.side is not None and self.side.why:
            did = "In spite of open points" if self.conflict.key.type == "seal" else "Settled"
            self.body.addWidget(soft(f"{did}: {self.side.why}", self))

    def add_button(self, words: str, name: str, act: Callable[[], object]) -> None:
        button = secondary(words, "check", self)
        button.setAccessibleName(name)
        button.clicked.connect(act)
        self.buttons.append(button)
        self.body.addLayout(row(button, 1))

    @property
    def _shown(self) -> Standing | None:
        return self.side if self.side is not None else self.conflict.before


def side_cards(desk: Desk, conflict: Conflict, parent: QWidget) -> list[SideCard]:
    """Before, mine, theirs, in this order; filled, without buttons."""
    mine = conflict.mine(desk.visit.me)
    sides = ([mine] if mine is not None else []) + list(conflict.theirs(desk.visit.me))
    before = SideCard(desk, conflict, None, parent)
    cards = [SideCard(desk, conflict, side, parent) for side in sides]
    if conflict.key.type == "rating":
        for card in (before, *cards):
            card.add_rating()
    elif is_prose(conflict):
        before.add_words()
        for number, card in enumerate(cards):
            other = cards[0 if number else 1].side
            parts = _only_here(str(sides[number].value), str(other.value if other else ""))
            card.add_text(parts, _TONES[min(number, len(_TONES) - 1)])
    else:
        for card in (before, *cards):
            card.add_words()
    for card in cards:
        card.add_why()
    for card in (before, *cards):
        card.body.addStretch(1)
    return [before, *cards]


def _only_here(text: str, other: str) -> tuple[Part, ...]:
    return differences(text, other)[0]


def subject(record: VisitRecord, conflict: Conflict) -> str:
    """“IN-202 a, network, on site” or “Gap of a finding: F-003”."""
    key = conflict.key
    if key.type == "rating":
        rated = RatingKey.from_entity(key.entity)
        code = record.pack.criterion(rated.criterion).shown_code
        return f"{code}, {record.site_name(rated.site)}, {rated.stage.label.lower()}"
    if key.type == "seal":
        return "Two seals of this visit"
    words = field_words(key)
    named = _name_of(record, key)
    return f"{words[:1].upper()}{words[1:]}{f': {named}' if named else ''}"


def _name_of(record: VisitRecord, key: FieldKey) -> str:
    if key.type in ("finding", "response"):
        return getattr(record.finding(key.entity), "number", "")
    if key.type == "exhibit":
        return getattr(record.exhibit(key.entity), "number", "")
    if key.type == "person":
        return record.person_name(key.entity)
    return ""


def said(record: VisitRecord, key: FieldKey, side: Standing | None) -> str:
    """A value in words; empty for none."""
    if side is None or side.value is None:
        return ""
    value = side.value
    if key.type == "seal":
        return "Sealed the visit as it was known on this person's laptop."
    if (key.type, key.field) == ("finding", "grade"):
        return next((g.label for g in record.rules.grades if g.id == value), str(value))
    if (key.type, key.field) == ("finding", "site"):
        return record.site_name(str(value))
    if (key.type, key.field) == ("person", "role"):
        return next((role.label for role in Role if role.value == value), str(value))
    if isinstance(value, dict):
        return "\n".join(str(text) for text in value.values() if text)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)
