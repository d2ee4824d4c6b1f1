"""The sheet of findings: what the assessors recorded, locked, and beside it what the network answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.evidence import ExhibitLink
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import NO_RESPONSE, SOON, FindingResponse, FindingStatus
from qsin_desktop.domain.responses import status_of as standing_of
from qsin_desktop.domain.standards import Grade, Tone
from qsin_desktop.report.workbook.answers import (
    DECIDED,
    decided_titles,
    decided_values,
    filled_in,
    sent_marks,
)
from qsin_desktop.report.workbook.book import Book, Put, bare, linked, place
from qsin_desktop.report.workbook.citations import GONE, citations_of
from qsin_desktop.report.workbook.grid import Value
from qsin_desktop.report.workbook.identity import (
    FINDINGS_SHEET,
    FIRST_ROW,
    HASH_TITLE,
    HEADER_ROW,
    ID_TITLE,
    SENT_TITLE,
    Response,
    row_hash,
)
from qsin_desktop.report.workbook.long import LongTexts
from qsin_desktop.report.workbook.looks import (
    ACCENT,
    BAND,
    CLOSED,
    CLOSED_DATE,
    DATE,
    DAY,
    FINE,
    LINK,
    QUIET,
    RESPONSE,
    RESPONSE_BAND,
    RESPONSE_DATE,
    RESPONSE_HEADER,
    STRONG,
    STRONG_LINK,
    TONES,
    Look,
    toned,
)
from qsin_desktop.report.workbook.page import print_beside
from qsin_desktop.report.workbook.table import IN_FULL, Column, Layout, Row, lay_table
from qsin_desktop.report.workbook.texts import held

OPEN, WITHDRAWN, DISPUTED = "Open", "Withdrawn", "Disagreement"
EXTENTS = ("This place only", "Several places", "The whole network", "Not yet known")
SOON_DAYS = SOON.days
_WIDTHS = {
    Response.ROOT_CAUSE: 30.0,
    Response.EXTENT: 18.0,
    Response.CORRECTION: 30.0,
    Response.CORRECTIVE_ACTION: 30.0,
    Response.OWNER: 18.0,
    Response.PLANNED: 14.0,
    Response.DONE: 14.0,
    Response.EVIDENCE: 22.0,
    Response.ACCURACY: 32.0,
}
_RECORDED = [
    Column("Number", 12, STRONG),
    Column("Grade", 16),
    Column("Status", 14),
    Column("Criteria", 15),
    Column("Place", 16),
    Column("Requirement", 34),
    Column("Evidence", 42),
    Column("Gap", 34),
    Column("Exhibits", 20),
    Column("Due", 20, DATE),
]
_CRITERIA, _EXHIBITS, _DUE = 3, 8, 9  # indexes of these columns


RECORDED_TITLES = tuple(column.title for column in _RECORDED)


def findings_columns(decided: Iterable[str] = ()) -> list[Column]:
    """Recorded, decided, response and hidden columns, in this order."""
    answers = [Column(title, DECIDED[title]) for title in decided]
    responses = [
        Column(r.heading, _WIDTHS[r], RESPONSE_DATE if r.is_date else RESPONSE, RESPONSE_HEADER)
        for r in Response
    ]
    hidden = [Column(title, 20, FINE, hidden=True) for title in (ID_TITLE, HASH_TITLE, SENT_TITLE)]
    return [*_RECORDED, *answers, *responses, *hidden]


def lay_findings(book: Book, long_texts: LongTexts) -> None:
    decided = decided_titles(book.snapshot)
    layout = Layout(
        sheet=FINDINGS_SHEET,
        table="Findings",
        subtitle=book.running_title,
        columns=findings_columns(decided),
        empty="No findings were recorded in this visit.",
        in_full_after=_DUE,
    )
    columns = lay_table(book, long_texts, layout, _rows(book))
    titles = {title: get_column_letter(number) for title, number in columns.items()}
    sheet = book.workbook[FINDINGS_SHEET]
    recorded = len(_RECORDED) + (IN_FULL in titles) + len(decided)
    _add_bands(book, sheet, recorded)
    last = FIRST_ROW + len(book.snapshot.findings) - 1
    if last >= FIRST_ROW:
        _add_choices(sheet, titles, last)
        _mark_due_dates(sheet, titles, last)
    cuts = sorted({recorded - len(decided), recorded})
    print_beside(book, sheet, header_row=HEADER_ROW, cuts=cuts, last=recorded + len(Response))
    sheet.sheet_properties.tabColor = ACCENT
    sheet.print_area = f"A{HEADER_ROW - 1}:{titles[Response.ACCURACY.heading]}{max(last, FIRST_ROW)}"


def _rows(book: Book) -> Iterator[Row]:
    grades = {g.id: g for g in book.snapshot.rules.grades}
    for finding in book.snapshot.findings:
        grade = grades.get(finding.grade or "")
        response = book.snapshot.response_of(finding.id)
        recorded = _recorded(book, finding, grade)
        decided = decided_values(book.snapshot, response) if book.snapshot.responses else []
        digest = hash_of(book, finding, [*map(bare, recorded), *decided])
        answers = _responses(finding, grade, response)
        yield [*recorded, *decided, *answers, finding.id, digest, sent_marks(response)]


def locked_values(book: Book, finding: Finding) -> dict[str, Value]:
    """What the locked cells of a finding's row say, by title; empty decisions are left out."""
    grade = next((g for g in book.snapshot.rules.grades if g.id == finding.grade), None)
    recorded = map(bare, _recorded(book, finding, grade))
    decided = decided_values(book.snapshot, book.snapshot.response_of(finding.id))
    shown = {**dict(zip(RECORDED_TITLES, recorded, strict=True)), **dict(zip(DECIDED, decided, strict=True))}
    return {title: held(value) if isinstance(value, str) else value for title, value in shown.items()}


