"""What was withdrawn stays visible as withdrawn: who did it, when, and why; and which numbers are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qsin_desktop.domain.standing import Standing

PURGED_WORDS = "(purged)"  # stands where words were that a purge took away
FIELD = "withdrawn"


@dataclass(frozen=True)
class Withdrawal:
    """`by` is a person's id, `at` their laptop's clock."""

    by: str
    at: str
    why: str


@dataclass(frozen=True)
class GoneNumber:
    """A number that no list shows, because the making of its thing was taken back; nobody gets it again.

    `by` is the name of who did it; `title` may be empty.
    """

    number: str
    by: str
    at: str
    title: str = ""


def withdrawal_of(fields: Mapping[str, tuple[Standing, ...]]) -> Withdrawal | None:
    """The newest reason that stands; an empty one is a reinstatement, a purged one still withdraws."""
    said = sorted(fields.get(FIELD, ()), key=lambda s: (s.n, s.entry))
    reason = next((s for s in reversed(said) if s.value), None)
    if reason is not None:
        return Withdrawal(reason.by, reason.at, str(reason.value))
    purges = [purge for purge in fields.get("purged", ()) if FIELD in purge.value["fields"]]
    if said or not purges:
        return None
    first = min(purges, key=lambda s: (s.n, s.entry))
    return Withdrawal(first.by, first.at, PURGED_WORDS)
