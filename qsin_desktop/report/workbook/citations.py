"""The sheet of citations: each use of an exhibit in a row of its own, with links both ways."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.domain.evidence import ExhibitLink
from qsin_desktop.report.workbook.book import Book, bare, linked, place
from qsin_desktop.report.workbook.identity import FIRST_ROW
from qsin_desktop.report.workbook.long import LongTexts
from qsin_desktop.report.workbook.looks import TIME
from qsin_desktop.report.workbook.table import Column, Layout, Row, lay_table

CITATIONS_SHEET = "Citations"
GONE = "an exhibit no longer held"
_COLUMNS = [
    Column("Cited at", 14),
    Column("Subject", 44),
    Column("Exhibit", 12),
    Column("Title", 36),
    Column("Locator", 30),
    Column("Caption", 40),
    Column("By", 18),
    Column("When", 17, TIME),
]


def citations(book: Book) -> list[ExhibitLink]:
    """Those of findings first, then those of criteria, both in their own order."""
    findings = {f.id: n for n, f in enumerate(book.snapshot.findings)}
    criteria = {c.code: n for n, c in enumerate(book.snapshot.pack.criteria)}
    unknown = len(findings) + len(criteria)

    def order(link: ExhibitLink) -> tuple[bool, int, int, str]:
        where = findings.get(link.finding, unknown) if link.finding else criteria.get(link.criterion, unknown)
        return (not link.finding, where, link.n, link.id)

    return sorted(book.snapshot.links, key=order)


def anchor_citations(book: Book, cited: list[ExhibitLink]) -> None:
    """Where the citations of each finding begin."""
    for row, link in enumerate(cited, FIRST_ROW):
        if link.finding:
            book.anchors.setdefault(citations_of(link.finding), place(CITATIONS_SHEET, row))


def citations_of(finding: str) -> str:
    """The name under which the anchors know where a finding's citations begin."""
    return f"citations of {finding}"


def lay_citations(book: Book, long_texts: LongTexts, cited: list[ExhibitLink]) -> None:
    layout = Layout(
        sheet=CITATIONS_SHEET,
        table="Citations",
        subtitle=f"{book.running_title} · which exhibit bears out what",
        columns=_COLUMNS,
        empty="No exhibit is cited yet.",
        row_name=lambda row: f"{bare(row[0])}, {bare(row[2])}",
    )
    lay_table(book, long_texts, layout, _rows(book, cited))


def _rows(book: Book, cited: list[ExhibitLink]) -> Iterator[Row]:
    for link in cited:
        exhibit = book.exhibits.get(link.exhibit)
        number = exhibit.number if exhibit else GONE
        where = cited_at(book, link)
        yield [
            linked(
                where, book.anchors.get(link.finding or link.criterion, ""), f"To {where}", _COLUMNS[0].width
            ),
            _subject(book, link),
            linked(number, book.anchors.get(link.exhibit, ""), f"To {number}", _COLUMNS[2].width),
            exhibit.title if exhibit else "",
            link.locator,
            link.caption,
            book.person(link.by),
            book.moment(link.at),
        ]


def cited_at(book: Book, link: ExhibitLink) -> str:
    """The finding's number or the criterion's code."""
    if link.finding:
        finding = book.findings.get(link.finding)
        return finding.number if finding else "a removed finding"
    return book.code(link.criterion)


def _subject(book: Book, link: ExhibitLink) -> str:
    if link.finding:
        finding = book.findings.get(link.finding)
        return finding.requirement if finding else ""
    criterion = book.criterion(link.criterion)
    return criterion.title if criterion else ""
