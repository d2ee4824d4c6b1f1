"""Take a picture of the visit and make its report and its findings workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from qsin_desktop.actions.disagreements import with_base
from qsin_desktop.actions.evidence import recorded_name
from qsin_desktop.actions.gone_numbers import gone_findings, gone_numbers
from qsin_desktop.actions.late_changes import late_changes, returns_after_seal, signed_record
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import open_beside
from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.actions.pictures import picture_of
from qsin_desktop.actions.templates import template_of
from qsin_desktop.actions.trail import trail_rows
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.snapshot import VisitSnapshot, snapshot_of
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class DocumentKind(StrEnum):
    REPORT = "report"
    WORKBOOK = "workbook"

    @property
    def suffix(self) -> str:
        return {DocumentKind.REPORT: ".pdf", DocumentKind.WORKBOOK: ".xlsx"}[self]


@dataclass(frozen=True)
class Document:
    """A file that was made: `extent` counts pages or rows."""

    kind: DocumentKind
    path: Path
    sha256: str
    extent: int
    version: int
    round: int = 0  # of a workbook: the number of this sending


def report_version(visit: OpenVisit) -> int:
    """The number the next report gets: one more than the reports made so far."""
    made = [
        s.value
        for export in visit.record.entities("export")
        for s in visit.record.standing(FieldKey("export", export, "exported"))
    ]
    return 1 + max(
        (int(v.get("version", 0)) for v in made if v.get("kind") == DocumentKind.REPORT), default=0
    )


def take_snapshot(visit: OpenVisit, *, with_trail: bool = False) -> VisitSnapshot:
    """The visit as it stands, frozen, so that a document can be drawn from it on another thread."""
    version, record = report_version(visit), signed_record(visit)
    return snapshot_of(
        record,
        version=version,
        made_at=visit.clock(),
        trail=trail_rows(visit) if with_trail else (),
        picture=picture_of(visit),
        template=template_of(record),
        with_base=lambda conflict: with_base(visit, conflict),
        late=late_changes(visit),
        returns=returns_after_seal(visit),
        gone=gone_numbers(visit, record),
        gone_findings=gone_findings(visit, record),
    )


def draw(
    snapshot: VisitSnapshot,
    kind: DocumentKind,
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Document:
    """Draw the document at `path`, whole or not at all. The long part; touches no journal.

    Raises `CannotWriteThere` besides the refusals of the report.
    """
    refuse_target(path)
    if kind is DocumentKind.REPORT:
        from qsin_desktop.report.pdf import draw_report

        drawn = draw_report(snapshot, path, progress=progress, cancelled=cancelled)
        return Document(kind, path, drawn.sha256, drawn.pages, snapshot.version)
    from qsin_desktop.report.workbook.writing import write_workbook

    written = write_workbook(snapshot, path, progress=progress, cancelled=cancelled)
    return Document(kind, path, written.sha256, written.rows, snapshot.version, snapshot.round)


def make(
    visit: OpenVisit,
    kind: DocumentKind,
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Document:
    """Snapshot and draw through a connection of its own, so that work goes on meanwhile. Fit for any thread.

    The document shows the visit as it stood when this began; it is not yet recorded.
    """
    refuse_target(path)
    with open_beside(visit) as beside:
        snapshot = take_snapshot(beside, with_trail=kind is DocumentKind.WORKBOOK)
        return draw(snapshot, kind, path, progress=progress, cancelled=cancelled)


def pages_of_report(
    visit: OpenVisit, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> BinaryIO:
    """The report as `make` would draw it now, to be looked at or printed; close it. Fit for any thread.

    No plain copy of it comes onto the disk. Raises as `make` does.
    """
    from qsin_desktop.report.pdf import draw_pages

    with open_beside(visit) as beside:
        return draw_pages(take_snapshot(beside), progress=progress, cancelled=cancelled)


def record_export(visit: OpenVisit, document: Document) -> Change:
    """Keep in the trail that this document was made, with its hash; a workbook also opens a round."""
    export_id = visit.new_id()
    name = recorded_name(document.path.name)
    value = {
        "kind": document.kind.value,
        "file": name,
        "sha256": document.sha256,
        "version": document.version,
    }
    drafts = [Draft(FieldKey("export", export_id, "exported"), value)]
    if document.round:
        sent = {"number": document.round, "file": name, "sha256": document.sha256}
        drafts.append(Draft(FieldKey("round", visit.new_id(), "sent"), sent))
    return visit.write(f"Make the {document.kind.value} {name}", drafts, lasting=True)


def export(
    visit: OpenVisit,
    kind: DocumentKind,
    path: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Document:
    """Snapshot, draw and record in one go. A visit open for reading only is drawn and not recorded."""
    snapshot = take_snapshot(visit, with_trail=kind is DocumentKind.WORKBOOK)
    document = draw(snapshot, kind, path, progress=progress, cancelled=cancelled)
    if not visit.read_only:
        record_export(visit, document)
    return document


def suggested_name(visit: OpenVisit, kind: DocumentKind) -> str:
    """A file name a person recognises, safe on every system."""
    from qsin_desktop.store.names import safe_name

    words = "report" if kind is DocumentKind.REPORT else "findings"
    return safe_name(f"{visit.record.facts.network} {words} {report_version(visit)}{kind.suffix}")
