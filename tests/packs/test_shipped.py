"""What comes with the program: the outline pack, the two rule sets, the schemas and the Excel template."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from qsin_desktop.assets import resource
from qsin_desktop.domain.standards import Pack, Rules, Sign, Tone
from qsin_desktop.packs.reading import check_pack, check_rules, find_pack, find_rules, read_pack, rules_for
from qsin_desktop.packs.sheet_columns import ABOUT_ROWS, CRITERIA_COLUMNS
from qsin_desktop.packs.sheet_template import write_template
from qsin_desktop.packs.shipped import (
    PACKS,
    RULES,
    TEMPLATES,
    pack_template,
    schema,
    shipped_packs,
    shipped_rules,
)
from qsin_desktop.packs.yaml_writing import pack_to_yaml


@pytest.fixture(scope="module")
def outline() -> Pack:
    return find_pack("qsin-outline")


def test_every_shipped_file_is_free_of_errors() -> None:
    assert [source.id for source in shipped_packs()] == ["qsin-outline"]
    assert [source.id for source in shipped_rules()] == ["accreditation", "quality-mark"]
    assert [check_pack(source.path) for source in shipped_packs()] == [()]
    assert [check_rules(source.path) for source in shipped_rules()] == [(), ()]


@pytest.mark.parametrize("kind", [PACKS, RULES, TEMPLATES])
def test_the_published_schemas_are_schemas(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))


def test_a_shipped_id_is_the_name_of_its_file() -> None:
    assert [read_pack(source.path).id for source in shipped_packs()] == [s.id for s in shipped_packs()]


def test_the_outline_has_what_is_known_and_nothing_else(outline: Pack) -> None:
    assert [series.code for series in outline.series] == ["100", "200", "300", "600", "700"]
    known = ["IN-101", "IN-201", "IN-202", "IN-203", "IN-301", "IN-602", "IN-603", "IN-702", "IN-703"]
    assert [standard.code for standard in outline.standards] == known


def test_the_outline_says_everywhere_that_it_is_one(outline: Pack) -> None:
    assert outline.outline
    assert all(standard.outline for standard in outline.standards)
    assert "not the wording" in outline.notice
    assert "IN-601" in outline.notice
    assert "IN-701" in outline.notice
    assert "none of its wording is included" in outline.licence


def test_inferred_codes_are_unconfirmed(outline: Pack) -> None:
    unconfirmed = [standard.code for standard in outline.standards if standard.unconfirmed]
    assert unconfirmed == ["IN-201", "IN-202", "IN-203"]


def test_several_expectations_are_several_criteria(outline: Pack) -> None:
    counts = {standard.code: len(standard.criteria) for standard in outline.standards}
    assert counts["IN-301"] == 6
    assert counts["IN-101"] == 4
    assert (counts["IN-203"], counts["IN-602"]) == (2, 2)
    words = " ".join(criterion.title for criterion in outline.standard("IN-301").criteria)
    for subject in ("IT", "AI", "procurement", "installation", "calibration", "infection control"):
        assert subject in words


def test_every_criterion_helps_the_assessor(outline: Pack) -> None:
    for criterion in outline.criteria:
        assert 2 <= len(criterion.prompts) <= 4, criterion.code
        assert criterion.expected_evidence, criterion.code
        assert criterion.expected_notes, criterion.code
        assert outline.criterion(criterion.shown_code) is criterion


def test_the_outline_survives_being_written_anew(outline: Pack) -> None:
    assert read_pack(pack_to_yaml(outline)) == outline


@pytest.fixture
def accreditation(outline: Pack) -> Rules:
    return find_rules("accreditation", outline)


def test_accreditation(accreditation: Rules) -> None:
    points = {point.label: (point.key, point.rank, point.needs_reason) for point in accreditation.scale}
    assert points == {
        "Met": ("1", 0, False),
        "Partly met": ("2", 1, True),
        "Not met": ("3", 2, True),
        "Not applicable": ("4", None, True),
    }
    mandatory = accreditation.grade("mandatory finding")
    assert (mandatory.due_weeks, mandatory.blocks, mandatory.praise) == (12, True, False)
    assert accreditation.grade("good practice").praise
    assert [name for name, _ in accreditation.recommendations] == ["recommend", "defer", "do-not-recommend"]


def test_quality_mark(outline: Pack) -> None:
    rules = find_rules("Quality mark", outline)
    assert [point.label for point in rules.scale] == ["Exceeded", "Met", "Working towards", "Not applicable"]
    assert [point.key for point in rules.scale] == ["1", "2", "3", "4"]
    assert [grade.label for grade in rules.grades] == ["Key action", "Suggestion", "Commendation"]
    assert [name for name, _ in rules.recommendations] == ["award", "defer", "do-not-award"]


def test_no_two_ratings_look_alike(outline: Pack) -> None:
    for rules in rules_for(outline):
        assert len({point.sign for point in rules.scale}) == len(rules.scale)
        assert len({point.tone for point in rules.scale}) == len(rules.scale)
        assert rules.point("not applicable").tone is Tone.NOT_APPLICABLE
        assert rules.point("not applicable").sign is Sign.DASH


def test_the_template_is_what_the_program_would_write(tmp_path: Path) -> None:
    write_template(tmp_path / "fresh.xlsx")
    assert _cells(pack_template()) == _cells(tmp_path / "fresh.xlsx")


def _cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: [tuple(row) for row in sheet.values] for sheet in book.worksheets}


def test_the_help_page_describes_every_column_and_field() -> None:
    help_page = resource("help", "packs.md").read_text(encoding="utf-8")
    for column in (*ABOUT_ROWS, *CRITERIA_COLUMNS):
        needed = "yes" if column.needed else "no"
        assert f"| {column.heading} | {needed} | {column.about} |" in help_page
    for kind in (PACKS, RULES):
        for name in schema(kind)["properties"]:
            assert f"`{name}" in help_page, name
