"""Where the bench works: its folder, the disk below it, and everything one run of it shares."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import CannotMeasure, Floor, Measure, Target, load, reading
from tests.bench.size import Size
from tests.bench.timing import Sample
from tests.bench.visits import Shelf

_SPARE_MIB = 512


@dataclass(frozen=True)
class Bench:
    """`scratch` is on the disk that is measured and goes at the end of the run."""

    size: Size
    rounds: int
    scratch: Path
    shelf: Shelf

    @contextmanager
    def room(self, name: str, mib: int = 0) -> Iterator[Path]:
        """A new folder that goes afterwards; raises `CannotMeasure` when the disk has not `mib` to spare."""
        free = shutil.disk_usage(self.scratch).free >> 20
        if free < mib + _SPARE_MIB:
            raise CannotMeasure(f"needs {mib + _SPARE_MIB} MiB of free disk, and there are {free}")
        place = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.scratch))
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def note(self, words: str) -> None:
        """Tell a person who waits what goes on."""
        print(words, file=sys.stderr, flush=True)


def compared(
    name: str,
    about: str,
    samples: Sequence[Sample],
    floor_name: str,
    floor: Sequence[Sample],
    *,
    load_before: float | None,
    part: float = 0.5,
    target: Target | None = None,
) -> Measure:
    """A measure in milliseconds: the same quantile of the samples and of their floor's."""
    return Measure(
        name=name,
        about=about,
        unit="ms",
        reading=reading(samples, part=part),
        floor=Floor(floor_name, reading(floor, part=part)),
        n=len(samples),
        load_before=load_before,
        target=target,
    )


__all__ = ["Bench", "compared", "load"]
