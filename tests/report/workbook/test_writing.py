"""The findings workbook as a file: its sheets, its properties, its bytes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.snapshot import VisitSnapshot, snapshot_of
from qsin_desktop.report.workbook.identity import FORMAT
from qsin_desktop.report.workbook.writing import write_workbook
from tests.report.make_pack import make_pack, make_rules
from tests.report.make_snapshot import MADE_AT
from tests.report.workbook.reading import (
    SHEETS,
    made,
    opened,
    sheet_of,
    words_of,
)


def test_sheets_in_order(sent_file: Path) -> None:
    workbook = opened(sent_file)
    assert workbook.sheetnames == SHEETS
    assert [s.sheet_state for s in workbook.worksheets] == ["visible"] * 8 + ["hidden"]
    assert workbook.active is workbook["Summary"]


def test_facts_tell_rows_and_hash(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    out = tmp_path / "w.xlsx"
    facts = write_workbook(snapshot, out)
    assert facts.rows == 12
    assert facts.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()


def test_same_snapshot_same_bytes(snapshot: VisitSnapshot, sent_file: Path, tmp_path: Path) -> None:
    assert made(snapshot, tmp_path).read_bytes() == sent_file.read_bytes()
    with ZipFile(sent_file) as package:
        assert {info.date_time for info in package.infolist()} == {
            (2026, 11, 25, 16, 2, 6)
        }  # of even seconds


def test_properties_name_the_visit(snapshot: VisitSnapshot, sent_file: Path) -> None:
    workbook = opened(sent_file)
    named = {p.name: p.value for p in workbook.custom_doc_props.props}  # type: ignore[attr-defined]
    assert named == {
        "QSIN visit": snapshot.visit_id,
        "QSIN version": 3,
        "QSIN round": 1,
        "QSIN workbook format": FORMAT,
        "QSIN state": "DRAFT 3",
    }
    assert workbook.properties.created == MADE_AT.replace(tzinfo=None)
    assert workbook.properties.modified == MADE_AT.replace(tzinfo=None)
    assert "Greater Wessex Imaging Network" in str(workbook.properties.title)


def test_hidden_sheet_says_the_same_for_programs_that_drop_properties(
    snapshot: VisitSnapshot, sent_file: Path
) -> None:
    said = {a.value: b.value for a, b in sheet_of(sent_file, "qsin").iter_rows(max_col=2)}
    assert said["QSIN visit"] == snapshot.visit_id
    assert said["QSIN workbook format"] == str(FORMAT)
    assert said["factual_accuracy"] == "Comment on factual accuracy"


def test_importing_it_loads_no_spreadsheet_library() -> None:
    code = "import sys, qsin_desktop.report.workbook.writing; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_progress_runs_to_its_end(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write_workbook(snapshot, tmp_path / "w.xlsx", progress=lambda done, total: seen.append((done, total)))
    totals = {total for _, total in seen}
    assert len(totals) == 1
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (seen[-1][1], seen[-1][1])


def test_an_empty_visit_is_a_whole_workbook(tmp_path: Path) -> None:
    record = VisitRecord("empty", make_pack(), make_rules())
    snapshot = snapshot_of(record, version=1, made_at=MADE_AT.replace(tzinfo=None))
    path = made(snapshot, tmp_path)
    assert opened(path).sheetnames == SHEETS
    assert sheet_of(path, "Findings")["B5"].value == "No findings were recorded in this visit."
    assert not sheet_of(path, "Findings").tables
    assert "Recommendation: not given yet" in words_of(sheet_of(path, "Summary"))
