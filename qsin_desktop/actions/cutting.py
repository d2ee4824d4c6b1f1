"""The points at which a lead can cut a laptop off, as people know them: now, or the end of an earlier day."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.actions.open_visit import OpenVisit


@dataclass(frozen=True)
class CutPoint:
    """Entries up to `after` count. `until`: ISO time of the last, by that laptop's clock, or empty."""

    after: int
    until: str
    dropped: int


def cut_points(visit: OpenVisit, device: str) -> tuple[CutPoint, ...]:
    """All that is here; then the end of each earlier day of its work, the latest first; then nothing."""
    log = visit.store.log_of(device)
    whole = log[-1].seq if log else 0
    last_of_day = {entry.at[:10]: entry for entry in log}
    ends = sorted(last_of_day.values(), key=lambda entry: -entry.seq)
    points = [CutPoint(entry.seq, entry.at, whole - entry.seq) for entry in ends]
    return (*points, CutPoint(0, "", whole))
