"""The only lead's only laptop was restored twice from one backup: nobody can confirm, and nothing is lost."""

from __future__ import annotations

import random
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from qsin_desktop.actions import notes, planning
from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.enrolling import OwnLaptop, confirm_by_words, revoke_device, words_with
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reissuing import forks, mend, parted_at
from qsin_desktop.actions.sealing import seal
from qsin_desktop.domain.closing import PointKind
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import authority_of
from qsin_desktop.journal.entry import Draft
from qsin_desktop.journal.heirs import heir_word
from qsin_desktop.journal.view import view_of
from qsin_desktop.store.identity import IDENTITY_NAME, Identity
from tests.founding import ME, PEER, copy_of, opened
from tests.sync.team import STRANGER, TECH, Stick, all_meet, digest, laptops, meet
from tests.sync.test_exchange import rate


class Restored:
    """Two laptops that both hold the only lead's key and the same visit, and two colleagues."""

    def __init__(self, one: OpenVisit, two: OpenVisit, peer: OpenVisit, tech: OpenVisit, place: Path) -> None:
        self.one, self.two, self.peer, self.tech, self.place = one, two, peer, tech, place
        self.all = [one, two, peer, tech]

    def home(self, visit: OpenVisit) -> Path:
        return self.place / ("one" if visit is self.one else "two")

    def mend(self, visit: OpenVisit) -> int:
        return mend(visit, self.home(visit))


