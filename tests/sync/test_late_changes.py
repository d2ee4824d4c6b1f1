from __future__ import annotations

from qsin_desktop.actions.late_changes import late_changes, signed_record
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import reopen, seal, sealed_digest
from tests.sync.team import Stick, all_meet, meet
from tests.sync.test_exchange import rate


def test_what_comes_after_the_seal_is_shown_apart_and_changes_nothing_signed(
    team: list[OpenVisit], stick: Stick
) -> None:
    lead, peer, _ = team
    rate(lead, word="met")
    all_meet(team, stick)
    seal(lead, in_spite_of="Tried on a young visit")
    signed = (lead.record.seal, lead.record.ratings.copy())
    rate(peer, word="not-met")
    assert late_changes(lead) == ()
    meet(peer, stick)
    meet(lead, stick)
    (late,) = late_changes(lead)
    assert (late.name, late.key.type, late.counts) == ("Ada Assessor", "rating", True)
    assert "Rate IN-301 a" in late.act
    assert signed_record(lead).ratings == signed[1]
    assert signed_record(lead).seal == signed[0]
    assert signed[0] is not None
    assert sealed_digest(lead) == signed[0].digest
    assert lead.record.ratings != signed[1], "the live view shows the disagreement"
    all_meet(team, stick)
    assert all(signed_record(visit).ratings == signed[1] for visit in team)
    reopen(lead, reason="Ada's late rating must be heard")
    assert late_changes(lead) == ()
    assert signed_record(lead) is lead.record


def test_meetings_after_a_seal_are_no_late_changes(team: list[OpenVisit], stick: Stick) -> None:
    lead = team[0]
    all_meet(team, stick)
    seal(lead, in_spite_of="Tried on a young visit")
    all_meet(team, stick)
    assert late_changes(lead) == ()
    assert signed_record(lead) is lead.record
