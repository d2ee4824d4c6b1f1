from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.cutting import cut_points
from qsin_desktop.actions.enrolling import revoke_device
from qsin_desktop.actions.laptops import laptops as laptops_known
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.team_state import team_state
from qsin_desktop.domain.closing import PointKind
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import Authority, authority_of
from qsin_desktop.journal.view import view_of
from tests.founding import ME, PEER
from tests.journal.laptops import Key
from tests.journal.laptops import team as in_memory
from tests.sync.team import STRANGER, Stick, all_meet, laptops, meet
from tests.sync.test_exchange import attach, rate


def test_it_says_how_many_of_a_colleagues_exhibits_are_here(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    for number in range(3):
        attach(peer, f"{number}.bin", bytes([number]) * 9)
    meet(peer, stick)
    stick.pieces()[0].unlink()
    meet(lead, stick)
    ada = next(person for person in team_state(lead).people if person.person == PEER.person)
    assert (ada.exhibits_here, ada.exhibits) == (2, 3)
    assert not ada.handed_in
    assert team_state(lead).exhibits == (2, 3)
    assert "2 of 3 exhibits of Ada Assessor are here" in [p.words for p in closing_points(lead)]


def test_it_says_who_has_not_handed_in(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    meet(lead, stick)
    assert [person.name for person in team_state(lead).not_handed_in] == ["Tom Technical"]
    points = [point for point in closing_points(lead) if point.person]
    assert [(point.words, point.blocks) for point in points] == [("Tom Technical has not handed in", False)]


def test_it_says_what_a_colleague_has_not_seen(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    all_meet(team, stick)
    for _ in range(2):
        all_meet(team, stick)
    before = _of(lead, PEER.device)
    assert (before.unseen, before.unseen_mine) == (0, 0)
    assert before.seen_at
    rate(lead)
    rate(lead, "IN-301.b")
    assert (_of(lead, PEER.device).unseen, _of(lead, PEER.device).unseen_mine) == (2, 2)
    all_meet(team, stick)
    assert _of(lead, PEER.device).unseen == 0
    assert peer.store.tip(ME.device).seq


def test_a_laptop_that_waits_is_named(founded: Path, tmp_path: Path, stick: Stick) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        rate(stranger)
        meet(stranger, stick)
        meet(lead, stick)
        state = team_state(lead)
        assert state.waiting >= 1
        assert [p.kind for p in closing_points(lead, state) if p.device == STRANGER.device] == ["waiting"]


def test_disagreements_block_closing(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer, word="met")
    rate(tech, word="not-met")
    all_meet(team, stick)
    assert [p.kind for p in closing_points(lead) if p.blocks] == ["disagreement"]


def _of(visit: OpenVisit, device: str):  # type: ignore[no-untyped-def]
    return next(x for person in team_state(visit).people for x in person.laptops if x.device == device)


# ---- cutting off, whatever the order ------------------------------------------------------------------


def test_two_leads_who_cut_each_other_off_end_the_same_in_any_order() -> None:
    lead, other, second = in_memory(3)
    lead.write(FieldKey("device", second.key.device, "revoked"), {"seq": 0})
    second.take_from(other)
    second.write(FieldKey("device", lead.key.device, "revoked"), {"seq": 1})
    lead.take_from(second)
    entries = list(lead.known.values())
    found: set[tuple[frozenset[tuple[str, str]], tuple[tuple[str, int], ...]]] = set()
    dice = random.Random(1)
    for _ in range(100):
        dice.shuffle(entries)
        who = authority_of(entries)
        found.add((who.members, tuple(sorted(who.cuts.items()))))
    assert len(found) == 1
    assert len(next(iter(found))[1]) == 1, "the first cut holds, and the other was made by who was cut off"


def test_a_cut_that_is_taken_back_holds_no_more() -> None:
    lead, other = in_memory(2)
    other.write(FieldKey("finding", "f", "gap"), "written")
    lead.take_from(other)
    cut = lead.write(FieldKey("device", other.key.device, "revoked"), {"seq": 0})
    assert not view_of(lead.known.values()).authority.counts(other.own_log[0])
    lead.write(FieldKey("device", other.key.device, "revoked"), None, undo=cut.id)
    assert view_of(lead.known.values()).authority.counts(other.own_log[0])


def test_an_assessor_cuts_nobody_off_and_the_deepest_cut_holds() -> None:
    lead, other = in_memory(2)
    other.write(FieldKey("device", lead.key.device, "revoked"), {"seq": 0})
    lead.take_from(other)
    assert authority_of(lead.known.values()).cuts == {}
    for seq in (5, 3, 4):
        lead.write(FieldKey("device", other.key.device, "revoked"), {"seq": seq})
    assert all(
        authority_of(order).cuts == {other.key.device: 3}
        for order in permutations(list(lead.known.values())[-3:] + list(lead.known.values())[:2])
    )
    assert isinstance(authority_of([]), Authority)
    assert Key(1).device != Key(2).device


def test_a_laptop_cut_off_before_it_was_ever_confirmed_waits_for_nothing(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as team, laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        lead = team[0]
        rate(stranger)
        meet(stranger, stick)
        meet(lead, stick)
        assert [p.device for p in closing_points(lead) if p.kind is PointKind.WAITING] == [STRANGER.device]
        revoke_device(lead, device=STRANGER.device, reason="Nobody of ours", after=0)
        assert not [p for p in closing_points(lead) if p.kind is PointKind.WAITING]
        state = team_state(lead)
        assert state.waiting == 0
        (theirs,) = [x for p in state.people for x in p.laptops if x.device == STRANGER.device]
        assert theirs.cut_at == 0


def test_the_points_at_which_a_laptop_can_be_cut_off_count_its_work(
    team: list[OpenVisit], stick: Stick
) -> None:
    """As Team does: that it met somebody is nothing it wrote."""
    lead, peer, _ = team
    rate(peer)
    all_meet(team, stick)
    all_meet(team, stick)
    (known,) = [laptop for laptop in laptops_known(lead) if laptop.device == PEER.device]
    assert known.entries < known.last
    newest, *_, nothing = cut_points(lead, PEER.device)
    assert (newest.after, newest.kept, newest.dropped) == (known.last, known.entries, 0)
    assert (nothing.after, nothing.kept, nothing.dropped) == (0, 0, known.entries)
