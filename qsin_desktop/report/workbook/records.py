"""The sheets of notes, trail and long texts."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.domain.evidence import ExhibitLink
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.snapshot import TrailRow
from qsin_desktop.report.workbook.book import Book, Put, bare, linked
from qsin_desktop.report.workbook.citations import GONE
from qsin_desktop.report.workbook.long import LONG_SHEET, TEXT_WIDTH, LongTexts
from qsin_desktop.report.workbook.looks import FINE, QUIET, STRONG, TIME
from qsin_desktop.report.workbook.table import Column, Layout, Row, lay_table

NOTES_SHEET, TRAIL_SHEET = "Notes", "Trail"
_OF_A_HASH = 16  # signs that tell one from every other in a visit, on one line
_WITHHELD = "(a note kept out of the report)"
_NOTES = [
    Column("Criterion", 12, STRONG),
    Column("Kind", 13),
    Column("Note", 68),
    Column("From", 20),
    Column("Role", 20),
    Column("Heard or seen", 18),
    Column("Stage", 12),
    Column("Place", 22),
    Column("By", 18),
    Column("Written", 17, TIME),
]
_TRAIL = [
    Column("No.", 8),
    Column("When", 17, TIME),
    Column("Who", 18),
    Column("Act", 16),
    Column("About", 28),
    Column("Field", 14),
    Column("Before", 36, in_full=False),
    Column("After", 36, in_full=False),
    Column("Why", 26, in_full=False),
    Column("Laptop", 18, FINE),
    Column("Entry", 18, FINE),
]


def lay_notes(book: Book, long_texts: LongTexts) -> None:
    """Only the notes that the assessors chose to show."""
    layout = Layout(
        sheet=NOTES_SHEET,
        table="Notes",
        subtitle=f"{book.running_title} · the notes chosen for the report",
        columns=_NOTES,
        empty="No notes were chosen for the report.",
        row_name=lambda row: f"{bare(row[0])}, {row[1]} note",
    )
    lay_table(book, long_texts, layout, _note_rows(book))


def _note_rows(book: Book) -> Iterator[Row]:
    for note in book.snapshot.notes:
        if note.shown:
            code = book.code(note.criterion)
            goal = book.anchors.get(note.criterion, "")
            yield [
                linked(code, goal, f"Ratings of {code}", _NOTES[0].width),
                note.kind.label,
                note.text,
                note.heard,
                note.role,
                note.when,
                note.stage.label,
                book.site(note.site),
                book.person(note.by),
                book.moment(note.at),
            ]


# How the team shared out and flagged its work is its own; what was judged, and on what, is everybody's.
_INNER = {("criterion", "state"), ("criterion", "flag"), ("standard", "assigned"), ("device", "seen")}


def lay_trail(book: Book, long_texts: LongTexts) -> None:
    layout = Layout(
        sheet=TRAIL_SHEET,
        table="Trail",
        subtitle=f"{book.running_title} · who changed what, and when, without the team’s inner work",
        columns=_TRAIL,
        empty="This workbook was made without the trail.",
        row_name=lambda row: f"Trail no. {row[0]}",
    )
    names = _names(book)
    shown = {note.id for note in book.snapshot.notes if note.shown}
    told = (row for row in book.snapshot.trail if (row.type, row.field) not in _INNER)
    rows = (_trail_row(book, row, names, shown) for row in told)
    lay_table(book, long_texts, layout, rows)


def _names(book: Book) -> dict[str, str]:
    """What the trail's ids are called elsewhere in the workbook."""
    snapshot = book.snapshot
    findings = {finding.id: finding.number for finding in snapshot.findings}
    exhibits = {exhibit.id: exhibit.number for exhibit in snapshot.exhibits}
    people = {person.id: person.name for person in snapshot.people}
    sites = {site.id: site.name for site in snapshot.sites}
    notes = {note.id: f"{book.code(note.criterion)}, {note.kind.value} note" for note in snapshot.notes}
    links = {link.id: _cited(book, link, exhibits, findings) for link in snapshot.links}
    return {**findings, **exhibits, **people, **sites, **notes, **links, snapshot.visit_id: "the visit"}


def _cited(book: Book, link: ExhibitLink, exhibits: dict[str, str], findings: dict[str, str]) -> str:
    return f"{exhibits.get(link.exhibit, GONE)} at {findings.get(link.finding) or book.code(link.criterion)}"


def _trail_row(book: Book, row: TrailRow, names: dict[str, str], shown: set[str]) -> Row:
    hidden = row.type == "note" and row.entity not in shown
    changed = (Put(_WITHHELD, QUIET),) * 3 if hidden else (row.before, row.after, row.why)
    return [
        row.n,
        book.moment(row.at),
        row.by,
        row.act,
        _about(book, row, names),
        row.field,
        *changed,
        row.device[:_OF_A_HASH],
        row.entry[:_OF_A_HASH],
    ]


def _about(book: Book, row: TrailRow, names: dict[str, str]) -> str:
    if row.type == "rating" and row.entity.count("|") >= 2:
        try:
            key = RatingKey.from_entity(row.entity)
        except ValueError:
            return row.entity
        return f"{book.code(key.criterion)}, {key.stage.label.lower()}, {book.site(key.site)}"
    if row.type == "device":
        return f"laptop {row.entity[:_OF_A_HASH]}"
    name = names.get(row.entity) or book.code(row.entity)
    return name if name.startswith("the ") else f"{row.type} {name}".strip()


def lay_long_texts(book: Book, long_texts: LongTexts) -> None:
    layout = Layout(
        sheet=LONG_SHEET,
        table="LongTexts",
        subtitle=f"{book.running_title} · texts that no row is tall enough to show, in parts",
        columns=[
            Column("Belongs to", 30, STRONG),
            Column("Part", 10),
            Column("Text", TEXT_WIDTH, in_full=False),
        ],
        empty="There are none.",
    )
    lay_table(book, LongTexts(), layout, list(long_texts.rows))
