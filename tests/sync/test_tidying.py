"""A folder that is met at for days stays small, and nobody misses anything that went from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qsin_desktop.actions import planning
from qsin_desktop.actions.enrolling import revoke_device
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.people import Role
from qsin_desktop.sync import tidying
from qsin_desktop.sync.names import short
from tests.founding import ME, PEER
from tests.sync.team import STRANGER, TECH, Stick, all_meet, digest, known, laptops, meet
from tests.sync.test_exchange import attach, rate


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "MOST_SMALL", 4)


def logs_of(stick: Stick, device: str) -> list[Path]:
    return [path for path in stick.logs() if path.parent.name == short(device)]


def groups(stick: Stick) -> set[str]:
    return {path.relative_to(stick.path).parts[1] for path in stick.logs()}


def test_many_small_files_become_few_and_a_newcomer_misses_nothing(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as team:
        lead, peer, _ = team
        for number in range(12):
            rate(peer, f"IN-301.{'abc'[number % 3]}", ("met", "not-met")[number % 2])
            meet(peer, stick)
        assert 1 <= len(logs_of(stick, PEER.device)) <= 6
        assert sum(meet(visit, stick).entries_taken for visit in (lead,)) >= 12
        assert known(peer) <= known(lead)
        all_meet(team, stick)
        with laptops(founded, tmp_path / "late", TECH) as (late,):
            meet(late, stick)
            assert known(lead) <= known(late)
            assert digest(late) != ""
        before = stick.files()
        assert all(meet(visit, stick).moved == 0 for visit in team)
        assert stick.files() == before, "tidying comes to rest"


def test_files_for_an_earlier_team_go_when_all_of_them_stands_for_the_new_one(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as team, laptops(founded, tmp_path / "s", STRANGER) as (newcomer,):
        lead, peer, tech = team
        attach(peer, "photo.bin", b"a photo")
        all_meet(team, stick)
        old = groups(stick)
        planning.add_person(lead, name="Nobody Known", role=Role.LAY, person=STRANGER.person)
        planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)
        summary = meet(lead, stick)
        assert summary.tidied > 0
        assert old.isdisjoint(groups(stick))
        assert len(stick.pieces()) == 1
        for visit in (tech, peer, newcomer):
            meet(visit, stick)
        all_meet([*team, newcomer], stick)
        assert len({digest(visit) for visit in (*team, newcomer)}) == 1
        assert all(visit.pieces.has(p) for visit in team for e in visit.record.exhibits() for p in e.pieces)
        assert newcomer.pieces.has(newcomer.record.exhibits()[0].pieces[0])


def test_who_does_not_know_the_new_team_takes_nothing_of_it_away(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    """The tech does not know yet that somebody joined: a larger team is no earlier one."""
    lead, _, tech = team
    all_meet(team, stick)
    planning.add_person(lead, name="Nobody Known", role=Role.LAY, person=STRANGER.person)
    planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)
    meet(lead, stick)
    new = [path for path in stick.logs() if path.relative_to(stick.path).parts[1] in groups(stick)]
    own = logs_of(stick, ME.device)
    for path in own:
        path.write_bytes(path.read_bytes()[:-1])  # so that the tech cannot learn of it here
    meet(tech, stick)
    meet(tech, stick)
    assert all(path.exists() for path in new if path not in own)


def test_a_laptop_nobody_confirmed_takes_nothing_of_the_teams_away(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    """It writes for itself and the team, which is more than the team: the team is not outdated by that."""
    with laptops(founded, tmp_path) as team, laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        rate(stranger)
        attach(team[1], "photo.bin", b"a photo")
        all_meet(team, stick)
        before = set(stick.files())
        meet(stranger, stick)
        assert before <= set(stick.files())
        all_meet([*team, stranger], stick)
        files = stick.files()
        assert not sum(meet(visit, stick).moved for visit in (*team, stranger)), "it comes to rest"
        assert stick.files() == files


def test_a_damaged_new_file_keeps_the_old_one(founded: Path, tmp_path: Path, stick: Stick) -> None:
    """What cannot be read back is no reason to take the other away."""
    with laptops(founded, tmp_path) as team:
        lead, peer, _ = team
        attach(peer, "photo.bin", b"a photo")
        all_meet(team, stick)
        (old,) = stick.pieces()
        kept = old.read_bytes()
        planning.add_person(lead, name="Nobody Known", role=Role.LAY, person=STRANGER.person)
        planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)
        meet(lead, stick)
        (new,) = stick.pieces()
        old.parent.mkdir(parents=True, exist_ok=True)
        old.write_bytes(kept)
        new.write_bytes(new.read_bytes()[:-1])
        meet(lead, stick)
        assert old.exists()


def test_the_second_story_of_a_forked_key_is_never_tidied_away(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as (lead, peer, tech), laptops(founded, tmp_path / "c", PEER) as (clone,):
        rate(clone, word="not-met")
        meet(clone, stick)
        (other,) = logs_of(stick, PEER.device)
        for number in range(9):
            rate(peer, f"IN-301.{'abc'[number % 3]}", ("met", "not-met")[number % 2])
            meet(peer, stick)
            meet(lead, stick)
        assert other.exists()
        assert tech.store.entry_count()


def test_who_was_cut_off_keeps_nobody_from_tidying(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    rate(peer)
    all_meet(team, stick)
    old = groups(stick)
    revoke_device(lead, device=PEER.device, reason="Stolen from a car")
    meet(lead, stick)
    assert old.isdisjoint(groups(stick))
    meet(tech, stick)
    assert known(tech) >= known(lead)


def test_a_file_that_goes_while_it_is_read_is_no_damage(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    place = stick.place(lead)
    honest = place.read

    def gone_meanwhile(path: str) -> bytes | None:
        if "/log/" in path:
            (place.root / path).unlink(missing_ok=True)
        return honest(path)

    place.read = gone_meanwhile  # type: ignore[method-assign]
    assert meet(lead, place).faults == []
