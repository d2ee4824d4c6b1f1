"""Starting: from the spawn of the process to its window being painted, whole processes on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from qsin_desktop.settings import SettingsFile
from tests.bench.children import OFFSCREEN, environment, until_said, virtual_screen
from tests.bench.measure import CannotMeasure, Measure, Skipped
from tests.bench.place import Bench, compared, load
from tests.bench.timing import interleaved
from tests.bench.visit_growing import LEAD

_VISITS = 3
_FLOOR = "a process with an empty QMainWindow, to its first paint"


def measures(bench: Bench) -> Iterator[Measure | Skipped]:
    with bench.room("start", 64) as place:
        home = _home(bench, place)
        yield from _on("offscreen", OFFSCREEN, bench, home)
        try:
            with virtual_screen() as screen:
                yield from _on("xvfb", screen, bench, home)
        except CannotMeasure as fault:
            yield Skipped("start.xvfb", str(fault))


def _home(bench: Bench, place: Path) -> Path:
    """Of a person who is known and has a few visits, none of them looked at yet."""
    home, library = place / "home", place / "library"
    home.mkdir()
    LEAD.keep(home / "identity.json")
    library.mkdir()
    for nth in range(_VISITS):
        path = bench.shelf.copy(bench.size.entries[0], place / f"made-{nth}")
        path.rename(library / f"Network {nth + 1}.qsin")
    file = SettingsFile(home)
    file.save(file.load().with_library(library))
    return home


def _on(platform: str, screen: Mapping[str, str], bench: Bench, home: Path) -> Iterator[Measure]:
    env = environment(home, screen)
    runs = [
        partial(until_said, "start_window", ["painted"], env),
        partial(until_said, "start_window", ["listed"], env),
        partial(until_said, "bare_window", [], env),
    ]
    for once in runs:
        once()  # modules are compiled and in the cache from here on
    load_before = load()
    painted, listed, floor = interleaved(2 * bench.rounds + 1, runs)
    words = {
        "painted": (painted, "from the spawn to the first paint of the Start screen"),
        "listed": (listed, f"from the spawn to {_VISITS} visits shown; the store is imported by then"),
    }
    for name, (samples, about) in words.items():
        yield compared(f"start.{platform}.{name}", about, samples, _FLOOR, floor, load_before=load_before)
