"""Handing over: preview, export of report and workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.actions.report_files import signed_by
from qsin_desktop.actions.reporting import (
    Document,
    DocumentKind,
    make,
    pages_of_report,
    record_export,
    report_version,
    suggested_name,
)
from qsin_desktop.background.jobs import IsCancelled, Job, Report
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import signature_slots
from qsin_desktop.ui.commands import tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.opening_files import show_in_folder
from qsin_desktop.ui.places import CHECK, RETURN, SIGN, Place
from qsin_desktop.ui.printing import PrintRun
from qsin_desktop.ui.screens.made_file import MadeFile
from qsin_desktop.ui.screens.parts import clear
from qsin_desktop.ui.widgets.button import Button, ButtonKind
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.words import count

Made = TypeVar("Made")

_TITLES = {DocumentKind.REPORT: "Export the report", DocumentKind.WORKBOOK: "Export the findings workbook"}
_KINDS = {DocumentKind.REPORT: "PDF documents (*.pdf)", DocumentKind.WORKBOOK: "Excel workbooks (*.xlsx)"}
_NAMES = {DocumentKind.REPORT: "Making the report", DocumentKind.WORKBOOK: "Making the findings workbook"}


class HandOverCard(Card):
    preview_asked = Signal()
    print_asked = Signal()
    begun = Signal(object)  # what shows how far it is

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Hand over", padding=16, parent=parent)
        self._desk = desk
        self.preview = self._button("Preview the report", "preview", "report.preview")
        self.report = self._button("Export report (PDF)", "report", "report.export", ButtonKind.PRIMARY)
        self.workbook = self._button("Export findings workbook", "table", "report.workbook")
        self.responses = self._button("Read responses back", "read-back", "report.responses")
        self.sign = self._button("Sign", "sign", "report.sign")
        self.print = self._button("Print", "print", "report.print")
        self.check = self._button("Check a report", "shield", "report.check")
        self.made = MadeFile(self)
        self._panel: ProgressPanel | None = None  # how far what is under way is
        self._progress = QVBoxLayout()
        self._progress.setSpacing(8)
        for button in (self.preview, self.sign, self.print, self.report, self.workbook):
            self.body.addWidget(button)
        self.body.addLayout(self._progress)
        for widget in (self.made, self.responses, self.check):
            self.body.addWidget(widget)
        self._connect()
        self.refresh()

    def _button(self, words: str, icon: str, command: str, kind: ButtonKind = ButtonKind.SECONDARY) -> Button:
        button = Button(words, icon, kind, align_left=True, parent=self)
        if command:
            button.setToolTip(tip(command))
        return button

    def _connect(self) -> None:
        self.preview.clicked.connect(self.preview_asked)
        self.report.clicked.connect(lambda: self.export(DocumentKind.REPORT))
        self.workbook.clicked.connect(lambda: self.export(DocumentKind.WORKBOOK))
        for button, place in ((self.responses, RETURN), (self.sign, SIGN), (self.check, CHECK)):
            self._lead(button, place)
        self.print.clicked.connect(self.print_asked)

    def _lead(self, button: Button, place: str) -> None:
        button.clicked.connect(lambda: self._desk.go(Place(place)))

    def refresh(self) -> None:
        self.preview.set_badge_text(self.state)
        self.sign.set_badge_text(self._signatures)

    @property
    def _signatures(self) -> str:
        """“2 of 4” of the final report of the seal in force, empty before the first."""
        signed = signed_by(self._desk.visit)
        slots = len(signature_slots(self._desk.record.people))
        return f"{len(signed)} of {max(slots, len(signed))}" if signed else ""

    @property
    def state(self) -> str:
        """Of the next report: “DRAFT 3”, or “FINAL” once sealed with nothing open."""
        final = self._desk.record.seal is not None and not self._desk.record.conflicts
        return "FINAL" if final else f"DRAFT {report_version(self._desk.visit)}"

    # ---- documents ----------------------------------------------------------------------------------

    def export(self, kind: DocumentKind) -> None:
        """Ask where to, then draw it beside the person's work."""
        name = suggested_name(self._desk.visit, kind)
        path = self._desk.asking.save_as(self, _TITLES[kind], "export", name, _KINDS[kind])
        if path is not None:
            self.export_to(kind, path if path.suffix else path.with_suffix(kind.suffix))

    def export_to(self, kind: DocumentKind, path: Path) -> Job:
        return self.draw(kind, path, self._exported)

    def draw(self, kind: DocumentKind, path: Path, done: Callable[[Document], object]) -> Job:
        """What is changed while it is drawn comes into the next."""
        visit = self._desk.visit
        return self._run(
            _NAMES[kind],
            lambda report, is_cancelled: make(visit, kind, path, progress=report, cancelled=is_cancelled),
            done,
        )

    def draw_pages(self, done: Callable[[BinaryIO], object]) -> Job:
        """The report as it stands now, for the window; whoever gets it closes it."""
        visit = self._desk.visit
        return self._run(
            _NAMES[DocumentKind.REPORT],
            lambda report, is_cancelled: pages_of_report(visit, progress=report, cancelled=is_cancelled),
            done,
        )

    def _run(
        self, name: str, work: Callable[[Report, IsCancelled], Made], done: Callable[[Made], object]
    ) -> Job:
        panel = ProgressPanel(name, self)
        self._show_progress(panel)

        def made(result: Made) -> None:
            self._end(panel)
            done(result)

        def refused(refusal: Refusal) -> None:
            self._end(panel)
            self._desk.messages.refused(refusal)

        job = self._desk.jobs.run(
            name,
            work,
            done=made,
            refused=refused,
            on_progress=panel.set_progress,
            stopped=lambda: self._end(panel),
        )
        panel.cancelled.connect(job.cancel)
        return job

    def show_printing(self, run: PrintRun) -> None:
        """How far it is, and a way to stop it."""
        panel = ProgressPanel("Printing the report", self)
        self._show_progress(panel)
        run.moved.connect(panel.set_progress)
        panel.cancelled.connect(run.cancel)
        for ended in (run.done, run.refused, run.stopped):
            ended.connect(lambda *_: self._end(panel))

    def _show_progress(self, panel: ProgressPanel) -> None:
        """In view, also where a key began it further up the page or in the preview."""
        self._panel = panel
        self._progress.addWidget(panel)
        self._set_busy(True)
        self.begun.emit(panel)

    def _exported(self, document: Document) -> None:
        if not self._desk.visit.read_only:
            self._desk.act(lambda: record_export(self._desk.visit, document))
        thing = "page" if document.kind is DocumentKind.REPORT else "finding"
        about = count(document.extent, thing)
        self.made.show_file(document.path, f"Round {document.round}, {about}" if document.round else about)
        self._desk.messages.done(
            f"“{document.path.name}” is made, with {about}.",
            action="Open the folder",
            acted=lambda: show_in_folder(document.path),
        )
        self.refresh()

    def take_back(self) -> None:
        """What is under way is shown here again, wherever it was put."""
        if self._panel is not None:
            self._progress.addWidget(self._panel)

    def _end(self, panel: ProgressPanel) -> None:
        self.take_back()
        self._panel = None
        clear(self._progress)
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        for button in (self.preview, self.report, self.workbook, self.print):
            button.setEnabled(not busy)
