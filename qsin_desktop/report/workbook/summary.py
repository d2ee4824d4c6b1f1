"""The first sheet: the visit, the recommendation, the counts, a heat map, and the ratings by series."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.people import Role
from qsin_desktop.domain.standards import Tone
from qsin_desktop.report.sign_off_part import in_spite_words, late_words, reasons_words
from qsin_desktop.report.wording import gone_words, report_number
from qsin_desktop.report.workbook.book import Book, Put, place
from qsin_desktop.report.workbook.grid import Value
from qsin_desktop.report.workbook.heights import MOST_LINES, height, lines
from qsin_desktop.report.workbook.looks import (
    ACCENT,
    ACCENT_WASH,
    BODY,
    DAY,
    LINK,
    QUIET,
    SUBTITLE,
    TITLE,
    Look,
    toned,
)
from qsin_desktop.report.workbook.page import print_in_parts, protect
from qsin_desktop.report.workbook.pictures import HEADING, lay_heat_map, lay_series
from qsin_desktop.report.workbook.texts import pieces, shown

SUMMARY_SHEET = "Summary"
FIRST_WIDTH, OTHER_WIDTH = 34.0, 13.0
LEAST_COLUMNS = 11
_WIDEST = 13
_HALF = 7  # the column where the right half of the facts begins
_NETWORK = replace(TITLE, size=20)
_LABEL = replace(QUIET, line="")
_TEXT = replace(BODY, line="")  # also of numbers, which read as words here
_DAY = replace(_TEXT, form=DAY)
_BANNER = Look(ink=ACCENT, fill=ACCENT_WASH, size=12, bold=True, line="", down="center")
_NUMBER = Look(size=18, bold=True, line="", across="left", down="center", wrap=False, form="#,##0")
_UNDER = Look(ink="52606E", size=9, across="left", line="D5DCE3")


def lay_summary(book: Book) -> None:
    sheet = book.workbook[SUMMARY_SHEET]
    last = max(LEAST_COLUMNS, len(book.snapshot.sites) + 3)
    sheet.column_dimensions["A"].width = FIRST_WIDTH
    for column in range(2, last + 1):
        sheet.column_dimensions[get_column_letter(column)].width = OTHER_WIDTH
    row = _lay_head(book, sheet)
    row = _lay_facts(book, sheet, row)
    row = _lay_recommendation(book, sheet, row, min(last, _WIDEST))
    heat_map = _lay_counts(book, sheet, row)
    series = lay_heat_map(book, sheet, heat_map)
    words = lay_series(book, sheet, series)
    end = _lay_words(book, sheet, words)
    sheet.sheet_view.showGridLines = False
    protect(sheet)
    parts = [(1, heat_map - 1), (heat_map, series - 1), (series, words - 1)]
    if words < end:  # a heading, which stays with the first text below it
        parts += [(words, words + 1), *((row, row) for row in range(words + 2, end))]
    print_in_parts(book, sheet, parts, last=last)


def _lay_head(book: Book, sheet: Worksheet) -> int:
    facts = book.snapshot.facts
    book.write(sheet, 1, 1, "Findings workbook", replace(SUBTITLE, ink=ACCENT, bold=True))
    book.write(sheet, 2, 1, facts.network or "Network not named", _NETWORK)
    sheet.row_dimensions[2].height = 32
    tone = Tone.MET if book.snapshot.final else Tone.PARTLY
    book.write(sheet, 3, 1, book.state, replace(toned(tone, bold=True), line="", down="center", wrap=False))
    book.write(sheet, 3, 2, _state_words(book), replace(SUBTITLE, wrap=False))
    sheet.row_dimensions[3].height = 20
    for column, name in enumerate((s.title for s in book.workbook.worksheets if s is not sheet), 1):
        link = Put(name, LINK, place(name, 1), f"To the sheet {name}")
        book.write(sheet, 5, column, link, LINK)
    return 7


def _state_words(book: Book) -> str:
    snapshot = book.snapshot
    if snapshot.seal is None:
        return "Not sealed by the lead assessor: anything here may still change."
    who = book.person(snapshot.seal.by)
    if snapshot.conflicts:
        return f"Sealed by {who}, with disagreements still open."
    return f"Sealed by {who}."


def _lay_facts(book: Book, sheet: Worksheet, row: int) -> int:
    snapshot, facts = book.snapshot, book.snapshot.facts
    leads = ", ".join(p.name for p in snapshot.people if p.role is Role.LEAD)
    pairs: tuple[tuple[str, Value, str, Value], ...] = (
        ("Report number", report_number(snapshot), "Issued by", facts.issuing_body or "Not given"),
        ("Version", snapshot.version, "Made for", facts.client or facts.network or "Not given"),
        ("First day of the visit", _day(facts.starts), "Lead assessor", leads or "Not named"),
        ("Last day of the visit", _day(facts.ends or facts.starts), "Made on", snapshot.made_at.date()),
    )
    for left, value, right, other in pairs:
        book.write(sheet, row, 1, left, _LABEL)
        _lay_value(book, sheet, row, (2, _HALF - 1), value)
        book.write(sheet, row, _HALF, right, replace(_LABEL, wrap=False))
        _lay_value(book, sheet, row, (_HALF + 2, LEAST_COLUMNS), other)
        needed = max(_lines_across(value, 2, _HALF - 1), _lines_across(other, _HALF + 2, LEAST_COLUMNS))
        sheet.row_dimensions[row].height = max(16, height(needed)) if needed > 1 else 16
        row += 1
    pack = snapshot.pack
    judged = f"{pack.title}, edition {pack.edition}. {pack.notice}".strip()
    row = _lay_entry(book, sheet, row, "Judged against", judged)
    if facts.scope:
        row = _lay_entry(book, sheet, row, "Scope", facts.scope)
    if snapshot.seal is not None and snapshot.seal.passed:
        told = "\n".join(filter(None, (in_spite_words(snapshot.seal), reasons_words(snapshot.seal))))
        row = _lay_entry(book, sheet, row, "Open when sealed", told)
    if snapshot.late:
        row = _lay_entry(book, sheet, row, "After the seal", late_words(snapshot))
    if snapshot.gone_findings:
        row = _lay_entry(book, sheet, row, "Numbers not used", gone_words(snapshot))
    return row + 1


def _lines_across(value: Value, first: int, last: int) -> int:
    return lines(shown(str(value)), OTHER_WIDTH * (last - first + 1))


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text) if text else "Not given"
    except ValueError:
        return text


def _lay_value(book: Book, sheet: Worksheet, row: int, columns: tuple[int, int], value: Value) -> None:
    """A short value in cells joined from the first to the last of these columns."""
    look = _DAY if isinstance(value, date) else _TEXT
    book.write(sheet, row, columns[0], value, look)
    sheet.merge_cells(start_row=row, end_row=row, start_column=columns[0], end_column=columns[1])


def _lay_entry(book: Book, sheet: Worksheet, row: int, label: str, text: str) -> int:
    """A label and its text across the sheet; a long text takes as many rows as it needs."""
    book.write(sheet, row, 1, label, _LABEL)
    width = OTHER_WIDTH * (LEAST_COLUMNS - 1)
    for part in pieces(shown(text), 4_000, width=width, most_lines=MOST_LINES):
        words = part.rstrip("\n")
        _lay_value(book, sheet, row, (2, LEAST_COLUMNS), words)
        sheet.row_dimensions[row].height = height(lines(words, width))
        row += 1
    return row


def _lay_recommendation(book: Book, sheet: Worksheet, row: int, last: int) -> int:
    facts = book.snapshot.facts
    labels = dict(book.snapshot.rules.recommendations)
    chosen = labels.get(facts.recommendation, facts.recommendation)
    words = f"Recommendation: {chosen}" if chosen else "Recommendation: not given yet"
    book.write(sheet, row, 1, words, _BANNER)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    sheet.row_dimensions[row].height = 28
    if facts.recommendation_words:
        return _lay_entry(book, sheet, row + 1, "", facts.recommendation_words) + 1
    return row + 2


def _lay_counts(book: Book, sheet: Worksheet, row: int) -> int:
    """Large numbers with their words below, two columns each."""
    for place_, (number, words) in enumerate(_counts(book)):
        column = 1 if place_ == 0 else 2 * place_
        book.write(sheet, row, column, number, _NUMBER)
        book.write(sheet, row + 1, column, words, _UNDER)
        if column > 1:
            book.write(sheet, row + 1, column + 1, None, _UNDER)
            sheet.merge_cells(start_row=row + 1, end_row=row + 1, start_column=column, end_column=column + 1)
    sheet.row_dimensions[row].height = 30
    sheet.row_dimensions[row + 1].height = 16
    return row + 3


def _counts(book: Book) -> list[tuple[Value, str]]:
    snapshot = book.snapshot
    standing = [f for f in snapshot.findings if not f.withdrawn]
    by_grade = Counter(f.grade for f in standing)
    counts: list[tuple[Value, str]] = [
        (f"{len(snapshot.rated)} of {len(snapshot.pack.criteria)}", "criteria rated")
    ]
    counts += [(by_grade.get(g.id, 0), g.plural) for g in snapshot.rules.grades]
    others = (
        (by_grade.get(None, 0), "findings whose grade is not agreed"),
        (len(snapshot.findings) - len(standing), "withdrawn findings"),
        (len(snapshot.conflicts), "open disagreements"),
        (sum(part.holds_up for part in snapshot.missing), "parts still missing"),
    )
    return counts + [(number, words) for number, words in others if number]


def _lay_words(book: Book, sheet: Worksheet, row: int) -> int:
    facts = book.snapshot.facts
    sampling = facts.sampling or dict(book.snapshot.pack.report_texts).get("sampling", "")
    entries = (
        ("What stood out", facts.summary),
        ("Conclusion", facts.conclusion),
        ("Not covered, and why", facts.not_covered),
        ("Sampling", sampling),
    )
    if any(text for _, text in entries):
        book.write(sheet, row, 1, "In words", HEADING)
        row += 1
    for label, text in entries:
        if text:
            row = _lay_entry(book, sheet, row, label, text)
    return row
