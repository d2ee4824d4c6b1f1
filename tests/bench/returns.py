"""The findings workbook of a very large visit, filled in by the network, read back and compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from qsin_desktop.domain.responses import Response
from qsin_desktop.report.returned.reader import read_return
from tests.bench.measure import Measure
from tests.bench.place import Bench, compared, load
from tests.bench.timing import interleaved, run
from tests.report.make_snapshot import make_snapshot
from tests.report.returned.returning import FIRST, after_sending, filled_in, sent

_MOST_ROUNDS = 3  # each takes seconds
_TIMES_FINDINGS = 25  # of a large visit's: 5,000 in all


def measures(bench: Bench) -> Iterator[Measure]:
    count = bench.size.findings * _TIMES_FINDINGS
    snapshot = make_snapshot(findings=count, sites=9, photos=0)
    with bench.room("returns", 64) as place:
        path = _filled_in(sent(snapshot, place), count)
        known = after_sending(snapshot)
        found = len(read_return(path, known).differences)
        load_before = load()
        samples, floor = interleaved(
            min(bench.rounds, _MOST_ROUNDS),
            [run(lambda: read_return(path, known)), run(lambda: _bare(path))],
        )
        yield compared(
            "return",
            f"read a returned workbook and compare it; {count:,} findings, {found:,} answers",
            samples,
            "the values of its findings read by openpyxl, read only",
            floor,
            load_before=load_before,
        )


def _filled_in(path: Path, count: int) -> Path:
    with filled_in(path) as (_, sheet):
        for row in range(FIRST, FIRST + count):
            for column in (Response.ROOT_CAUSE, Response.CORRECTION, Response.OWNER):
                sheet[row, column] = f"{column.heading} of row {row}"
    return path


def _bare(path: Path) -> int:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return sum(1 for _ in book["Findings"].iter_rows(values_only=True))
    finally:
        book.close()
