"""The most memory that attaching a large file, drawing the report and writing the workbook ever need."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from qsin_desktop.report.workbook.writing import write_workbook
from tests.bench.attach import FLOOR
from tests.bench.bare_documents import cells_of
from tests.bench.children import OFFSCREEN, environment, said
from tests.bench.documents import snapshot_for, words_for
from tests.bench.files import make_file, stamp
from tests.bench.measure import Floor, Measure, Reading, Target, load, quantile
from tests.bench.place import Bench

_MOST_ROUNDS = 3


def measures(bench: Bench) -> Iterator[Measure]:
    yield _attaching(bench)
    with bench.room("memory", 512) as place:
        yield _compared(
            bench,
            place,
            "memory.report",
            f"peak memory of making the same and drawing the report; {words_for(bench.size)}",
            ["report", bench.size.name, str(place)],
            "the same words by ReportLab alone",
            ["bare_report", bench.size.name, str(place)],
        )
        yield _compared(
            bench,
            place,
            "memory.photos",
            f"peak memory of drawing a report with {bench.size.many_photos} photos of 1600 pixels",
            ["photos", bench.size.name, str(place)],
            "the same words and photos by ReportLab alone",
            ["bare_photos", bench.size.name, str(place)],
            target=Target("value", 400),
        )
        cells = place / "cells.json"
        _write_cells(bench, cells)
        yield _compared(
            bench,
            place,
            "memory.workbook",
            f"peak memory of making the same and writing the workbook; {words_for(bench.size)}",
            ["workbook", bench.size.name, str(place)],
            "the same values by openpyxl alone",
            ["bare_workbook", str(cells), str(place)],
        )


def _attaching(bench: Bench) -> Measure:
    mib = bench.size.attached_mib
    with bench.room("memory", (2 + _MOST_ROUNDS) * mib) as place:
        visit = bench.shelf.copy(bench.size.entries[0], place / "visit")
        source = place / "scan.bin"
        make_file(source, mib)
        return _compared(
            bench,
            place,
            "memory.attach",
            f"peak memory of a process that opens a visit and attaches {mib} MiB",
            ["attach", str(visit), str(source)],
            FLOOR,
            ["copy", str(source), str(place / "copy.bin")],
            stamped=source,
        )


def _write_cells(bench: Bench, out: Path) -> None:
    workbook = out.with_name("cells.xlsx")
    write_workbook(snapshot_for(bench.size), workbook)
    out.write_text(json.dumps(cells_of(workbook), default=str), encoding="utf-8")


def _compared(
    bench: Bench,
    place: Path,
    name: str,
    about: str,
    words: Sequence[str],
    floor_name: str,
    floor_words: Sequence[str],
    *,
    stamped: Path | None = None,
    target: Target | None = None,
) -> Measure:
    peak = partial(_peak, env=environment(place, OFFSCREEN))
    load_before = load()
    mine, floor = [], []
    for _ in range(min(bench.rounds, _MOST_ROUNDS)):
        if stamped is not None:
            stamp(stamped)
        mine.append(peak(words))
        floor.append(peak(floor_words))
    return Measure(
        name=name,
        about=about,
        unit="MiB",
        reading=_reading(mine),
        floor=Floor(floor_name, _reading(floor)),
        n=len(mine),
        load_before=load_before,
        target=target,
    )


def _peak(words: Sequence[str], env: dict[str, str]) -> float:
    return float(json.loads(said("peak", words, env)))


def _reading(peaks: Sequence[float]) -> Reading:
    """Memory takes no CPU time, so that figure is none."""
    return Reading(quantile(peaks, 0.5), min(peaks), float("nan"))
