"""What was altered on the other sheets of a returned workbook is told, with what was sent."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.outcome import About, Alteration
from tests.report.make_snapshot import make_snapshot
from tests.report.returned.returning import FIRST, Findings, after_sending, returned, told

Act = Callable[[Workbook], object]


@pytest.fixture(scope="module")
def visit() -> VisitSnapshot:
    return make_snapshot(sites=2, findings=4, photos=1, disagreements=0)


def altered(
    visit: VisitSnapshot, folder: Path, act: Act, *, against: VisitSnapshot | None = None
) -> tuple[list[Alteration], str]:
    """Alterations and remarks of a return in which this was done, and one answer given."""

    def edit(book: Workbook, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        act(book)

    back = returned(visit, folder, edit, against=against)
    assert [d.after for d in back.differences] == ["R. Patel"], "answers are read all the same"
    return list(back.alterations), told(back)


def test_nothing_altered_nothing_told(visit: VisitSnapshot, tmp_path: Path) -> None:
    assert altered(visit, tmp_path, lambda _book: None) == ([], "")


def test_a_rating_is_told_by_its_row_and_column(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        act.before = book["Ratings"]["E7"].value  # type: ignore[attr-defined]
        book["Ratings"]["E7"] = "? Splendid"

    (found,), words = altered(visit, tmp_path, act)
    before = act.before  # type: ignore[attr-defined]
    assert found == Alteration("", "Ratings, row 7", "Rating", before, "? Splendid", sheet="Ratings")
    assert (found.where, found.doubt, words) == ("Ratings, row 7, Rating", "", "")


def test_a_recommendation_is_told_by_its_cell(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        sheet = book["Summary"]
        for (cell,) in sheet.iter_rows(max_col=1):
            if str(cell.value).startswith("Recommendation"):
                cell.value = "Recommendation: Accredit"

    (found,), _ = altered(visit, tmp_path, act)
    assert found.where.startswith("Summary, cell A")
    assert found.before == "Recommendation: Defer the decision"
    assert found.after == "Recommendation: Accredit"


def test_a_formula_in_place_of_words_is_told(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        book["Notes"]["C5"] = '="so"'

    (found,), _ = altered(visit, tmp_path, act)
    assert (found.where, found.after) == ("Notes, row 5, Note", "(a formula)")


def test_words_above_the_findings_are_told(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        book["Findings"]["A2"] = "Seen by our board"

    (found,), _ = altered(visit, tmp_path, act)
    assert (found.where, found.finding) == ("Findings, row 2", "")
    assert found.after.startswith("Seen by our board")
    assert found.before.startswith(visit.facts.network)


def test_where_the_visit_moved_on_the_row_is_told_without_what_was_sent(
    visit: VisitSnapshot, tmp_path: Path
) -> None:
    def act(book: Workbook) -> None:
        book["Summary"]["A2"] = "Another network"

    now = after_sending(replace(visit, facts=replace(visit.facts, network="Renamed since")))
    (found,), _ = altered(visit, tmp_path, act, against=now)
    assert (found.where, found.before, found.after) == ("Summary, row 2", "", "Another network")
    assert found.doubt == "what was sent there is not known here"


def test_what_only_the_visit_changed_is_no_alteration(visit: VisitSnapshot, tmp_path: Path) -> None:
    now = after_sending(replace(visit, facts=replace(visit.facts, network="Renamed since"), notes=()))
    assert altered(visit, tmp_path, lambda _book: None, against=now)[0] == []


def test_rows_added_deleted_moved_and_copied(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        book["Ratings"].append(["Ours", "to add"])
        book["Evidence"].delete_rows(book["Evidence"].max_row)
        notes = book["Notes"]
        rows = [[cell.value for cell in row] for row in notes.iter_rows(min_row=5)]
        for number, values in enumerate([*rows[::-1], rows[0]], 5):
            for column, value in enumerate(values, 1):
                notes.cell(number, column).value = value

    found, words = altered(visit, tmp_path, act)
    assert found == []
    assert "of the sheet “Ratings” was added: “Ours | to add”." in words
    assert "Rows of the sheet “Evidence” are no longer there or overwritten: " in words
    assert "Rows of the sheet “Notes” are there more than once." in words
    assert "Rows of the sheet “Notes” no longer stand where they were sent." in words


def test_a_sheet_that_is_gone_is_named(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        del book["Trail"], book["Citations"]

    assert altered(visit, tmp_path, act) == ([], "Sheets are no longer there: “Citations”, “Trail”.")


def test_a_file_that_no_longer_says_how_it_was_sent(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        del book["qsin"]

    _, words = altered(visit, tmp_path, act)
    assert "The file no longer says how its other sheets were sent; only the findings were compared." in words


def test_a_ruined_sheet_stays_readable(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        for number in range(5, 500):
            book["Ratings"].cell(number, 2).value = f"ours {number}"

    found, words = altered(visit, tmp_path, act)
    assert len({cell.number for cell in found}) + words.count("was added") == 40
    assert "455 more rows of the sheet “Ratings” are not as they were sent." in words


def test_comments_and_pictures_on_other_sheets_are_told(visit: VisitSnapshot, tmp_path: Path) -> None:
    def act(book: Workbook) -> None:
        book["Evidence"]["B5"].comment = Comment("Not ours", "Ann")
        for name in ("Evidence", "Summary"):
            drawn = io.BytesIO()
            Picture.new("RGB", (40, 30), "red").save(drawn, "PNG")
            book[name].add_image(Image(drawn), "M5")

    found, words = altered(visit, tmp_path, act)
    assert found == []
    assert "“Evidence”, cell B5: a comment says “Not ours”. Comments are not read." in words
    assert "A picture or shape lies on the sheet “Evidence” and is not read" in words
    assert "A picture or shape lies on the sheet “Summary” and is not read" in words


def test_it_is_about_what_is_not_read(visit: VisitSnapshot, tmp_path: Path) -> None:
    def edit(book: Workbook, _findings: Findings) -> None:
        book["Ratings"].append(["Ours"])

    (remark,) = returned(visit, tmp_path, edit).remarks
    assert remark.about is About.NOT_READ
