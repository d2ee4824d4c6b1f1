"""Reads a findings workbook that came home and compares it with the visit; writes and decides nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.foreign_workbooks.cells import SheetCells
from qsin_desktop.report.returned.beside import beside_remarks
from qsin_desktop.report.returned.book import ReturnedBook
from qsin_desktop.report.returned.columns import Columns, find_columns
from qsin_desktop.report.returned.comparing import Comparing
from qsin_desktop.report.returned.elsewhere import Elsewhere
from qsin_desktop.report.returned.outcome import About, CannotReadReturn, Remark, Return
from qsin_desktop.report.returned.rows import find_rows
from qsin_desktop.report.wording import day as day_words
from qsin_desktop.report.workbook.identity import (
    FINDINGS_SHEET,
    FORMAT,
    ID_TITLE,
    IDENTITY_SHEET,
    PROPERTY_FORMAT,
    PROPERTY_ROUND,
    PROPERTY_VISIT,
)
from qsin_desktop.report.workbook.sheet_marks import read_links

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_OPEN_ELSEWHERE = Remark(
    About.FILE,
    "The file seems to be open in Excel or LibreOffice; what is not saved there yet is not read.",
)
_IDENTITY_ROWS = 4_000
_HEAD_ROWS = 60
_PARTS = 1000
_READ, _COMPARED = 400, 600  # of these parts, when the findings are read and compared; then the other sheets


def read_return(
    path: Path,
    snapshot: VisitSnapshot,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Return:
    """Every difference and everything to know of it. `progress` tells parts done of `_PARTS`.

    A child process parses it, sizes first. Answers come from the sheet of findings alone; the others are
    held beside what was sent, so that nothing altered there passes unseen.
    Raises `CannotReadReturn` with one sentence, or `ReadingStopped`.
    """
    book = ReturnedBook(path, cancelled or (lambda: False))
    try:
        return _read(book, snapshot, progress)
    finally:
        book.close()


def _read(book: ReturnedBook, snapshot: VisitSnapshot, progress: Progress | None) -> Return:
    identity = _identity(book)
    _refuse_strangers(book.name, identity, snapshot)
    sheet, columns = _findings_table(book, _share(progress, 0, _READ))
    sent = _number(identity.get(PROPERTY_ROUND, ""))
    rows = find_rows(sheet, columns, snapshot, sent_n=_sent_n(snapshot, sent))
    if not rows.of and snapshot.findings:
        raise CannotReadReturn(book.name, "none of its rows belongs to a finding of this visit.")
    comparing = Comparing(snapshot, sheet, columns, rows, sent=sent, links=read_links(identity))
    compared = _share(progress, _READ, _COMPARED)
    for done in comparing.run():
        book.refuse_when_cancelled()
        compared(done, len(snapshot.findings))
    elsewhere = Elsewhere(book, snapshot)
    elsewhere.run(identity, sheet, columns.header_row, _share(progress, _COMPARED, _PARTS))
    sha256 = hashlib.sha256(book.raw).hexdigest()
    remarks = [
        *_round_remarks(snapshot, sent, sha256),
        *_identity_remarks(identity, sheet),
        *([_OPEN_ELSEWHERE] if book.open_elsewhere else []),
        *(Remark(About.COLUMNS, sentence) for sentence in columns.sentences),
        *rows.remarks,
        *beside_remarks(book.all_titles, sheet, rows, {f.id: f.number for f in snapshot.findings}),
        *comparing.remarks,
        *elsewhere.remarks,
    ]
    return Return(
        file=book.name,
        sha256=sha256,
        round=sent,
        rows=len(rows.of),
        differences=tuple(comparing.differences),
        alterations=(*comparing.alterations, *elsewhere.alterations),
        remarks=tuple(dict.fromkeys(remarks)),
        answers=comparing.answers,
    )


# ---- which workbook it is ---------------------------------------------------------------------------


def _identity(book: ReturnedBook) -> dict[str, str]:
    """From the hidden sheet, else from the document's properties; programs drop the one or the other."""
    found = dict(book.properties)
    if IDENTITY_SHEET in book.titles:
        rows = book.head(IDENTITY_SHEET, _IDENTITY_ROWS)
        found |= {str(row[0]): str(row[1]) for row in rows if len(row) > 1 and row[0] and row[1] is not None}
    return found


