"""Feeds a target what chance makes of its files, within time and memory; runs everywhere."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.fuzz.mutating import changed
from tests.faults.fuzz.targets import Target, feed

MEMORY = 3 << 30  # bytes of address space beside what the process has


class TooSlow(Exception):
    pass


@dataclass
class Tally:
    """`found` holds what broke a target: the bytes and what came out."""

    tried: int = 0
    taken: int = 0
    found: list[tuple[bytes, str]] = field(default_factory=list)


def run(target: Target, *, seed: int, tries: int = 0, seconds: float = 0) -> Tally:
    """Until so many tries or so many seconds are over."""
    draw, tally, end = random.Random(seed), Tally(), time.monotonic() + seconds
    with tempfile.TemporaryDirectory(dir=fast_place()) as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        pool = list(target.seeds(folder / "seeds"))
        first = len(pool)
        while tally.tried < tries or (seconds and time.monotonic() < end):
            content = changed(draw.choice(pool), target.wrapping, draw)[: target.most * 2]
            _try(target, content, folder, tally)
            if draw.random() < 0.02 and len(content) <= target.most:
                del pool[first:][200:]
                pool.append(content)
            if len(pool) > first + 200:
                pool.pop(draw.randrange(first, len(pool)))
    return tally


def _try(target: Target, content: bytes, folder: Path, tally: Tally) -> None:
    tally.tried += 1
    place = folder / "try"
    place.mkdir(exist_ok=True)
    empty(place)
    try:
        with within(target.seconds):
            tally.taken += feed(target, content, place)
    except Exception as fault:  # noqa: BLE001  # all of it is what we look for
        tally.found.append((content, f"{type(fault).__name__}: {fault}"[:300]))


def empty(place: Path) -> None:
    for left in place.iterdir():
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()


def fast_place() -> Path | None:
    """In memory, where the system has such a folder: a disk that others flush makes every try slow."""
    place = Path("/dev/shm")  # noqa: S108  # folders of random names are made in it
    return place if os.access(place, os.W_OK) else None


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raises `TooSlow` after so much work of the processor, where the system has such an alarm.

    Not after so much time: a machine that does much else, or that stood still itself, is no finding. The
    alarm by time stays libFuzzer's own, which rings inside a library too.
    """
    if not hasattr(signal, "SIGPROF"):
        yield
        return

    def ring(_number: int, _frame: object) -> None:
        raise TooSlow(f"longer than {seconds} s")

    former = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def limit_memory() -> None:
    """Of this process; where the system can."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
