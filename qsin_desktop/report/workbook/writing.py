"""The findings workbook: what the visit found and room for the network's answers, as one .xlsx file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.placing import DocumentStopped, What, check_place, put_in_place

Progress = Callable[[int, int], None]  # steps done, steps in all
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class WorkbookFacts:
    """What was made: how many findings it holds, and the SHA-256 of the file, hex."""

    rows: int
    sha256: str


def write_workbook(
    snapshot: VisitSnapshot,
    out: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> WorkbookFacts:
    """Write the workbook, whole or not at all. Raises `DocumentNotWritten` or `DocumentStopped`."""

    def check() -> None:
        if cancelled is not None and cancelled():
            raise DocumentStopped(out, What.WORKBOOK)

    check_place(out, What.WORKBOOK)
    check()
    from qsin_desktop.report.workbook.making import workbook_bytes  # loads the spreadsheet library

    content = workbook_bytes(snapshot, check, progress or (lambda _done, _total: None))
    check()
    with put_in_place(out, What.WORKBOOK) as file:
        file.write(content)
    return WorkbookFacts(len(snapshot.findings), hashlib.sha256(content).hexdigest())
