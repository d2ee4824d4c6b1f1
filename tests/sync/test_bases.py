"""What stood before people differed is found beside what each of them says."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.actions import findings, planning, rating
from qsin_desktop.actions.disagreements import disagreements
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import seal
from qsin_desktop.domain.people import Role
from tests.founding import ME, PEER
from tests.sync.team import TECH, Stick, all_meet, laptops, meet
from tests.sync.test_exchange import rate


def base_values(visit: OpenVisit) -> list[object]:
    (conflict,) = disagreements(visit)
    return [side.value for side in conflict.base]


def test_ratings_that_differ_from_the_first_have_no_base(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer, word="met")
    rate(tech, word="not-met")
    all_meet(team, stick)
    (conflict,) = disagreements(lead)
    assert conflict.base == ()
    assert {side.value["rating"] for side in conflict.theirs(ME.person)} == {"met", "not-met"}
    mine = disagreements(peer)[0].mine(PEER.person)
    assert mine is not None
    assert (mine.value["rating"], mine.by, mine.at[:10]) == ("met", PEER.person, "2026-11-24")
    assert [side.by for side in disagreements(peer)[0].theirs(PEER.person)] == [TECH.person]


def test_the_base_of_ratings_is_what_both_had_seen_even_of_another_hand(
    team: list[OpenVisit], stick: Stick
) -> None:
    lead, peer, tech = team
    rate(peer, word="partly-met")
    all_meet(team, stick)
    rate(peer, word="met")
    rate(tech, word="not-met")
    all_meet(team, stick)
    for visit in team:
        assert [value["rating"] for value in base_values(visit)] == ["partly-met"]  # type: ignore[index]
    assert disagreements(lead)[0].base[0].by == PEER.person


def test_what_only_one_of_them_had_seen_is_no_base(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    planning.set_facts(lead, {"scope": "first"})
    all_meet(team, stick)
    planning.set_facts(lead, {"scope": "second"})
    meet(lead, stick)
    meet(peer, stick)
    planning.set_facts(peer, {"scope": "third"})
    planning.set_facts(tech, {"scope": "other"})
    all_meet(team, stick)
    assert [base_values(visit) for visit in team] == [["first"]] * 3


def test_grades_that_were_changed_apart_have_a_base(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    raised = findings.raise_finding(
        lead, criteria=["IN-301.a"], grade="recommendation", requirement="r", evidence="e", gap="g"
    )
    all_meet(team, stick)
    findings.grade_finding(lead, finding=raised.entity, grade="good-practice")
    findings.grade_finding(peer, finding=raised.entity, grade="mandatory")
    all_meet(team, stick)
    assert base_values(tech) == ["recommendation"]


def test_a_disagreement_may_follow_a_settled_one(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer, word="met")
    rate(tech, word="not-met")
    all_meet(team, stick)
    rating.settle(lead, criterion="IN-301.a", rating="partly-met", reason="Half of it")
    all_meet(team, stick)
    rate(tech, word="not-met")
    all_meet(team, stick)
    (conflict,) = disagreements(peer)
    assert {side.value["rating"] for side in conflict.sides} == {"partly-met", "not-met"}
    said = {(side.by, side.value["rating"]) for side in conflict.base}
    assert said == {(PEER.person, "met"), (TECH.person, "not-met")}, "what the lead had settled"


def test_two_seals_are_in_force_neither_and_no_seal_stood_before(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as team:
        lead, peer, _ = team
        planning.change_person(lead, person=PEER.person, role=Role.LEAD.value)
        all_meet(team, stick)
        for visit in (lead, peer):
            seal(visit, in_spite_of="Nothing was to be judged")
        all_meet(team, stick)
        (conflict,) = disagreements(lead)
        assert (conflict.key.type, conflict.base, len(conflict.sides)) == ("seal", (), 2)
        assert lead.record.seal is None
