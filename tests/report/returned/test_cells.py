"""Cells of every kind in a returned workbook: days as text, numbers, formulas, errors, texts too long."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.reader import read_return
from qsin_desktop.report.workbook.answers import cleaned
from qsin_desktop.report.workbook.texts import shown
from tests.report.returned.returning import (
    FIRST,
    Findings,
    after_sending,
    answered,
    as_excel_spells,
    filled_in,
    returned,
    sent,
    small_visit,
    told,
)

PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    return small_visit()


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
        ("planned_date", "2027-03-31 14:30", "2027-03-31", "typed as text, “2027-03-31 14:30”"),
        ("planned_date", "2027-03-31T14:30:00.000Z", "2027-03-31", "typed as text"),
        ("planned_date", "31/03/2027, 2.30 pm", "2027-03-31", "typed as text"),
        ("planned_date", "46477", "2027-03-31", "is the number 46477, read as 31 March 2027."),
        ("planned_date", "20270331", "20270331", "not a day; it is kept as words"),
        ("planned_date", "14:30", "14:30", "not a day; it is kept as words"),
        ("planned_date", "3.4.26", "2026-04-03", "day before month, not 4 March 2026"),
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


def test_a_workbook_that_counts_days_as_old_macs_did(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(book: Workbook, findings: Findings) -> None:
        book.epoch = CALENDAR_MAC_1904
        findings[FIRST, Response.PLANNED] = date(2027, 3, 31)
        findings.sheet[findings.place(FIRST, Response.DONE)].number_format = "General"
        findings[FIRST, Response.DONE] = (date(2027, 4, 1) - date(1904, 1, 1)).days

    planned, done = returned(snapshot, tmp_path, edit).differences
    assert (planned.after, planned.remark) == ("2027-03-31", "")
    assert done.after == "2027-04-01"
    assert "read as 1 April 2027" in done.remark


def test_rich_text_and_links_are_read_as_their_words(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.ROOT_CAUSE] = CellRichText(
            "No ", TextBlock(InlineFont(b=True), "owner"), "!"
        )
        cell = findings.sheet[findings.place(FIRST, Response.EVIDENCE)]
        cell.value, cell.hyperlink = "Policy.pdf", "https://example.org/policy.pdf"

    back = returned(snapshot, tmp_path, edit)
    assert [d.after for d in back.differences] == ["No owner!", "Policy.pdf"]
    assert told(back) == ""


def test_macros_are_no_hindrance_and_never_looked_at(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    path = sent(snapshot, tmp_path)
    with filled_in(path) as (_, findings):
        findings[FIRST, Response.OWNER] = "R. Patel"
    macros = tmp_path / "findings.xlsm"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(macros, "w", zipfile.ZIP_DEFLATED) as made:
        for name in book.namelist():
            part = book.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(PLAIN, MACROS)
            made.writestr(name, part)
        made.writestr("xl/vbaProject.bin", bytes.fromhex("d0cf11e0a1b11ae1") + b"macro" * 400)
    (found,) = read_return(macros, after_sending(snapshot)).differences
    assert found.after == "R. Patel"


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


def test_a_text_that_fills_its_cell_may_be_cut_off(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "x" * 32_767
        findings[FIRST, Response.CORRECTION] = "x" * 32_766

    by_column = {d.column: d.remark for d in returned(snapshot, tmp_path, edit).differences}
    said = "The cell is filled to its last letter, so that its end may be cut off."
    assert by_column == {Response.OWNER: said, Response.CORRECTION: ""}


_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_CODES = st.lists(st.sampled_from(["_x005F_", "_x000D_", "_x0041_", "_xD83D_", "_", "x", "A", "\n"])).map(
    "".join
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_ANY | _CODES)
def test_every_text_comes_home_as_it_was_typed_and_is_no_difference_twice(
    snapshot: VisitSnapshot, tmp_path: Path, text: str
) -> None:
    typed = shown(text)

    def edit(_book: object, findings: Findings) -> None:
        cell = findings.sheet[findings.place(FIRST, Response.ROOT_CAUSE)]
        cell.value, cell.data_type = as_excel_spells(typed), "s"

    found = returned(snapshot, tmp_path, edit).differences
    wanted = cleaned(typed)
    assert [d.after for d in found] == ([wanted] if wanted else [])
    if wanted:
        again = answered(snapshot, "F-001", root_cause=wanted)
        assert read_return(sent(again, tmp_path), after_sending(again)).differences == ()
