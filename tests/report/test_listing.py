"""Lists that people type are lists by ear and by eye, and nothing of what they typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.report.listing import Block, Listing, blocks_of, may_be_parted
from qsin_desktop.report.palette import INK
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.typeset import Run, Style
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_checkers import errors_heard, rules_broken
from tests.report.pdf_reading import Element, faults_of, heard_on, structure_of

STYLE = Style("regular", 9.5, 14.0, INK)
TYPED = """The team saw:
- gloves
- gel
  1. warm
  2. cold
- aprons

Then, in order:

1. first

2. second
   with more of it
"""

Shape = list["str | tuple[str, Shape]"]


def shape(blocks: list[Block]) -> Shape:
    """Paragraphs as words, lists as pairs of a mark and what stands beside it."""
    found: Shape = []
    for block in blocks:
        if isinstance(block, Listing):
            found += [(item.mark.text, shape(item.body)) for item in block.items]
        else:
            found.append(" ".join("".join(run.text for run in block.runs).split()))
    return found


def parted(text: str) -> Shape:
    return shape(blocks_of([Run(text, STYLE)]))


def test_lists_stand_in_lists_and_in_paragraphs() -> None:
    assert parted(TYPED) == [
        "The team saw:",
        ("-", ["gloves"]),
        ("-", ["gel", ("1.", ["warm"]), ("2.", ["cold"])]),
        ("-", ["aprons"]),
        "Then, in order:",
        ("1.", ["first"]),
        ("2.", ["second with more of it"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- 5 degrees at night",  # one line alone is no list
        "2026. A year\n2028. Another",
        "1. first\n3. third",
        "- one\n• another",
        "A. Smith and B. Jones\nC. Lloyd",
        "-5 to -3\n-7 to -1",
        "Room 1. is here\nRoom 2. is there",
    ],
)
def test_what_only_looks_like_a_list_is_none(text: str) -> None:
    assert parted(text) == [" ".join(text.split())]


def test_a_list_after_the_name_of_its_text_begins_a_line() -> None:
    found = blocks_of([Run("Evidence. ", STYLE), Run("• one\n• two", STYLE)])
    assert shape(found) == ["Evidence.", ("•", ["one"]), ("•", ["two"])]


MARKS = ["- ", "• ", "1. ", "2. ", "3. ", "a) ", "b) ", "", "  ", "(a) ", "(b) "]
LINES = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(MARKS), st.text("ab1.-) ", max_size=8)))


@given(LINES)
def test_no_word_is_lost_or_moved(lines: list[tuple[int, str, str]]) -> None:
    text = "\n".join(f"{' ' * indent}{mark}{words}" for indent, mark, words in lines)

    def said(found: Shape) -> Iterator[str]:
        for one in found:
            yield from [one] if isinstance(one, str) else [one[0], *said(one[1])]

    assert "".join("".join(said(parted(text))).split()) == "".join(text.split())


@given(LINES)
def test_a_text_passed_over_is_one_paragraph(lines: list[tuple[int, str, str]]) -> None:
    text = "\n".join(f"{' ' * indent}{mark}{words}" for indent, mark, words in lines)
    if not may_be_parted(text):
        assert len(blocks_of([Run(text, STYLE)])) <= 1


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a list in a finding, a note, a fact of the visit, and the names of the sites."""
    out = tmp_path_factory.mktemp("lists") / "r.pdf"
    visit = make_snapshot(findings=2, photos=0, sites=2)
    findings = (replace(visit.findings[0], evidence=TYPED), *visit.findings[1:])
    facts = replace(visit.facts, scope="CT and MR:\n1) here\n2) there")
    draw_report(replace(visit, findings=findings, facts=facts), out)
    return out


def test_a_list_is_tagged_as_one(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        root = structure_of(pdf)
        heard = [(role, text.strip()) for page in pdf.pages for role, text in heard_on(page)]
        elements: list[Any] = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/A" in o]
        counted = {str(e.A.ListNumbering) for e in elements if "/ListNumbering" in e.A}
    for mark in ("-", "1.", "2.", "1)", "2)"):
        assert ("Lbl", mark) in heard
    assert not [text for role, text in heard if role == "Lbl" and "\u200e" in text]
    for words in ("gloves", "warm", "with more of it", "there"):
        assert ("LBody", words) in heard
    assert ("P", "gel") in heard  # an item of several parts
    within = [kid for body in root.all("LBody") for kid in body.kids if kid.role == "L"]
    assert len(within) == 1
    assert counted == {"/Disc", "/Decimal"}


def test_lists_of_sites_are_lists(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        cells = [cell for cell in structure_of(pdf).all("TD") if cell.all("L")]
    assert [len(cell.all("LI")) for cell in cells] == [2, 2]


def test_lists_leave_the_report_as_accessible_as_it_was(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert faults_of(pdf) == []
        assert [e for e in structure_of(pdf).walk() if not _says(e) and e.role != "TD"] == []
    assert rules_broken(report) == []
    assert errors_heard([report]) == {report: []}


def _says(element: Element) -> bool:
    return bool(element.kids or element.marks)
