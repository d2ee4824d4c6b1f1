"""Timing on a machine that others use too: wall and CPU time, the program and its floor turn about."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Sample(NamedTuple):
    """Seconds; `cpu` is what the process, all threads together, spent of them."""

    wall: float
    cpu: float


class Moment(NamedTuple):
    """Both clocks, read at once."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Moment:
        return cls(time.perf_counter(), time.process_time())

    def since(self, earlier: Moment) -> Sample:
        return Sample(self.wall - earlier.wall, self.cpu - earlier.cpu)


Run = Callable[[], Sample]


def clocked(act: Callable[[], object]) -> Sample:
    began = Moment.now()
    act()
    return Moment.now().since(began)


def run(act: Callable[[], object], *, before: Callable[[], object] | None = None) -> Run:
    """Times `act` alone; `before` makes ready for it, and garbage of earlier rounds is gone by then."""

    def sample() -> Sample:
        if before is not None:
            before()
        gc.collect()
        return clocked(act)

    return sample


def interleaved(rounds: int, runs: Sequence[Run]) -> tuple[list[Sample], ...]:
    """`rounds` samples of each, turn about: a busy minute falls on all. Each round begins with another."""
    samples: tuple[list[Sample], ...] = tuple([] for _ in runs)
    order = list(range(len(runs)))
    for _ in range(rounds):
        for place in order:
            samples[place].append(runs[place]())
        order = [*order[1:], order[0]]
    return samples
