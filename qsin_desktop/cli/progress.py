"""How far long work is, on one line of a terminal that is written over; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable

Progress = Callable[[int, int, str], None]


def progress_line() -> Progress | None:
    """`told(3, 12, words)`; a total of 0 is not known yet. The line goes when the work is done."""
    if not sys.stderr.isatty():
        return None

    def told(done: int, total: int, words: str) -> None:
        share = f" {done} of {total}" if total else ""
        print(f"\r\x1b[K{words}{share}", end="", file=sys.stderr, flush=True)
        if total and done >= total:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    return told
