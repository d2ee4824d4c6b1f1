"""What was begun and cannot be recorded yet: a rating without its reason, a reason without its rating.

Kept on the disk spot by spot, so that neither going elsewhere nor the end of the program loses a word.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
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
    """`purpose` tells apart those who keep them: rating, settling."""

    def __init__(self, visit: OpenVisit, purpose: str) -> None:
        self._visit = visit
        self._purpose = f"{purpose}|"
        self._kept = dict(self._known())

    def get(self, spot: RatingKey) -> Pending | None:
        return self._kept.get(spot)

    def put(self, spot: RatingKey, pending: Pending) -> None:
        """Raises the disk's refusal; it is kept for this session all the same."""
        if not (pending.rating or pending.reason.strip()):
            self.drop(spot)
        elif pending != self._kept.get(spot):
            self._kept[spot] = pending
            self._keep(spot, json.dumps(asdict(pending), ensure_ascii=False))

    def drop(self, spot: RatingKey) -> None:
        if self._kept.pop(spot, None) is not None:
            with suppress(Refusal):  # shown once more after the next start, and dropped then
                self._keep(spot, "")

    @property
    def spots(self) -> tuple[RatingKey, ...]:
        """The oldest first."""
        return tuple(self._kept)

    def _keep(self, spot: RatingKey, words: str) -> None:
        if not self._visit.read_only:
            self._visit.store.kept_words.keep_loose(self._purpose + spot.entity, words)

    def _known(self) -> list[tuple[RatingKey, Pending]]:
        """Of an earlier run; those of criteria or places that are gone are left alone."""
        sites = {"", *(site.id for site in self._visit.record.sites)}
        codes = {criterion.code for criterion in self._visit.pack.criteria}
        found = []
        for name, words in self._visit.store.kept_words.loose().items():
            if name.startswith(self._purpose):
                spot = RatingKey.from_entity(name.removeprefix(self._purpose))
                if spot.criterion in codes and spot.site in sites:
                    found.append((spot, Pending(**json.loads(words))))
        return found
