from __future__ import annotations

from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, planning, rating
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.exchanging import exchange_with
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.people import Role
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.sync.holder import Course
from qsin_desktop.sync.refusals import ExchangeStopped
from tests.founding import PEER, opened
from tests.sync.team import STRANGER, TECH, Stick, all_meet, copy_stick, digest, known, laptops, meet


def rate(visit: OpenVisit, criterion: str = "IN-301.a", word: str = "met", site: str = "") -> None:
    rating.rate(visit, criterion=criterion, rating=word, site=site, reason=f"{visit.identity.name} saw it")


def attach(visit: OpenVisit, name: str, content: bytes) -> str:
    prepared = evidence.prepare_bytes(visit.pieces, content, name)
    return evidence.attach_prepared(visit, prepared, [Target(criterion="IN-301.a")]).entity


def test_three_laptops_that_met_at_a_stick_hold_the_same(team: list[OpenVisit], stick: Stick) -> None:
    for visit, site in zip(team, ("Royal Wessex", "Harbour CDC", ""), strict=True):
        rate(visit, site=site)
    everything = set().union(*map(known, team))
    all_meet(team, stick)
    assert len({digest(visit) for visit in team}) == 1
    assert all(everything <= known(visit) for visit in team)
    assert len(team[0].record.ratings) == 3


def test_a_second_exchange_moves_nothing_and_writes_nothing(team: list[OpenVisit], stick: Stick) -> None:
    rate(team[1])
    all_meet(team, stick)
    before = (stick.files(), [known(visit) for visit in team])
    summaries = [meet(visit, stick) for visit in team]
    assert [summary.moved for summary in summaries] == [0, 0, 0]
    assert (stick.files(), [known(visit) for visit in team]) == before


