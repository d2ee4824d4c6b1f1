"""Draws a visit's report as a tagged PDF: composed once, paginated once, then printed page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.about_part import add_about
from qsin_desktop.report.bookmarks import write_bookmarks
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.contents import add_contents
from qsin_desktop.report.cover import add_cover
from qsin_desktop.report.coverage_part import add_conclusion, add_coverage
from qsin_desktop.report.disagreements_part import add_disagreements
from qsin_desktop.report.exhibits_part import add_exhibits_part
from qsin_desktop.report.findings_part import add_findings_part, add_good_practice
from qsin_desktop.report.flow import PageContent, fill_pages
from qsin_desktop.report.furniture import Furniture
from qsin_desktop.report.metadata import (
    document_title,
    identity,
    write_catalog,
    write_info,
    write_output_intent,
    write_xmp,
)
from qsin_desktop.report.palette import recoloured
from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.pdf_syntax import reference
from qsin_desktop.report.photos import photos_of
from qsin_desktop.report.placing import DocumentStopped, What, put_in_place, put_nowhere
from qsin_desktop.report.printing import Anchor, Printing
from qsin_desktop.report.sections import sections_of
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.signature_fields import report_mark, write_form
from qsin_desktop.report.signatures_part import add_signatures
from qsin_desktop.report.standards_part import add_standards_part
from qsin_desktop.report.summary import add_summary
from qsin_desktop.report.tagging import StructureTree
from qsin_desktop.report.typefaces import Faces
from qsin_desktop.report.visit_part import add_visit_part

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_STEPS = 100  # progress is told in hundredths
_COMPOSED = 40  # of them for composing, the rest for printing


@dataclass(frozen=True)
class ReportFacts:
    """What was written. `sha256` of the file's bytes, hex."""

    pages: int
    sha256: str


def draw_report(
    snapshot: VisitSnapshot,
    out: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ReportFacts:
    """Write the report to `out`, whole or not at all. The same snapshot gives the same bytes.

    Raises `DocumentNotWritten` and, when `cancelled` answers yes, `DocumentStopped`.
    """
    with put_in_place(out, What.REPORT) as stream:
        return _draw(snapshot, stream, _Pace(out, progress, cancelled))


def draw_pages(
    snapshot: VisitSnapshot,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> BinaryIO:
    """The bytes of `draw_report`, to be looked at or printed, in a file without a name that you close.

    Raises as `draw_report` does.
    """
    with put_nowhere(What.REPORT) as stream:
        _draw(snapshot, stream, _Pace(None, progress, cancelled))
        stream.seek(0)
    return stream


def _draw(snapshot: VisitSnapshot, stream: BinaryIO, pace: _Pace) -> ReportFacts:
    file = PdfFile(stream)
    pages = _Manuscript(snapshot, pace).print(file)
    pace.tell(_STEPS)
    return ReportFacts(pages, file.sha256)


class _Pace:
    """Tells how far the work is and stops it when asked to."""

    def __init__(self, out: Path | None, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self._out, self._progress, self._cancelled = out, progress, cancelled
        self._told = -1

    def tell(self, hundredths: float) -> None:
        self.check()
        if self._progress is not None and int(hundredths) > self._told:
            self._told = int(hundredths)
            self._progress(self._told, _STEPS)

    def check(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise DocumentStopped(self._out, What.REPORT)


class _Manuscript:
    """The composed report: cover, contents and body, each a flow of pages of its own."""

    def __init__(self, visit: VisitSnapshot, pace: _Pace) -> None:
        self._visit, self._pace = visit, pace
        self._faces, self._tree = Faces(), StructureTree()
        self._anchors: dict[str, Anchor] = {}
        cover, contents, body = (Composer(self._faces, self._tree.document.add("Sect")) for _ in range(3))
        add_cover(cover, visit)
        self._compose(body)
        add_contents(contents, body.headings, lambda anchor: self._anchors[anchor].page_number)
        self._headings = contents.headings + body.headings
        self._covers = fill_pages(cover.strips)
        body.strips[0].new_page = (
            sections_of(visit)[0] is not Section.ABOUT
        )  # its few words go well with them
        self._pages = [*self._covers, *fill_pages([*contents.strips, *body.strips])]
        self._furniture = Furniture(visit, body.setter)

    def _compose(self, body: Composer) -> None:
        visit = self._visit
        total = len(visit.pack.standards) + len(photos_of(visit))
        steps = iter(range(1, total + 1))

        def step() -> None:
            self._pace.tell(_COMPOSED * next(steps) / total)

        parts: dict[Section, Callable[[], None]] = {
            Section.ABOUT: lambda: add_about(body, visit),
            Section.SUMMARY: lambda: add_summary(body, visit),
            Section.VISIT: lambda: add_visit_part(body, visit),
            Section.STANDARDS: lambda: add_standards_part(body, visit, step),
            Section.FINDINGS: lambda: add_findings_part(body, visit),
            Section.GOOD_PRACTICE: lambda: add_good_practice(body, visit),
            Section.DISAGREEMENTS: lambda: add_disagreements(body, visit),
            Section.NOT_COVERED: lambda: add_coverage(body, visit),
            Section.EXHIBITS: lambda: add_exhibits_part(body, visit, step),
            Section.CONCLUSION: lambda: add_conclusion(body, visit),
            Section.SIGNATURES: lambda: add_signatures(body, visit),
        }
        for section in sections_of(visit):
            add = parts[section]
            with body.under("Sect"):
                add()
            self._pace.check()

    def print(self, file: PdfFile) -> int:
        """Write the whole document and answer its number of pages."""
        printing = Printing(
            file, self._faces, self._tree, self._anchors, recoloured(self._visit.template.accent)
        )
        root = file.reserve()
        numbers = [file.reserve() for _ in self._pages]
        self._find_anchors(numbers)
        for place, (content, number) in enumerate(zip(self._pages, numbers, strict=True)):
            self._pace.tell(_COMPOSED + (_STEPS - _COMPOSED - 1) * place / len(numbers))
            sheet = Sheet(printing, number)
            self._print_page(sheet, content, place + 1)
            sheet.finish(root)
        kids = " ".join(reference(number) for number in numbers)
        file.write(f"<</Type/Pages/Count {len(numbers)}/Kids[{kids}]>>", root)
        self._close(file, printing, root)
        return len(numbers)

    def _find_anchors(self, numbers: list[int]) -> None:
        for page_number, (content, number) in enumerate(zip(self._pages, numbers, strict=True), 1):
            for strip, top in content.strips:
                if strip.anchor:
                    self._anchors[strip.anchor] = Anchor(number, page_number, max(top - 12, 0))

    def _print_page(self, sheet: Sheet, content: PageContent, page_number: int) -> None:
        if page_number <= len(self._covers):
            self._furniture.draw_cover(sheet)
        else:
            self._furniture.draw(sheet, page_number, len(self._pages))
        content.paint(sheet)

    def _close(self, file: PdfFile, printing: Printing, pages: int) -> None:
        title = document_title(self._visit)
        outline = write_bookmarks(printing, self._headings)
        structure = self._tree.write(file, self._pace.check)
        printing.embed_fonts()
        root = write_catalog(
            file,
            pages=pages,
            outline=outline,
            structure=structure,
            xmp=write_xmp(file, self._visit, title),
            intent=write_output_intent(file),
            more=write_form(file, printing.fields) + report_mark(self._visit),
        )
        info = write_info(file, self._visit, title)
        file.finish(root=root, info=info, identity=identity(self._visit))
