"""The search field: everything that holds the words, found and named with where to go."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from qsin_desktop.actions.searching import search
from tests.bench.measure import Measure
from tests.bench.place import Bench, compared, load
from tests.bench.raw_commits import read_only
from tests.bench.timing import interleaved, run
from tests.bench.visit_growing import opened

# How many texts hold them differs by orders of magnitude; the last is what is searched while one types.
_WORDS = {"rare": "REALM 7431", "common": "calibration", "beginning": "re"}


def measures(bench: Bench) -> Iterator[Measure]:
    load_before = load()
    with opened(bench.shelf.visit(bench.size.large)) as visit:
        bare = read_only(visit.folder.database, visit.data_key.database_key)
        for name, words in _WORDS.items():
            runs = [run(partial(search, visit, words)), run(partial(_scan, bare, words))]
            samples, floor = interleaved(max(5, bench.rounds), runs)
            yield compared(
                f"search.{name}",
                f"search for “{words}” in {bench.size.large:,} entries: {len(search(visit, words))} shown",
                samples,
                "a LIKE scan of the same values by a bare connection",
                floor,
                load_before=load_before,
            )
        bare.close()


def _scan(bare: Any, words: str) -> int:
    wanted = " AND ".join("value LIKE ?" for _ in words.split())
    query = f"SELECT count(*) FROM standing WHERE {wanted}"  # noqa: S608  (the words are bound)
    return int(bare.execute(query, [f"%{word}%" for word in words.split()]).fetchone()[0])
