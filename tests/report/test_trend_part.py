"""The last visit in the report: the bar, the tables and the word at each criterion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from qsin_desktop.domain.last_visit import LastVisit, PastFinding, PastRating
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Criterion, Sign, Tone
from qsin_desktop.domain.trend import Turn
from qsin_desktop.domain.visits import Stage
from qsin_desktop.report.pdf import draw_report
from tests.report.pdf_reading import faults_of, squeezed, text_of
from tests.report.returned.returning import small_visit


def past(criterion: Criterion, label: str, step: int) -> PastRating:
    tone = {1: Tone.MET, 2: Tone.PARTLY, 3: Tone.NOT_MET}[step]
    return PastRating(
        criterion.code, criterion.shown_code, criterion.title, criterion.text_hash, label, tone, Sign.HALF,
        step, 3,
    )  # fmt: skip


@pytest.fixture
def visit() -> VisitSnapshot:
    """Everything was “Partly met” then, and one finding was raised to the criterion of today's first."""
    stands = small_visit()
    ratings = tuple(past(criterion, "Partly met", 2) for criterion in stands.pack.criteria)
    finding = stands.findings[0]
    raised = PastFinding("F-009", "Recommendation", Tone.PARTLY, False, finding.criteria, "No list", True)
    last = LastVisit(
        "earlier", "Thames Estuary (Kent)", "2022-06-14", "2022-06-15", "QSIN, first edition",
        stands.rules.title, True, ratings, (raised,),
    )  # fmt: skip
    return replace(stands, last_visit=last)


def test_what_changed_is_told_and_the_file_is_in_order(visit: VisitSnapshot, tmp_path: Path) -> None:
    draw_report(visit, tmp_path / "r.pdf")
    words = squeezed(text_of(tmp_path / "r.pdf"))
    trend = visit.trend
    assert trend is not None
    better, worse = trend.counts[Turn.BETTER], trend.counts[Turn.WORSE]
    assert better
    assert worse
    assert squeezed("Since the visit of June 2022") in words
    assert squeezed(f"{better} better, {worse} worse") in words
    assert squeezed("Thames Estuary (Kent) (14 and 15 June 2022), by “QSIN, first edition”") in words
    assert squeezed("It had been signed off when its results were carried over.") in words
    for one in trend.changed:
        assert one.now is not None
        row = f"{one.criterion.title} ◐ Partly met"
        assert squeezed(row) in words or squeezed(f"{one.criterion.title} Partly met") in words
    numbers = [f.number for f in trend.findings[0].findings]
    assert numbers
    assert squeezed("No list") in words
    assert squeezed("closed after the last visit") in words
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        assert faults_of(pdf) == []


def test_each_criterion_says_what_it_was_rated_then(visit: VisitSnapshot, tmp_path: Path) -> None:
    draw_report(visit, tmp_path / "r.pdf")
    words = squeezed(text_of(tmp_path / "r.pdf"))
    rated = sum(visit.network_rating(c.code, Stage.SITE).rating is not None for c in visit.pack.criteria)
    assert rated
    assert words.count(squeezed("Last visit Partly met")) == len(visit.pack.criteria)
    assert words.count(squeezed("better now")) == visit.trend.counts[Turn.BETTER]  # type: ignore[union-attr]


def test_without_a_last_visit_nothing_is_said_of_one(tmp_path: Path) -> None:
    draw_report(small_visit(), tmp_path / "r.pdf")
    assert squeezed("last visit") not in squeezed(text_of(tmp_path / "r.pdf")).casefold()
