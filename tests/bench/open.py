"""Opening a visit: journals of several lengths, with and without gigabytes of exhibits; its passphrase."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from qsin_desktop.actions.evidence import Prepared, attach_prepared, prepare
from qsin_desktop.actions.evidence import Target as Cited
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store import keys
from qsin_desktop.store.folder import VisitFolder
from tests.bench.files import make_file, stamp
from tests.bench.measure import Measure, Target
from tests.bench.place import Bench, compared, load
from tests.bench.raw_commits import read_only
from tests.bench.timing import Run, Sample, clocked, interleaved, run
from tests.bench.visit_growing import PASSPHRASE, opened

_SECOND = Target("value", 1_000.0)
_NO_GROWTH = Target("ratio", 1.1)  # a tenth is what rounds differ by among themselves


def measures(bench: Bench) -> Iterator[Measure]:
    size = bench.size
    mib = (size.exhibits + 1) * size.exhibit_mib
    with bench.room("open", mib + 1024) as place:
        full, files = _with_exhibits(bench, place)
        for entries in size.entries:
            yield from _opening(bench, entries, bench.shelf.copy(entries, place / f"{entries}"), full, files)
    yield _unlocking(bench)


# ---- opening -----------------------------------------------------------------------------------------


def _opening(bench: Bench, entries: int, plain: Path, full: Path, files: list[Prepared]) -> Iterator[Measure]:
    """`full` lends its exhibits to a copy of this visit: all of them have the same key."""
    with bench.room(f"full-{entries}") as place:
        filled = bench.shelf.copy(entries, place / "visit")
        VisitFolder(filled).exhibits.rmdir()
        full.rename(VisitFolder(filled).exhibits)
        with opened(filled) as visit:
            _cite(visit, files)
            key = visit.data_key.database_key
        load_before = load()
        runs = [_open_run(plain), _open_run(filled), _count_run(VisitFolder(plain).database, key)]
        without, with_exhibits, floor = interleaved(3 * bench.rounds, runs)
        VisitFolder(filled).exhibits.rename(full)
    mib = bench.size.exhibits * bench.size.exhibit_mib
    yield compared(
        f"open.{entries}",
        f"open a visit of {entries:,} entries by key file, in a warm process and a warm cache",
        without,
        "bare SQLCipher open and SELECT count(*) of the same file",
        floor,
        load_before=load_before,
        target=_SECOND if entries == bench.size.large else None,
    )
    yield compared(
        f"open.{entries}.exhibits",
        f"the same with {mib} MiB of exhibits",
        with_exhibits,
        "the same visit without exhibits",
        without,
        load_before=load_before,
        target=_NO_GROWTH,
    )


def _open_run(path: Path) -> Run:
    def sample() -> Sample:
        gc.collect()
        visits: list[OpenVisit] = []
        taken = clocked(lambda: visits.append(opened(path)))
        visits.pop().close()
        return taken

    return sample


def _count_run(database: Path, key: bytes) -> Run:
    def count() -> None:
        connection = read_only(database, key)
        connection.execute("SELECT count(*) FROM entries").fetchone()
        connection.close()

    return run(count)


# ---- gigabytes of exhibits ---------------------------------------------------------------------------


def _with_exhibits(bench: Bench, place: Path) -> tuple[Path, list[Prepared]]:
    """A folder of real pieces, made by the program itself, and what it knows of each file."""
    path = bench.shelf.copy(bench.size.entries[0], place / "storing")
    source = place / "scan.bin"
    make_file(source, bench.size.exhibit_mib)
    files = []
    with opened(path) as visit:
        for _ in range(bench.size.exhibits):
            stamp(source)
            files.append(prepare(visit.pieces, source))
    source.unlink()
    full = place / "exhibits"
    VisitFolder(path).exhibits.rename(full)
    return full, files


def _cite(visit: OpenVisit, files: list[Prepared]) -> None:
    for file, criterion in zip(files, visit.pack.criteria, strict=False):
        attach_prepared(visit, file, [Cited(criterion=criterion.code)])


# ---- the passphrase ----------------------------------------------------------------------------------


def _unlocking(bench: Bench) -> Measure:
    folder, cost, salt = VisitFolder(bench.shelf.visit(bench.size.entries[0])), keys.KdfCost(), os.urandom(16)
    argon2 = partial(
        hash_secret_raw, PASSPHRASE.encode(), salt, cost.passes, cost.memory_kib, cost.lanes, 32, Type.ID
    )
    load_before = load()
    samples, floor = interleaved(
        bench.rounds,
        [run(lambda: keys.unlock(folder, passphrase=PASSPHRASE, use_keyring=False)), run(argon2)],
    )
    return compared(
        "open.passphrase",
        "the key of a visit from its passphrase: made to cost about a second, before any opening",
        samples,
        "one argon2id of the same cost",
        floor,
        load_before=load_before,
    )
