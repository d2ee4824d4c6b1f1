"""The report and the findings workbook of a large visit, from its snapshot to the file in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.workbook.writing import write_workbook
from tests.bench import weasy
from tests.bench.bare_documents import bare_report, bare_workbook, cells_of, write_photos
from tests.bench.measure import Measure, Skipped, Target
from tests.bench.place import Bench, compared, load
from tests.bench.size import Size
from tests.bench.timing import interleaved, run
from tests.report.make_snapshot import make_snapshot

_MOST_ROUNDS = 3  # each takes seconds
_TIMES_FINDINGS = 25  # of a large visit's: 5,000 in all


def measures(bench: Bench) -> Iterator[Measure | Skipped]:
    snapshot = snapshot_for(bench.size)
    with bench.room("documents", 512) as place:
        yield _report(bench, snapshot, place)
        yield _against_weasyprint(bench, snapshot, place)
        yield _workbook(bench, "workbook", snapshot, words_for(bench.size), place)
        many = bench.size.findings * _TIMES_FINDINGS
        findings = make_snapshot(findings=many, sites=9, photos=0)
        yield _workbook(bench, "workbook.findings", findings, f"{many:,} findings", place)


def snapshot_for(size: Size) -> VisitSnapshot:
    return make_snapshot(criteria=size.criteria, sites=size.sites, findings=size.findings, photos=size.photos)


def words_for(size: Size) -> str:
    return f"{size.criteria} criteria × {size.sites} sites, {size.findings} findings, {size.photos} photos"


def _report(bench: Bench, snapshot: VisitSnapshot, place: Path) -> Measure:
    photos = write_photos(snapshot, place)
    pages = draw_report(snapshot, place / "report.pdf").pages
    load_before = load()
    samples, floor = interleaved(
        min(bench.rounds, _MOST_ROUNDS),
        [
            run(lambda: draw_report(snapshot, place / "report.pdf")),
            run(lambda: bare_report(snapshot, photos, place / "bare.pdf")),
        ],
    )
    return compared(
        "report",
        f"draw the tagged PDF report; {words_for(bench.size)}: {pages} pages",
        samples,
        "the same words and photos by bare ReportLab: untagged, one pass, no contents, charts or furniture",
        floor,
        load_before=load_before,
        target=Target("ratio", 1.5),
    )


def _against_weasyprint(bench: Bench, snapshot: VisitSnapshot, place: Path) -> Measure | Skipped:
    """Once: it takes the better part of a minute."""
    name = "report.tagged"
    if not weasy.installed():
        return Skipped(name, "not run: weasyprint is not installed (dependency group “bench”)")
    photos = write_photos(snapshot, place)
    load_before = load()
    samples, floor = interleaved(
        1,
        [
            run(lambda: draw_report(snapshot, place / "report.pdf")),
            run(lambda: weasy.weasy_report(snapshot, photos, place / "weasy.pdf")),
        ],
    )
    return compared(
        name,
        f"the same report beside another program's tagged one; {words_for(bench.size)}",
        samples,
        "the same words and photos by WeasyPrint, tagged to PDF/UA-1, no contents or charts",
        floor,
        load_before=load_before,
        target=Target("ratio", 0.5),
    )


def _workbook(bench: Bench, name: str, snapshot: VisitSnapshot, words: str, place: Path) -> Measure:
    out = place / "findings.xlsx"
    write_workbook(snapshot, out)
    cells = cells_of(out)
    count = sum(cell is not None for rows in cells.values() for row in rows for cell in row)
    load_before = load()
    samples, floor = interleaved(
        min(bench.rounds, _MOST_ROUNDS),
        [
            run(lambda: write_workbook(snapshot, out)),
            run(lambda: bare_workbook(cells, place / "bare.xlsx")),
        ],
    )
    return compared(
        name,
        f"write the findings workbook; {words}: {count:,} cells",
        samples,
        "the same values written by openpyxl, no styles",
        floor,
        load_before=load_before,
        target=Target("ratio", 1.5),
    )
