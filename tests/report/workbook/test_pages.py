"""Sheets on the screen and on paper: filters, frozen panes, page breaks, page heads."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.report.make_snapshot import make_snapshot
from tests.report.workbook.reading import (
    SHEETS,
    columns_of,
    made,
    part_of,
    sheet_of,
)

TABLED = ["Findings", "Ratings", "Evidence", "Citations", "Notes", "Trail"]


@pytest.mark.parametrize("name", TABLED)
def test_tables_have_filters_frozen_panes_and_print_well(name: str, sent_file: Path) -> None:
    sheet = sheet_of(sent_file, name)
    table = sheet.tables[name]
    assert table.autoFilter.ref == table.ref
    assert [c.name for c in table.tableColumns] == list(columns_of(sheet))
    assert sheet.freeze_panes == "B5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$4:$4"
    assert "Page &P of &N" in part_of(sent_file, f"xl/worksheets/sheet{SHEETS.index(name) + 1}.xml").replace(
        "&amp;", "&"
    )
    assert all(0 < d.width < 130 for d in sheet.column_dimensions.values())


def test_findings_print_on_two_pages_side_by_side(sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Findings")
    assert [b.id for b in sheet.col_breaks.brk] == [10]
    assert sheet.print_title_cols == "$A:$A"
    assert 50 <= int(sheet.page_setup.scale or 0) <= 100


def test_other_sheets_print_one_page_wide(sent_file: Path) -> None:
    for name in (*TABLED[1:], "How to respond"):
        sheet = sheet_of(sent_file, name)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


A4_HEIGHT = 8.27 * 72  # points


def _pages(sheet: Worksheet) -> list[range]:
    """The rows of each page, by the breaks; every page is proved to hold its rows."""
    begins = [1, *(b.id + 1 for b in sheet.row_breaks.brk), sheet.max_row + 1]
    pages = [range(first, after) for first, after in pairwise(begins)]
    margins = sheet.page_margins
    room = A4_HEIGHT - 72 * (margins.top + margins.bottom)
    for page in pages:
        points = sum(sheet.row_dimensions[row].height or 15 for row in page)
        assert points * int(sheet.page_setup.scale or 0) / 100 <= room
    return pages


def _row_of(sheet: Worksheet, words: str) -> int:
    column = sheet.iter_rows(max_col=1, values_only=True)
    return next(number for number, (value,) in enumerate(column, 1) if str(value).startswith(words))


@pytest.mark.parametrize("scope", ["", "All sites. " * 60, "All sites. " * 200])
@pytest.mark.parametrize("sites", [2, 9, 30])
def test_the_summary_parts_no_picture_and_leaves_no_heading_alone(
    sites: int, scope: str, tmp_path: Path
) -> None:
    snapshot = make_snapshot(
        sites=sites,
        findings=2,
        photos=0,
        scope=scope,
        summary="Much stood out. " * 150,
        conclusion="So. " * 900,
    )
    sheet = sheet_of(made(snapshot, tmp_path), "Summary")
    pages = _pages(sheet)
    heat_map = range(_row_of(sheet, "Standards by place"), _row_of(sheet, "Each cell shows") + 1)
    series = range(_row_of(sheet, "Ratings by series"), _row_of(sheet, "In words"))
    in_words = range(series.stop, series.stop + 2)
    for whole in (heat_map, series, in_words):
        assert any(set(whole) <= set(page) for page in pages)
    assert sheet.page_setup.orientation == "landscape"
    fitted = sheet.sheet_properties.pageSetUpPr
    assert fitted is None or not fitted.fitToPage  # Excel leaves breaks out where it fits the sheet itself


def test_a_little_smaller_print_keeps_the_heat_map_on_the_first_page(tmp_path: Path) -> None:
    sheet = sheet_of(made(make_snapshot(findings=2, photos=0), tmp_path), "Summary")
    assert _row_of(sheet, "Each cell shows") in _pages(sheet)[0]
    assert int(sheet.page_setup.scale or 0) >= 65


def test_a_heat_map_of_many_standards_ends_in_no_single_row(tmp_path: Path) -> None:
    sheet = sheet_of(made(make_snapshot(criteria=150, sites=2, findings=2, photos=0), tmp_path), "Summary")
    heat_map = range(_row_of(sheet, "Standards by place"), _row_of(sheet, "Each cell shows") + 1)
    on_each = [n for page in _pages(sheet) if (n := len(set(page) & set(heat_map)))]
    assert len(on_each) > 1
    assert min(on_each) >= 4


def test_rows_are_high_enough_for_their_texts_and_may_grow(sent_file: Path) -> None:
    rows = part_of(sent_file, "xl/worksheets/sheet2.xml")
    assert '<row r="5" ht="' in rows
    assert 'r="5" ht="29.8" customHeight' not in rows
    evidence = sheet_of(sent_file, "Evidence")
    assert (evidence.row_dimensions[10].height or 0) >= 80  # room for the picture


def test_names_with_signs_that_page_heads_use(tmp_path: Path) -> None:
    path = made(make_snapshot(sites=1, photos=0, network="Bath & Wells & " + "x" * 300), tmp_path)
    head = sheet_of(path, "Findings").oddHeader
    assert head is not None
    assert str(head.left.text).startswith("Bath && Wells")
    assert "&L" in part_of(path, "xl/worksheets/sheet2.xml").replace("&amp;", "&")
    assert len(str(head)) <= 255
