"""A damaged visit put right from end to end: repaired, its exhibits mended, and checked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions import checking, repairing
from qsin_desktop.actions.check_words import mended_lines, result_lines
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.store.identity import Identity


@dataclass(frozen=True)
class PutRight:
    """`wanted`: exhibits of which no whole copy is here."""

    repaired: repairing.Repaired
    mended: tuple[Exhibit, ...]
    wanted: tuple[Exhibit, ...]
    result: checking.CheckResult

    @property
    def lines(self) -> tuple[str, ...]:
        return (
            *self.repaired.lines,
            *mended_lines(self.mended, self.wanted),
            *result_lines(self.result, read_only=False),
        )


def put_right(
    path: Path,
    *,
    identity: Identity,
    unlocking: Unlocking | None = None,
    more: Sequence[Path] = (),
    progress: repairing.Progress | None = None,
    cancelled: repairing.Cancelled | None = None,
) -> PutRight:
    """Raises what `repair` raises; once it is repaired, a cancel only ends the check with `CheckStopped`."""
    repaired = repairing.repair(
        path, identity=identity, unlocking=unlocking, more=more, progress=progress, cancelled=cancelled
    )
    with open_visit(path, identity=identity, unlocking=unlocking) as visit:
        mended, wanted = checking.mend_exhibits(visit, progress=progress, cancelled=cancelled)
        result = checking.check_visit(visit, progress=progress, cancelled=cancelled)
    return PutRight(repaired, mended, wanted, result)
