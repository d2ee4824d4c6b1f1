"""Disagreements: several values that stand for one field because people wrote without seeing each other."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.domain.standing import FieldKey, Standing, agreed, newest

# Of a set every add stands, and records are no opinions: several of these are no disagreement.
_SETS = {"made", "criterion", "mark", "founded", "pack", "left", "purged"}
_RECORDS = {"device", "export", "round"}
# Who withdraws the same thing for another reason agrees that it is withdrawn.
AGREEING = {("exhibit", "withdrawn"), ("note", "withdrawn")}


@dataclass(frozen=True)
class Conflict:
    """The sides in the order they were written; `base` is what stood when their writers last knew the same.

    The record tells no base; `actions.disagreements` finds it in the journal. Empty: nothing stood.
    """

    key: FieldKey
    sides: tuple[Standing, ...]
    base: tuple[Standing, ...] = ()

    @property
    def before(self) -> Standing | None:
        """The base to show where only one fits; of several the newest."""
        return newest(self.base)

    def mine(self, person: str) -> Standing | None:
        """What this person says, if it is one of the sides; of several of theirs the newest."""
        return newest(tuple(side for side in self.sides if side.by == person))

    def theirs(self, person: str) -> tuple[Standing, ...]:
        """All that anybody else says, and what this person says besides their newest word."""
        own = self.mine(person)
        return tuple(side for side in self.sides if side != own)


def conflict_of(key: FieldKey, standing: tuple[Standing, ...]) -> Conflict | None:
    """The disagreement on a field, if there is one. Ratings disagree by the rating, not by its reason."""
    if len(standing) < 2:
        return None
    sides = tuple(sorted((s for s in standing if s.value is not None), key=lambda s: (s.n, s.entry)))
    if len(sides) < 2 or key.field in _SETS or key.type in _RECORDS or key[::2] in AGREEING:
        return None
    if key.type == "rating":
        return Conflict(key, sides) if len({s.value["rating"] for s in sides}) > 1 else None
    if key.type == "seal":
        return Conflict(key, sides)
    return None if agreed(sides) else Conflict(key, sides)
