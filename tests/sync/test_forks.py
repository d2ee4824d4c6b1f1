"""Two laptops set up from one backup write under one key; a laptop is stolen."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from qsin_desktop.actions import notes, planning, rating, reissuing
from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.enrolling import AlreadyCutOff, confirm_by_words, revoke_device, words_with
from qsin_desktop.actions.exchanging import receive, summary_words, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reissuing import NothingParted, forks, part, parted_at
from qsin_desktop.actions.sealing import CannotSeal, seal
from qsin_desktop.actions.team_state import team_state
from qsin_desktop.domain.errors import LeadOnly, NotFound, TextMissing
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.store.aside import FORKED
from qsin_desktop.store.identity import IDENTITY_NAME, Identity
from tests.founding import PEER
from tests.sync.team import TECH, Stick, all_meet, digest, known, laptops, meet
from tests.sync.test_exchange import rate


class Clones:
    """The lead, the technical assessor, and two laptops that both hold the peer's key and the same visit."""

    def __init__(self, lead: OpenVisit, tech: OpenVisit, one: OpenVisit, two: OpenVisit) -> None:
        self.lead, self.tech, self.one, self.two = lead, tech, one, two


@pytest.fixture
def clones(founded: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    with ExitStack() as stack:
        lead, one, tech = stack.enter_context(laptops(founded, tmp_path))
        (two,) = stack.enter_context(laptops(founded, tmp_path / "clone", PEER))
        for visit, home in ((one, "one"), (two, "two")):
            (tmp_path / home).mkdir()
            visit.identity.keep(tmp_path / home / IDENTITY_NAME)
        yield Clones(lead, tech, one, two)


def test_a_fork_is_seen_by_all_and_both_stories_are_kept(clones: Clones, stick: Stick) -> None:
    rate(clones.one, "IN-301.a", "met")
    rate(clones.two, "IN-301.a", "not-met")
    meet(clones.one, stick)
    meet(clones.lead, stick)
    summary = meet(clones.two, stick)
    assert summary.of(PEER.device).forked_at == 1, "the copied laptop itself sees it"
    again = meet(clones.lead, stick)
    assert again.of(PEER.device).forked_at == 1
    kept = [kept for kept, _ in clones.lead.aside.all()]
    assert [(one.kind, one.device) for one in kept] == [(FORKED, PEER.device)]
    assert clones.lead.record.ratings, "the story that came first goes on to count"
    assert [fork.device for fork in forks(clones.lead)] == [PEER.device]


def test_a_fork_is_told_once_and_kept_once(clones: Clones, stick: Stick) -> None:
    rate(clones.one)
    rate(clones.two, word="not-met")
    for _ in range(3):
        for visit in (clones.one, clones.two, clones.lead):
            meet(visit, stick)
    assert len(list(clones.lead.aside.all())) <= 3
    files = stick.files()
    for visit in (clones.one, clones.two, clones.lead):
        assert meet(visit, stick).moved == 0
    assert stick.files() == files


def test_a_fork_stops_that_log_only(clones: Clones, stick: Stick) -> None:
    rate(clones.one)
    rate(clones.two, word="not-met")
    rate(clones.tech, "IN-301.b")
    for visit in (clones.one, clones.two, clones.tech):
        meet(visit, stick)
    assert meet(clones.lead, stick).of(TECH.device).new >= 1
    assert len(clones.lead.record.ratings) == 2


def test_it_blocks_closing_until_it_is_mended(clones: Clones, stick: Stick) -> None:
    rate(clones.one)
    rate(clones.two, word="not-met")
    for visit in (clones.one, clones.two, clones.lead):
        meet(visit, stick)
    assert [p.kind for p in closing_points(clones.lead) if p.blocks] == ["fork"]
    with pytest.raises(CannotSeal, match="two laptops write under one key"):
        seal(clones.lead, in_spite_of="Tried on a young visit")
    revoke_device(clones.lead, device=PEER.device, reason="Two laptops had this key", after=0)
    seal(clones.lead, in_spite_of="Tried on a young visit")
    assert not [p for p in closing_points(clones.lead) if p.kind == "fork"]


def test_a_fork_that_the_lead_has_told_apart_is_told_no_more(clones: Clones, stick: Stick) -> None:
    rate(clones.one)
    rate(clones.two, word="not-met")
    for visit in (clones.one, clones.two):
        meet(visit, stick)
    summary = meet(clones.lead, stick)
    assert any("both stories are kept" in line for line in summary_words(clones.lead, summary))
    assert summary.agrees is None, "of two stories two laptops rightly see different ones"
    revoke_device(clones.lead, device=PEER.device, reason="Two laptops had this key", after=0)
    summary = meet(clones.lead, stick)
    assert summary.forks, "both stay on the stick"
    assert not any("both stories are kept" in line for line in summary_words(clones.lead, summary))


def test_both_write_again_under_new_keys_and_nobody_vanishes(
    clones: Clones, stick: Stick, tmp_path: Path
) -> None:
    """The whole way: met, cut off, new keys, confirmed; then one visit on all, with both stories in it."""
    note = notes.add_note(
        clones.one,
        criterion="IN-301.a",
        kind=NoteKind.INTERVIEW,
        text="first word",
        heard="",
        role="",
        when="",
    )
    notes.write_note(clones.one, note=note.entity, text="second word")
    rate(clones.one, "IN-301.a", "met")
    rate(clones.one, "IN-301.a", "partly-met")
    rate(clones.two, "IN-301.b", "not-met")
    team = [clones.lead, clones.tech, clones.one, clones.two]
    for visit in (clones.one, clones.two, clones.lead, clones.tech):
        meet(visit, stick)
    revoke_device(clones.lead, device=PEER.device, reason="Two laptops had this key", after=0)
    meet(clones.lead, stick)
    for visit, home in ((clones.one, "one"), (clones.two, "two")):
        meet(visit, stick)
        assert parted_at(visit) == 1
        assert part(visit, tmp_path / home) > 0
        assert Identity.load_or_create(tmp_path / home).device == visit.identity.device != PEER.device
        meet(visit, stick)
    meet(clones.lead, stick)
    assert not clones.lead.record.ratings, "it waits"
    for visit in (clones.one, clones.two):
        device = visit.identity.device
        confirm_by_words(clones.lead, device=device, words=words_with(visit, clones.lead.identity.device))
    all_meet(team, stick)
    assert len({digest(visit) for visit in team}) == 1
    assert {
        str(key.criterion): cell.opinions[0].rating for key, cell in clones.lead.record.ratings.items()
    } == {
        "IN-301.a": "partly-met",
        "IN-301.b": "not-met",
    }
    assert [one.text for one in clones.tech.record.notes()] == ["second word"]
    assert not clones.tech.record.conflicts
    assert not forks(clones.lead)
    assert all(visit.store.projection_matches() for visit in team)


def test_writing_again_goes_on_after_an_interruption(
    clones: Clones, stick: Stick, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for letter in "abc":
        rate(clones.two, f"IN-301.{letter}")
    rate(clones.one)
    meet(clones.one, stick)
    meet(clones.two, stick)
    written: list[int] = []
    honest = reissuing._write_act_again

    def cut_short(visit: OpenVisit, entries, ids) -> None:  # type: ignore[no-untyped-def]
        if written:
            raise KeyboardInterrupt
        written.append(1)
        honest(visit, entries, ids)

    monkeypatch.setattr(reissuing, "_write_act_again", cut_short)
    with pytest.raises(KeyboardInterrupt):
        part(clones.two, tmp_path / "two")
    monkeypatch.undo()
    clones.two.become(Identity.load_or_create(tmp_path / "two"))
    assert reissuing.go_on(clones.two) == 2
    assert reissuing.go_on(clones.two) == 0
    device = clones.two.identity.device
    rated = [e for e in clones.two.store.log_of(device) if e.key.type == "rating"]
    assert len(rated) == 3


def test_there_is_nothing_to_part_where_nobody_else_writes(clones: Clones, tmp_path: Path) -> None:
    with pytest.raises(NothingParted):
        part(clones.one, tmp_path / "one")


# ---- a stolen laptop ----------------------------------------------------------------------------------


def test_what_a_stolen_laptop_writes_later_does_not_count_and_what_it_wrote_before_does(
    team: list[OpenVisit], stick: Stick
) -> None:
    lead, peer, tech = team
    rate(peer, "IN-301.a", "met")
    all_meet(team, stick)
    revoke_device(lead, device=PEER.device, reason="Stolen from a car")
    rate(peer, "IN-301.a", "not-met")
    rate(peer, "IN-301.b", "not-met")
    meet(peer, stick)
    for visit in (lead, tech):
        assert meet(visit, stick).of(PEER.device).new >= 1, "kept, and seen"
    meet(lead, stick)
    meet(tech, stick)
    for visit in (lead, tech):
        assert [o.rating for cell in visit.record.ratings.values() for o in cell.opinions] == ["met"]
        assert visit.store.projection_matches()
    states = {x.device: x for person in team_state(lead).people for x in person.laptops}
    assert states[PEER.device].cut_at is not None


def test_a_thief_confirms_nobody(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    planning.change_person(lead, person=PEER.person, role="lead")
    all_meet(team, stick)
    assert peer.i_lead
    revoke_device(lead, device=PEER.device, reason="Stolen")
    planning.confirm_device(peer, device="ab" * 32, person="f" * 32)
    meet(peer, stick)
    meet(lead, stick)
    meet(tech, stick)
    for visit in (lead, tech):
        assert ("ab" * 32, "f" * 32) not in visit.store.authority.members


def test_only_the_lead_cuts_off_and_with_a_reason(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    all_meet(team, stick)
    with pytest.raises(LeadOnly):
        revoke_device(peer, device=TECH.device, reason="for no reason")
    with pytest.raises(TextMissing):
        revoke_device(lead, device=PEER.device, reason="  ")
    with pytest.raises(NotFound):
        revoke_device(lead, device="12", reason="too short a name")
    revoke_device(lead, device=PEER.device, reason="Stolen", after=1)
    with pytest.raises(AlreadyCutOff):
        revoke_device(lead, device=PEER.device, reason="again", after=1)
    revoke_device(lead, device=PEER.device, reason="It was earlier", after=0)
    assert not lead.record.ratings


def test_nothing_handed_over_later_can_be_read_by_a_stolen_laptop(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    from qsin_desktop.sync.refusals import ForOthers

    lead, peer, _ = team
    all_meet(team, stick)
    revoke_device(lead, device=PEER.device, reason="Stolen")
    rating.rate(lead, criterion="IN-301.a", rating="met")
    write_bundle(lead, tmp_path / "later.qsinx")
    before = known(peer)
    with pytest.raises(ForOthers):
        receive(peer, tmp_path / "later.qsinx")
    assert known(peer) == before
