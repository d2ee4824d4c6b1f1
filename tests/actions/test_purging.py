"""Purge of an exhibit or a text on one laptop: nothing is left, for the holder of the key either."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
import sqlcipher3

from qsin_desktop.actions import evidence, findings, notes, planning, rating, sealing
from qsin_desktop.actions.checking import back_up, check_visit
from qsin_desktop.actions.evidence import ExhibitPurged, PurgedBefore, Target
from qsin_desktop.actions.late_changes import late_changes, signed_record
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.purge_targets import (
    CannotBePurged,
    NothingLeftToPurge,
    NotYoursToPurge,
    target_of,
)
from qsin_desktop.actions.purging import finish_purges, purge, purged_words
from qsin_desktop.actions.searching import search
from qsin_desktop.actions.trail import trail_rows, verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NotFound, ReadOnlyVisit, TextMissing
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.withdrawals import PURGED_WORDS
from qsin_desktop.journal.entry import Act, Draft
from qsin_desktop.store import purging
from qsin_desktop.store.backups import backups_of
from qsin_desktop.store.piece_format import PIECE_BYTES
from tests.founding import PEER, opened
from tests.raw_pages import raw_pages

A, B = "IN-301.a", "IN-301.b"
MARK = "Zebedee Quillfeather"
WHY = "a patient can be told by it"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / f"{MARK}.txt"
    path.write_text(f"The face of {MARK}. " * 400, encoding="utf-8")
    return path


def attached(visit: OpenVisit, photo: Path) -> str:
    made = evidence.attach(visit, photo, [Target(criterion=A)], caption=f"Here is {MARK}", locator=MARK)
    evidence.title_exhibit(visit, exhibit=made.entity, title=f"Portrait of {MARK}")
    return made.entity


@pytest.fixture
def purged(visit: OpenVisit, photo: Path) -> str:
    exhibit = attached(visit, photo)
    back_up(visit)
    purge(visit, "E-001", reason=WHY)
    finish_purges(visit)
    return exhibit


def test_the_bytes_and_the_words_of_an_exhibit_go(visit: OpenVisit, purged: str) -> None:
    files = [path for path in visit.folder.exhibits.rglob("*") if path.is_file()]
    assert files == []
    (exhibit,) = visit.record.exhibits()
    assert (exhibit.number, exhibit.title, exhibit.name, exhibit.pieces) == (
        "E-001",
        f"Purged: {WHY}",
        "",
        (),
    )
    assert [(link.caption, link.locator) for link in visit.record.links(criterion=A)] == [("", "")]
    assert not search(visit, "Quillfeather")
    assert MARK not in repr(trail_rows(visit))
    assert purged_words(visit, purged).endswith(WHY)


def test_neither_the_database_nor_its_backups_hold_it_any_more(visit: OpenVisit, purged: str) -> None:
    assert visit.folder.database.with_name("visit.db-wal").stat().st_size < 100_000
    copies = [backup.path for backup in backups_of(visit.folder)]
    assert len(copies) == 1
    for path in (visit.folder.database, *copies):
        found = raw_pages(path, visit.data_key.database_key)
        assert b"Thames Estuary" in found, "the pages were read at all"
        assert b"Quillfeather" not in found
        assert b"quillfeather" not in found, "the index folds its words"


def test_before_the_purge_is_finished_a_backup_holds_it(visit: OpenVisit, photo: Path) -> None:
    """So that the test above can fail: a deleted word is still in the index and in the pages."""
    exhibit = attached(visit, photo)
    evidence.title_exhibit(visit, exhibit=exhibit, title="")
    purge(visit, "E-001", reason=WHY)
    copy = back_up(visit).path
    assert b"quillfeather" in raw_pages(copy, visit.data_key.database_key)


def test_a_purge_that_was_cut_off_is_finished_by_the_next_opening(folder: Path, photo: Path) -> None:
    with opened(folder) as visit:
        attached(visit, photo)
        back_up(visit)
        purge(visit, "E-001", reason=WHY)
        assert any(path.is_file() for path in visit.folder.exhibits.rglob("*"))
        assert purging.to_remove(visit.store.file) is not None
    with opened(folder) as visit:
        assert purging.to_remove(visit.store.file) is None
        assert not any(path.is_file() for path in visit.folder.exhibits.rglob("*"))
        for backup in backups_of(visit.folder):
            assert b"Quillfeather" not in raw_pages(backup.path, visit.data_key.database_key)


@pytest.mark.logs_warnings
def test_while_another_program_reads_the_rest_waits_and_is_told(visit: OpenVisit, photo: Path) -> None:
    attached(visit, photo)
    purge(visit, "E-001", reason=WHY)
    visit.store.file.driver_connection.execute("PRAGMA busy_timeout = 10")
    with closing(cast("sqlite3.Connection", sqlcipher3.connect(str(visit.folder.database)))) as other:
        other.execute(f"PRAGMA key = \"x'{visit.data_key.database_key.hex()}'\"")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM entries").fetchone()
        done = finish_purges(visit)
        assert done is not None
        assert "another program" in done.waiting
    done = finish_purges(visit)
    assert done is not None
    assert done.waiting == ""
    assert finish_purges(visit) is None


def test_the_chain_holds_and_the_trail_says_who_and_why(visit: OpenVisit, purged: str) -> None:
    verdict = verify_trail(visit)
    assert verdict.intact, verdict
    assert verdict.purged == 4, "made, title, caption, locator"
    assert check_visit(visit).sound
    row = trail_rows(visit)[-1]
    assert (row.act, row.why, row.by) == ("Purge E-001", WHY, "Lena Lead")
    digest = visit.store.projection_digest()
    visit.store.rebuild()
    assert visit.store.projection_digest() == digest


def test_words_that_vanish_without_a_purge_break_the_trail(visit: OpenVisit) -> None:
    change = notes.add_note(visit, criterion=A, kind=NoteKind.SAMPLE, text="five of five")
    with visit.store.file.writing() as connection:
        connection.exec_driver_sql("UPDATE entries SET body = NULL WHERE entity = ?", (change.entity,))
    verdict = verify_trail(visit)
    assert "no purge says so" in verdict.fault


def test_undo_does_not_bring_it_back(visit: OpenVisit, photo: Path) -> None:
    evidence.attach(visit, photo, [Target(criterion=A)], caption=MARK)
    purge(visit, "E-001", reason=WHY)
    finish_purges(visit)
    history = History(visit)
    history.undo()
    history.redo()
    (exhibit,) = visit.record.exhibits()
    assert exhibit.pieces == ()
    visit.write_act(
        Act("x" * 16, "Undo the purge", "undo", ""),
        [Draft(FieldKey("exhibit", exhibit.id, "purged"), undo=visit.store.purges[0].id)],
    )
    assert visit.record.exhibit(exhibit.id) is not None
    assert MARK not in repr(visit.store.entries())
    assert visit.store.projection_matches()


def test_a_text_is_purged_with_all_its_earlier_wordings(visit: OpenVisit) -> None:
    note = notes.add_note(visit, criterion=A, kind=NoteKind.INTERVIEW, text=f"{MARK} said", heard=MARK).entity
    notes.write_note(visit, note=note, text=f"{MARK} said no")
    purge(visit, note, reason=WHY)
    finish_purges(visit)
    shown = visit.record.note(note)
    assert shown is not None
    assert (shown.text, shown.heard) == (PURGED_WORDS, "")
    notes.write_note(visit, note=note, text="A patient said no")
    again = visit.record.note(note)
    assert again is not None
    assert again.text == "A patient said no", "what is written afterwards stands"
    assert visit.store.projection_matches()
    assert b"Quillfeather" not in raw_pages(visit.folder.database, visit.data_key.database_key)


def test_a_part_of_a_finding_and_a_rating_by_its_line_in_the_trail(visit: OpenVisit) -> None:
    findings.raise_finding(visit, criteria=[A], grade="mandatory", requirement="keep it", gap=f"saw {MARK}")
    rating.rate(visit, criterion=B, rating="not-met", site="", reason=f"as {MARK} told")
    purge(visit, "F-001:gap", reason=WHY)
    (finding,) = visit.record.findings()
    assert (finding.requirement, finding.gap) == ("keep it", PURGED_WORDS)
    entry = next(row.entry for row in trail_rows(visit) if row.type == "rating")
    assert purge(visit, entry[:12], reason=WHY).name == "Purge the rating"
    assert not visit.record.ratings
    finish_purges(visit)
    assert check_visit(visit).sound
    assert b"Quillfeather" not in raw_pages(visit.folder.database, visit.data_key.database_key)


def test_a_title_alone_goes_and_the_exhibit_stays(visit: OpenVisit, photo: Path) -> None:
    exhibit = evidence.attach(visit, photo, [Target(criterion=A)]).entity
    evidence.title_exhibit(visit, exhibit=exhibit, title=f"Portrait of {MARK}")
    entry = next(row.entry for row in trail_rows(visit) if row.field == "title")
    purge(visit, entry, reason=WHY)
    finish_purges(visit)
    shown = visit.record.exhibit(exhibit)
    assert shown is not None
    assert shown.pieces
    assert shown.title == photo.name
    assert visit.pieces.check(shown.pieces) == "here"
    evidence.cite(visit, exhibit=exhibit, target=Target(criterion=B))
    assert visit.store.projection_matches()


def test_a_withdrawn_exhibit_can_be_purged_with_its_reason(visit: OpenVisit, photo: Path) -> None:
    attached(visit, photo)
    evidence.withdraw_exhibit(visit, exhibit="E-001", reason="A face")
    purge(visit, "E-001", reason=WHY)
    finish_purges(visit)
    assert visit.record.exhibits() == ()
    assert [e.title for e in visit.record.exhibits(withdrawn=True)] == [f"Purged: {WHY}"]
    assert "A face" not in repr(trail_rows(visit))
    assert not any(path.is_file() for path in visit.folder.exhibits.rglob("*"))


def test_its_number_is_not_given_again(visit: OpenVisit, purged: str, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("other", encoding="utf-8")
    evidence.attach(visit, tmp_path / "other.txt", [])
    assert [e.number for e in visit.record.exhibits()] == ["E-001", "E-002"]


def test_the_same_bytes_are_not_taken_in_again(visit: OpenVisit, purged: str, photo: Path) -> None:
    with pytest.raises(PurgedBefore):
        evidence.attach(visit, photo, [Target(criterion=A)])
    with pytest.raises(ExhibitPurged):
        evidence.copy_out(visit, visit.record.exhibits()[0], photo.with_name("out.txt"))


def test_a_piece_that_another_exhibit_has_too_stays(visit: OpenVisit, tmp_path: Path) -> None:
    common = bytes(PIECE_BYTES)
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(common + name.encode())
        evidence.attach(visit, tmp_path / name, [])
    assert target_of(visit, "E-001").shared == 1
    purge(visit, "E-001", reason=WHY)
    finish_purges(visit)
    other = visit.record.exhibits()[1]
    assert visit.pieces.open(other.pieces, other.size).read() == common + b"b"
    purge(visit, "E-002", reason=WHY)
    finish_purges(visit)
    assert not any(path.is_file() for path in visit.folder.exhibits.rglob("*"))


def test_a_sealed_visit_is_purged_too(visit: OpenVisit, photo: Path) -> None:
    attached(visit, photo)
    sealing.seal(visit, in_spite_of="a trial of the seal")
    purge(visit, "E-001", reason=WHY)
    assert visit.record.seal is not None
    assert visit.record.exhibits()[0].pieces == ()
    assert late_changes(visit) == (), "it judges nothing, so the lead has nothing to decide"
    assert signed_record(visit).exhibits()[0].title == f"Purged: {WHY}"


def test_who_may(visit: OpenVisit, colleague: OpenVisit, photo: Path) -> None:
    attached(visit, photo)
    take_from(colleague, visit)
    with pytest.raises(NotYoursToPurge, match="Lena Lead or the lead assessor"):
        purge(colleague, "E-001", reason=WHY)
    note = notes.add_note(colleague, criterion=A, kind=NoteKind.SAMPLE, text=MARK).entity
    take_from(visit, colleague)
    purge(visit, note, reason=WHY)  # the lead
    take_from(colleague, visit)
    shown = colleague.record.note(note)
    assert shown is not None
    assert shown.text == PURGED_WORDS
    assert PEER.person != visit.me


def test_what_is_refused(visit: OpenVisit, purged: str, folder: Path) -> None:
    with pytest.raises(TextMissing):
        purge(visit, "E-001", reason="  ")
    with pytest.raises(NotFound):
        purge(visit, "E-099", reason=WHY)
    with pytest.raises(NotFound):
        purge(visit, "", reason=WHY)
    with pytest.raises(NothingLeftToPurge):
        purge(visit, "E-001", reason=WHY)
    founded = next(row.entry for row in trail_rows(visit) if row.field == "founded")
    with pytest.raises(CannotBePurged):
        purge(visit, founded, reason=WHY)
    planning.set_facts(visit, {"scope": f"with {MARK}"})
    with opened(folder, reading=True) as read, pytest.raises(ReadOnlyVisit):
        purge(read, next(row.entry for row in trail_rows(visit) if row.field == "scope"), reason=WHY)
