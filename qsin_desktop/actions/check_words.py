"""What a person is told after a full check, and after exhibits were mended."""

from __future__ import annotations

from collections.abc import Sequence

from qsin_desktop.actions.checking import CheckResult
from qsin_desktop.domain.counting import count
from qsin_desktop.domain.evidence import Exhibit


def result_lines(result: CheckResult, *, read_only: bool) -> list[str]:
    """A line for each part of the visit, and below it each thing in it that is not as it should be."""
    mended = "" if read_only else "; they were made anew from it"
    lines = [
        f"Database: {'whole' if result.file_sound else 'damaged somewhere'}",
        f"Trail: {'intact' if result.trail.intact else 'broken, ' + result.trail.fault}",
        f"Tables: {'as the journal says' if result.projection_sound else 'not as the journal says' + mended}",
        f"Exhibits: {result.exhibits - len(result.faults)} of {result.exhibits} whole",
        *(f"  {fault.number} {fault.title}: {fault.state}" for fault in result.faults),
        f"Backups: {result.backups - len(result.bad_backups)} of {result.backups} whole",
        *(f"  {name}: damaged, or no file of its own" for name in result.bad_backups),
        *(f"Folder {name}: something else lies in its place" for name in result.blocked),
    ]
    if result.waiting:
        waits = count(result.waiting, "entry waits", "entries wait")
        lines.append(f"{waits} until the lead confirms the laptop where it was written")
    if result.unknown:
        newer = count(result.unknown, "entry is of a newer version", "entries are of a newer version")
        lines.append(f"{newer}, kept as written")
    if result.foreign:
        lines.append(f"Not of the visit, and left alone: {', '.join(result.foreign[:10])}")
    return lines


def mended_lines(mended: Sequence[Exhibit], wanted: Sequence[Exhibit]) -> list[str]:
    lines = [f"  {exhibit.number} {exhibit.title}: whole again" for exhibit in mended]
    if wanted:
        numbers = ", ".join(exhibit.number for exhibit in wanted)
        lines.append(
            f"{numbers}: no whole copy is in this folder. Exchange with a colleague who has it, or attach "
            "the same file again; what was damaged is kept in the folder “damaged”."
        )
    return lines
