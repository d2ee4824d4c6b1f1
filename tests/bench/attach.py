"""Attaching a large file: from the call to the exhibit's entry being durable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qsin_desktop.actions.evidence import Target as Cited
from qsin_desktop.actions.evidence import attach
from qsin_desktop.actions.open_visit import OpenVisit
from tests.bench.files import hashed_copy, make_file, stamp
from tests.bench.measure import Measure, Target
from tests.bench.place import Bench, compared, load
from tests.bench.timing import Sample, clocked
from tests.bench.visit_growing import opened

FLOOR = "read, SHA-256, write, fsync, a MiB at a time"


def measures(bench: Bench) -> Iterator[Measure]:
    size = bench.size
    with bench.room("attach", 3 * size.attached_mib) as place:
        path = bench.shelf.copy(size.entries[0], place / "visit")
        source = place / "scan.bin"
        make_file(source, size.attached_mib)
        load_before = load()
        with opened(path) as visit:
            samples, floor = _turn_about(visit, source, place / "copy.bin", bench.rounds)
    yield compared(
        "attach",
        f"attach a file of {size.attached_mib} MiB to a criterion; it lies in the system's cache",
        samples,
        FLOOR,
        floor,
        load_before=load_before,
        target=Target("ratio", 2.0),
    )


def _turn_about(
    visit: OpenVisit, source: Path, target: Path, rounds: int
) -> tuple[list[Sample], list[Sample]]:
    samples, floor = [], []
    for nth in range(rounds):
        stamp(source)
        for ours in (True, False) if nth % 2 else (False, True):
            if ours:
                samples.append(clocked(lambda: attach_to_first(visit, source)))
                _forget(visit)
            else:
                floor.append(clocked(lambda: hashed_copy(source, target)))
                target.unlink()
    return samples, floor


def attach_to_first(visit: OpenVisit, source: Path) -> None:
    attach(visit, source, [Cited(criterion=visit.pack.criteria[0].code)])


def _forget(visit: OpenVisit) -> None:
    """The bytes go, so that the disk does not fill; the entries stay."""
    for exhibit in visit.record.exhibits():
        visit.pieces.remove(exhibit.pieces)