@pytest.fixture
def restored(founded: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    with ExitStack() as stack:
        one, peer, tech = stack.enter_context(laptops(founded, tmp_path))
        (two,) = stack.enter_context(laptops(founded, tmp_path / "clone", ME))
        made = Restored(one, two, peer, tech, tmp_path)
        for visit in (one, two):
            made.home(visit).mkdir()
            visit.identity.keep(made.home(visit) / IDENTITY_NAME)
        yield made


def write_note(visit: OpenVisit, text: str) -> None:
    notes.add_note(
        visit,
        criterion="IN-301.a",
        kind=NoteKind.OBSERVATION,
        text=text,
        heard="",
        role="",
        when="",
    )


def to_rest(made: Restored, stick: Stick) -> None:
    """As the program does: each exchange, and a new key where one is needed."""
    for _ in range(4):
        for visit in made.all:
            meet(visit, stick)
            made.mend(visit) if visit in (made.one, made.two) else None
    all_meet(made.all, stick)


def test_both_laptops_of_the_only_lead_go_on_and_nothing_is_lost(restored: Restored, stick: Stick) -> None:
    write_note(restored.one, "of the first laptop")
    rate(restored.one, "IN-301.a", "met")
    write_note(restored.two, "of the second laptop")
    rate(restored.two, "IN-301.b", "not-met")
    rate(restored.peer, "IN-301.c", "met")
    to_rest(restored, stick)
    assert len({digest(visit) for visit in restored.all}) == 1, "one view on all"
    keys = {restored.one.identity.device, restored.two.identity.device}
    assert len(keys) == 2
    assert ME.device not in keys
    for visit in restored.all:
        assert {note.text for note in visit.record.notes()} == {
            "of the first laptop",
            "of the second laptop",
        }
        assert {key.criterion for key in visit.record.ratings} == {"IN-301.a", "IN-301.b", "IN-301.c"}
        assert {device for device, person in visit.store.authority.members if person == ME.person} >= keys
        assert not forks(visit)
        assert not visit.record.conflicts
        assert visit.store.projection_matches()
    for visit in (restored.one, restored.two):
        assert visit.i_lead
        assert visit.confirmed
    assert not [p for p in closing_points(restored.two) if p.kind in (PointKind.FORK, PointKind.WAITING)]
    seal(restored.two, in_spite_of="Enough for a test")
    to_rest(restored, stick)
    assert all(visit.record.seal is not None for visit in restored.all), "either may close the visit"


def test_what_only_one_of_them_had_confirmed_counts_again(
    founded: Path, restored: Restored, tmp_path: Path, stick: Stick
) -> None:
    """The branch of a lead holds confirmations too; they are written again with the rest."""
    planning.add_person(restored.one, name="Nobody Known", role=Role.LAY, person=STRANGER.person)
    planning.confirm_device(restored.one, device=STRANGER.device, person=STRANGER.person)
    rate(restored.two)
    with laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        rate(stranger, "IN-301.b")
        restored.all.append(stranger)
        to_rest(restored, stick)
        assert len({digest(visit) for visit in restored.all}) == 1
        assert (STRANGER.device, STRANGER.person) in restored.two.store.authority.members
        assert len(restored.peer.record.ratings) == 2


def test_a_new_key_counts_by_itself_only_where_no_other_lead_could_confirm_it(
    restored: Restored, stick: Stick
) -> None:
    planning.change_person(restored.one, person=PEER.person, role=Role.LEAD.value)
    meet(restored.one, stick)
    meet(restored.two, stick)
    rate(restored.one)
    rate(restored.two, word="not-met")
    to_rest(restored, stick)
    for visit in (restored.one, restored.two):
        assert (visit.identity.device, ME.person) not in restored.peer.store.authority.members, "it waits"
    revoke_device(
        restored.peer,
        device=ME.device,
        reason="Two laptops had it",
        after=parted_of(restored.peer, ME.device) - 1,
    )
    for visit in (restored.one, restored.two):
        words = words_with(visit, PEER.device)
        confirm_by_words(restored.peer, device=visit.identity.device, words=words)
    to_rest(restored, stick)
    assert len({digest(visit) for visit in restored.all}) == 1
    (cell,) = restored.tech.record.ratings.values()
    assert len({opinion.by for opinion in cell.opinions}) == 1, "one person has one opinion"


def parted_of(visit: OpenVisit, device: str) -> int:
    return next(fork.parted_at for fork in forks(visit) if fork.device == device)


def test_who_has_not_the_old_key_is_no_heir(team: list[OpenVisit], stick: Stick) -> None:
    """Anybody can write that they follow the lead; only the lead's key can swear it."""
    lead, peer, tech = team
    forged = TECH.sign(heir_word(TECH.device)).hex()
    for sworn in ("", "00" * 64, forged, "no hex"):
        value = {"to": TECH.device, "since": 1, "sworn": sworn}
        tech.write("Follow the lead", [Draft(FieldKey("device", ME.device, "reissued"), value)])
    all_meet(team, stick)
    for visit in team:
        assert not visit.store.authority.cuts
        assert (TECH.device, ME.person) not in visit.store.authority.members
    assert peer.store.authority.leads == {ME.person}
    assert lead.confirmed


def test_an_heir_of_a_key_that_was_cut_off_is_none(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    """A thief has the key and may swear with it what he likes."""
    lead, peer, tech = team
    rate(peer)
    all_meet(team, stick)
    PEER.keep(tmp_path / IDENTITY_NAME)
    thief = PEER.on_new_laptop(tmp_path)
    revoke_device(lead, device=PEER.device, reason="Stolen from a car")
    meet(lead, stick)
    peer.become(thief)
    value = {"to": thief.device, "since": 1, "sworn": thief.sworn(PEER.device)}
    peer.write("Follow", [Draft(FieldKey("device", PEER.device, "reissued"), value)])
    rate(peer, "IN-301.b")
    all_meet([peer, tech], stick)
    meet(lead, stick)
    assert (thief.device, PEER.person) not in lead.store.authority.members
    assert [key.criterion for key in lead.record.ratings] == ["IN-301.a"]


def test_who_counts_is_the_same_in_any_order_of_arrival(restored: Restored, stick: Stick) -> None:
    rate(restored.one)
    rate(restored.two, word="not-met")
    to_rest(restored, stick)
    entries = restored.peer.store.entries()
    whole = authority_of(entries)
    dice = random.Random(5)
    for _ in range(30):
        dice.shuffle(entries)
        assert authority_of(entries) == whole
        assert view_of(entries).digest == view_of(restored.peer.store.entries()).digest


def test_taking_a_new_key_goes_on_after_a_cut_at_the_worst_moment(
    restored: Restored, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is kept in the home folder, and the program ends before the visit says so."""
    rate(restored.one)
    rate(restored.two, word="not-met")
    meet(restored.one, stick)
    meet(restored.two, stick)
    assert parted_at(restored.two)
    with monkeypatch.context() as patch:
        patch.setattr(OpenVisit, "become", lambda self, identity: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restored.mend(restored.two)
    fresh = Identity.load_or_create(restored.home(restored.two))
    assert fresh.device != ME.device
    path = restored.two.folder.path
    restored.two.close()
    with opened(path, fresh) as again:
        assert again.confirmed, "opening it was enough"
        assert len([e for e in again.store.log_of(fresh.device) if e.key.type == "rating"]) == 1


def test_another_visit_of_the_same_lead_is_not_locked(
    restored: Restored, founded: Path, stick: Stick, tmp_path: Path
) -> None:
    """The key is one for all visits: in one that knows only the old key, the new one is its heir."""
    other = copy_of(founded, tmp_path / "another")
    rate(restored.one)
    rate(restored.two, word="not-met")
    meet(restored.one, stick)
    meet(restored.two, stick)
    restored.mend(restored.two)
    with opened(other, restored.two.identity) as visit:
        assert visit.confirmed
        rate(visit, "IN-301.b")
        assert visit.record.ratings


def test_nobody_cuts_off_the_laptop_at_hand(team: list[OpenVisit]) -> None:
    with pytest.raises(OwnLaptop, match="laptop you work on"):
        revoke_device(team[0], device=ME.device, reason="by mistake")


def test_both_stories_reach_everybody_even_by_a_third_and_another_stick(
    restored: Restored, stick: Stick, tmp_path: Path
) -> None:
    """The tech never meets the stick on which the two differ; the peer hands both on."""
    for _ in range(3):
        rate(restored.one, "IN-301.a", "met")
        meet(restored.one, stick)
    for word in ("not-met", "partly-met"):
        rate(restored.two, "IN-301.b", word)
        meet(restored.two, stick)
    meet(restored.peer, stick)
    assert forks(restored.peer)
    second = Stick(tmp_path / "second")
    second.path.mkdir()
    meet(restored.peer, second)
    meet(restored.tech, second)
    assert [fork.device for fork in forks(restored.tech)] == [ME.device]
    here = {entry.id for entry in restored.tech.store.log_of(ME.device)}
    aside = {kept.last for kept, _ in restored.tech.aside.all()}
    assert here
    assert aside
    files = second.files()
    meet(restored.peer, second)
    meet(restored.tech, second)
    assert second.files() == files, "told once"


def test_a_later_part_of_the_other_story_is_kept_though_it_begins_beyond_this_one(
    restored: Restored, stick: Stick
) -> None:
    rate(restored.one, "IN-301.a", "met")
    meet(restored.one, stick)
    meet(restored.peer, stick)
    for number in range(5):
        rate(restored.two, f"IN-301.{'abc'[number % 3]}", ("not-met", "partly-met")[number % 2])
        meet(restored.two, stick)
    meet(restored.peer, stick)
    kept = [one for one, _ in restored.peer.aside.all() if one.device == ME.device]
    own = restored.two.store.tip(ME.device).seq
    assert max(one.last for one in kept) >= own - 1
    assert restored.peer.store.tip(ME.device).seq < own


@pytest.mark.parametrize("other_lives", [False, True])
def test_a_second_fork_of_one_of_the_two_waits_for_nobody(
    restored: Restored, stick: Stick, tmp_path: Path, other_lives: bool
) -> None:
    """The other heir may be the laptop that is no more: whoever waited for it would wait for ever."""
    write_note(restored.one, "of the first laptop")
    write_note(restored.two, "of the second laptop")
    to_rest(restored, stick)
    home, path = restored.home(restored.one), restored.one.folder.path
    restored.one.close()
    for source, target in ((home, tmp_path / "home 3"), (path.parent, tmp_path / "folder 3")):
        shutil.copytree(source, target)
    with (
        opened(path, Identity.load_or_create(home)) as again,
        opened(tmp_path / "folder 3" / path.name, Identity.load_or_create(tmp_path / "home 3")) as third,
    ):
        assert again.identity.device == third.identity.device
        write_note(again, "of the first, restored")
        write_note(third, "of the third")
        homes = {again.folder.path: home, third.folder.path: tmp_path / "home 3"}
        team = [again, third, restored.peer, restored.tech, *([restored.two] if other_lives else [])]
        for _ in range(4):
            for visit in team:
                meet(visit, stick)
                if visit.folder.path in homes:
                    mend(visit, homes[visit.folder.path])
        all_meet(team, stick)
        assert len({digest(visit) for visit in team}) == 1
        assert again.confirmed
        assert third.confirmed
        for visit in team:
            assert len(visit.record.notes()) == 4
            assert not [p for p in closing_points(visit) if p.kind in (PointKind.FORK, PointKind.WAITING)]
            assert visit.store.projection_matches()
        seal(third, in_spite_of="Enough for a test")
