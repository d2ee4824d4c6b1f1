"""Documents that several tests look at, made once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf import draw_report
from tests.report.make_snapshot import make_snapshot
from tests.report.workbook.reading import made

LEFTWARDS = "שלום עולם, راجع الفريق جميع الوثائق (2026)"
FIDELITY = "Ŵyn a ŷd · Ωμέγα αβγ · ✓ ☐ → ≥ · 👍 · Llanfairpwllgwyngyll"
LONG_TEXT = " ".join(f"Sentence {n}: {FIDELITY}." for n in range(1200))  # some twenty pages


@pytest.fixture(scope="session")
def large_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundreds of pages: long texts, many sites, photos, a finding of many pages, signs of all kinds."""
    out = tmp_path_factory.mktemp("large") / "report.pdf"
    visit = make_snapshot(criteria=150, sites=15, findings=120, photos=40, long_texts=True, disagreements=4)
    first = replace(visit.findings[0], evidence=LONG_TEXT, gap=LEFTWARDS)
    findings = (first, *visit.findings[1:])
    draw_report(replace(visit, findings=findings), out)
    return out


@pytest.fixture(scope="session")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every part of a report on few pages."""
    out = tmp_path_factory.mktemp("small") / "report.pdf"
    draw_report(make_snapshot(criteria=6, sites=3, findings=6, photos=2), out)
    return out


@pytest.fixture(scope="session")
def snapshot() -> VisitSnapshot:
    return make_snapshot()


@pytest.fixture(scope="session")
def sent_file(snapshot: VisitSnapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The findings workbook of `snapshot`; to be read only."""
    return made(snapshot, tmp_path_factory.mktemp("workbook"))
