"""A purge reaches words that were only being typed, and the second place for backups."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, findings, notes
from qsin_desktop.actions.backing_up import CleaningUp, back_up_to, holdings
from qsin_desktop.actions.backup_rounds import backup_round
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.purging import finish_purges, purge, purge_there
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.store.backups import backups_in
from qsin_desktop.store.piece_places import PiecePlaces
from tests.founding import Clock
from tests.raw_pages import raw_pages
from tests.store.makers import tree

A = "IN-301.a"
MARK = "Zebedee Quillfeather"
WHY = "a patient can be told by it"


def pages(visit: OpenVisit, path: Path | None = None) -> bytes:
    """All that the holder of the key can read, of the visit's own database with its log written back."""
    if path is None:
        visit.store.file.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return raw_pages(path or visit.folder.database, visit.data_key.database_key)


def keep(visit: OpenVisit, note: str) -> None:
    """The person types on in the note and does not pause."""
    with visit.drafting():
        notes.write_note(visit, note=note, text=f"{MARK} was scanned", typing=True)


@pytest.fixture
def note(visit: OpenVisit) -> str:
    return notes.add_note(visit, criterion=A, kind=NoteKind.SAMPLE, text=f"{MARK} was").entity


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def photo(visit: OpenVisit, tmp_path: Path) -> str:
    (tmp_path / "face").write_bytes(b"face" * 5_000)
    return evidence.attach(visit, tmp_path / "face", [Target(criterion=A)], caption=MARK).entity


def test_words_kept_while_they_are_typed_go_with_the_note_they_go_on_with(
    visit: OpenVisit, note: str
) -> None:
    keep(visit, note)
    assert MARK.encode() in pages(visit)
    purge(visit, note, reason=WHY)
    assert visit.store.kept_words.drafts() == ()
    finish_purges(visit)
    assert MARK.encode() not in pages(visit)


def test_so_do_words_of_an_exhibit_that_no_entry_has_yet(visit: OpenVisit, photo: str) -> None:
    with visit.drafting():
        evidence.title_exhibit(visit, exhibit=photo, title=MARK, typing=True)
    assert len(visit.store.kept_words.drafts()) == 1
    purge(visit, "E-001", reason=WHY)
    finish_purges(visit)
    assert visit.store.kept_words.drafts() == ()
    assert MARK.encode() not in pages(visit)


def test_what_is_typed_elsewhere_is_kept(visit: OpenVisit, note: str) -> None:
    other = notes.add_note(visit, criterion=A, kind=NoteKind.SAMPLE, text="five").entity
    with visit.drafting():
        notes.write_note(visit, note=other, text="five of five", typing=True)
    purge(visit, note, reason=WHY)
    assert [kept.draft.value for kept in visit.store.kept_words.drafts()] == ["five of five"]


def test_one_text_of_a_finding_goes_and_the_words_typed_in_the_others_stay(visit: OpenVisit) -> None:
    made = raise_finding(
        visit, criteria=[A], grade="mandatory", requirement="r", evidence=f"{MARK} waited", gap="g"
    ).entity
    with visit.drafting():
        findings.write_finding(visit, finding=made, part="evidence", text=f"{MARK} waited 3", typing=True)
        findings.write_finding(visit, finding=made, part="gap", text="no list", typing=True)
    purge(visit, "F-001:evidence", reason=WHY)
    finish_purges(visit)
    assert [kept.draft.value for kept in visit.store.kept_words.drafts()] == ["no list"]
    assert MARK.encode() not in pages(visit)


def test_a_colleagues_purge_takes_what_is_being_typed_here(
    visit: OpenVisit, colleague: OpenVisit, tmp_path: Path
) -> None:
    note = notes.add_note(colleague, criterion=A, kind=NoteKind.SAMPLE, text=f"{MARK} was").entity
    take_from(visit, colleague)
    keep(colleague, note)
    purge(visit, note, reason=WHY)
    take_from(colleague, visit)
    finish_purges(colleague)
    assert colleague.store.kept_words.drafts() == ()
    assert MARK.encode() not in pages(colleague)


def test_a_rating_is_purged_with_its_reason_and_what_waits_for_one(visit: OpenVisit) -> None:
    spot = RatingKey(A, Stage.SITE)
    rate(visit, criterion=A, rating="not-met", reason=f"{MARK} was not asked")
    visit.store.kept_words.keep_loose(f"rating|{spot.entity}", f"{MARK}, again")
    purge(visit, f"rating:{spot.entity}", reason=WHY)
    finish_purges(visit)
    assert visit.record.rating(spot).rating is None
    assert visit.store.kept_words.loose() == {}
    assert MARK.encode() not in pages(visit)


def test_the_second_place_is_rid_of_copies_and_pieces(visit: OpenVisit, photo: str, stick: Path) -> None:
    back_up_to(visit, stick)
    (own,) = stick.iterdir()
    (copy,) = backups_in(own)
    assert MARK.encode() in pages(visit, copy.path)
    assert len(tree(own / "exhibits")) == 1
    purge(visit, "E-001", reason=WHY)
    assert holdings(visit).cleaning
    with pytest.raises(CleaningUp):
        back_up_to(visit, stick)
    finish_purges(visit)
    assert purge_there(visit, stick) == "The backups in the second place were replaced too."
    assert not copy.path.exists()
    (made,) = backups_in(own)
    assert MARK.encode() not in pages(visit, made.path)
    assert tree(own / "exhibits") == set()
    assert purge_there(visit, stick) == ""


def test_a_stick_that_was_away_is_rid_of_it_by_the_next_round(
    visit: OpenVisit, photo: str, stick: Path
) -> None:
    back_up_to(visit, stick)
    pocket = stick.rename(stick.with_name("pocket"))
    purge(visit, "E-001", reason=WHY)
    finish_purges(visit)
    assert "is not connected" in purge_there(visit, stick)
    pocket.rename(stick)
    assert isinstance(visit.clock, Clock)
    visit.clock.time += timedelta(minutes=1)  # not yet time for a new copy
    there = backup_round(visit, stick, holds=holdings(visit)).there
    assert there is not None
    assert there.whole
    (own,) = stick.iterdir()
    (made,) = backups_in(own)
    assert MARK.encode() not in pages(visit, made.path)
    assert tree(own / "exhibits") == set()


def test_a_piece_that_another_exhibit_claims_stays_there_too(
    visit: OpenVisit, photo: str, stick: Path, tmp_path: Path
) -> None:
    back_up_to(visit, stick)
    (own,) = stick.iterdir()
    exhibit = visit.record.exhibit(photo)
    assert exhibit is not None
    places = PiecePlaces(own / "exhibits", visit.data_key)
    assert places.path_of(exhibit.pieces[0]).exists()
    notes.add_note(visit, criterion=A, kind=NoteKind.SAMPLE, text=MARK)
    note = visit.record.notes(A)[0].id
    purge(visit, note, reason=WHY)
    finish_purges(visit)
    purge_there(visit, stick)
    assert places.path_of(exhibit.pieces[0]).exists()
