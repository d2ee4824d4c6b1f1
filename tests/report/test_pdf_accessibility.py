"""The report can be read by ear: tags and content agree, checked by readers that know nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf import draw_report
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_reading import Element, faults_of, headings_of, shapes_in_text, structure_of

VISITS: dict[str, Callable[[], VisitSnapshot]] = {
    "usual": make_snapshot,
    "final": lambda: make_snapshot(sealed=True, disagreements=0),
    "no sites": lambda: make_snapshot(sites=0),
    "one site": lambda: make_snapshot(sites=1),
    "forty sites": lambda: make_snapshot(sites=40, criteria=40),
    "long texts": lambda: make_snapshot(long_texts=True, findings=20),
}


@pytest.fixture(scope="module", params=VISITS)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report.pdf"
    draw_report(VISITS[request.param](), out)
    return out


@pytest.fixture(scope="module")
def root(usual: Path) -> Element:
    with pikepdf.open(usual) as pdf:
        return structure_of(pdf)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("usual") / "report.pdf"
    draw_report(make_snapshot(), out)
    return out


def test_tags_and_content_agree(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert faults_of(pdf) == []


def test_shapes_are_no_part_of_the_words(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert [shapes_in_text(page) for page in pdf.pages] == [0] * len(pdf.pages)


def test_headings_skip_no_level(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        levels = headings_of(structure_of(pdf))
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_an_independent_checker_finds_nothing(report: Path) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    for profile in ("ua1", "2a"):
        checked = page.validate_pdf(report, profile=profile)
        assert [f"{f.rule_id}: {f.message}" for f in checked.failures] == []


def test_file_is_sound(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_every_row_of_a_table_has_as_many_cells(root: Element) -> None:
    tables = root.all("Table")
    assert len(tables) > 20
    for table in tables:
        rows = [[kid for kid in row.kids if kid.role in ("TH", "TD")] for row in table.all("TR")]
        assert len({len(row) for row in rows}) == 1


def test_signs_are_told_in_words(root: Element) -> None:
    spoken = {cell.spoken for table in root.all("Table") for cell in table.all("TD")}
    assert {"Met", "Partly met", "Not met", "Not applicable", "Not rated", "Disagreement"} <= spoken


def test_charts_and_photos_have_words(root: Element) -> None:
    alts = [figure.alt for figure in root.all("Figure")]
    assert "Workforce: 1 met, 3 not met" in alts
    assert "Photo E-006: Scanner room 1. Notice on the door, seen at 10:40" in alts


def test_a_photo_has_its_caption_beside_it(root: Element) -> None:
    pairs = root.all("Div")
    assert len(pairs) > 3
    assert {tuple(kid.role for kid in pair.kids) for pair in pairs} == {("Figure", "Caption")}


def test_no_tag_is_left_without_content(root: Element) -> None:
    empty = [e for e in root.walk() if not e.kids and not e.marks and e.role not in ("TD", "TH")]
    assert empty == []


def lose_alt(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/Figure").Alt


def lose_scope(pdf: pikepdf.Pdf) -> None:
    del _first(pdf, "/TH").A


def add_loose_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].contents_add(b"BT 100 100 Td <0001> Tj ET")


def lose_parent(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[3].obj.StructParents


def lose_link_words(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Annots[0].Contents


def swap_marks(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[3]
    code = page.obj.Contents.read_bytes()
    found = re.findall(rb"/MCID (\d+)>>BDC", code)
    numbers = {found[0]: found[-1], found[-1]: found[0]}
    page.obj.Contents = pdf.make_stream(
        re.sub(rb"(?<=/MCID )\d+(?=>>BDC)", lambda m: numbers.get(m[0], m[0]), code)
    )


def hang_twice(pdf: pikepdf.Pdf) -> None:
    row = _first(pdf, "/TR")
    row.K = pikepdf.Array([*row.K, row.K[0]])


def _first(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == role)


@pytest.mark.parametrize(
    "damage", [lose_alt, lose_scope, add_loose_text, lose_parent, lose_link_words, swap_marks, hang_twice]
)
def test_damage_is_found(usual: Path, damage: Callable[[pikepdf.Pdf], None]) -> None:
    with pikepdf.open(usual) as pdf:
        damage(pdf)
        assert faults_of(pdf)


def test_every_glyph_says_its_character(usual: Path) -> None:
    with pikepdf.open(usual) as pdf:
        fonts = [
            o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Type0"
        ]
        assert len(fonts) >= 4
        for font in fonts:
            assert b"<0000>" not in font.ToUnicode.read_bytes().split(b"endcodespacerange")[1]
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
