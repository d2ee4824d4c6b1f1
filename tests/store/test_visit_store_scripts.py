"""Random scripts of three laptops on real files: written, received in pieces, opened anew, rebuilt."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.journal.view import view_of
from tests.store.desks import (
    IDENTITIES,
    NOTE,
    PEOPLE,
    RATING,
    Desk,
    holds,
    made_desk,
    made_team,
    open_desk,
    shown,
)

STRANGER = IDENTITIES[2].device


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "visit.db"
    made_desk(path).store.close()
    return path


CASES = (
    "a range cut short",
    "nothing new",
    "who counts changed by receiving",
    "entries that wait",
    "entries that waited count now",
    "two opinions",
    "undone",
    "settled",
    "unknown field",
    "an add withdrawn",
    "rebuilt in between",
    "opened anew in between",
    "a log before its confirmation",
)
Step = tuple[str, int, int, int]
WHAT = (
    "rate",
    "rate",
    "rate",
    "text",
    "add",
    "withdraw",
    "undo",
    "unknown",
    "settle",
    "confirm",
    "rebuild",
    "open",
)
MEET = ("meet", "part", "part", "log of one")


class Played:
    """A script played on three laptops."""

    def __init__(self, desks: list[Desk], reached: Counter[str], draw: random.Random) -> None:
        self.desks, self.reached, self.draw = desks, reached, draw

    def step(self, what: str, who: int, other: int, value: int) -> None:
        desk = self.desks[who]
        if what in MEET:
            self._meet(what, desk, self.desks[other], value)
        elif what == "rebuild":
            before = desk.store.projection_digest()
            desk.store.rebuild()
            assert desk.store.projection_digest() == before, "rebuilding changes nothing"
            self.reached["rebuilt in between"] += 1
        elif what == "open":
            self._open_anew(who)
        else:
            self._write(what, desk, value)
        desk = self.desks[who]
        self.reached["entries that wait"] += bool(view_of(desk.store.entries()).waiting)
        self.reached["two opinions"] += len(shown(desk.store).get(RATING, ())) > 1

    def _write(self, what: str, desk: Desk, value: int) -> None:
        if what == "rate":
            desk.put(RATING, {"rating": ("met", "not-met", "partly-met")[value], "reason": f"r{value}"})
        elif what == "text":
            desk.put(NOTE, f"a text {value}" if value else None)
        elif what == "add":
            desk.put(FieldKey("note", f"n{value}", "made"), {"criterion": "IN-301.b", "kind": "interview"})
        elif what == "unknown":
            desk.put(FieldKey("mood", f"m{value}", "colour"), "blue")
            self.reached["unknown field"] += 1
        elif what == "settle":
            before = len(shown(desk.store).get(RATING, ()))
            desk.put(RATING, {"rating": "met", "reason": "s"}, why="settled")
            self.reached["settled"] += before > 1 and len(shown(desk.store)[RATING]) == 1
        elif what == "confirm":
            desk.put(FieldKey("device", STRANGER, "member"), {"person": PEOPLE[2]})
        elif what == "withdraw":
            self._withdraw(desk, FieldKey("note", f"n{value}", "made"))
        else:
            self._undo(desk)

    def _withdraw(self, desk: Desk, key: FieldKey) -> None:
        stands = shown(desk.store).get(key, ())
        desk.write(Draft(key, None, over=tuple(one.entry for one in stands)))
        self.reached["an add withdrawn"] += len(stands) > len(shown(desk.store).get(key, ()))

    def _undo(self, desk: Desk) -> None:
        own = [e for e in desk.log(desk.identity.device) if e.key in (RATING, NOTE)]
        if own:
            stood = {one.entry for one in shown(desk.store).get(own[-1].key, ())}
            desk.write(Draft(own[-1].key, undo=own[-1].id))
            self.reached["undone"] += own[-1].id in stood

    def _meet(self, what: str, desk: Desk, other: Desk, value: int) -> None:
        devices = list(other.store.tips)
        self.draw.shuffle(devices)
        if what == "log of one":
            devices = devices[:1]
        ranges = [other.log(device) for device in devices]
        if what == "part":
            ranges = [log[: self.draw.randint(0, len(log))] for log in ranges]
            self.reached["a range cut short"] += any(
                len(log) < other.store.tip(d).seq for log, d in zip(ranges, devices, strict=True)
            )
        leads, waited = desk.store.authority, len(view_of(desk.store.entries()).waiting)
        written = desk.store.receive(ranges)
        self.reached["nothing new"] += not written.entries
        changed = desk.store.authority != leads
        self.reached["who counts changed by receiving"] += changed
        self.reached["entries that waited count now"] += changed and waited > len(
            view_of(desk.store.entries()).waiting
        )
        stranger = any(e.device == STRANGER for e in written.entries)
        self.reached["a log before its confirmation"] += (
            stranger and (STRANGER, PEOPLE[2]) not in desk.store.authority.members
        )

    def _open_anew(self, who: int) -> None:
        old = self.desks[who]
        tips, authority, digest = old.store.tips, old.store.authority, old.store.projection_digest()
        old.store.close()
        new = replace(old, store=open_desk(old.store.file.path, old.identity).store)
        self.desks[who] = new
        assert (new.store.tips, new.store.authority, new.store.projection_digest()) == (
            tips,
            authority,
            digest,
        )
        self.reached["opened anew in between"] += 1


STEPS = st.tuples(
    st.sampled_from((*WHAT, *MEET, *MEET)), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)
)


def play(base: Path, steps: Sequence[Step], seed: int, reached: Counter[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        desks = made_team(Path(place), base)
        played = Played(desks, reached, random.Random(seed))
        try:
            for step in steps:
                played.step(*step)
            for desk in desks:
                holds(desk)
            for _ in range(2):
                for desk in desks:
                    for other in desks:
                        desk.take_all(other)
            assert len({desk.store.projection_digest() for desk in desks}) == 1, "one visit on all"
            assert len({view_of(desk.store.entries()).digest for desk in desks}) == 1
            for desk in desks:
                holds(desk)
        finally:
            for desk in desks:
                desk.store.close()


def test_random_scripts_on_real_files_keep_every_property_and_reach_every_case(base: Path) -> None:
    reached: Counter[str] = Counter()
    for seed in range(20):
        draw = random.Random(seed)
        names = (*WHAT, *MEET, *MEET)
        steps = [
            (draw.choice(names), draw.randrange(3), draw.randrange(3), draw.randrange(3)) for _ in range(40)
        ]
        play(base, steps, seed, reached)
    missing = [case for case in CASES if not reached[case]]
    assert not missing, f"no script reached: {missing}"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=8, max_size=20), st.integers(0, 1000))
def test_scripts_that_are_searched_for_keep_every_property_too(
    base: Path, steps: list[Step], seed: int
) -> None:
    play(base, steps, seed, Counter())
