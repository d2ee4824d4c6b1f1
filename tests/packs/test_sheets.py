"""A filled-in sheet becomes a pack, or every error is told with its sheet and row and nothing is written."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

from qsin_desktop.packs import sheet_cells
from qsin_desktop.packs.reading import read_pack
from qsin_desktop.packs.refusals import CannotWrite, FileInTheWay, SheetRefused
from qsin_desktop.packs.sheet_columns import ABOUT, CRITERIA, CRITERIA_COLUMNS
from qsin_desktop.packs.sheets import check_sheet, import_sheet
from qsin_desktop.packs.shipped import pack_template
from tests.packs.make_sheet import ABOUT_FACTS, FIRST, SECOND, THIRD, filled_in, row


def told(path: Path) -> list[str]:
    return [str(error) for error in check_sheet(path)]


def test_a_sheet_becomes_a_pack(tmp_path: Path) -> None:
    pack = import_sheet(filled_in(tmp_path / "in.xlsx"), tmp_path / "out.yaml")
    assert read_pack(tmp_path / "out.yaml") == pack
    assert (pack.id, pack.edition, pack.notice, pack.outline) == ("my-pack", "2.10", "", False)
    assert [series.code for series in pack.series] == ["300", "600"]
    assert [criterion.code for criterion in pack.criteria] == ["IN-301.a", "IN-301.b", "IN-602"]
    first, second, _ = pack.criteria
    assert first.prompts == ("Images shared", "Prior studies")
    assert first.expected_notes == ("document", "interview")
    assert (first.may_be_not_applicable, first.each_site) == (False, True)
    assert (second.may_be_not_applicable, second.each_site) == (True, False)


def test_the_file_is_readable_and_says_where_it_comes_from(tmp_path: Path) -> None:
    import_sheet(filled_in(tmp_path / "in.xlsx"), tmp_path / "out.yaml")
    text = (tmp_path / "out.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Made from the Excel sheet “in.xlsx”.\n")
    assert "          - letter: a\n            title: IT is streamlined\n" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.xlsx", "out.yaml"]


def test_the_empty_template_names_what_is_to_be_filled_in() -> None:
    assert [error.split(":", 1)[0] for error in told(pack_template())] == [
        f"About row {n}" for n in range(2, 7)
    ]


def test_numbers_dates_and_truths_count_as_they_are_seen(tmp_path: Path) -> None:
    about = ABOUT_FACTS | {"edition": dt.datetime(2022, 7, 1)}  # noqa: DTZ001  # Excel knows no zones
    sheet = filled_in(tmp_path / "in.xlsx", [row(series_code=300, letter=1.0, each_site=True)], about)
    pack = import_sheet(sheet, tmp_path / "out.yaml")
    assert (pack.edition, pack.series[0].code) == ("2022-07-01", "300")
    assert (pack.criteria[0].code, pack.criteria[0].each_site) == ("IN-301.1", True)


def test_columns_may_stand_in_any_order_and_be_left_out(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(sheet)
    criteria = book[CRITERIA]
    criteria.delete_cols(7, 5)
    criteria.move_range("A1:F10", cols=3)
    book.save(sheet)
    pack = import_sheet(sheet, tmp_path / "out.yaml")
    assert [criterion.code for criterion in pack.criteria] == ["IN-301.a", "IN-301.b", "IN-602"]
    assert pack.criteria[0].prompts == ()


def test_rows_below_a_gap_are_not_lost(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx", [FIRST, ("",) * 11, SECOND])
    book = openpyxl.load_workbook(sheet)
    book[CRITERIA].cell(60_000, 5, "c")
    book[CRITERIA].cell(60_000, 6, "Far below")
    book.save(sheet)
    pack = import_sheet(sheet, tmp_path / "out.yaml")
    assert [criterion.title for criterion in pack.criteria][-1] == "Far below"


def test_a_wrong_stated_size_loses_no_rows(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx")
    rewrite(
        sheet,
        "xl/worksheets/sheet3.xml",
        lambda xml: xml.replace('<dimension ref="A1:K4"', '<dimension ref="A1:A1"'),
    )
    assert len(import_sheet(sheet, tmp_path / "out.yaml").criteria) == 3


@pytest.mark.parametrize(
    ("cells", "error"),
    [
        ({"title": ""}, "Criterion IN-301 a: “title” is empty."),
        ({"series_code": "3:00"}, "Series 3:00: “code” must be letters, digits"),
        ({"series_title": ""}, "Series 300: “title” is empty."),
        ({"letter": "a b"}, "Criterion IN-301 a b: “criterion letter” must be one to four letters"),
        ({"expected_notes": "document; sampel"}, "“note kinds”, item 2 is “sampel” (perhaps “sample”)"),
        ({"prompts": "ok\n" + "x" * 601}, "“prompts”, item 2 has 601 characters; at most 600 are allowed."),
        ({"each_site": "perhaps"}, "“each site” must be yes or no, not “perhaps”."),
        ({"title": "a_x0007_b"}, "Criterion IN-301 a: “title” holds a control character (U+0007)."),
        ({"title": "=1+1"}, "“criterion title” holds a formula without a result"),
        ({"expected_notes": "#N/A"}, "“note kinds” holds the Excel error #N/A."),
        ({"title": "#REF!"}, "“criterion title” holds the Excel error #REF!."),
    ],
)
def test_one_error_in_a_row(tmp_path: Path, cells: dict[str, object], error: str) -> None:
    (found,) = told(filled_in(tmp_path / "in.xlsx", [THIRD, row(**cells)]))
    assert found.startswith("Criteria row 3: ")
    assert error in found


def test_every_error_is_told_together_and_nothing_is_written(tmp_path: Path) -> None:
    rows = [
        FIRST,
        row(title="Twice"),
        row(series_title="Other", letter="c"),
        row(series_code="700", series_title="S"),
    ]
    sheet = filled_in(tmp_path / "in.xlsx", rows, ABOUT_FACTS | {"licence": None, "id": "My Pack"})
    with pytest.raises(SheetRefused) as caught:
        import_sheet(sheet, tmp_path / "out.yaml")
    assert [str(error) for error in caught.value.errors] == [
        "About row 2: The pack: “id” must be lower-case letters, digits and hyphens, at most 64.",
        "About row 6: The pack: “licence” is empty.",
        "Criteria row 3: Standard IN-301: the letter “a” is used twice; it was first used in Criteria row 2.",
        "Criteria row 4: series 300 has another title than in Criteria row 2.",
        "Criteria row 5: The standard code “IN-301” is used twice; it was first used in Criteria row 2.",
    ]
    assert str(caught.value).startswith(
        "The sheet “in.xlsx” cannot be used: it has 5 errors, the first at About row 2:"
    )
    assert not (tmp_path / "out.yaml").exists()


def test_the_result_of_a_formula_counts(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx", [row(title="=PLACE")])
    with_result = r'<c r="F2" t="str"><f>PLACE</f><v>From a formula</v></c>'
    rewrite(sheet, "xl/worksheets/sheet3.xml", lambda xml: re.sub(r'<c r="F2".*?</c>', with_result, xml))
    assert import_sheet(sheet, tmp_path / "out.yaml").criteria[0].title == "From a formula"


def test_headings_are_those_of_the_template(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(sheet)
    book[CRITERIA]["B1"] = "series titel"
    book[CRITERIA]["D1"] = "Standard Code"
    book.save(sheet)
    assert told(sheet) == [
        "Criteria row 1: the heading “series titel” in column B is not known.",
        "Criteria row 1: the heading “Standard Code” is there twice.",
        "Criteria row 1: the column “series title” is missing.",
        "Criteria row 1: the column “standard title” is missing.",
    ]


def test_a_sheet_without_criteria(tmp_path: Path) -> None:
    assert told(filled_in(tmp_path / "in.xlsx", [])) == [
        "Criteria: there are no criteria below the headings."
    ]
    book = openpyxl.load_workbook(tmp_path / "in.xlsx")
    book[CRITERIA].delete_rows(1, 600)
    book.save(tmp_path / "in.xlsx")
    assert told(tmp_path / "in.xlsx") == ["Criteria: the sheet is empty."]


def test_about_is_checked_by_row(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(sheet)
    book[ABOUT]["A3"] = "Publisher"
    book[ABOUT]["A7"] = "colour"
    book[ABOUT]["B7"] = "blue"
    book.save(sheet)
    assert told(sheet) == [
        "About: The pack: “title” is missing.",
        "About row 5: “publisher” is there twice.",
        "About row 7: “colour” is not known.",
    ]


def test_a_missing_sheet_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(sheet)
    book[CRITERIA].title = "Sheet1"
    book.save(sheet)
    (error,) = told(sheet)
    assert error.startswith(
        "it has no sheet “Criteria”; its sheets are “How to fill this in”, “About”, “Sheet1”."
    )


def test_a_chart_is_no_sheet(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx")
    book = openpyxl.load_workbook(sheet)
    book[CRITERIA].title = "Old"
    chart = BarChart()
    chart.add_data(Reference(book[ABOUT], min_col=1, min_row=1, max_row=3))
    book.create_chartsheet(CRITERIA).add_chart(chart)
    book.save(sheet)
    assert told(sheet) == ["the sheet “Criteria” is a chart."]


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_cells, "LIMITS", replace(sheet_cells.LIMITS, most_rows=7))
    rows = [("100", "S", "C", "T", str(number), f"Title {number}", *[""] * 5) for number in range(7)]
    assert told(filled_in(tmp_path / "in.xlsx", rows[:6])) == []
    assert told(filled_in(tmp_path / "in.xlsx", rows)) == [
        "the sheet “Criteria” has more than 7 rows; delete those below its table and save it again."
    ]


def test_a_file_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    sheet, out = filled_in(tmp_path / "in.xlsx"), tmp_path / "out.yaml"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(FileInTheWay, match=r"“out\.yaml” is there already"):
        import_sheet(sheet, out)
    assert out.read_text(encoding="utf-8") == "mine"
    import_sheet(sheet, out, overwrite=True)
    assert read_pack(out).id == "my-pack"


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    sheet = filled_in(tmp_path / "in.xlsx")
    with pytest.raises(CannotWrite, match="a folder has this name"):
        import_sheet(sheet, tmp_path, overwrite=True)
    with pytest.raises(CannotWrite, match="its folder is not there"):
        import_sheet(sheet, tmp_path / "no" / "out.yaml")
    with pytest.raises(CannotWrite):
        import_sheet(sheet, tmp_path / ("x" * 300 + ".yaml"))
    assert [path.name for path in tmp_path.iterdir()] == ["in.xlsx"]


def test_every_column_of_the_template_is_read() -> None:
    headings = [cell.value for cell in openpyxl.load_workbook(pack_template())[CRITERIA][1]]
    assert headings == [column.heading for column in CRITERIA_COLUMNS]


def rewrite(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change the XML of one part of a workbook, which must change."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = change(parts[part].decode())
    assert changed.encode() != parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {part: changed.encode()}).items():
            archive.writestr(name, content)
