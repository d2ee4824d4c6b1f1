"""A report drawn by a body's template: its words and colours, its order, and accessible as before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from qsin_desktop.domain.templates import ReportTemplate, Section
from qsin_desktop.report.pdf import draw_report
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_checkers import errors_heard, rules_broken
from tests.report.pdf_reading import page_texts, squeezed, text_of

ORDER = [
    Section.ABOUT,
    Section.SUMMARY,
    Section.VISIT,
    Section.FINDINGS,
    Section.STANDARDS,
    Section.NOT_COVERED,
    Section.DISAGREEMENTS,
    Section.EXHIBITS,
    Section.CONCLUSION,
    Section.SIGNATURES,
]
TEMPLATE = ReportTemplate(
    name="ours",
    body="Bwrdd Achredu",
    contact="Caerdydd · www.example.org",
    language="cy",
    accent="#6A1B5E",
    texts=(
        ("title", "Adroddiad asesu"),
        ("cover_line", "Achredu rhwydweithiau"),
        ("disclaimer", "Ni ddylid ei rannu."),
        ("before_summary", "Barn y tîm ar y diwrnod."),
        ("about_this_report", "Y paragraff cyntaf.\n\nYr ail baragraff."),
        ("closing", "Gellir apelio."),
        ("sampling", "Gwelwyd sampl."),
    ),
    sections=tuple(section.value for section in ORDER),
    series_bars=False,
    people_heard=False,
    photos=False,
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("template") / "r.pdf"
    visit = make_snapshot(findings=6, photos=2)
    findings = (replace(visit.findings[0], disputed=True), *visit.findings[1:])
    facts = replace(visit.facts, sampling="")
    draw_report(replace(visit, template=TEMPLATE, facts=facts, findings=findings), out)
    return out


def test_it_is_as_accessible_as_any(drawn: Path) -> None:
    assert rules_broken(drawn) == []
    assert rules_broken(drawn, "2a") == []
    assert errors_heard([drawn]) == {drawn: []}


def test_its_words_stand_where_they_belong(drawn: Path) -> None:
    cover, contents, *pages = page_texts(drawn)
    for words in ("Bwrdd Achredu", "Caerdydd · www.example.org", "Adroddiad asesu", "Ni ddylid ei rannu."):
        assert words in cover
    assert "Imaging Assessment Body" not in cover
    body = squeezed("".join((contents, *pages)))  # what the body says of its reports follows the contents
    assert body.index(squeezed("Yr ail baragraff.")) < body.index(squeezed("Barn y tîm"))
    assert squeezed("Gellir apelio.") in body
    assert "Ratings by series" not in contents + "".join(pages)
    assert "People heard" not in contents
    assert "Photos" not in contents
    with pikepdf.open(drawn) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Adroddiad asesu QN-2026-0147")
        assert str(pdf.docinfo["/Author"]) == "Bwrdd Achredu"


def test_sections_are_numbered_in_the_order_asked_and_cited_by_it(drawn: Path) -> None:
    contents = page_texts(drawn)[1]
    for number, section in enumerate(ORDER, 1):
        assert f"{number} {section.heading}" in " ".join(contents.replace("\u00a0", " ").split())
    assert "Good practice" not in contents
    said = " ".join(text_of(drawn).split())
    assert "Section 5 has every rating" in said
    assert "see section 7" in said
    assert "section 6 lists what is missing" in said
    assert "named in section 3.2" in said
    assert "6.1 Areas not covered" in said


def test_parts_of_a_section_are_numbered_without_gaps(drawn: Path) -> None:
    with pypdfium2.PdfDocument(drawn) as pdf:
        titles = [mark.get_title() for mark in pdf.get_toc()]
    of_the_visit = [int(title.split(" ")[0].split(".")[1]) for title in titles if title.startswith("3.")]
    assert of_the_visit == list(range(1, len(of_the_visit) + 1))
    assert "3.4 Criteria used" in titles
    assert "see section 3.4" in " ".join(text_of(drawn).split())


def test_words_in_another_language_are_marked_as_such(drawn: Path) -> None:
    with pikepdf.open(drawn) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        tagged = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Lang") == "cy"]
        assert len(tagged) == 9  # seven texts, one of two paragraphs, one on the cover as well


def test_its_colour_takes_the_place_of_ours(drawn: Path) -> None:
    with pikepdf.open(drawn) as pdf:
        code = b"".join(page.obj.Contents.read_bytes() for page in pdf.pages)
    assert b"0.043 0.361 0.678" not in code
    assert b"0.416 0.106 0.369" in code


def test_without_a_template_nothing_has_changed(tmp_path: Path) -> None:
    draw_report(make_snapshot(findings=2, photos=0), tmp_path / "r.pdf")
    contents = " ".join(page_texts(tmp_path / "r.pdf")[1].replace("\u00a0", " ").split())
    for number, section in enumerate([s for s in Section if s is not Section.ABOUT], 1):
        assert f"{number} {section.heading}" in contents
