"""What stands for one field of one thing, as the journal's merge rule found it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class FieldKey(NamedTuple):
    """Names one field: the kind of thing, which one, and which of its fields."""

    type: str
    entity: str
    field: str


@dataclass(frozen=True)
class Standing:
    """One standing value: who wrote it, when by their laptop's clock, and the entry it came in.

    `n` orders entries for showing (1 + the greatest the writer had seen); no rule rests on `at`.
    """

    entry: str
    by: str
    at: str
    n: int
    value: Any
    why: str = ""


def agreed(standing: tuple[Standing, ...]) -> bool:
    """True when no two of them say different things."""
    return all(s.value == standing[0].value for s in standing[1:])


def newest(standing: tuple[Standing, ...]) -> Standing | None:
    """The one to show first: the greatest (n, entry). Which one it is decides nothing."""
    return max(standing, key=lambda s: (s.n, s.entry), default=None)
