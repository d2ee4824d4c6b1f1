"""Break the program many times and count what was lost: `poe faults --rounds N [--kind K] [--seed S]`.

Prints a table (kind, tried, survived, lost, mended) and, with --json, one JSON line a kind. The exit code is
1 when anything was lost. A round is told again by its kind and seed; see campaign.py for how to add a kind.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.campaign import KEPT, Kind, kinds, run_kind, table


def main(argv: Sequence[str] | None = None) -> int:
    known = {kind.name: kind for kind in kinds()}
    given = _parser(known).parse_args(argv)
    counts = []
    for name in given.kind or known:
        print(f"{name} …", file=sys.stderr, flush=True)
        count = run_kind(known[name], given.rounds, given.seed, told=_told, kept=given.kept)
        counts.append(count)
        if given.json:
            print(json.dumps(vars(count)), flush=True)
    print(table(counts), file=sys.stderr if given.json else sys.stdout, flush=True)
    return 1 if any(count.lost for count in counts) else 0


def _told(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _parser(known: dict[str, Kind]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Break it and count.")
    parser.add_argument("--rounds", type=int, default=10, help="rounds of each kind (default 10)")
    parser.add_argument("--kind", action="append", choices=sorted(known), help="one kind; may be repeated")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first round (default 1)")
    parser.add_argument("--kept", type=Path, default=KEPT, help="where a lost round is kept")
    parser.add_argument("--json", action="store_true", help="one JSON line a kind on stdout")
    return parser


if __name__ == "__main__":
    sys.exit(main())
