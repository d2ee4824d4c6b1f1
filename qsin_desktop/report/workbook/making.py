"""Makes the sheets one after the other and joins them to a file's bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.workbook.book import Book, place
from qsin_desktop.report.workbook.citations import (
    CITATIONS_SHEET,
    anchor_citations,
    citations,
    lay_citations,
)
from qsin_desktop.report.workbook.evidence import EVIDENCE_SHEET, lay_evidence
from qsin_desktop.report.workbook.findings import lay_findings
from qsin_desktop.report.workbook.guide import GUIDE_SHEET, add_identity, lay_guide
from qsin_desktop.report.workbook.identity import FINDINGS_SHEET, FIRST_ROW
from qsin_desktop.report.workbook.long import LONG_SHEET, LongTexts
from qsin_desktop.report.workbook.ratings import (
    RATINGS_SHEET,
    RatingRow,
    anchor_rows,
    lay_ratings,
    rating_rows,
)
from qsin_desktop.report.workbook.records import (
    NOTES_SHEET,
    TRAIL_SHEET,
    lay_long_texts,
    lay_notes,
    lay_trail,
)
from qsin_desktop.report.workbook.saving import saved
from qsin_desktop.report.workbook.summary import SUMMARY_SHEET, lay_summary
from qsin_desktop.report.workbook.texts import shown

_SHEETS = (
    SUMMARY_SHEET,
    FINDINGS_SHEET,
    RATINGS_SHEET,
    EVIDENCE_SHEET,
    CITATIONS_SHEET,
    NOTES_SHEET,
    TRAIL_SHEET,
    GUIDE_SHEET,
)


_STEPS = 8  # seven of sheets, and saving


def workbook_bytes(
    snapshot: VisitSnapshot, check: Callable[[], None], progress: Callable[[int, int], None]
) -> bytes:
    """The whole file. `check` raises where the user has cancelled; it is asked at every row."""
    book = laid_out(snapshot, check, progress)
    content = saved(book)
    progress(_STEPS, _STEPS)
    return content


def laid_out(
    snapshot: VisitSnapshot, check: Callable[[], None], progress: Callable[[int, int], None]
) -> Book:
    """Every sheet with its cells, not yet a file."""
    book = Book(snapshot, check)
    long_texts = LongTexts()
    for name in _SHEETS:
        book.workbook.create_sheet(name)
    ratings = rating_rows(book)
    cited = citations(book)
    _set_anchors(book, ratings)
    anchor_citations(book, cited)
    _describe(book)
    steps: tuple[Callable[[], None], ...] = (
        lambda: lay_findings(book, long_texts),
        lambda: lay_ratings(book, long_texts, ratings),
        lambda: lay_evidence(book, long_texts),
        lambda: lay_citations(book, long_texts, cited),
        lambda: lay_notes(book, long_texts),
        lambda: lay_trail(book, long_texts),
        lambda: _lay_rest(book, long_texts),
    )
    for done, step in enumerate(steps):
        progress(done, _STEPS)
        step()
    progress(_STEPS - 1, _STEPS)
    return book


def _set_anchors(book: Book, ratings: list[RatingRow]) -> None:
    """Where every finding, exhibit and criterion will stand, before any of them is written."""
    for row, finding in enumerate(book.snapshot.findings, FIRST_ROW):
        book.anchors[finding.id] = place(FINDINGS_SHEET, row)
    for row, exhibit in enumerate(book.snapshot.exhibits, FIRST_ROW):
        book.anchors[exhibit.id] = place(EVIDENCE_SHEET, row)
    for code, row in anchor_rows(ratings).items():
        book.anchors[code] = place(RATINGS_SHEET, row)


def _lay_rest(book: Book, long_texts: LongTexts) -> None:
    if long_texts.rows:
        book.workbook.create_sheet(LONG_SHEET, len(_SHEETS) - 1)
        lay_long_texts(book, long_texts)
    lay_guide(book, long_texts=bool(long_texts.rows))
    lay_summary(book)
    add_identity(book)


def _describe(book: Book) -> None:
    """The document's own properties, at the snapshot's moment and not the present one."""
    facts = book.snapshot.facts
    moment = book.snapshot.made_at
    moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    properties = book.workbook.properties
    properties.title = shown(f"Findings workbook: {facts.network or 'network not named'}")
    properties.creator = shown(facts.issuing_body) or "QSIN Desktop"
    properties.lastModifiedBy = "QSIN Desktop"
    properties.description = shown(book.running_title)
    properties.language = "en-GB"
    properties.created = properties.modified = moment.replace(microsecond=0)
