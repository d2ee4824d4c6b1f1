"""The projection dropped and made again from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.bench.measure import Measure
from tests.bench.place import Bench, compared, load
from tests.bench.raw_commits import read_only
from tests.bench.timing import interleaved, run
from tests.bench.visit_growing import opened

_MOST_ROUNDS = 3  # each takes seconds


def measures(bench: Bench) -> Iterator[Measure]:
    with bench.room("rebuild", 1024) as place:
        path = bench.shelf.copy(bench.size.large, place / "visit")
        load_before = load()
        with opened(path) as visit:
            bare = read_only(visit.folder.database, visit.data_key.database_key)
            samples, floor = interleaved(
                min(bench.rounds, _MOST_ROUNDS), [run(visit.store.rebuild), run(lambda: _read(bare))]
            )
            bare.close()
    yield compared(
        "rebuild",
        f"make the projection of {bench.size.large:,} entries anew",
        samples,
        "read every row by a bare connection and parse its JSON",
        floor,
        load_before=load_before,
    )


def _read(bare: Any) -> int:
    count = 0
    for head, body in bare.execute("SELECT head, body FROM entries ORDER BY pos"):
        json.loads(head)
        json.loads(body)
        count += 1
    return count