def test_the_summary_tells_person_by_person_what_came(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    rate(peer, "IN-301.b", "partly-met")
    meet(peer, stick)
    summary = meet(lead, stick)
    came = summary.of(PEER.device)
    assert (came.person, came.new, came.refused) == (PEER.person, 3, ""), "two ratings, and that they met"
    assert summary.of(lead.identity.device).known == lead.store.tip(lead.identity.device).seq - 1
    assert {key.type for key in summary.keys} == {"rating", "device"}


def test_a_disagreement_shows_on_all_until_the_lead_settles_it(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer, word="met")
    rate(tech, word="not-met")
    all_meet(team, stick)
    assert all(len(visit.record.conflicts) == 1 for visit in team)
    rating.settle(lead, criterion="IN-301.a", rating="partly-met", reason="Both were right in part")
    all_meet(team, stick)
    assert all(not visit.record.conflicts for visit in team)


def test_records_come_first_and_evidence_after(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    attach(peer, "photo.bin", b"x" * (PIECE_BYTES + 5))
    meet(peer, stick)
    asked: list[str] = []
    summary = meet(lead, stick, Course(progress=lambda done, total, words: asked.append(words)))
    assert (summary.pieces_taken, summary.pieces_wanted) == (2, 0)
    assert asked.index("Reading entries") < asked.index("Taking evidence")
    exhibit = lead.record.exhibits()[0]
    assert lead.pieces.open(exhibit.pieces, exhibit.size).read() == b"x" * (PIECE_BYTES + 5)


def test_evidence_is_wanted_until_somebody_brings_it(team: list[OpenVisit], tmp_path: Path) -> None:
    lead, peer, tech = team
    sticks = [Stick(tmp_path / name) for name in ("first", "second")]
    for stick in sticks:
        stick.path.mkdir()
    attach(peer, "photo.bin", b"a photo")
    meet(peer, sticks[0])
    for piece in sticks[0].pieces():
        piece.unlink()
    assert meet(tech, sticks[0]).pieces_wanted == 1
    assert meet(tech, sticks[0]).pieces_wanted == 1, "it stays wanted"
    meet(peer, sticks[1])
    assert meet(tech, sticks[1]).pieces_taken == 1, "another place has it"
    assert meet(lead, sticks[1]).pieces_taken == 1


def test_an_exchange_that_was_stopped_goes_on_where_it_was(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    for number in range(4):
        attach(peer, f"{number}.bin", bytes([number]) * 100)
    with pytest.raises(ExchangeStopped, match="stays"):
        meet(peer, stick, Course(cancelled=lambda: len(stick.pieces()) == 2))
    assert len(stick.pieces()) == 2
    assert meet(peer, stick).pieces_given == 2
    assert meet(lead, stick).pieces_taken == 4


def test_the_work_on_the_journal_is_done_where_the_owner_says(team: list[OpenVisit], stick: Stick) -> None:
    """The exchange may run on another thread; each touch of the journal is brought home."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import current_thread, main_thread

    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    home: list[bool] = []
    with ThreadPoolExecutor(1, "owner") as owner, ThreadPoolExecutor(1, "exchange") as other:

        def at_home(act: object) -> object:
            home.append(current_thread() is not main_thread())
            return owner.submit(act).result()  # type: ignore[arg-type]

        summary = other.submit(exchange_with, lead, stick.path, course=Course(owner=at_home)).result()
    assert summary.entries_taken == 2
    assert all(home)


def test_a_new_laptop_waits_until_the_lead_confirms_it(founded: Path, tmp_path: Path, stick: Stick) -> None:
    with laptops(founded, tmp_path) as team, laptops(founded, tmp_path / "more", STRANGER) as (stranger,):
        lead = team[0]
        rate(stranger, word="not-met")
        meet(stranger, stick)
        summary = meet(lead, stick)
        assert summary.of(STRANGER.device).new >= 1, "kept"
        assert not lead.record.ratings, "not counted"
        planning.add_person(lead, name="Nobody Known", role=Role.LAY, person=STRANGER.person)
        planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)
        assert len(lead.record.ratings) == 1
        all_meet([*team, stranger], stick)
        assert len({digest(visit) for visit in (*team, stranger)}) == 1


def test_nothing_on_the_stick_can_be_read_without_a_key(team: list[OpenVisit], stick: Stick) -> None:
    words = "Words that only the team may read"
    rating.rate(team[1], criterion="IN-301.a", rating="met", reason=words)
    attach(team[1], "photo.bin", words.encode() * 50)
    meet(team[1], stick)
    telling = [words.encode(), b"Thames", b"Ada", PEER.person.encode(), b"photo"]
    for path in stick.files():
        assert not any(word in path.read_bytes() for word in telling), path
    named = {path.name for path in stick.pieces()}
    exhibit = team[1].record.exhibits()[0]
    assert named.isdisjoint({exhibit.sha256, *exhibit.pieces}), "no file can be recognised by its hash"


def test_a_laptop_that_lost_its_last_days_takes_them_back_before_it_writes(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path, PEER) as (before,):
        rate(before)
        rate(before, "IN-301.b")
        meet(before, stick)
        whole = known(before)
    with laptops(founded, tmp_path / "restored", PEER) as (restored,):
        summary = meet(restored, stick)
        assert summary.of(PEER.device).new == 3
        rate(restored, "IN-301.c")
        assert whole <= known(restored)
        assert not meet(restored, stick).forks


def test_no_clock_matters(founded: Path, tmp_path: Path, stick: Stick) -> None:
    """One laptop's date is ten years ahead; the later word of the other still stands."""
    with laptops(founded, tmp_path) as team:
        lead, peer, tech = team
        clock = peer.clock
        peer.clock = lambda: clock().replace(year=2036)
        planning.set_facts(peer, {"scope": "from the future"})
        all_meet(team, stick)
        planning.set_facts(tech, {"scope": "from today"})
        all_meet(team, stick)
        assert {visit.record.facts.scope for visit in team} == {"from today"}
        assert not lead.record.conflicts


def test_members_who_join_later_can_read_what_was_there_before(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as team:
        attach(team[1], "photo.bin", b"a photo")
        all_meet(team, stick)
        planning.add_person(team[0], name="Nobody Known", role=Role.LAY, person=STRANGER.person)
        planning.confirm_device(team[0], device=STRANGER.device, person=STRANGER.person)
        meet(team[0], stick)
        with laptops(founded, tmp_path / "late", STRANGER) as (late,):
            summary = meet(late, stick)
            assert summary.pieces_taken == 1
            assert known(late) >= known(team[0])


def test_who_was_cut_off_reads_nothing_that_is_new(founded: Path, tmp_path: Path, stick: Stick) -> None:
    from qsin_desktop.actions.enrolling import revoke_device

    with laptops(founded, tmp_path) as team:
        lead, peer, tech = team
        all_meet(team, stick)
        revoke_device(lead, device=PEER.device, reason="Stolen from a car")
        rate(lead, word="partly-met")
        before = known(peer)
        meet(lead, stick)
        later = copy_stick(stick, tmp_path / "later")
        assert meet(peer, later).for_others > 0
        assert known(peer) == before
        assert meet(tech, stick).entries_taken > 0


def test_opening_again_shows_what_came(founded: Path, tmp_path: Path, stick: Stick) -> None:
    with laptops(founded, tmp_path) as team:
        rate(team[1])
        meet(team[1], stick)
        meet(team[0], stick)
        path, seen = team[0].folder.path, digest(team[0])
    with opened(path) as again:
        assert digest(again) == seen
        assert again.store.projection_matches()
        assert again.record.ratings


def test_two_who_know_the_same_see_the_same(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer)
    meet(peer, stick)
    meet(lead, stick)
    assert meet(peer, stick).agrees is True
    assert tech.store.tip(TECH.device).seq == 0
