"""A long day of random acts, undone after a restart one by one: each earlier view comes back exactly.

QSIN_UNDO_ACTS=1000 makes the day as long as that. Undone and done again is in the middle of the day too, and
the visit is closed and opened at random moments, also half way through undoing.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qsin_desktop.actions import evidence, findings, notes, planning, rating
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NothingToUndo, Refusal
from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from tests.faults.campaign import Outcome
from tests.faults.visits import copied
from tests.founding import opened

NAME = "undo"
SUITE_ROUNDS = 2

_RATINGS = ("met", "partly-met", "not-met")
Act = Callable[[OpenVisit, random.Random], object]


def _code(visit: OpenVisit, dice: random.Random) -> str:
    return dice.choice(visit.pack.criteria[:12]).code


def _words(dice: random.Random) -> str:
    return " ".join(dice.choices(("two", "owners", "“named”", "naïve", "£12", "line\nbreak"), k=4))


def _attach(visit: OpenVisit, dice: random.Random) -> object:
    prepared = evidence.prepare_bytes(visit.pieces, dice.randbytes(dice.randrange(1, 900)), "list.bin")
    return evidence.attach_prepared(visit, prepared, [Target(criterion=_code(visit, dice))])


_ACTS: tuple[Act, ...] = (
    lambda v, d: rating.rate(v, criterion=_code(v, d), rating=d.choice(_RATINGS), reason=_words(d)),
    lambda v, d: rating.clear_rating(v, criterion=_code(v, d)),
    lambda v, d: notes.add_note(v, criterion=_code(v, d), kind=d.choice(list(NoteKind)), text=_words(d)),
    lambda v, d: notes.write_note(v, note=d.choice(v.record.notes()).id, text=_words(d)),
    lambda v, d: notes.take_back_note(v, note=d.choice(v.record.notes()).id),
    lambda v, d: findings.raise_finding(
        v, criteria=[_code(v, d)], grade=d.choice(v.rules.grades).id, gap=_words(d)
    ),
    lambda v, d: findings.write_finding(
        v, finding=d.choice(v.record.findings()).id, part=d.choice(("gap", "evidence")), text=_words(d)
    ),
    lambda v, d: findings.withdraw_finding(v, finding=d.choice(v.record.findings()).id, reason=_words(d)),
    lambda v, d: evidence.add_seen(v, SeenDocument(title=_words(d)), [Target(criterion=_code(v, d))]),
    _attach,
    lambda v, d: evidence.cite(
        v, exhibit=d.choice(v.record.exhibits()).id, target=Target(criterion=_code(v, d)), locator="p. 4"
    ),
    lambda v, d: evidence.uncite(v, link=d.choice(v.record.links()).id),
    lambda v, d: evidence.set_link(
        v, link=d.choice(v.record.links()).id, field="caption", text=_words(d), typing=d.random() < 0.5
    ),
    lambda v, d: evidence.title_exhibit(v, exhibit=d.choice(v.record.exhibits()).id, title=_words(d)),
    lambda v, d: evidence.withdraw_exhibit(v, exhibit=d.choice(v.record.exhibits()).id, reason=_words(d)),
    lambda v, d: planning.set_flag(v, criterion=_code(v, d), flagged=d.random() < 0.7, words=_words(d)),
    lambda v, d: planning.add_site(v, name=f"Site {d.randrange(10**6)}"),
    lambda v, d: planning.set_facts(v, {"scope": _words(d)}),
)


def _view(visit: OpenVisit) -> str:
    """Of everything that stands, by value: what a person would see."""
    rows = sorted(
        f"{key} {sorted((one.by, repr(one.value), one.why) for one in stands)}"
        for key, stands in visit.store.standing()
        if stands
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


@dataclass
class _Day:
    """What undo and redo must bring back: the view before and after each act."""

    path: Path
    dice: random.Random
    visit: OpenVisit
    undo: list[tuple[str, str]] = field(default_factory=list)
    redo: list[tuple[str, str]] = field(default_factory=list)
    acts: int = 0

    def restart(self) -> None:
        self.visit.close()
        self.visit = opened(self.path)

    def act(self) -> None:
        before, known = _view(self.visit), len(self.visit.acts)
        try:
            self.dice.choice(_ACTS)(self.visit, self.dice)
        except (Refusal, IndexError):  # IndexError: nothing there to choose from
            return
        self.visit.end_typing()
        if len(self.visit.acts) > known:
            self.undo.append((before, _view(self.visit)))
            self.redo.clear()
            self.acts += 1

    def back(self) -> Iterator[str]:
        History(self.visit).undo()
        self.redo.append(self.undo.pop())
        if _view(self.visit) != self.redo[-1][0]:
            yield f"undoing act {len(self.undo) + 1} did not bring the view before it back"

    def again(self) -> Iterator[str]:
        History(self.visit).redo()
        self.undo.append(self.redo.pop())
        if _view(self.visit) != self.undo[-1][1]:
            yield f"doing act {len(self.undo)} again did not bring the view after it back"


def run_once(seed: int, folder: Path) -> Outcome:
    dice, wanted = random.Random(seed), int(os.environ.get("QSIN_UNDO_ACTS", "40"))
    path = copied(folder / "laptop").visit
    day = _Day(path, dice, opened(path))
    try:
        losses = [*_lived(day, wanted), *_undone(day)]
    finally:
        day.visit.close()
    return Outcome(tuple(losses), about=f"{day.acts} acts" if wanted > 40 else "")


def _lived(day: _Day, wanted: int) -> Iterator[str]:
    with_history = History(day.visit)
    while with_history.undo_name:  # what the prepared visit has done already is no part of this day
        with_history.undo()
    day.visit.store.rebuild()
    while day.acts < wanted:
        chance = day.dice.random()
        if chance < 0.06 and day.undo:
            yield from day.back()
        elif chance < 0.09 and day.redo:
            yield from day.again()
        elif chance < 0.10:
            day.restart()
        else:
            day.act()


def _undone(day: _Day) -> Iterator[str]:
    day.restart()
    last, done = _view(day.visit), len(day.undo)
    for turn, rest in ((day.back, day.undo), (day.again, day.redo)):
        while rest:
            yield from turn()
            if day.dice.random() < 0.03:
                day.restart()
        try:
            (History(day.visit).redo if rest is day.redo else History(day.visit).undo)()
            yield "there was one more to take back than was done"
        except NothingToUndo:
            pass
    if _view(day.visit) != last or len(day.undo) != done:
        yield "undone and done again is not where it began"
    if not verify_trail(day.visit).intact or not day.visit.store.projection_matches():
        yield "the trail or the tables are damaged after it"
