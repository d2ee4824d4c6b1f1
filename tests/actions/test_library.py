from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from qsin_desktop.actions.library import (
    VisitCard,
    card_after_look,
    close_visit,
    elsewhere,
    identity_for,
    is_example,
    known_card,
    look_into,
    place_for,
    stage_of,
    visits_in,
)
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.summaries import FILE_NAME, Summaries
from qsin_desktop.store.identity import IDENTITY_NAME
from tests.founding import ME, PEER, copy_of, key_file_of, opened


@pytest.fixture
def summaries(tmp_path: Path) -> Summaries:
    home = tmp_path / "home"
    home.mkdir()
    return Summaries(home, ME)


def test_visits_are_found_in_the_library_and_in_its_folders(founded: Path, tmp_path: Path) -> None:
    here, below = copy_of(founded, tmp_path / "lib"), copy_of(founded, tmp_path / "lib" / "2025")
    copy_of(founded, tmp_path / "lib" / "too" / "deep")
    (tmp_path / "lib" / "Letters").mkdir()
    assert set(visits_in(tmp_path / "lib")) == {here, below}


def test_a_library_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert visits_in(tmp_path / "gone") == ()


def test_recent_visits_of_other_folders_are_listed_while_they_are_there(
    founded: Path, tmp_path: Path
) -> None:
    inside, outside = copy_of(founded, tmp_path / "lib"), copy_of(founded, tmp_path / "stick")
    recent = (str(outside), str(inside), str(tmp_path / "gone.qsin"))
    assert elsewhere(recent, tmp_path / "lib") == (outside,)


def test_a_new_visit_takes_no_other_visits_name(tmp_path: Path) -> None:
    assert place_for(tmp_path, " Greater: Wessex ", 2026).name == "Greater_ Wessex 2026.qsin"
    (tmp_path / "Greater_ Wessex 2026.qsin").mkdir()
    assert place_for(tmp_path, "Greater: Wessex", 2026).name == "Greater_ Wessex 2026 (2).qsin"


def test_a_closed_visit_is_known_without_opening_it(folder: Path, summaries: Summaries) -> None:
    visit = opened(folder)
    rate(visit, criterion="IN-101.a", rating="met")
    assert known_card(folder, summaries) is None
    close_visit(visit, summaries)
    card = known_card(folder, summaries)
    assert card is not None
    assert (card.network, card.lead, card.starts) == (
        "Thames Estuary Imaging Network",
        "Lena Lead",
        "2026-11-24",
    )
    assert (card.rated, card.locked) == (1, False)
    assert card.missing > 0
    assert card.criteria == len(visit.pack.criteria)


def test_what_is_kept_of_a_visit_is_not_readable_on_the_disk(
    folder: Path, summaries: Summaries, tmp_path: Path
) -> None:
    close_visit(opened(folder), summaries)
    content = (tmp_path / "home" / FILE_NAME).read_bytes()
    assert b"Thames" not in content
    assert b"Lena" not in content


def test_another_laptop_cannot_read_it_and_starts_anew(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    close_visit(opened(folder), Summaries(tmp_path / "home", ME))
    assert known_card(folder, Summaries(tmp_path / "home", ME)) is not None
    assert known_card(folder, Summaries(tmp_path / "home", PEER)) is None


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 500, json.dumps({}).encode()])
def test_a_damaged_file_is_no_obstacle(folder: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / FILE_NAME).write_bytes(content)
    summaries = Summaries(tmp_path / "home", ME)
    assert known_card(folder, summaries) is None
    close_visit(opened(folder), summaries)
    assert known_card(folder, summaries) is not None


def test_a_visit_that_another_program_wrote_is_looked_at_anew(folder: Path, summaries: Summaries) -> None:
    close_visit(opened(folder), summaries)
    with opened(folder) as visit:
        rate(visit, criterion="IN-101.a", rating="met")
    assert known_card(folder, summaries) is None
    card = card_after_look(folder, look_into(folder, ME), summaries)
    assert card.rated == 1
    assert known_card(folder, summaries) == card


def test_without_a_key_that_lies_ready_a_visit_is_locked(folder: Path, summaries: Summaries) -> None:
    key_file_of(folder).unlink()
    assert look_into(folder, ME) is None
    card = card_after_look(folder, None, summaries)
    assert card == VisitCard(folder, "Thames Estuary 2026", locked=True)


def test_an_example_is_opened_as_its_invented_lead(folder: Path) -> None:
    assert identity_for(folder, PEER) == PEER
    home = folder.parent / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)
    assert is_example(folder)
    assert identity_for(folder, PEER) == ME
    key_file_of(folder).unlink()
    assert not is_example(folder)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 20), "In 4 days"),
        (date(2026, 11, 23), "Tomorrow"),
        (date(2026, 11, 24), "Day 1 of 2"),
        (date(2026, 11, 25), "Day 2 of 2"),
        (date(2026, 11, 26), ""),
    ],
)
def test_where_a_visit_is_by_its_dates(today: date, said: str) -> None:
    card = VisitCard(Path("x"), "x", starts="2026-11-24", ends="2026-11-25")
    assert stage_of(card, today) == said
    assert stage_of(VisitCard(Path("x"), "x"), today) == ""
