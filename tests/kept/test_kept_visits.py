"""What every released version wrote opens in this one: read, worked on, exported, restored, repaired."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from keep_visit import Program, work
from qsin_desktop.actions import backing_up, evidence, rating
from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.repairing import repair
from qsin_desktop.actions.reporting import DocumentKind, export
from qsin_desktop.actions.restoring import backups_at, restore
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.store.tables import SCHEMA_VERSION
from tests.kept.unpacking import ARCHIVES, KeptVisit, told_by

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(params=ARCHIVES, ids=lambda path: path.stem)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> KeptVisit:
    return KeptVisit.unpacked(request.param, tmp_path)


def rated(visit: OpenVisit, criterion: str) -> str | None:
    return visit.record.rating(RatingKey(criterion, Stage.SITE)).rating


def assert_as_told(visit: OpenVisit, told: dict[str, object], *, after_the_backup: bool = True) -> None:
    assert isinstance(told["ratings"], dict)
    assert {code: rated(visit, code) for code in told["ratings"]} == told["ratings"]
    assert rated(visit, str(told["undone"])) is None
    assert visit.record.rating(RatingKey("IN-101.b", Stage.SITE)).reason == told["reason"]
    assert isinstance(told["notes"], list)
    notes = [note for note in told["notes"] if after_the_backup or note != told["after_the_backup"]]
    assert [note.text for note in visit.record.notes()] == notes
    (finding,) = visit.record.findings()
    assert finding.requirement == told["requirement"]
    held = {}
    for exhibit in visit.record.exhibits():
        with evidence.open_exhibit(visit, exhibit) as content:
            held[exhibit.name] = hashlib.file_digest(io.BytesIO(content.read()), "sha256").hexdigest()
    assert held == told["exhibits"]
    verdict = verify_trail(visit)
    assert verdict.intact, verdict


def test_every_schema_version_has_a_kept_visit() -> None:
    """A raised SCHEMA_VERSION needs `python packaging/keep_visit.py`; a kept visit is never taken away."""
    assert {told_by(archive)["schema"] for archive in ARCHIVES} == set(range(1, SCHEMA_VERSION + 1))


def test_it_opens_whole_and_work_goes_on(kept: KeptVisit) -> None:
    with kept.opened() as visit:
        assert not visit.read_only
        assert visit.store.file.version == SCHEMA_VERSION
        assert_as_told(visit, kept.told)
        checked = check_visit(visit)
        assert checked.sound, checked
        assert checked.backups >= 1
        history = History(visit)
        history.undo()
        assert kept.told["after_the_backup"] not in [note.text for note in visit.record.notes() if note.text]
        history.redo()
        assert_as_told(visit, kept.told)
        rating.rate(visit, criterion="IN-101.c", rating="not-met", reason="Written by the newest.")
        backing_up.back_up(visit)
    with kept.opened() as again:
        assert rated(again, "IN-101.c") == "not-met"
        assert check_visit(again).sound


def test_it_opens_for_reading_and_nothing_is_written(kept: KeptVisit) -> None:
    stood = (kept.visit / "visit.db").read_bytes()
    with kept.opened(reading=True) as visit:
        assert_as_told(visit, kept.told)
    assert (kept.visit / "visit.db").read_bytes() == stood


def test_report_and_workbook_are_made_of_it(kept: KeptVisit) -> None:
    pdf, book = kept.place / "report.pdf", kept.place / "findings.xlsx"
    with kept.opened() as visit:
        export(visit, DocumentKind.REPORT, pdf)
        export(visit, DocumentKind.WORKBOOK, book)
    with pikepdf.open(pdf) as document:
        assert len(document.pages) > 1
    words = [
        str(cell)
        for sheet in openpyxl.load_workbook(book).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert any(kept.told["requirement"] in word for word in words)


def test_each_of_its_backups_is_restored(kept: KeptVisit) -> None:
    for number, backup in enumerate(backups_at(kept.visit)):
        new = kept.place / f"Restored {number}.qsin"
        done = restore(backup.path, new, identity=kept.identity, unlocking=kept.unlocking)
        assert done.exhibits_missing == 0
        with kept.opened(new) as visit:
            assert_as_told(visit, kept.told, after_the_backup=False)
            assert check_visit(visit).sound


def test_it_is_repaired_from_its_backup(kept: KeptVisit) -> None:
    (kept.visit / "visit.db").unlink()
    assert repair(kept.visit, identity=kept.identity, unlocking=kept.unlocking).database
    with kept.opened() as visit:
        assert_as_told(visit, kept.told, after_the_backup=False)
        assert check_visit(visit).sound


def test_the_present_program_can_be_kept(tmp_path: Path) -> None:
    program = Program(TOP, tmp_path)
    told = work(program)
    assert program.schema_version() == SCHEMA_VERSION
    kept = KeptVisit(tmp_path, told)
    with kept.opened() as visit:
        assert_as_told(visit, told)
