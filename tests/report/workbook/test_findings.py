"""The sheet of findings: what stands in it, what is locked, what is marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from openpyxl.utils.cell import coordinate_from_string

from qsin_desktop.domain.responses import Decision
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.workbook.identity import Response, row_hash
from tests.report.make_snapshot import LEAD, make_snapshot
from tests.report.returned.returning import answered, small_visit
from tests.report.workbook.reading import (
    columns_of,
    made,
    opened,
    sheet_of,
    table_of,
    words_of,
)


def test_findings_say_what_was_recorded(snapshot: VisitSnapshot, sent_file: Path) -> None:
    rows = table_of(sheet_of(sent_file, "Findings"))
    assert [row["Number"] for row in rows] == [f.number for f in snapshot.findings]
    for row, finding in zip(rows, snapshot.findings, strict=True):
        assert row["Requirement"] == finding.requirement
        assert row["Evidence"] == finding.evidence
        assert (row["Gap"] or "") == finding.gap
        assert row["Place"] == snapshot.site_name(finding.site)
        assert row["Criteria"] == snapshot.criterion(finding.criteria[0]).shown_code
        assert row["Finding id"] == finding.id


def test_grades_status_exhibits_and_days(sent_file: Path) -> None:
    rows = {row["Number"]: row for row in table_of(sheet_of(sent_file, "Findings"))}
    assert rows["F-003"]["Grade"] == "Mandatory finding"
    assert rows["F-003"]["Status"] == "Open"
    assert rows["F-003"]["Due"] == datetime(2027, 2, 17)  # noqa: DTZ001  cells know no zone
    assert rows["F-003"]["Exhibits"] == "E-004, page 3"
    assert rows["F-002"]["Status"] == "No response needed"
    assert rows["F-002"]["Due"] is None
    assert rows["F-005"]["Status"] == "Withdrawn: The approval was shown to us on the second day."


def test_a_grade_that_is_not_agreed_says_so(tmp_path: Path) -> None:
    snapshot = make_snapshot(sites=1, findings=1, photos=0)
    disputed = replace(snapshot.findings[0], grade=None, disputed=True, due=None)
    row = table_of(sheet_of(made(replace(snapshot, findings=(disputed,)), tmp_path), "Findings"))[0]
    assert (row["Grade"], row["Status"]) == ("Not agreed", "Disagreement")


def test_row_hash_is_found_again_from_the_file(snapshot: VisitSnapshot, sent_file: Path) -> None:
    for row in table_of(sheet_of(sent_file, "Findings")):
        values = list(row.values())[:10]
        read = [v.date() if isinstance(v, datetime) else v for v in values]
        assert row["Row hash"] == row_hash(snapshot.visit_id, row["Finding id"], read)


def test_row_hash_tells_every_change_apart() -> None:
    values = ["F-001", "text", None, date(2027, 1, 1)]
    one = row_hash("v", "f", values)
    assert one == row_hash("v", "f", ["F-001", "text", "", date(2027, 1, 1)])
    others = {
        row_hash("w", "f", values),
        row_hash("v", "g", values),
        row_hash("v", "f", ["F-001", "texts", None, date(2027, 1, 1)]),
        row_hash("v", "f", ["F-001", "text", None, date(2027, 1, 2)]),
        row_hash("v", "f", ["F-001", "", "text", date(2027, 1, 1)]),
    }
    assert one not in others
    assert len(others) == 5


def test_only_response_cells_that_are_asked_for_are_unlocked(sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Findings")
    columns = columns_of(sheet)
    responses = {columns[r.heading] for r in Response}
    for row, values in enumerate(table_of(sheet), 5):
        asked = set(responses) if values["Status"] == "Open" else set()
        if values["Status"] == "No response needed":
            asked = {columns[Response.ACCURACY.heading]}
        unlocked = {coordinate_from_string(c.coordinate)[0] for c in sheet[row] if not c.protection.locked}
        assert unlocked == asked, values["Number"]


def test_every_sheet_is_protected_without_a_password(sent_file: Path) -> None:
    for sheet in opened(sent_file).worksheets:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.autoFilter  # false means free
    assert "without a password" in " ".join(words_of(sheet_of(sent_file, "How to respond")))


def test_ids_and_hashes_are_hidden(sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Findings")
    hidden = {letter for letter, d in sheet.column_dimensions.items() if d.hidden}
    columns = columns_of(sheet)
    covered = {columns["Finding id"], columns["Row hash"], columns["Answers as sent"]}
    assert hidden <= covered  # the file may write two neighbours as one
    assert hidden
    assert sheet.column_dimensions[columns["Finding id"]].hidden


def test_choices_and_days_are_offered_in_response_columns(sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Findings")
    columns = columns_of(sheet)
    kinds = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    extent = kinds[f"{columns['Extent']}5:{columns['Extent']}16"]
    assert extent.type == "list"
    assert "The whole network" in extent.formula1
    assert not extent.showErrorMessage  # own words may be written too
    days = next(v for v in kinds.values() if v.type == "date")
    planned, done = columns["Planned date"], columns["Done date"]
    assert str(days.sqref) == f"{planned}5:{planned}16 {done}5:{done}16"
    assert sheet[f"{planned}5"].number_format == "d mmm yyyy"
    assert sheet[f"{columns['Root cause']}5"].number_format == "@"  # what is typed stays text


def test_a_closed_finding_keeps_its_days_as_days_and_is_locked(tmp_path: Path) -> None:
    stands = answered(small_visit(), "F-003", planned_date="2027-01-31", done_date="when it is replaced")
    finding = next(f for f in stands.findings if f.number == "F-003")
    closed = Decision("close", "Closed", "Seen", LEAD, "2026-12-02T09:00:00+00:00", current=True)
    response = replace(stands.response_of(finding.id), decision=closed)
    path = made(replace(stands, responses={finding.id: response}), tmp_path)
    sheet = sheet_of(path, "Findings")
    columns = columns_of(sheet)
    planned, done = (sheet[f"{columns[title]}7"] for title in ("Planned date", "Done date"))
    assert planned.value == datetime(2027, 1, 31)  # noqa: DTZ001  days have no zone
    assert (planned.number_format, done.value) == ("d mmm yyyy", "when it is replaced")
    assert planned.protection.locked
    assert done.protection.locked


def test_due_days_are_marked_with_words_and_not_by_colour_alone(sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Findings")
    rules = [rule for group in sheet.conditional_formatting for rule in group.rules]
    formats = [rule.dxf.numFmt.formatCode for rule in rules]
    assert formats == [f'd mmm yyyy" · {word}"' for word in ("done", "overdue", "soon")]
    assert all("TODAY()" in rule.formula[0] for rule in rules[1:])


def test_grades_are_toned_and_named(sent_file: Path) -> None:
    cell = sheet_of(sent_file, "Findings")["B7"]
    assert cell.value == "Mandatory finding"
    assert cell.fill.fgColor.rgb == "00FCE8E6"
