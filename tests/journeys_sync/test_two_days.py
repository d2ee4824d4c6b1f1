"""Three assessors work apart for two days and meet by stick in a ragged order; all three hold one visit."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, findings, notes, planning, rating
from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.founding import Protection, found_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import seal, sealed_digest
from qsin_desktop.actions.settling import take_side
from qsin_desktop.actions.team_state import team_state
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.progress import missing_in_visit, progress_of
from qsin_desktop.domain.rating import RatingKey
from tests.founding import CHEAP, ME, Clock, copy_of, key_file_of, new_visit, opened
from tests.large_pack import large_pack
from tests.sync.team import TEAM, Stick, digest, known, meet

SITES = tuple(f"Site {number}" for number in range(1, 11))
EXHIBITS, ACTS = 200, 900
RATINGS = ("met", "partly-met", "not-met")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[list[OpenVisit]]:
    path = tmp_path / "founded" / "Large 2026.qsin"
    path.parent.mkdir()
    wanted = replace(new_visit(), pack=large_pack(), sites=SITES)
    protection = Protection(key_file=key_file_of(path), cost=CHEAP)
    with found_visit(path, wanted, identity=ME, protection=protection, clock=Clock()) as lead:
        for colleague in TEAM[1:]:
            planning.confirm_device(lead, device=colleague.device, person=colleague.person)
    with ExitStack() as stack:
        yield [
            stack.enter_context(opened(copy_of(path, tmp_path / identity.name), identity))
            for identity in TEAM
        ]


def work(visit: OpenVisit, dice: random.Random) -> None:
    """One thing that an assessor does."""
    criterion = dice.choice(visit.pack.criteria).code
    site = dice.choice(("", *SITES))
    what = dice.random()
    if what < 0.6:
        rating.rate(
            visit, criterion=criterion, rating=dice.choice(RATINGS), site=site, reason="as seen on site"
        )
    elif what < 0.8:
        kind = dice.choice(list(NoteKind))
        notes.add_note(visit, criterion=criterion, kind=kind, text=f"note {dice.random()}")
    elif what < 0.87:
        findings.raise_finding(visit, criteria=[criterion], grade="recommendation", requirement="r", gap="g")
    elif what < 0.92:
        planning.set_facts(visit, {"scope": f"scope {dice.random()}"})
    else:
        History(visit).undo()


def attach(visit: OpenVisit, number: int, dice: random.Random) -> None:
    content = number.to_bytes(4, "big") + dice.randbytes(dice.randrange(100, 40_000))
    prepared = evidence.prepare_bytes(visit.pieces, content, f"photo {number}.jpg")
    evidence.attach_prepared(visit, prepared, [Target(criterion=dice.choice(visit.pack.criteria).code)])


def shown(visit: OpenVisit) -> dict[str, object]:
    """What the window of a laptop would show, apart from who has met whom."""
    record = visit.record
    return {
        "ratings": record.ratings,
        "notes": record.notes(),
        "findings": record.findings(),
        "exhibits": record.exhibits(),
        "links": record.links(),
        "facts": record.facts,
        "conflicts": record.conflicts,
        "progress": progress_of(record, record.pack.criteria),
        "missing": missing_in_visit(record),
    }


@pytest.mark.journey
def test_two_days_apart_end_in_one_visit(team: list[OpenVisit], tmp_path: Path) -> None:
    dice = random.Random(20261124)
    sticks = [Stick(tmp_path / f"stick {number}") for number in range(3)]
    for stick in sticks:
        stick.path.mkdir()
    exhibits = iter(range(EXHIBITS))
    for act in range(ACTS):
        visit = dice.choice(team)
        try:
            work(visit, dice)
        except Refusal:  # e.g. nothing to undo
            continue
        if act % 4 == 0 and (number := next(exhibits, None)) is not None:
            attach(visit, number, dice)
        if act % 60 == 0:
            meet(dice.choice(team), dice.choice(sticks))
    for number in exhibits:
        attach(dice.choice(team), number, dice)
    _lose_a_stick(sticks)
    _meet_until_equal(team, sticks, dice)

    assert len({frozenset(known(visit)) for visit in team}) == 1
    assert len({digest(visit) for visit in team}) == 1
    lead = shown(team[0])
    assert all(shown(visit) == lead for visit in team[1:]), "the window of each shows the same"
    assert team_state(team[0]).exhibits == (EXHIBITS, EXHIBITS)
    assert all(verify_trail(visit).intact and visit.store.projection_matches() for visit in team)
    assert team[0].record.conflicts, "they did disagree"
    _close(team, sticks[1], dice)


def _lose_a_stick(sticks: list[Stick]) -> None:
    shutil.rmtree(sticks[0].path)
    sticks[0].path.mkdir()


def _meet_until_equal(team: list[OpenVisit], sticks: list[Stick], dice: random.Random) -> None:
    """Ragged: whoever happens to pass by, at whatever stick lies about."""
    for _ in range(200):
        meet(dice.choice(team), dice.choice(sticks))
        same = len({digest(visit) for visit in team}) == 1 == len({len(known(visit)) for visit in team})
        if same and all(team_state(visit).exhibits == (EXHIBITS, EXHIBITS) for visit in team):
            return
    raise AssertionError("they never come to hold the same")


def _close(team: list[OpenVisit], stick: Stick, dice: random.Random) -> None:
    """The lead settles what is open and seals; what is sent later changes nothing that was signed."""
    lead, peer, _ = team
    for conflict in lead.record.conflicts:
        if conflict.key.type == "rating":
            key = RatingKey.from_entity(conflict.key.entity)
            rating.settle(
                lead, criterion=key.criterion, site=key.site, stage=key.stage, rating="met", reason="agreed"
            )
        else:
            take_side(lead, conflict, conflict.sides[-1].entry)
    assert not [point for point in closing_points(lead) if point.blocks]
    seal(lead, in_spite_of="Tried on a young visit")
    signed = lead.record.seal
    assert signed is not None
    rating.rate(peer, criterion=peer.pack.criteria[0].code, rating="not-met", reason="too late")
    for _ in range(3):
        for visit in team:
            meet(visit, stick)
    for visit in team:
        assert visit.record.seal == signed
        assert sealed_digest(visit) == signed.digest
    assert len({digest(visit) for visit in team}) == 1
