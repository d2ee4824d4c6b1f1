"""The points at which a lead can cut a laptop off, as people know them: now, or the end of an earlier day."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.sync.witness import SEEN


@dataclass(frozen=True)
class CutPoint:
    """Entries up to `after` count. `until`: ISO time of the last, by that laptop's clock, or empty.

    `kept` and `dropped` count its work, without the words that only say that it met somebody.
    """

    after: int
    until: str
    kept: int
    dropped: int


def cut_points(visit: OpenVisit, device: str) -> tuple[CutPoint, ...]:
    """All that is here; then the end of each earlier day of its work, the latest first; then nothing."""
    log = visit.store.log_of(device)
    work = [entry.seq for entry in log if (entry.key.type, entry.key.field) != SEEN]
    last_of_day = {entry.at[:10]: entry for entry in log}
    ends = sorted(last_of_day.values(), key=lambda entry: -entry.seq)
    points = []
    for entry in ends:
        kept = bisect_right(work, entry.seq)
        points.append(CutPoint(entry.seq, entry.at, kept, len(work) - kept))
    return (*points, CutPoint(0, "", 0, len(work)))
