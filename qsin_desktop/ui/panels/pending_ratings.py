"""What was begun and cannot be recorded yet: a rating without its reason, a reason without its rating.

Kept for the session, spot by spot, so that going elsewhere and back loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.domain.rating import RatingKey


@dataclass(frozen=True)
class Pending:
    """`rating` is empty while only a reason was written. `refused`: nothing lacks, the disk refused it."""

    rating: str = ""
    reason: str = ""
    refused: bool = False

    @property
    def complete(self) -> bool:
        """As far as can be told here; the rule itself is asked when it is recorded."""
        return bool(self.rating) and (self.refused or bool(self.reason.strip()))


class PendingRatings:
    def __init__(self) -> None:
        self._kept: dict[RatingKey, Pending] = {}

    def get(self, spot: RatingKey) -> Pending | None:
        return self._kept.get(spot)

    def put(self, spot: RatingKey, pending: Pending) -> None:
        if pending.rating or pending.reason.strip():
            self._kept[spot] = pending
        else:
            self.drop(spot)

    def drop(self, spot: RatingKey) -> None:
        self._kept.pop(spot, None)

    @property
    def spots(self) -> tuple[RatingKey, ...]:
        """The oldest first."""
        return tuple(self._kept)
