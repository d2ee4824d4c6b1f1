"""A judgement in the window: from the key press to its being durable and painted; and the next criterion."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.bench.children import OFFSCREEN, environment, said, virtual_screen
from tests.bench.measure import CannotMeasure, Measure, Skipped, Target
from tests.bench.place import Bench, compared, load
from tests.bench.rate import FRAME
from tests.bench.raw_commits import NAME
from tests.bench.timing import Sample
from tests.bench.visit_growing import LEAD

_PARTS = (("p50", 0.5), ("p99", 0.99))
_REPAINT = "one repaint of the whole window"


@dataclass(frozen=True)
class _Kind:
    """Names of a press and of its floor in what the window's process prints."""

    name: str
    floor: str
    floor_name: str
    about: str
    target: Target | None = None


_KINDS = (
    _Kind("rate", "commit", NAME, "number key pressed to durable and painted", FRAME),
    _Kind("rate.settled", "commit", NAME, "the same, to all that it left for later being done"),
    _Kind("second", "commit", NAME, "the first where a colleague has judged already: both are shown", FRAME),
    _Kind("next", "repaint", _REPAINT, "arrow down pressed to the next criterion painted"),
    _Kind("next.settled", "repaint", _REPAINT, "the same, to all that it left for later being done"),
)


def measures(bench: Bench) -> Iterator[Measure | Skipped]:
    yield from _on("offscreen", OFFSCREEN, bench)
    try:
        with virtual_screen() as screen:
            yield from _on("xvfb", screen, bench)
    except CannotMeasure as fault:
        yield Skipped("walk.xvfb", str(fault))


def _on(platform: str, screen: Mapping[str, str], bench: Bench) -> Iterator[Measure]:
    load_before = load()
    found = _pressed(bench, screen)
    size = bench.size
    where = f"1366 × 768; {size.criteria} × {size.sites}, {size.large:,} entries"
    for kind in _KINDS:
        for part_name, part in _PARTS:
            yield compared(
                f"walk.{platform}.{kind.name}.{part_name}",
                f"{kind.about}; {where}",
                found[kind.name],
                kind.floor_name,
                found[kind.floor],
                part=part,
                load_before=load_before,
                target=kind.target,
            )


def _pressed(bench: Bench, screen: Mapping[str, str]) -> dict[str, list[Sample]]:
    """A fresh process each round; the rounds' samples together."""
    found: dict[str, list[Sample]] = {}
    with bench.room("walk", 1024) as place:
        home = place / "home"
        home.mkdir()
        LEAD.keep(home / "identity.json")
        path = bench.shelf.copy(bench.size.large, place / "visit")
        for nth in range(bench.rounds):
            words = [str(path), str(bench.size.presses), str(place / f"raw-{nth}.db")]
            printed = json.loads(said("walk", words, environment(home, screen)))
            for name, samples in printed.items():
                found.setdefault(name, []).extend(Sample(*one) for one in samples)
    return found
