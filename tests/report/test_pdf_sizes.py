"""The largest visits make whole, sound reports."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pypdfium2

from qsin_desktop.report.pdf import draw_report
from tests.report.make_snapshot import make_snapshot


def test_three_hundred_criteria_at_thirty_sites(tmp_path: Path) -> None:
    visit = make_snapshot(criteria=300, sites=30, findings=200, photos=20)
    out = tmp_path / "r.pdf"
    facts = draw_report(visit, out)
    with pypdfium2.PdfDocument(out) as pdf:
        assert facts.pages == len(pdf) > 300
        heat_map = "".join(pdf[n].get_textpage().get_text_range() for n in (4, 5))
    assert all(standard.code in heat_map for standard in visit.pack.standards)
    assert all(site.name in " ".join(heat_map.split()) for site in visit.sites)


def test_photos_do_not_pile_up_in_memory(tmp_path: Path) -> None:
    visit = make_snapshot(photos=120)
    out = tmp_path / "r.pdf"
    tracemalloc.start()
    draw_report(visit, out)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    written = out.read_bytes()
    assert written.count(b"/DCTDecode") == 120
    assert len(written) > 10_000_000
    few = make_snapshot(photos=2)
    tracemalloc.start()
    draw_report(few, out)
    _, least = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak - least < 4_000_000
