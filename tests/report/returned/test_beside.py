"""What the network wrote or pasted beside the cells that are read is told, not lost."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from PIL import Image as Picture

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.outcome import About
from tests.report.returned.returning import FIRST, Findings, returned, small_visit, told


@pytest.fixture(scope="module")
def snapshot() -> VisitSnapshot:
    return small_visit()


def test_pictures_pasted_beside_an_answer_are_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings[FIRST, Response.OWNER] = "R. Patel"
        for place in ("K5", "K7"):
            drawn = io.BytesIO()
            Picture.new("RGB", (40, 30), "red").save(drawn, "PNG")
            findings.sheet.add_image(Image(drawn), place)

    back = returned(snapshot, tmp_path, edit)
    assert [d.after for d in back.differences] == ["R. Patel"]
    assert [r.about for r in back.remarks] == [About.NOT_READ]
    assert told(back) == (
        "2 pictures or shapes lie on the sheet “Findings” and are not read; ask for them as files."
    )


def test_a_comment_is_told_with_its_words_and_finding(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        place = findings.place(FIRST, Response.OWNER)
        findings.sheet[place].comment = Comment("We do <not> agree\nwith this", "Ann")
        findings.sheet["A1"].comment = Comment("x" * 1000, "Ann")

    back = returned(snapshot, tmp_path, edit)
    assert back.differences == ()
    about_all, about_one = sorted(back.remarks, key=lambda remark: remark.finding)
    assert about_all.words == f"Cell A1: a comment says “{'x' * 399}…”. Comments are not read."
    assert about_one.finding == snapshot.findings[0].id
    assert about_one.words.startswith(f"{snapshot.findings[0].number}, cell ")
    assert "a comment says “We do <not> agree with this”." in about_one.words


def test_a_sheet_that_was_added_is_told(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(book: Workbook, _findings: Findings) -> None:
        book.create_sheet("Our plan")["A1"] = "By May"
        book.create_sheet("Log")

    back = returned(snapshot, tmp_path, edit)
    assert told(back) == "Sheets that were added are not read: “Our plan”, “Log”."


def test_our_own_sheets_are_no_news_even_when_renamed(snapshot: VisitSnapshot, tmp_path: Path) -> None:
    def edit(_book: object, findings: Findings) -> None:
        findings.sheet.title = "Constatations"

    assert "added" not in told(returned(snapshot, tmp_path, edit))
