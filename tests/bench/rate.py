"""A judgement without a window: the action from its call to the durable commit."""

from __future__ import annotations

import random
from collections.abc import Iterator

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from tests.bench.measure import Measure, Target
from tests.bench.place import Bench, compared, load
from tests.bench.raw_commits import NAME, RawCommits
from tests.bench.timing import Sample, clocked
from tests.bench.visit_growing import opened

FRAME = Target("value", 16.0)


def measures(bench: Bench) -> Iterator[Measure]:
    with bench.room("rate", 1024) as place:
        path = bench.shelf.copy(bench.size.large, place / "visit")
        load_before = load()
        with opened(path) as visit, RawCommits(place / "raw.db") as commit:
            samples, floor = _turn_about(visit, commit, bench.rounds * bench.size.presses)
    size = bench.size
    about = f"rate, durable, no window; {size.criteria} × {size.sites}, {size.large:,} entries"
    for name, part in (("rate.p50", 0.5), ("rate.p99", 0.99)):
        yield compared(name, about, samples, NAME, floor, part=part, load_before=load_before, target=FRAME)


def _turn_about(visit: OpenVisit, commit: RawCommits, presses: int) -> tuple[list[Sample], list[Sample]]:
    chance = random.Random(1)
    places = [
        RatingKey(c.code, stage, site.id)
        for c in visit.pack.criteria
        for stage in Stage
        for site in visit.record.sites
    ]
    samples, floor = [], []
    for _ in range(presses):
        key, word = chance.choice(places), chance.choice(("met", "partly-met", "not-met"))
        samples.append(clocked(lambda key=key, word=word: _rate(visit, key, word)))  # type: ignore[misc]
        floor.append(commit())
    return samples, floor


def _rate(visit: OpenVisit, key: RatingKey, word: str) -> None:
    rate(
        visit,
        criterion=key.criterion,
        rating=word,
        site=key.site,
        stage=key.stage,
        reason="The register of October shows two gaps.",
    )
