"""The network's answers and the assessors' word to them, in the next report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from qsin_desktop.domain.responses import Decision
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.summary import blocking_words
from tests.report.make_snapshot import LEAD, PEER
from tests.report.pdf_reading import squeezed, structure_of, text_of
from tests.report.returned.returning import answered, small_visit

AT = "2026-12-03T09:00:00+00:00"
MORE = Decision("more", "More asked for", "name the owner", LEAD, AT, current=False)
REFUSED = Decision("refuse", "Refused", "The list says two", PEER, AT, current=True)
CLOSED = Decision("close", "Closed", "Seen on site", LEAD, AT, current=True)


@pytest.fixture
def told(tmp_path: Path) -> Callable[[VisitSnapshot], str]:
    def tell(visit: VisitSnapshot) -> str:
        draw_report(visit, tmp_path / "r.pdf")
        return squeezed(text_of(tmp_path / "r.pdf"))

    return tell


def with_decision(visit: VisitSnapshot, number: str, **decisions: Decision) -> VisitSnapshot:
    finding = next(f for f in visit.findings if f.number == number)
    response = replace(visit.response_of(finding.id), **decisions)  # type: ignore[arg-type]  # decisions only
    return replace(visit, responses={**visit.responses, finding.id: response})


@pytest.fixture
def visit() -> VisitSnapshot:
    stands = answered(
        small_visit(),
        "F-003",
        root_cause="Nobody was named",
        planned_date="2027-01-31",
        done_date="when the tool is replaced",
        factual_accuracy="It was one tool",
    )
    return with_decision(stands, "F-003", decision=MORE, accuracy=REFUSED)


def test_the_answer_and_both_decisions_are_in_the_report(
    visit: VisitSnapshot, told: Callable[[VisitSnapshot], str]
) -> None:
    words = told(visit)
    for sentence in (
        "Root cause (new in return 1): Nobody was named",
        "Planned date (new in return 1): 31 January 2027",
        "Done date (new in return 1): when the tool is replaced",
        "Assessors: More asked for by L. Lead on 3 December 2026. Name the owner.",
        "Name the owner. The network has answered anew since.",
        "Comment on factual accuracy (new in return 1): It was one tool",
        "Assessors, on accuracy: Refused by P. Ashworth on 3 December 2026. The list says two.",
        "The network has answered in one return, the last read in on 1 December 2026.",
        "Of the findings, on 25 November 2026: 2 open and 1 awaiting the assessors' word.",
    ):
        assert squeezed(sentence) in words, sentence


def test_what_came_in_an_earlier_return_is_not_new(
    visit: VisitSnapshot, told: Callable[[VisitSnapshot], str]
) -> None:
    later = replace(visit.rounds[-1], number=2, sha256="55" * 32)
    words = told(replace(visit, rounds=(*visit.rounds, later)))
    assert squeezed("Root cause: Nobody was named") in words
    assert "newin" not in words


def test_without_answers_nothing_is_said(told: Callable[[VisitSnapshot], str]) -> None:
    words = told(small_visit())
    assert "Answerofthenetwork" not in words
    assert "Thenetworkhasanswered" not in words


def test_a_closed_finding_no_longer_stands_in_the_way(visit: VisitSnapshot) -> None:
    assert blocking_words(visit).startswith("One mandatory finding is open")
    assert blocking_words(with_decision(visit, "F-003", decision=CLOSED)).startswith("No open finding")


def test_answers_are_tagged(visit: VisitSnapshot, tmp_path: Path) -> None:
    draw_report(visit, tmp_path / "r.pdf")
    with pikepdf.Pdf.open(tmp_path / "r.pdf") as pdf:
        paragraphs = [e for e in structure_of(pdf).all("P") if e.marks]
        before = len(paragraphs)
    draw_report(replace(visit, responses={}, rounds=()), tmp_path / "r.pdf")
    with pikepdf.Pdf.open(tmp_path / "r.pdf") as pdf:
        assert before - len([e for e in structure_of(pdf).all("P") if e.marks]) == 8
