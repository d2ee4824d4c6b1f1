"""The first sheet: what matters first, the heat map, the series."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from qsin_desktop.domain.snapshot import VisitSnapshot
from tests.report.make_snapshot import make_snapshot
from tests.report.workbook.reading import (
    made,
    part_of,
    sheet_of,
    words_of,
)


def test_summary_says_what_matters_first(sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Summary")
    words = words_of(sheet)
    for wanted in (
        "Greater Wessex Imaging Network",
        "DRAFT 3",
        "QN-2026-0147",
        "L. Lead",
        "Recommendation: Defer the decision",
        "mandatory findings",
        "open disagreements",
    ):
        assert wanted in words
    days = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, datetime)]
    assert datetime(2026, 11, 24) in days  # noqa: DTZ001  cells know no zone


def test_a_long_client_is_not_cut(tmp_path: Path) -> None:
    def height(client: str) -> float:
        snapshot = make_snapshot(photos=0)
        facts = replace(snapshot.facts, client=client)
        sheet = sheet_of(made(replace(snapshot, facts=facts), tmp_path), "Summary")
        at = next(c.row for row in sheet.iter_rows() for c in row if c.value == "Made for")
        return float(sheet.row_dimensions[at].height)

    assert height("The imaging network of Greater Wessex, for its four member trusts") > height("NHS")


def test_heat_map_says_in_words_what_it_colours(sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Summary")
    top = next(r[0].row for r in sheet.iter_rows() if r[0].value == "Standard")
    places = [c.value for c in sheet[top] if c.value]
    assert places[:3] == ["Standard", "Network, on documents", "Network, on site"]
    cells = [
        c for row in sheet.iter_rows(min_row=top + 1, max_row=top + 9, min_col=2, max_col=12) for c in row
    ]
    assert len(cells) == 99
    signs = ("✓ ", "◐ ", "✗ ", "– ", "≠ ", "◌ ", "Not judged here")
    assert all(str(c.value).startswith(signs) for c in cells)
    met = next(c for c in cells if c.value == "✓ Met")
    assert met.fill.fgColor.rgb == "00E5F4EC"
    assert any("\n" in str(c.value) and " of 3" in str(c.value) for c in cells)


def test_series_add_up_and_are_drawn(snapshot: VisitSnapshot, sent_file: Path) -> None:
    sheet = sheet_of(sent_file, "Summary")
    top = next(r[0].row for r in sheet.iter_rows() if r[0].value == "Series")
    total = 0
    for row, series in enumerate(snapshot.pack.series, top + 1):
        assert sheet.cell(row, 1).value == f"{series.code} {series.title}"
        numbers = [sheet.cell(row, column).value for column in range(2, 8)]
        assert all(isinstance(n, int) for n in numbers)
        total += sum(n for n in numbers if isinstance(n, int))
    assert total == len(snapshot.pack.criteria)
    assert len(sheet._charts) == 1  # type: ignore[attr-defined]
    assert "Bars of the ratings by series" in part_of(sent_file, "xl/drawings/drawing1.xml")


def test_a_sealed_visit_is_final(tmp_path: Path) -> None:
    path = made(make_snapshot(sealed=True, disagreements=0, sites=1, photos=0), tmp_path)
    words = words_of(sheet_of(path, "Summary"))
    assert "Version 3, final" in words
    assert "Sealed by L. Lead." in words
    assert not any("DRAFT" in word for word in words)


def test_a_very_long_summary_keeps_every_word(tmp_path: Path) -> None:
    text = "".join(f"Point {n} stood out for a reason. " for n in range(900))
    sheet = sheet_of(made(make_snapshot(sites=1, photos=0, summary=text), tmp_path), "Summary")
    words = "".join(words_of(sheet))
    assert all(f"Point {n} stood out" in words for n in range(900))
    assert len(sheet.merged_cells.ranges) > 8
