"""Disagreements: several values that stand for one field because people wrote without seeing each other."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.domain.standing import FieldKey, Standing, agreed

# Of a set every add stands, and records are no opinions: several of these are no disagreement.
_SETS = {"made", "criterion", "founded", "pack"}
_RECORDS = {"device", "export", "round"}


@dataclass(frozen=True)
class Conflict:
    """The sides in the order they were written."""

    key: FieldKey
    sides: tuple[Standing, ...]


def conflict_of(key: FieldKey, standing: tuple[Standing, ...]) -> Conflict | None:
    """The disagreement on a field, if there is one. Ratings disagree by the rating, not by its reason."""
    if len(standing) < 2:
        return None
    sides = tuple(sorted((s for s in standing if s.value is not None), key=lambda s: (s.n, s.entry)))
    if len(sides) < 2 or key.field in _SETS or key.type in _RECORDS:
        return None
    if key.type == "rating":
        return Conflict(key, sides) if len({s.value["rating"] for s in sides}) > 1 else None
    if key.type == "seal":
        return Conflict(key, sides)
    return None if agreed(sides) else Conflict(key, sides)