def hash_of(book: Book, finding: Finding, values: list[Value]) -> str:
    """Over the recorded cells, and over the decided ones where anything was decided."""
    kept = [held(value) if isinstance(value, str) else value for value in values]
    while len(kept) > len(_RECORDED) and not kept[-1]:
        kept.pop()
    return row_hash(book.snapshot.visit_id, finding.id, kept)


def _recorded(book: Book, finding: Finding, grade: Grade | None) -> list[Value | Put]:
    cited = book.anchors.get(citations_of(finding.id), "")
    return [
        Put(finding.number, STRONG_LINK if cited else None, cited, f"Exhibits of {finding.number}"),
        Put(grade.label, toned(grade.tone)) if grade else Put(finding.grade or "Not agreed", QUIET),
        status_of(finding, grade, book.snapshot.response_of(finding.id)),
        _criteria(book, finding),
        book.site(finding.site),
        finding.requirement,
        finding.evidence,
        finding.gap,
        _exhibits(book, finding),
        None if finding.withdrawn else finding.due,
    ]


def status_of(finding: Finding, grade: Grade | None, response: FindingResponse = NO_RESPONSE) -> str:
    """Without its date, which the due column tells of itself on the day it is looked at."""
    if finding.withdrawn:
        return f"{WITHDRAWN}: {finding.withdrawn}"
    if finding.disputed:
        return DISPUTED
    return standing_of(finding, grade, response, date.min).label


def _criteria(book: Book, finding: Finding) -> Put:
    """On one line where there is room, leading to the ratings of the first."""
    codes = [book.code(code) for code in finding.criteria]
    goal = book.anchors.get(finding.criteria[0], "") if codes else ""
    return linked(
        ", ".join(codes), goal, f"Ratings of {codes[0]}" if codes else "", _RECORDED[_CRITERIA].width
    )


def _exhibits(book: Book, finding: Finding) -> Put:
    """Each exhibit on a line of its own with its locator; a single one leads to the sheet of evidence."""
    links = book.links_by_finding.get(finding.id, [])
    if not links:
        return Put("None", QUIET)
    words = "\n".join(_cited(book, link) for link in links)
    goal = book.anchors.get(links[0].exhibit, "")
    return linked(words, goal, "To this exhibit", _RECORDED[_EXHIBITS].width)


