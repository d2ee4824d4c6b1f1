"""The report: where the network stands, what is still missing, the words at the end, and handing it over."""

from __future__ import annotations

from typing import BinaryIO

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.background.jobs import Job
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.progress import progress_of
from qsin_desktop.ui.commands import KeyHint, bind, cap
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.places import CHECK, RECOMMENDATION, RETURN, SIGN, Place
from qsin_desktop.ui.report_print import ReportPrinting
from qsin_desktop.ui.screens.parts import ScrollColumn, column
from qsin_desktop.ui.screens.report_hand_over import HandOverCard
from qsin_desktop.ui.screens.report_late import LateCard
from qsin_desktop.ui.screens.report_map import MapCard, SeriesCard
from qsin_desktop.ui.screens.report_missing import MissingCard
from qsin_desktop.ui.screens.report_preview import ReportPreview
from qsin_desktop.ui.screens.report_template import TemplateCard
from qsin_desktop.ui.screens.report_words import WordsCard
from qsin_desktop.ui.screens.rounds_card import RoundsCard
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.words import count

_SIDE = 380
_SOON = 150  # milliseconds: several changes in a row are shown once


class ReportScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.map, self.series = MapCard(desk, self), SeriesCard(desk, self)
        self.words = WordsCard(desk, self)
        self.missing, self.hand_over = MissingCard(desk, self), HandOverCard(desk, self)
        self.late = LateCard(desk, self)
        self.rounds = RoundsCard(desk, self)
        self.template = TemplateCard(desk, self)
        self.preview: ReportPreview | None = None
        self._changes = 0  # seen so far; making a document is none, it changes no report
        self.printing = ReportPrinting(desk, self.hand_over.draw_pages, self)
        self._stack = QStackedWidget(self)
        self.stale = False
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(_SOON)
        self.soon.timeout.connect(self._refresh)
        self._lay_out()
        self._connect()
        self.words.set_writable(desk.writable)

    def _lay_out(self) -> None:
        page = self._page = ScrollColumn(1560, self, margin=20)
        side = QWidget(self)
        side.setFixedWidth(look_of().px(_SIDE))
        beside = column(self.late, self.missing, self.hand_over, self.rounds, self.series, 1, gap=16)
        side.setLayout(beside)
        halves = QHBoxLayout()
        halves.setSpacing(20)
        halves.addLayout(column(self.map, self.words, self.template, 1, gap=16), 1)
        halves.addWidget(side)
        page.column.addLayout(halves)
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        self.hand_over.preview_asked.connect(self.make_preview)
        self.hand_over.begun.connect(self._bring)
        self.desk.feed.changed.connect(self._changed)
        bind(self, "report.preview", self.make_preview)
        bind(self, "report.export", self._export_report)
        bind(self, "report.workbook", lambda: self.hand_over.export(DocumentKind.WORKBOOK))
        for command, place in (("responses", RETURN), ("sign", SIGN), ("check", CHECK)):
            self._bind_place(command, place)
        self.hand_over.print_asked.connect(self.print_report)
        bind(self, "report.print", self.print_report)

    def _bind_place(self, command: str, place: str) -> None:
        bind(self, f"report.{command}", lambda: self.desk.go(Place(place)))

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint((cap("report.preview"),), "preview"),
            KeyHint((cap("report.export"),), "export the report"),
            KeyHint((cap("report.workbook"),), "export the workbook"),
            KeyHint((cap("report.responses"),), "read responses back"),
            KeyHint((cap("report.sign"),), "sign"),
        )

    @property
    def foot_words(self) -> str:
        record = self.desk.record
        progress = progress_of(record, record.pack.criteria)
        return f"{progress.rated} of {count(progress.criteria, 'criterion', 'criteria')} rated"

    def show_place(self, place: Place) -> None:
        if place.part == RECOMMENDATION:
            self._leave_preview()
            self._page.bring(self.words.take_focus())

    def flush(self) -> None:
        self.words.flush()

    def _changed(self, change: Change, _origin: object) -> None:
        """Counting what is missing looks at the whole visit: only while seen, and once for many changes."""
        if change.touches("seal"):
            self.hand_over.refresh()
            self.words.set_writable(self.desk.writable)
        if change.touches("visit"):
            self.words.refresh()
        self.stale = True
        if any(key.type != "export" for key in change.keys):
            self._changes += 1
            if self.preview is not None:
                self.preview.tell_changed(changed=True)
        if self.isVisible():
            self.soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """The preview goes with the screen: the report stays open no longer than it is seen."""
        super().hideEvent(event)
        if self.preview is not None and self._stack.currentWidget() is self.preview:
            self._leave_preview()

    def _refresh(self) -> None:
        self.stale = False
        if self.desk.left:
            return
        self.template.refresh()
        cards = (self.map, self.series, self.words, self.late, self.missing, self.hand_over, self.rounds)
        for card in cards:
            card.refresh()

    def _bring(self, panel: QWidget) -> None:
        """What has begun comes into sight, with room for what it says."""
        if self.preview is not None and self._stack.currentWidget() is self.preview:
            self.preview.hold(panel)
        else:
            self._page.bring(panel, room=48)

    # ---- the preview --------------------------------------------------------------------------------

    def make_preview(self) -> Job | None:
        if not self.hand_over.preview.isEnabled():
            return None
        self.flush()
        changes = self._changes
        return self.hand_over.draw_pages(lambda pages: self._show_preview(pages, changes))

    def _show_preview(self, pages: BinaryIO, changes: int) -> None:
        """`changes` had been seen when it was asked for."""
        if self.preview is None:
            self.preview = ReportPreview(self)
            self.preview.left.connect(self._leave_preview)
            self.preview.export_asked.connect(self._export_report)
            self.preview.print_asked.connect(self.print_report)
            self.preview.again_asked.connect(self.make_preview)
            self._stack.addWidget(self.preview)
        try:
            self.preview.show_pdf(pages)
        except Refusal as refusal:
            self.desk.messages.refused(refusal)
        else:
            self.preview.tell_changed(changed=changes != self._changes)
            self._stack.setCurrentWidget(self.preview)
            self.preview.view.setFocus()

    def _leave_preview(self) -> None:
        self._stack.setCurrentIndex(0)
        self.hand_over.take_back()
        if self.preview is not None:
            self.preview.close_pdf()
        self.hand_over.preview.setFocus()

    def _export_report(self) -> None:
        self.flush()
        self.hand_over.export(DocumentKind.REPORT)

    # ---- printing -----------------------------------------------------------------------------------

    def print_report(self) -> None:
        """The signed file where it lies ready, else the report as it stands now."""
        if self.hand_over.print.isEnabled():
            self.flush()
            self.printing.begin(self.hand_over.show_printing)
