"""What stands between a visit and its closing: points that block, and points that the lead may pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qsin_desktop.domain.progress import Gap
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import NETWORK, Stage


class PointKind(StrEnum):
    """The first three block; the rest are soft: they can be passed with a reason."""

    DISAGREEMENT = "disagreement"
    FORK = "fork"  # two laptops write under one key
    NEWER = "newer"  # entries that only a newer program understands
    RATING = "rating"
    REASON = "reason"
    TEXT = "text"  # of a finding: requirement, evidence or gap
    EVIDENCE = "evidence"  # a finding without an exhibit
    CONCLUSION = "conclusion"
    NOT_IN = "not-in"  # a colleague of whom nothing has come
    EXHIBITS = "exhibits"  # of a colleague, not all here
    WAITING = "waiting"  # a laptop that no lead has confirmed

    @property
    def blocks(self) -> bool:
        return self in (PointKind.DISAGREEMENT, PointKind.FORK, PointKind.NEWER)

    def counted(self, number: int) -> str:
        """As in “14 ratings are missing”."""
        one, many = _COUNTED[self]
        return f"{number:,} {one if number == 1 else many}"


_COUNTED = {
    PointKind.DISAGREEMENT: ("disagreement is open", "disagreements are open"),
    PointKind.FORK: ("key is used by two laptops", "keys are used by two laptops each"),
    PointKind.NEWER: ("entry needs a newer version", "entries need a newer version"),
    PointKind.RATING: ("rating is missing", "ratings are missing"),
    PointKind.REASON: ("reason is missing", "reasons are missing"),
    PointKind.TEXT: ("finding is not written in full", "findings are not written in full"),
    PointKind.EVIDENCE: ("finding has no evidence", "findings have no evidence"),
    PointKind.CONCLUSION: ("recommendation is missing", "recommendations are missing"),
    PointKind.NOT_IN: ("colleague has not handed in", "colleagues have not handed in"),
    PointKind.EXHIBITS: ("colleague's exhibits are not all here", "colleagues' exhibits are not all here"),
    PointKind.WAITING: ("laptop is not confirmed", "laptops are not confirmed"),
}

OF_GAP = {
    Gap.RATING: PointKind.RATING,
    Gap.REASON: PointKind.REASON,
    Gap.TEXT: PointKind.TEXT,
    Gap.EVIDENCE: PointKind.EVIDENCE,
    Gap.CONCLUSION: PointKind.CONCLUSION,
}


@dataclass(frozen=True)
class ClosingPoint:
    """One point in words, and where to go to mend it: ids, empty where they matter not. No site: the network.

    `key` is the field of a disagreement; `person` and `device` go with points of the team.
    """

    kind: PointKind
    words: str
    criterion: str = ""
    stage: Stage | None = None
    site: str = NETWORK
    finding: str = ""
    person: str = ""
    device: str = ""
    key: FieldKey | None = None

    @property
    def blocks(self) -> bool:
        return self.kind.blocks


def counts_of(points: Iterable[ClosingPoint]) -> dict[PointKind, int]:
    """How many of each kind, in the order of the kinds; kinds of which there is none are left out."""
    counted = Counter(point.kind for point in points)
    return {kind: counted[kind] for kind in PointKind if counted[kind]}


def summed_up(counts: dict[PointKind, int]) -> str:
    """“14 ratings are missing, 1 finding has no evidence”."""
    return ", ".join(kind.counted(number) for kind, number in counts.items())
