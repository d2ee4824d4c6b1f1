"""How far long work is, on one line of a terminal that is written over; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection

from qsin_desktop.report.wording import size_words

Progress = Callable[[int, int | None, str], None]


def progress_line(*, sizes: Collection[str] = ()) -> Progress | None:
    """`told(3, 12, words)`; a total of 0 or None is not known yet. The line goes when the work is done.

    What is told with words that are among `sizes` is counted in bytes, and shown as people say them.
    """
    if not sys.stderr.isatty():
        return None

    def told(done: int, total: int | None, words: str) -> None:
        said = size_words if words in sizes else str
        share = f" {said(done)} of {said(total)}" if total else ""
        print(f"\r\x1b[K{words}{share}", end="", file=sys.stderr, flush=True)
        if total and done >= total:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    return told
