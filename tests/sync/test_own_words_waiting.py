"""Who is not confirmed yet sees their own work all the same; for everybody else it waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from qsin_desktop.actions import planning
from qsin_desktop.actions.enrolling import (
    WordsDiffer,
    WordsOfTheCard,
    card_of,
    confirm_by_words,
    revoke_device,
    words_with,
)
from qsin_desktop.actions.findings import raise_finding, write_finding
from qsin_desktop.actions.notes import add_note
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.sealing import seal
from qsin_desktop.actions.welcoming import welcome
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.domain.visits import Stage
from qsin_desktop.sync.witness import SEEN
from tests.founding import ME, opened
from tests.sync.team import STRANGER, Stick, laptops, meet

SPOT = FieldKey("rating", "IN-301.a|site|", "rating")


def judge(visit: OpenVisit, word: str) -> None:
    rate(visit, criterion="IN-301.a", rating=word, stage=Stage.SITE, reason="Seen by me.")


def ratings(visit: OpenVisit) -> tuple[Standing, ...]:
    return visit.record.standing(SPOT)


def counted(visit: OpenVisit) -> str:
    return visit.store.view_digest(without=[SEEN])


def invite(lead: OpenVisit, stick: Stick) -> None:
    welcome(lead, card_of(STRANGER), role=Role.LAY)
    meet(lead, stick)


def confirm(lead: OpenVisit) -> None:
    planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)


def test_own_work_is_seen_at_once_and_counts_for_others_once_confirmed(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (new,):
        invite(lead, stick)
        judge(new, "met")
        note = add_note(new, criterion="IN-301.a", kind=NoteKind.OBSERVATION, text="A quiet room.").entity
        assert [one.by for one in ratings(new)] == [STRANGER.person]
        assert new.record.note(note) is not None
        meet(new, stick)
        meet(lead, stick)
        assert ratings(lead) == ()
        assert lead.record.note(note) is None
        assert counted(new) == counted(lead), "what counts is the same on both"
        assert meet(new, stick).agrees is True
        assert new.store.projection_matches()
        confirm(lead)
        meet(lead, stick)
        meet(new, stick)
        assert new.confirmed
        assert ratings(new) == ratings(lead) != ()
        assert new.record.note(note) == lead.record.note(note)
        assert counted(new) == counted(lead)


def test_a_text_that_one_newcomer_mends_twice_is_no_disagreement_with_herself(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (new,):
        finding = raise_finding(
            lead, criteria=["IN-301.a"], grade="mandatory", requirement="R", evidence="E", gap="G"
        ).entity
        invite(lead, stick)
        meet(new, stick)
        for text in ("One word.", "One word more.", "The last word."):
            write_finding(new, finding=finding, part="gap", text=text)
        confirm(lead)
        for visit in (new, lead, new):
            meet(visit, stick)
        for visit in (new, lead):
            assert visit.record.conflicts == ()
            found = visit.record.finding(finding)
            assert found is not None
            assert found.gap == "The last word."


def test_it_is_there_after_a_restart_and_whoever_opens_the_folder_finds_it_sound(
    founded: Path, tmp_path: Path
) -> None:
    with laptops(founded, tmp_path / "s", STRANGER) as (new,):
        judge(new, "met")
        path = new.folder.path
    with opened(path, STRANGER) as again:
        assert len(ratings(again)) == 1
        assert again.store.projection_matches()
    with opened(path, ME, reading=True) as looked:
        assert len(ratings(looked)) == 1
        assert looked.store.projection_matches()
    with opened(path, ME) as other:
        assert ratings(other) == (), "on the laptop of somebody else it waits"
        assert other.store.projection_matches()
    with opened(path, STRANGER) as again:
        assert len(ratings(again)) == 1


def test_the_words_of_the_card_confirm_nobody(founded: Path, tmp_path: Path, stick: Stick) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (new,):
        invite(lead, stick)
        judge(new, "met")
        meet(new, stick)
        meet(lead, stick)
        with pytest.raises(WordsOfTheCard):
            confirm_by_words(lead, device=STRANGER.device, words=card_of(STRANGER).words)
        with pytest.raises(WordsDiffer):
            confirm_by_words(lead, device=STRANGER.device, words="one two three four five six")
        confirm_by_words(lead, device=STRANGER.device, words=words_with(new, ME.device))
        assert len(ratings(lead)) == 1


def test_a_leads_second_laptop_seals_nothing_before_it_is_confirmed(founded: Path, tmp_path: Path) -> None:
    second = STRANGER.from_seed(b"the lead's other laptop", ME.person, ME.name)
    with laptops(founded, tmp_path, second) as (visit,):
        assert not visit.confirmed
        judge(visit, "met")
        assert len(ratings(visit)) == 1
        seal(visit, in_spite_of="To see what comes of it.")
        assert visit.record.seal is None


def test_what_was_cut_off_is_not_shown_even_to_its_writer(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (new,):
        invite(lead, stick)
        judge(new, "met")
        meet(new, stick)
        meet(lead, stick)
        revoke_device(lead, device=STRANGER.device, reason="Not ours.", after=0)
        new.receive([lead.store.log_of(ME.device, new.store.tip(ME.device).seq)])
        assert ratings(new) == ()
        assert new.store.projection_matches()


def test_what_counts_is_the_same_where_a_newcomer_wrote_over_what_others_wrote(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (new,):
        finding = raise_finding(lead, criteria=["IN-301.a"], grade="mandatory", gap="No owner.").entity
        judge(lead, "not-met")
        invite(lead, stick)
        meet(new, stick)
        write_finding(new, finding=finding, part="gap", text="An owner at one site.")
        judge(new, "met")
        meet(new, stick)
        meet(lead, stick)
        assert len(ratings(new)) == 2
        assert len(ratings(lead)) == 1
        assert counted(new) == counted(lead)
        assert meet(new, stick).agrees is True
