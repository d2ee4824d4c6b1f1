"""Rows and columns of a returned workbook: sorted, deleted, copied, moved, renamed, merged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.outcome import About
from tests.report.returned.returning import (
    FIRST,
    Findings,
    after_sending,
    answered,
    returned,
    small_visit,
    told,
)


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    return small_visit()


def test_deleted_rows_are_named(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    back = returned(snapshot, tmp_path, lambda _book, findings: findings.sheet.delete_rows(FIRST + 1, 2))
    assert back.rows == 2
    assert told(back) == "Rows are no longer there: F-002, F-003. What was answered before stays as it is."


def test_a_finding_raised_after_the_sending_is_not_missed(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    late = replace(snapshot.findings[0], id="late", number="F-005", n=30_000)
    now = after_sending(replace(snapshot, findings=(*snapshot.findings, late)))
    assert told(returned(snapshot, tmp_path, lambda _b, _f: None, against=now)) == ""


def _move_row(findings: Findings, old: int, new: int) -> None:
    for column in range(1, findings.sheet.max_column + 1):
        findings.sheet.cell(new, column).value = findings.sheet.cell(old, column).value


def test_sorted_rows_are_matched_by_id(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        findings[FIRST + 2, Response.OWNER] = "S. Jones"
        for old, new in ((FIRST, 20), (FIRST + 2, FIRST), (20, FIRST + 2)):
            _move_row(findings, old, new)
        findings.sheet.delete_rows(20)

    back = returned(snapshot, tmp_path, edit)
    assert [(d.number, d.after) for d in back.differences] == [("F-001", "R. Patel"), ("F-003", "S. Jones")]
    assert back.alterations == ()
    assert told(back) == "The rows are in another order; each was matched by its hidden id."


def test_a_duplicated_row_is_told_and_read_once(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        _move_row(findings, FIRST, FIRST + 4)
        findings[FIRST + 4, Response.OWNER] = None

    back = returned(snapshot, tmp_path, edit)
    assert [(d.number, d.after) for d in back.differences] == [("F-001", "R. Patel")]
    assert told(back) == "F-001 is there 2 times, in rows 5, 9."


def test_a_duplicated_row_that_says_something_else_is_not_read(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        findings[FIRST, Response.EXTENT] = "Several places"
        _move_row(findings, FIRST, FIRST + 4)
        findings[FIRST + 4, Response.OWNER] = "S. Jones"

    back = returned(snapshot, tmp_path, edit)
    assert [(d.column, d.after) for d in back.differences] == [(Response.EXTENT, "Several places")]
    assert (
        "“Owner”: the cell says different things in the rows of this finding, “R. Patel” and “S. Jones”. "
        "It was not read."
    ) in told(back)


def test_a_row_added_by_hand_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST + 4, Response.OWNER] = "R. Patel"
        findings[FIRST + 5, "Finding id"] = "f-9999"
        findings[FIRST + 6, "Gap"] = "A note of ours\nin two lines"

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    assert [r.about for r in back.remarks] == [About.NOT_READ] * 3
    assert "Row 9 bears no finding of this visit" in told(back)
    assert "Row 10 bears no finding of this visit" in told(back)
    assert "Row 11 bears no finding of this visit" in told(back)
    assert "it was not read: “A note of ours in two lines”." in told(back)


def test_ids_in_other_letters_are_the_same(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, "Finding id"] = f" {findings[FIRST, 'Finding id'].upper()} "
        findings[FIRST, Response.OWNER] = "R. Patel"

    back = returned(snapshot, tmp_path, edit)
    assert [d.after for d in back.differences] == ["R. Patel"]
    assert back.remarks == ()


def test_filtered_rows_are_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        findings.sheet.row_dimensions[FIRST].hidden = True

    back = returned(snapshot, tmp_path, edit)
    assert [d.after for d in back.differences] == ["R. Patel"]
    assert told(back) == "A row is hidden, by a filter or by hand, and read all the same."


def test_moved_columns_are_found_by_their_heading(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        sheet = findings.sheet
        one, two = (sheet[findings.place(4, column)].column for column in (Response.OWNER, "Gap"))
        for row in range(4, sheet.max_row + 1):
            left, right = sheet.cell(row, one), sheet.cell(row, two)
            left.value, right.value = right.value, left.value

    back = returned(snapshot, tmp_path, edit)
    assert [(d.column, d.after) for d in back.differences] == [(Response.OWNER, "R. Patel")]
    assert back.alterations == ()
    assert told(back) == "Columns were moved; each was found by its heading."


def test_removed_columns_are_named_and_the_rest_is_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    stands = answered(snapshot, "F-001", extent="Several places")

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        for title in (Response.EXTENT, "Gap"):
            findings.sheet.delete_cols(findings.sheet[findings.place(4, title)].column)

    back = returned(stands, tmp_path, edit)
    assert [(d.column, d.after) for d in back.differences] == [(Response.OWNER, "R. Patel")]
    assert back.alterations == ()
    assert (
        told(back) == "Columns are no longer there: “Gap”, “Extent”. What was answered before stays as it is."
    )


def test_renamed_columns_are_known_by_their_place(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        findings[4, Response.OWNER] = "Action owner"
        findings[4, "Gap"] = None

    back = returned(snapshot, tmp_path, edit)
    assert [(d.column, d.after) for d in back.differences] == [(Response.OWNER, "R. Patel")]
    assert back.alterations == ()
    assert "The column “Action owner” was read as “Owner”, by its place." in told(back)
    assert "The column “without a heading” was read as “Gap”, by its place." in told(back)


def test_headings_in_other_letters_are_the_same(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        findings[4, Response.OWNER] = "  OWNER "

    back = returned(snapshot, tmp_path, edit)
    assert [(d.column, d.after) for d in back.differences] == [(Response.OWNER, "R. Patel")]
    assert told(back) == ""


def test_an_added_column_is_named_and_not_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        last = findings.sheet.max_column + 1
        findings.sheet.cell(4, last).value = "Our notes"
        findings.sheet.cell(FIRST, last).value = "x"
        findings.sheet.cell(FIRST, last + 2).value = "y"

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    assert (
        told(back)
        == "Columns that were added are not read: “Our notes”.\nCells under no heading are not read."
    )


def test_a_column_that_is_there_twice_is_not_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        findings.sheet.cell(4, findings.sheet.max_column + 1).value = "Owner"

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    assert "There are several columns “Owner”; none of them was read." in told(back)


def test_rows_above_the_header_and_a_renamed_sheet(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        findings.sheet.insert_rows(1, 3)
        findings.sheet.title = "Our answers"

    back = returned(snapshot, tmp_path, edit)
    assert [d.after for d in back.differences] == ["R. Patel"]
    assert "The sheet “Our answers” was read as “Findings”." in told(back)


def test_a_merged_cell_answers_every_row_it_covers(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST + 2, Response.OWNER] = "R. Patel"
        area = f"{findings.place(FIRST + 2, Response.OWNER)}:{findings.place(FIRST + 3, Response.OWNER)}"
        findings.sheet.merge_cells(area)

    back = returned(snapshot, tmp_path, edit)
    assert [(d.number, d.after) for d in back.differences] == [("F-003", "R. Patel"), ("F-004", "R. Patel")]
    assert told(back) == "The cells O7:O8 are merged; their words were read as “Owner” of each row."


def test_cells_merged_across_columns_answer_the_first_alone(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.ROOT_CAUSE] = "No owner"
        area = f"{findings.place(FIRST, Response.ROOT_CAUSE)}:{findings.place(FIRST, Response.EXTENT)}"
        findings.sheet.merge_cells(area)

    back = returned(snapshot, tmp_path, edit)
    assert [(d.column, d.after) for d in back.differences] == [(Response.ROOT_CAUSE, "No owner")]
    assert "their words were read as “Root cause” alone" in told(back)