def _refuse_strangers(name: str, identity: dict[str, str], snapshot: VisitSnapshot) -> None:
    visit = identity.get(PROPERTY_VISIT, "").strip()
    if visit and visit != snapshot.visit_id:
        raise CannotReadReturn(name, "it belongs to another visit; open that visit and read it there.")
    made_in = _number(identity.get(PROPERTY_FORMAT, ""))
    if made_in > FORMAT:
        raise CannotReadReturn(
            name, "it was made by a newer version of QSIN Desktop; read it with that version."
        )


def _findings_table(book: ReturnedBook, progress: Progress) -> tuple[SheetCells, Columns]:
    """The sheet of findings and where its columns stand now."""
    sheet = _findings_sheet(book, progress)
    columns = find_columns(sheet)
    if columns is None:
        raise CannotReadReturn(book.name, f"its sheet “{sheet.title}” has no header of findings any more.")
    if ID_TITLE not in columns.at:
        raise CannotReadReturn(
            book.name,
            f"its hidden column “{ID_TITLE}” is gone, so no answer can be told which finding it belongs to; "
            "ask for the answers in the workbook that was sent.",
        )
    return sheet, columns


def _findings_sheet(book: ReturnedBook, progress: Progress) -> SheetCells:
    """By its name, or, where it was renamed, the sheet that has the hidden ids."""
    titles = book.titles
    if FINDINGS_SHEET in titles:
        return book.cells(FINDINGS_SHEET, progress)
    for title in titles:
        if any(ID_TITLE in row for row in book.head(title, _HEAD_ROWS)):
            return book.cells(title, progress)
    raise CannotReadReturn(
        book.name,
        "it is not a findings workbook of QSIN Desktop, or its sheet of findings is gone; "
        "ask for the answers in the workbook that was sent.",
    )


def _share(progress: Progress | None, start: int, end: int) -> Progress:
    """Progress of one step as that of the whole."""

    def told(done: int, total: int) -> None:
        if progress is not None and total > 0:
            progress(start + (end - start) * done // total, _PARTS)

    return told


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _sent_n(snapshot: VisitSnapshot, sent: int) -> int | None:
    return max((r.n for r in snapshot.rounds if not r.returned and r.number == sent), default=None)


def _identity_remarks(identity: dict[str, str], sheet: SheetCells) -> list[Remark]:
    remarks = []
    if not identity.get(PROPERTY_VISIT):
        words = (
            "The file no longer says which visit it belongs to; its rows were matched by their hidden ids."
        )
        remarks.append(Remark(About.FILE, words))
    if sheet.title != FINDINGS_SHEET:
        remarks.append(Remark(About.FILE, f"The sheet “{sheet.title[:60]}” was read as “{FINDINGS_SHEET}”."))
    return remarks


def _round_remarks(snapshot: VisitSnapshot, sent: int, sha256: str) -> list[Remark]:
    remarks = []
    again = next((r for r in snapshot.rounds if r.returned and r.sha256 == sha256), None)
    if again is not None:
        on = day_words(datetime.fromisoformat(again.at).date())
        who = snapshot.person_name(again.by)
        words = f"This very file was read in before, as {again.label.lower()} on {on} by {who}."
        remarks.append(Remark(About.ROUND, words))
    latest = snapshot.round - 1
    if sent and sent < latest:
        words = (
            f"This workbook is of round {sent}, and round {latest} has been sent since; look at each answer."
        )
        remarks.append(Remark(About.ROUND, words))
    if sent > latest:
        words = (
            f"Round {sent} is not known here; it was sent from a laptop whose work is not in this visit yet."
        )
        remarks.append(Remark(About.ROUND, words))
    return remarks
