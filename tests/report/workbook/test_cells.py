"""Texts of every kind in cells: as they were typed, never formulas, never cut in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsin_desktop.report.workbook.texts import shown
from tests.report.make_snapshot import make_snapshot
from tests.report.workbook.reading import (
    HOSTILE,
    columns_of,
    made,
    opened,
    part_of,
    sheet_of,
    table_of,
    with_findings,
    words_of,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_as_it_was_typed(text: str, tmp_path: Path) -> None:
    path = made(with_findings(requirement=text), tmp_path)
    cell = sheet_of(path, "Findings")["F5"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert "<f>" not in part_of(path, "xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("text", HOSTILE[:7])
def test_text_like_a_formula_stays_text_when_edited(text: str, tmp_path: Path) -> None:
    cell = sheet_of(made(with_findings(gap=text), tmp_path), "Findings")["H5"]
    assert cell.quotePrefix
    assert cell.number_format == "@"


@settings(max_examples=6)
@given(st.lists(st.text(st.characters(codec=None), max_size=60), min_size=30, max_size=30))
def test_any_text_comes_back_as_it_is_shown(texts: list[str]) -> None:
    snapshot = make_snapshot(sites=0, findings=30, photos=0)
    findings = [replace(f, evidence=text) for f, text in zip(snapshot.findings, texts, strict=True)]
    with TemporaryDirectory() as folder:
        path = made(replace(snapshot, findings=tuple(findings)), Path(folder))
        read = [row["Evidence"] or "" for row in table_of(sheet_of(path, "Findings"))]
    assert read == [shown(text) for text in texts]


def test_control_characters_are_shown(tmp_path: Path) -> None:
    path = made(with_findings(evidence="bell\x07, half \ud800"), tmp_path)
    assert sheet_of(path, "Findings")["G5"].value == "bell[U+0007], half [U+D800]"


def test_a_text_too_long_for_a_cell_goes_on_elsewhere(tmp_path: Path) -> None:
    text = "".join(f"Sentence {n} of a very long account. " for n in range(2_000))
    path = made(with_findings(evidence=text), tmp_path)
    row = table_of(sheet_of(path, "Findings"))[0]
    assert len(row["Evidence"]) <= 32_767
    assert row["Evidence"].endswith("(continues on the sheet “Long texts”)")
    parts = table_of(sheet_of(path, "Long texts"))
    assert {part["Belongs to"] for part in parts} == {"F-001: Evidence"}
    assert "".join(part["Text"] for part in parts) == text
    assert "Long texts" in " ".join(words_of(sheet_of(path, "How to respond")))


def test_a_text_too_tall_for_a_row_is_there_twice_whole(tmp_path: Path) -> None:
    text = "What was seen was set beside what the plan says. " * 60
    path = made(with_findings(gap=text), tmp_path)
    sheet = sheet_of(path, "Findings")
    assert table_of(sheet)[0]["Gap"] == text
    assert "".join(part["Text"] for part in table_of(sheet_of(path, "Long texts"))) == text
    link = sheet[f"{columns_of(sheet)['In full']}5"]
    assert (link.value, link.hyperlink.location) == ("Row 5", "'Long texts'!A5")


def test_without_long_texts_there_is_no_such_sheet_or_column(sent_file: Path) -> None:
    assert "Long texts" not in opened(sent_file).sheetnames
    assert "In full" not in columns_of(sheet_of(sent_file, "Findings"))
