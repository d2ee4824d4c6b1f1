"""A findings workbook comes home: what was answered, what was altered, and what was done to its sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.workbook_answers import cleaned
from qsin_desktop.report.workbook_reader import read_return
from qsin_desktop.report.workbook_return import About, Alteration, Difference
from qsin_desktop.report.workbook_texts import shown
from tests.report.returning import (
    BACK,
    FIRST,
    SENT,
    SENT_AGAIN,
    Findings,
    after_sending,
    answered,
    filled_in,
    returned,
    sent,
    small_visit,
    told,
)


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    return small_visit()


def fill(**texts: object) -> object:
    def edit(_book: object, findings: Findings) -> None:
        for column, value in texts.items():
            findings[FIRST, Response(column)] = value

    return edit


# ---- what was answered ------------------------------------------------------------------------------


def test_nothing_written_is_nothing_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    back = returned(snapshot, tmp_path, lambda _book, _findings: None)
    assert (back.differences, back.alterations, back.remarks) == ((), (), ())
    assert (back.round, back.rows, back.file) == (1, 4, "findings.xlsx")


def test_every_response_column_is_read(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        for column in Response:
            findings[FIRST, column] = date(2027, 3, 31) if column.is_date else f"About {column.value}\nand on"

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == tuple(
        Difference(
            snapshot.findings[0].id,
            "F-001",
            column,
            "",
            "2027-03-31" if column.is_date else f"About {column.value}\nand on",
        )
        for column in Response
    )
    assert back.answers[snapshot.findings[0].id][Response.OWNER] == "About owner\nand on"


def test_blank_never_erases(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    stands = answered(snapshot, "F-001", owner="R. Patel", planned_date="2027-03-31")

    def edit(_book: object, findings: Findings) -> None:
        assert findings[FIRST, Response.OWNER] == "R. Patel"
        findings[FIRST, Response.OWNER] = "   "
        findings[FIRST, Response.PLANNED] = None

    assert returned(stands, tmp_path, edit).differences == ()


def test_what_stands_is_shown_beside_what_is_new(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    stands = answered(snapshot, "F-001", owner="R. Patel", planned_date="2027-03-31")

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "S. Jones"
        findings[FIRST, Response.PLANNED] = datetime(2027, 5, 1)  # noqa: DTZ001  cells know no zone

    found = returned(stands, tmp_path, edit).differences
    assert [(d.column, d.before, d.after) for d in found] == [
        (Response.OWNER, "R. Patel", "S. Jones"),
        (Response.PLANNED, "2027-03-31", "2027-05-01"),
    ]


def test_a_cell_nobody_touched_is_no_answer_even_when_more_stands_now(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    before = answered(snapshot, "F-001", owner="R. Patel", correction="Stopped at once")
    now = answered(snapshot, "F-001", owner="S. Jones", correction="Stopped at once")

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.CORRECTION] = "Stopped and reported"

    found = returned(before, tmp_path, edit, against=after_sending(now)).differences
    assert [(d.column, d.after) for d in found] == [(Response.CORRECTION, "Stopped and reported")]


def test_a_grey_cell_that_was_written_in_is_told_and_not_read(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST + 1, Response.ROOT_CAUSE] = "We are glad"
        findings[FIRST + 1, Response.ACCURACY] = "It was two years, not one"

    back = returned(snapshot, tmp_path, edit)
    assert [(d.number, d.column) for d in back.differences] == [("F-002", Response.ACCURACY)]
    assert "F-002, “Root cause”: the cell was written in, though no answer is asked for here." in told(back)


# ---- cells of other kinds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "after", "remark"),
    [
        ("owner", 12, "12", ""),
        ("owner", 12.5, "12.5", ""),
        ("evidence_reference", 1e15, "1000000000000000", ""),
        ("extent", True, "TRUE", ""),
        ("evidence_reference", date(2027, 4, 3), "3 April 2027", ""),
        ("planned_date", "31/3/2027", "2027-03-31", "typed as text, “31/3/2027”, and read as 31 March 2027."),
        ("planned_date", "31st March 2027", "2027-03-31", "typed as text"),
        ("planned_date", "Wednesday, 31 Mar 27", "2027-03-31", "typed as text"),
        ("planned_date", "March 31, 2027", "2027-03-31", "typed as text"),
        ("planned_date", "2027-03-31", "2027-03-31", "typed as text"),
        ("planned_date", "3/4/2027", "2027-04-03", "day before month, not 4 March 2027"),
        ("planned_date", "3/31/2027", "3/31/2027", "not a day; it is kept as words"),
        ("planned_date", "end of spring", "end of spring", "not a day; it is kept as words"),
        ("planned_date", "31/2/2027", "31/2/2027", "not a day; it is kept as words"),
        ("owner", "A_x000D_\nB_x0007_", "A\nB", ""),
    ],
)
def test_each_kind_of_cell(
    snapshot: VisitSnapshot, tmp_path: Path, column: str, value: object, after: str, remark: str
) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings.sheet[findings.place(FIRST, Response(column))].number_format = "General"
        findings[FIRST, Response(column)] = value

    (found,) = returned(snapshot, tmp_path, edit).differences
    assert found.after == after
    assert remark in found.remark
    assert bool(remark) == bool(found.remark)


def test_a_day_given_as_its_number(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.DONE] = 46477
        findings.sheet[findings.place(FIRST, Response.DONE)].number_format = "0"

    (found,) = returned(snapshot, tmp_path, edit).differences
    assert (found.after, found.remark) == (
        "2027-03-31",
        "The cell is the number 46477, read as 31 March 2027.",
    )


def test_an_unlikely_day_is_refused(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.DONE] = date(1927, 3, 31)

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    assert (
        "F-001, “Done date”: the cell says 31 March 1927, which is no likely day. It was not read."
        in told(back)
    )


def test_a_formula_without_a_result_is_refused(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = '=CONCATENATE("R. ","Patel")'

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    assert "F-001, “Owner”: the cell holds a formula without a result" in told(back)


def test_an_error_is_refused(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        cell = findings.sheet[findings.place(FIRST, Response.OWNER)]
        cell.value = "#REF!"
        cell.data_type = "e"

    assert "F-001, “Owner”: the cell holds the error #REF!." in told(returned(snapshot, tmp_path, edit))


@pytest.mark.parametrize("text", ["x" * 32_768, "line\n" * 300, f"short\n{'y' * 16_001}"])
def test_a_text_beyond_a_cells_limits_is_refused(snapshot: VisitSnapshot, tmp_path: Path, text: str) -> None:
    def edit(_book: object, findings: Findings) -> None:
        cell = findings.sheet[findings.place(FIRST, Response.OWNER)]
        cell._value, cell.data_type = text, "s"  # past the library's own cut

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    assert "F-001, “Owner”: the cell is too long" in told(back)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_every_text_comes_home_as_it_was_typed_and_is_no_difference_twice(
    snapshot: VisitSnapshot, tmp_path: Path, text: str
) -> None:
    typed = shown(text)

    def edit(_book: object, findings: Findings) -> None:
        cell = findings.sheet[findings.place(FIRST, Response.ROOT_CAUSE)]
        cell.value, cell.data_type = typed, "s"

    found = returned(snapshot, tmp_path, edit).differences
    wanted = cleaned(typed)
    assert [d.after for d in found] == ([wanted] if wanted else [])
    if wanted:
        again = answered(snapshot, "F-001", root_cause=wanted)
        assert returned(again, tmp_path, lambda _b, _f: None).differences == ()


# ---- alterations outside the response columns --------------------------------------------------------


def test_an_altered_locked_cell_is_told_and_not_taken(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, "Gap"] = "There is no gap"
        findings[FIRST, "Due"] = date(2030, 1, 1)
        findings[FIRST, Response.OWNER] = "R. Patel"

    back = returned(snapshot, tmp_path, edit)
    first = snapshot.findings[0]
    assert back.alterations[0] == Alteration(first.id, "F-001", "Gap", first.gap, "There is no gap")
    assert (back.alterations[1].column, back.alterations[1].after) == ("Due", "1 January 2030")
    assert [d.column for d in back.differences] == [Response.OWNER]


def test_a_finding_that_moved_on_since_is_no_alteration(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    first = replace(snapshot.findings[0], gap="Now said in other words")
    now = replace(snapshot, findings=(first, *snapshot.findings[1:]))
    back = returned(snapshot, tmp_path, lambda _b, _f: None, against=after_sending(now))
    assert back.alterations == ()
    assert told(back) == "F-001 has changed since this workbook was sent: Gap."


def test_altered_and_moved_on_is_told_as_uncertain(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    first = replace(snapshot.findings[0], gap="Now said in other words")
    now = replace(snapshot, findings=(first, *snapshot.findings[1:]))

    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, "Requirement"] = "Something easier"

    back = returned(snapshot, tmp_path, edit, against=after_sending(now))
    assert {(a.column, a.certain) for a in back.alterations} == {("Requirement", False), ("Gap", False)}


def test_a_changed_hash_alone_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, "Row hash"] = "0" * 64

    assert "F-001: its row does not bear the hash it was sent with." in told(
        returned(snapshot, tmp_path, edit)
    )


def test_an_answer_read_before_makes_the_old_workbook_no_alteration(
    snapshot: VisitSnapshot, tmp_path: Path
) -> None:
    now = after_sending(answered(snapshot, "F-001", owner="R. Patel"))
    back = returned(snapshot, tmp_path, lambda _b, _f: None, against=now)
    assert back.alterations == ()
    assert "has changed" not in told(back)


def test_an_altered_word_of_the_assessors_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    stands = answered(snapshot, "F-001", owner="R. Patel")

    def edit(_book: object, findings: Findings) -> None:
        assert findings[FIRST, "New in the last return"] == "Return 1: Owner"
        findings[FIRST, "Assessors’ answer"] = "Closed"

    (found,) = returned(stands, tmp_path, edit).alterations
    assert (found.column, found.before, found.after) == ("Assessors’ answer", "", "Closed")


# ---- rows and columns --------------------------------------------------------------------------------


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
    assert "“Owner”: the cell says different things in the rows of this finding. It was not read." in told(
        back
    )


def test_a_row_added_by_hand_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST + 4, Response.OWNER] = "R. Patel"
        findings[FIRST + 5, "Finding id"] = "f-9999"
        findings[FIRST + 6, "Gap"] = "A note of ours"

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    assert [r.about for r in back.remarks] == [About.NOT_READ, About.NOT_READ]
    assert "Row 9 bears no finding of this visit" in told(back)
    assert "Row 10 bears no finding of this visit" in told(back)


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


# ---- rounds ------------------------------------------------------------------------------------------


def test_an_older_round_is_told_and_names_what_came_later(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    later = replace(BACK, number=2, answers=2, sha256="44" * 32)
    answer = answered(snapshot, "F-001", owner="S. Jones").responses[snapshot.findings[0].id]
    now = replace(
        snapshot,
        responses={snapshot.findings[0].id: replace(answer, came={Response.OWNER: later.label})},
        rounds=(SENT, SENT_AGAIN, later),
    )
    back = returned(snapshot, tmp_path, fill(owner="R. Patel"), against=now)  # type: ignore[arg-type]
    assert back.round == 1
    assert "This workbook is of round 1, and round 2 has been sent since; look at each answer." in told(back)
    assert back.differences[0].remark == "What stands came in return 2, to a later workbook than this one."


def test_a_round_that_is_not_known_here_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    back = returned(snapshot, tmp_path, fill(owner="R. Patel"), against=snapshot)  # type: ignore[arg-type]
    assert "Round 1 is not known here" in told(back)
    assert len(back.differences) == 1


def test_the_same_file_again_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    path = sent(snapshot, tmp_path)
    known = replace(after_sending(snapshot))
    sha256 = read_return(path, known).sha256
    again = replace(known, rounds=(*known.rounds, replace(BACK, sha256=sha256)))
    words = "This very file was read in before, as return 1 on 1 December 2026 by L. Lead."
    assert told(read_return(path, again)) == words


def test_a_file_that_lost_its_identity_is_matched_by_its_ids(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        del book["qsin"]  # type: ignore[attr-defined]
        book.custom_doc_props.props.clear()  # type: ignore[attr-defined]

    back = returned(snapshot, tmp_path, edit)
    assert [d.after for d in back.differences] == ["R. Patel"]
    assert back.round == 0
    assert "The file no longer says which visit it belongs to" in told(back)


def test_reading_changes_neither_file_nor_visit(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    path = sent(snapshot, tmp_path)
    with filled_in(path) as (_, findings):
        findings[FIRST, Response.OWNER] = "R. Patel"
    before = path.read_bytes()
    assert read_return(path, snapshot) == read_return(path, snapshot)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_dates_of_the_snapshot_are_its_own(snapshot: VisitSnapshot) -> None:
    assert snapshot.made_at == datetime(2026, 11, 25, 16, 2, 7, tzinfo=UTC)
