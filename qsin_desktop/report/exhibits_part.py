"""Every exhibit with its fingerprint, the documents seen and not copied, and the photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qsin_desktop.domain.evidence import Exhibit, SeenDocument
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.palette import SOFT
from qsin_desktop.report.photos import add_photos, photos_of
from qsin_desktop.report.sections import heading_of, part_of
from qsin_desktop.report.table import CELL, CELL_SOFT, Column, Table
from qsin_desktop.report.typeset import Run, Style
from qsin_desktop.report.wording import code_of, moment, size_words

_HASH = Style("mono", 6.6, 12.0, SOFT)


def add_exhibits_part(report: Composer, visit: VisitSnapshot, step: Callable[[], None]) -> None:
    """`step` is called for each photo."""
    report.heading(1, heading_of(visit, Section.EXHIBITS), "exhibits")
    if not visit.exhibits and not visit.gone:
        report.para("No exhibit was kept.")
        return
    report.para(
        "Files are kept with the visit, unchanged. The SHA-256 of a file is its fingerprint: any change to "
        "the file gives another one. Documents that were seen and not copied have no file."
    )
    _add_list(report, visit)
    seen = [(exhibit, exhibit.seen) for exhibit in visit.exhibits if exhibit.seen and not exhibit.withdrawn]
    if seen:
        report.heading(2, f"{part_of(visit, Section.EXHIBITS, 1)} Documents seen, not copied", "seen")
        _add_seen(report, seen)
    if visit.template.photos and photos_of(visit):
        report.heading(2, f"{part_of(visit, Section.EXHIBITS, 2 if seen else 1)} Photos", "photos")
        add_photos(report, visit, step)


def _add_list(report: Composer, visit: VisitSnapshot) -> None:
    cited = _citations(visit)
    columns = (
        Column("No.", 46),
        Column("What"),
        Column("Kind", 72),
        Column("Cited in", 122),
        Column("SHA-256", 101),
    )
    table = Table(report, columns)
    for exhibit in visit.exhibits:
        table.row(
            exhibit.number,
            _what(visit, exhibit),
            exhibit.kind or exhibit.group or "File",
            "withdrawn" if exhibit.withdrawn else "\n".join(cited.get(exhibit.id, [])) or "not cited",
            _fingerprint(exhibit),
            anchor=f"exhibit-{exhibit.id}",
        )
    for gone in visit.gone:
        when = f"taken back by {gone.by}, {moment(visit, gone.at)}"
        table.row(gone.number, [Run(gone.title or "Not kept", CELL_SOFT)], "", when, [Run("", CELL_SOFT)])
    report.gap(6)


def _citations(visit: VisitSnapshot) -> dict[str, list[str]]:
    numbers = {f.id: f.number for f in visit.findings}
    cited: dict[str, list[str]] = {}
    for link in visit.links:
        name = numbers.get(link.finding, "") if link.finding else code_of(visit, link.criterion)
        words = f"{name}, {link.locator.strip()}" if link.locator.strip() else name
        if words and words not in cited.setdefault(link.exhibit, []):
            cited[link.exhibit].append(words)
    return cited


def _what(visit: VisitSnapshot, exhibit: Exhibit) -> list[Run]:
    runs = [Run(exhibit.title, CELL)]
    if exhibit.name and exhibit.name != exhibit.title:
        runs.append(Run(f"\n{exhibit.name}", CELL_SOFT))
    if exhibit.sha256:
        runs.append(Run(f"\n{size_words(exhibit.size)}", CELL_SOFT))
    if exhibit.withdrawn:
        gone = exhibit.withdrawal
        who = f" ({visit.person_name(gone.by)}, {moment(visit, gone.at)})" if gone else ""
        runs.append(Run(f"\nWithdrawn: {exhibit.withdrawn.strip()}{who}", CELL))
    return runs


def _fingerprint(exhibit: Exhibit) -> Sequence[Run]:
    if not exhibit.sha256:
        return [Run("no file", CELL_SOFT)]
    return [Run(exhibit.sha256, _HASH)]


def _add_seen(report: Composer, seen: Sequence[tuple[Exhibit, SeenDocument]]) -> None:
    columns = (Column("No.", 46), Column("Document", 150), Column("Seen", 112), Column("What it showed"))
    table = Table(report, columns)
    for exhibit, document in seen:
        where = _told((("", document.where), ("by ", document.seen_by), ("on ", document.seen_on)))
        table.row(
            exhibit.number, _document(exhibit, document), where, document.showed.strip() or "Not written"
        )
    report.gap(6)


def _document(exhibit: Exhibit, document: SeenDocument) -> list[Run]:
    title = document.title if document.title != exhibit.title else ""
    more = _told((("", title), ("number ", document.number), ("dated ", document.dated)))
    return [Run(exhibit.title, CELL), *([Run(f"\n{more}", CELL_SOFT)] if more else [])]


def _told(parts: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{before}{words.strip()}" for before, words in parts if words.strip())
