"""Prints a PDF through the system: its pages are drawn one by one beside the person's work, then painted.

run = PrintRun(desk.jobs, open_pdf, foot, printer, parent);  run.begin();  run.cancel()
Signals: moved(done, total), done(pages), refused(Refusal), stopped()
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QImage, QPageRanges, QPainter
from PySide6.QtPrintSupport import QPrinter

from qsin_desktop.actions.page_pictures import PagePictures, PagesUnreadable
from qsin_desktop.background.jobs import Job, Jobs
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.type import FAMILIES

OpenPdf = Callable[[], BinaryIO]

_SHARPEST = 300  # dots per inch: finer costs time and shows nothing
_FOOT, _TYPE, _GAP = 8.0, 2.3, 1.2  # millimetres: the strip below a page, its type, the space above it
_NAME = "Printing the report"


class CannotPrint(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "The printer did not take the pages; nothing in the visit was changed. See whether it is on and "
            "has paper, or choose another."
        )


@dataclass(frozen=True)
class Foot:
    """Lines below each printed page, in small type; they say what is printed and how to check it."""

    lines: tuple[str, ...]


class PrintRun(QObject):
    moved = Signal(object, object)
    done = Signal(object)
    refused = Signal(object)
    stopped = Signal()

    def __init__(self, jobs: Jobs, open_pdf: OpenPdf, foot: Foot, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._open_pdf, self._foot, self._printer = jobs, open_pdf, foot, printer
        self._pages: PagePictures | None = None
        self._painter: QPainter | None = None
        self._job: Job | None = None
        self._left: list[int] = []
        self._total = 0
        self._cancelled = False

    def begin(self) -> None:
        open_pdf = self._open_pdf
        self._job = self._jobs.run(
            _NAME,
            lambda _report, _is_cancelled: PagePictures(open_pdf),
            done=self._opened,
            refused=self._refuse,
        )

    def cancel(self) -> None:
        """Pages that the printer has by then may come out."""
        self._cancelled = True
        if self._job is not None:
            self._job.cancel()

    def _opened(self, pages: PagePictures) -> None:
        self._pages = pages
        if self._cancelled:
            self._stop()
            return
        self._left = wanted_pages(self._printer, len(pages.sizes))
        self._total = len(self._left)
        self._painter = QPainter()
        if not self._left or not self._painter.begin(self._printer):
            self._refuse(CannotPrint())
            return
        self._next()

    def _next(self) -> None:
        if self._cancelled:
            self._stop()
        elif not self._left:
            self._finish()
        else:
            page = self._left.pop(0)
            pages, edge = self._pages, self._edge(page)
            self.moved.emit(self._total - len(self._left) - 1, self._total)
            self._job = self._jobs.run(
                _NAME,
                lambda _report, _is_cancelled: pages.picture(page, edge) if pages else b"",
                done=lambda picture: self._paint(page, picture),
                refused=self._refuse,
            )

    # ---- one page -----------------------------------------------------------------------------------

    def _paint(self, page: int, picture: bytes) -> None:
        image, painter = QImage.fromData(picture), self._painter
        if image.isNull() or painter is None:
            self._refuse(PagesUnreadable())
            return
        if self._total - len(self._left) > 1 and not self._printer.newPage():
            self._refuse(CannotPrint())
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._box(page), image)
        self._paint_foot(painter)
        self._next()

    def _paper(self) -> QRectF:
        """What the printer can print on, in its dots, from 0."""
        box = self._printer.pageLayout().paintRectPixels(self._printer.resolution())
        return QRectF(0, 0, box.width(), box.height())

    def _dots(self, millimetres: float) -> float:
        return millimetres / 25.4 * self._printer.resolution()

    def _box(self, page: int) -> QRectF:
        """The page as large as it fits above the foot, never larger than it is."""
        assert self._pages is not None  # noqa: S101  (asked only while there are pages)
        wide, high = (points / 72 * self._printer.resolution() for points in self._pages.sizes[page])
        paper = self._paper()
        room = paper.height() - self._dots(_FOOT)
        share = min(1.0, paper.width() / wide, room / high)
        left = (paper.width() - wide * share) / 2
        return QRectF(left, (room - high * share) / 2, wide * share, high * share)

    def _edge(self, page: int) -> int:
        box, resolution = self._box(page), self._printer.resolution()
        return max(1, round(max(box.width(), box.height()) * min(1.0, _SHARPEST / resolution)))

    def _paint_foot(self, painter: QPainter) -> None:
        paper = self._paper()
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setFeature(QFont.Tag("calt"), 0)  # its glyphs could not be read back from a printed PDF
        font.setPixelSize(max(1, round(self._dots(_TYPE))))
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.black)
        top = paper.height() - self._dots(_FOOT) + self._dots(_GAP)
        painter.fillRect(
            QRectF(0, top - self._dots(0.6), paper.width(), self._dots(0.12)), Qt.GlobalColor.gray
        )
        high = self._dots(_TYPE * 1.35)
        for at, line in enumerate(self._foot.lines):
            box = QRectF(0, top + at * high, paper.width(), high)
            fitted = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitted)

    # ---- the end ------------------------------------------------------------------------------------

    def _finish(self) -> None:
        ended = self._painter is None or self._painter.end()
        self._let_go()
        if ended:
            self.done.emit(self._total)
        else:
            self.refused.emit(CannotPrint())

    def _stop(self) -> None:
        self._abort()
        self.stopped.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._abort()
        self.refused.emit(refusal)

    def _abort(self) -> None:
        if self._painter is not None and self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self._let_go()

    def _let_go(self) -> None:
        self._painter = None
        if self._pages is not None:
            self._pages.close()
            self._pages = None


def wanted_pages(printer: QPrinter, count: int) -> list[int]:
    """Indices from 0 in the order of printing; what the dialog left open is all. Copies are the printer's."""
    every = range(1, count + 1)
    ranges = printer.pageRanges()
    if printer.printRange() is QPrinter.PrintRange.PageRange:
        if ranges.isEmpty():
            ranges = QPageRanges()
            ranges.addRange(max(1, printer.fromPage()), printer.toPage() or count)
        every = [page for page in every if ranges.contains(page)]  # type: ignore[assignment]
    pages = [page - 1 for page in every]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    return _copied(pages, printer)


def _copied(pages: Sequence[int], printer: QPrinter) -> list[int]:
    """Where the driver makes no copies itself."""
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return list(pages) * copies
    return [page for page in pages for _ in range(copies)]
