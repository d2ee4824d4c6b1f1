from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from qsin_desktop.actions import reporting
from qsin_desktop.actions.evidence import Target, attach, withdraw_exhibit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import open_beside
from qsin_desktop.actions.reporting import DocumentKind, make, record_export
from qsin_desktop.actions.trail import trail_rows
from qsin_desktop.domain.snapshot import VisitSnapshot
from tests.actions.test_notes import added
from tests.report.pdf_reading import text_of


def trail_sheet(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)["Trail"].iter_rows(values_only=True))


def test_a_document_is_made_on_another_thread_while_work_goes_on(
    visit: OpenVisit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds what stood when it began; what is written meanwhile stays out, and is not held up."""
    added(visit, "Before it began")
    began = len(trail_rows(visit))
    taken: list[VisitSnapshot] = []
    take = reporting.take_snapshot

    def take_then_write(beside: OpenVisit, *, with_trail: bool) -> VisitSnapshot:
        assert beside is not visit
        taken.append(take(beside, with_trail=with_trail))
        added(visit, "While it was made")
        return taken[0]

    monkeypatch.setattr(reporting, "take_snapshot", take_then_write)
    with ThreadPoolExecutor(1) as other:
        document = other.submit(make, visit, DocumentKind.WORKBOOK, tmp_path / "Findings.xlsx").result(60)
    assert [note.text for note in visit.record.notes()] == ["Before it began", "While it was made"]
    assert len(taken[0].trail) == began
    assert "While it was made" not in repr(trail_sheet(document.path))
    record_export(visit, document)
    assert visit.record.rounds[0].number == 1


def test_a_visit_open_for_reading_only_is_made_as_well(visit: OpenVisit, tmp_path: Path) -> None:
    added(visit, "Seen in the scanner room")
    with open_beside(visit) as reading:
        document = make(reading, DocumentKind.REPORT, tmp_path / "Report.pdf")
    assert document.path.read_bytes().startswith(b"%PDF-")


def test_report_and_workbook_list_a_withdrawn_exhibit_with_the_reason(
    visit: OpenVisit, tmp_path: Path
) -> None:
    """Whoever misses a number in the list finds what became of it."""
    (tmp_path / "policy.txt").write_text("2019", encoding="utf-8")
    attach(visit, tmp_path / "policy.txt", [Target(criterion="IN-301.a")])
    withdraw_exhibit(visit, exhibit="E-001", reason="It belongs to another network")
    report = make(visit, DocumentKind.REPORT, tmp_path / "Report.pdf")
    words = " ".join(text_of(report.path).split())
    assert "Withdrawn: It belongs to another network" in words
    workbook = openpyxl.load_workbook(make(visit, DocumentKind.WORKBOOK, tmp_path / "F.xlsx").path)
    assert "Withdrawn: It belongs to another network" in repr(
        list(workbook["Evidence"].iter_rows(values_only=True))
    )
