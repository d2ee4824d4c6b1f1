"""One measure beside its floor, as a JSON line; and the statistics that make it."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tests.bench.timing import Sample


@dataclass(frozen=True)
class Target:
    """What the project set itself: the value (in the measure's unit) or the ratio to be at most this."""

    of: Literal["value", "ratio"]
    at_most: float


@dataclass(frozen=True)
class Reading:
    """A figure out of several rounds, the best of them, and the CPU time it took, all in one unit."""

    value: float
    best: float
    cpu: float


@dataclass(frozen=True)
class Floor:
    """The least that any program must spend on the same, measured in the same rounds."""

    name: str
    reading: Reading


@dataclass(frozen=True)
class Measure:
    """`n` samples were taken; `load_before` is the load average of the last minute when it began, or null."""

    name: str
    about: str
    unit: str
    reading: Reading
    floor: Floor
    n: int
    load_before: float | None
    target: Target | None = None

    @property
    def ratio(self) -> float:
        return _over(self.reading.value, self.floor.reading.value)

    @property
    def over_target(self) -> bool:
        if self.target is None:
            return False
        held = self.reading.value if self.target.of == "value" else self.ratio
        return held > self.target.at_most

    def as_json(self) -> str:
        return json.dumps(self._fields(), ensure_ascii=False)

    def _fields(self) -> dict[str, Any]:
        mine, floor = self.reading, self.floor.reading
        return {
            "name": self.name,
            "value": _digits(mine.value),
            "unit": self.unit,
            "best": _digits(mine.best),
            "cpu": _digits(mine.cpu),
            "floor": {
                "name": self.floor.name,
                "value": _digits(floor.value),
                "best": _digits(floor.best),
                "cpu": _digits(floor.cpu),
            },
            "ratio": _digits(self.ratio),
            "ratio_of_best": _digits(_over(mine.best, floor.best)),
            "target": None if self.target is None else {"of": self.target.of, "at_most": self.target.at_most},
            "n": self.n,
            "load_before": self.load_before,
            "about": self.about,
        }


@dataclass(frozen=True)
class Skipped:
    """A measure that cannot be taken here, and why."""

    name: str
    why: str

    def as_json(self) -> str:
        return json.dumps({"name": self.name, "skipped": self.why}, ensure_ascii=False)


class CannotMeasure(Exception):
    """The machine lacks what the measure needs; says what."""


def load() -> float | None:
    """The load average of the last minute, where the system keeps one."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def quantile(values: Sequence[float], part: float) -> float:
    """The smallest of `values` that `part` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def reading(samples: Sequence[Sample], *, part: float = 0.5, scale: float = 1e3) -> Reading:
    """A quantile of wall and of CPU time, in milliseconds unless scaled otherwise."""
    wall, cpu = [s.wall * scale for s in samples], [s.cpu * scale for s in samples]
    return Reading(quantile(wall, part), min(wall), quantile(cpu, part))


def _over(value: float, floor: float) -> float:
    return value / floor if floor else math.nan


def _digits(value: float) -> float | None:
    """Four significant digits; null for what is no number, which JSON does not know."""
    return float(f"{value:.4g}") if math.isfinite(value) else None
