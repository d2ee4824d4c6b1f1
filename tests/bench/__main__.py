"""The measures of the program, each beside a floor timed in the same run.

    python -m tests.bench [NAME...] [--small] [--rounds N] [--place DIR]

Writes one JSON line a measure on stdout and a table on stderr. It asserts nothing: a slow figure is a figure.
Fields of a line: name, value (median of the rounds, or the quantile in the name), best, cpu (the process's
own CPU time for the same), unit, floor (name, value, best, cpu), ratio, ratio_of_best, target, n,
load_before, about. A measure that cannot be taken here has name and skipped. After a fault of ours the
other groups are measured all the same, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench import attach, documents, memory, rate, rebuild, returns, search, signatures, start, walk
from tests.bench import open as opening
from tests.bench.measure import CannotMeasure, Measure, Skipped
from tests.bench.place import Bench
from tests.bench.size import FULL, SMALL
from tests.bench.table import table
from tests.bench.visits import Shelf

_ROUNDS = 5
_PLACE = Path(__file__).resolve().parents[2] / "build" / "bench"

GROUPS: dict[str, Callable[[Bench], Iterator[Measure | Skipped]]] = {
    "start": start.measures,
    "walk": walk.measures,
    "rate": rate.measures,
    "attach": attach.measures,
    "open": opening.measures,
    "rebuild": rebuild.measures,
    "search": search.measures,
    "documents": documents.measures,
    "returns": returns.measures,
    "signatures": signatures.measures,
    "memory": memory.measures,
}


def main(argv: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(argv)
    size = SMALL if given.small else FULL
    given.place.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="run-", dir=given.place))
    bench = Bench(size, given.rounds, scratch, Shelf(given.place, size))
    found: list[Measure | Skipped] = []
    try:
        sound = [_measure(name, bench, found) for name in given.names or GROUPS]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        print(table(found), file=sys.stderr)
    return 0 if all(sound) else 1


def _measure(name: str, bench: Bench, found: list[Measure | Skipped]) -> bool:
    """False after a fault of ours: it is told, and the other groups go on."""
    bench.note(f"{name} …")
    try:
        for one in GROUPS[name](bench):
            _tell(one, found)
    except CannotMeasure as fault:
        _tell(Skipped(name, str(fault)), found)
    except Exception as fault:  # noqa: BLE001  (an hour's run must not end with one group)
        traceback.print_exc()
        _tell(Skipped(name, f"a fault: {fault}"), found)
        return False
    return True


def _tell(one: Measure | Skipped, found: list[Measure | Skipped]) -> None:
    found.append(one)
    print(one.as_json(), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the program.")
    names = f"one or more of {', '.join(GROUPS)}; all by default"
    parser.add_argument("names", metavar="NAME", nargs="*", type=_group, help=names)
    parser.add_argument("--small", action="store_true", help="small sizes, to try the bench itself")
    parser.add_argument("--rounds", type=_count, default=_ROUNDS, help=f"rounds of each (default {_ROUNDS})")
    parser.add_argument(
        "--place", type=Path, default=_PLACE, help="folder on the disk to measure (default build/bench)"
    )
    return parser


def _group(text: str) -> str:
    if text not in GROUPS:
        raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(GROUPS)}")
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of rounds")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
