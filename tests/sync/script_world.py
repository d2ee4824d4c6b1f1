"""What a random day of a team is made of: its steps, three laptops, two sticks, and the cases to be met."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import strategies as st

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store.faults import PlaceGone
from qsin_desktop.sync.place import FolderPlace
from tests.sync.team import Stick

CRITERIA = ("IN-301.a", "IN-301.b")
RATINGS = ("met", "partly-met", "not-met")

# Every one of these must have been met by some script, else the run proves nothing about it.
CASES = (
    "something moved",
    "nothing moved",
    "stopped on the way",
    "pulled out on the way",
    "bundle brought something",
    "bundle brought nothing",
    "damaged file met",
    "damaged in the middle of a log",
    "copied file left alone",
    "a piece in another's place",
    "disagreement",
    "texts in conflict",
    "settled",
    "withdrawn",
    "undone",
    "sealed",
    "late change after a seal",
    "reopened",
    "late change left out",
    "evidence brought",
    "evidence withdrawn by its adder",
    "evidence withdrawn by the lead",
    "evidence withdrawn without the right to",
    "files of a place joined",
    "a base beside the sides",
    "closed and opened again",
)

Reached = Counter[str]


@dataclass(frozen=True)
class Step:
    what: str
    who: int
    other: int
    value: int


# Every script is one shuffle of this deck, so that each kind of thing happens in each of them.
DECK = (
    *(
        "rate",
        "rate",
        "rate",
        "settle",
        "text",
        "text",
        "raise",
        "raise",
        "withdraw",
        "undo",
        "attach",
        "attach",
    ),
    *("seal", "reopen", "meet", "meet", "meet", "meet", "meet", "meet", "stop", "stop", "pull", "pull"),
    *("bundle", "bundle", "bundle again", "bundle again", "flip", "cut file", "break a log", "copy", "copy"),
    *(
        "swap",
        "close",
        "close",
        "meet",
        "meet",
        "rate",
        "text",
        "uncite",
        "uncite",
        "uncite",
        "leave",
        "leave",
    ),
)
_DICE = st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 999))
SCRIPTS = st.tuples(st.permutations(DECK), st.lists(_DICE, min_size=len(DECK), max_size=len(DECK))).map(
    lambda drawn: [Step(what, *dice) for what, dice in zip(*drawn, strict=True)]
)


class Flaky(FolderPlace):
    """A stick that is pulled out after so many reads and writes."""

    def __init__(self, folder: Path, visit: str, after: int) -> None:
        super().__init__(folder, visit)
        self.left = after

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise PlaceGone("The stick was pulled out.")

    def read(self, path: str) -> bytes | None:
        if path != "format.json":
            self._count()
        return super().read(path)

    def write(self, path: str, content: bytes) -> None:
        self._count()
        super().write(path, content)


class ReadOnlyPlace(FolderPlace):
    takes = False


@dataclass
class World:
    """Three laptops, two sticks, one bundle lying about, and what must never be lost."""

    team: list[OpenVisit]
    sticks: list[Stick]
    place: Path
    reached: Reached
    written: set[str] = field(default_factory=set)
    bundles: list[Path] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def visit(self, step: Step) -> OpenVisit:
        return self.team[step.who % len(self.team)]

    def stick(self, step: Step) -> Stick:
        return self.sticks[step.other % len(self.sticks)]