def _cited(book: Book, link: ExhibitLink) -> str:
    exhibit = book.exhibits.get(link.exhibit)
    number = exhibit.number if exhibit else GONE
    return f"{number}, {link.locator}" if link.locator else number


def _responses(finding: Finding, grade: Grade | None, response: FindingResponse) -> list[Put]:
    """Cells to fill in or to go on with, closed where nothing is asked."""
    asked = asked_for(finding, grade, response)
    return [
        Put(filled_in(response, column), None if column in asked else _closed(column)) for column in Response
    ]


def _closed(column: Response) -> Look:
    return CLOSED_DATE if column.is_date else CLOSED


def asked_for(finding: Finding, grade: Grade | None, response: FindingResponse) -> set[Response]:
    """The columns that may be answered; of praise only the accuracy is asked."""
    status = standing_of(finding, grade, response, date.min)
    if status in (FindingStatus.WITHDRAWN, FindingStatus.CLOSED):
        return set()
    return {Response.ACCURACY} if status is FindingStatus.NOTHING_ASKED else set(Response)


def _add_bands(book: Book, sheet: Worksheet, recorded: int) -> None:
    """The line above the header that says which columns are whose."""
    for column in range(1, recorded + len(Response) + 1):
        mine = column <= recorded
        words = {2: "Recorded by the assessors, locked", recorded + 1: "Your response, to fill in"}
        book.write(sheet, HEADER_ROW - 1, column, words.get(column), BAND if mine else RESPONSE_BAND)
    sheet.row_dimensions[HEADER_ROW - 1].height = 18
    goal = Put("How to respond", LINK, place("How to respond", 1))
    book.write(sheet, 2, recorded + 1, goal, LINK)


def _add_choices(sheet: Worksheet, titles: dict[str, str], last: int) -> None:
    """A list to choose from where words are usual; days must be days, or be kept knowingly."""
    extent = DataValidation(
        "list", formula1=f'"{",".join(EXTENTS)}"', allow_blank=True, showErrorMessage=False
    )
    extent.promptTitle, extent.prompt = "Extent", "Choose from the list, or write your own words."
    days = DataValidation("date", operator="between", formula1="36526", formula2="73050", allow_blank=True)
    days.promptTitle, days.prompt = "Day", "A day such as 31/03/2027."
    days.errorStyle, days.showErrorMessage = "warning", True
    days.errorTitle, days.error = (
        "Not a day",
        "This is not a day such as 31/03/2027. Keep it only if no day can be given.",
    )
    for validation, responses in ((extent, (Response.EXTENT,)), (days, (Response.PLANNED, Response.DONE))):
        validation.showInputMessage = True
        for response in responses:
            column = titles[response.heading]
            validation.add(f"{column}{FIRST_ROW}:{column}{last}")
        sheet.add_data_validation(validation)


def _mark_due_dates(sheet: Worksheet, titles: dict[str, str], last: int) -> None:
    """Done, overdue and due soon, each with its word behind the day, so that colour is not the only sign."""
    due, done, status = (f"${titles[t]}{FIRST_ROW}" for t in ("Due", Response.DONE.heading, "Status"))
    open_ = f'AND(ISNUMBER({due}),{status}="{OPEN}",{done}=""'
    rules = (
        (f'AND(ISNUMBER({due}),{done}<>"")', Tone.MET, "done"),
        (f"{open_},{due}<TODAY())", Tone.NOT_MET, "overdue"),
        (f"{open_},{due}<=TODAY()+{SOON_DAYS})", Tone.PARTLY, "soon"),
    )
    for number, (formula, tone, word) in enumerate(rules, 200):
        ink, wash = TONES[tone]
        rule = FormulaRule(  # type: ignore[no-untyped-call]  # the stubs lack its arguments
            [formula], stopIfTrue=True, font=Font(color=ink, bold=True), fill=PatternFill(bgColor=wash)
        )
        rule.dxf.numFmt = NumberFormat(numFmtId=number, formatCode=f'{DAY}" · {word}"')
        column = titles["Due"]
        sheet.conditional_formatting.add(f"{column}{FIRST_ROW}:{column}{last}", rule)
