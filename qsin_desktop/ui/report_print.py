"""Prints the report of a visit: the signed file where it lies ready, else as it would be drawn now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.report_files import PrintedReport, printed_report
from qsin_desktop.background.jobs import Job
from qsin_desktop.domain.signatures import grouped
from qsin_desktop.domain.visits import report_number
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.printing import Foot, OpenPdf, PrintRun
from qsin_desktop.ui.words import count, day_in_words

Draw = Callable[[Callable[[BinaryIO], object]], Job]


def foot_of(report: PrintedReport | None, number: str, now: datetime, *, final: bool = False) -> Foot:
    """What is said below each printed page. `final`: of a sealed visit, whose signed file was not found."""
    when = f"{day_in_words(now.date())}, {now:%H:%M}"
    if report is None and final:
        what = f"Print of report {number}, {when}, drawn anew from the sealed visit and not signed. "
        how = (
            "The signed PDF is the original: check that in QSIN Desktop (Check a report) or in a PDF program."
        )
        return Foot((what, how))
    if report is None:
        return Foot(
            (f"Print of a draft of report {number}, {when}. A draft is not signed and can still change.",)
        )
    what = f"Print of report {number}, version {report.version}, {when}. A print carries no signature: "
    how = "check the PDF in QSIN Desktop (Check a report) or in a PDF program."
    return Foot((what + how, f"SHA-256 of that PDF: {grouped(report.sha256)}"))


class ReportPrinting(QObject):
    """`draw(done)` draws the report as it stands now, with progress of its own."""

    def __init__(self, desk: Desk, draw: Draw, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._draw, self._window = desk, draw, window
        self.run: PrintRun | None = None

    def begin(self, begun: Callable[[PrintRun], object]) -> None:
        """`begun` is given the run once the printer is chosen, to show how far it is."""
        folder = self._desk.asking.folder_of("export")
        report = printed_report(self._desk.visit, folder)
        if report is not None:
            signed = report.path
            self._ask(lambda: signed.open("rb"), report, begun)
        else:
            self._draw(lambda pages: self._ask(lambda: pages, None, begun))

    def _ask(
        self, open_pdf: OpenPdf, report: PrintedReport | None, begun: Callable[[PrintRun], object]
    ) -> None:
        visit = self._desk.visit
        name = f"{visit.record.facts.network} report"
        final = visit.record.seal is not None and not visit.record.conflicts
        foot = foot_of(report, report_number(visit.record.facts, visit.visit_id), visit.clock(), final=final)
        if report is None and final:
            folder = self._desk.asking.folder_of("export").name
            self._desk.messages.info(
                f"The signed report is not in “{folder}”, so it is drawn anew for the print."
            )

        def chosen(printer: QPrinter) -> None:
            self.run = PrintRun(self._desk.jobs, open_pdf, foot, printer, self)
            self.run.done.connect(self._done)
            self.run.refused.connect(self._desk.messages.refused)
            begun(self.run)
            self.run.begin()

        title = "Print the report" if report or final else "Print a draft of the report"
        self._desk.asking.printer(self._window, title, name, chosen)

    def _done(self, pages: int) -> None:
        self._desk.messages.done(f"{count(pages, 'page')} sent to the printer.")
