"""Signatures on the report: which file, who signs, with what, and how it looks on the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.report_files import report_in, signed_by
from qsin_desktop.actions.reporting import DocumentKind, suggested_name
from qsin_desktop.actions.sealing import PointsOpen, refuse_what_blocks
from qsin_desktop.actions.signing import SignedFile, signable_fields
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import SignatureField, signature_slots
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.commands import KeyHint, bind, cap, takes_typing, tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.point_reasons import PointReasons
from qsin_desktop.ui.opening_files import show_in_folder
from qsin_desktop.ui.places import REPORT, Place
from qsin_desktop.ui.screens.page_head import PageHead
from qsin_desktop.ui.screens.parts import Field, ScrollColumn, clear, column, row
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.screens.signing_credential import CredentialCard
from qsin_desktop.ui.screens.signing_file import ReportFileCard
from qsin_desktop.ui.screens.signing_look import LookCard
from qsin_desktop.ui.screens.signing_signers import SignersCard
from qsin_desktop.ui.screens.signing_timestamp import TimestampCard
from qsin_desktop.ui.signing_run import Order, SigningRun
from qsin_desktop.ui.widgets.announce import announce
from qsin_desktop.ui.widgets.button import primary, quiet
from qsin_desktop.ui.widgets.card import Card, NoticeBox
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel

_PDF = "PDF documents (*.pdf)"
_NO_LEAD_YET = "Signs after the lead assessor, who certifies the report."


class SignScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.path: Path | None = None
        self._run: SigningRun | None = None
        self._place: Path | None = None  # chosen for the final report, and not used yet
        self.report = ReportFileCard(desk, self)
        self.signers = SignersCard(self)
        self.timestamp = TimestampCard(desk, self)
        self.credential = CredentialCard(desk, self)
        self.look = LookCard(desk, self)
        self.reason_box = GrowingTextEdit("Reason to seal it all the same", "", 2, 6, self)
        self.reason = Field("Reason to seal it all the same", self.reason_box, parent=self)
        self.incomplete = Card("The visit is not complete", padding=16, parent=self)
        self.incomplete.body.addWidget(self.reason)
        self.each = quiet("A reason for each point…", "note", self)
        self.incomplete.body.addLayout(row(self.each, 1))
        self.refused = NoticeBox(Tone.NOT_MET, "", "", self)
        self.sign = primary("Sign", "sign", self)
        self.sign.setToolTip(tip("sign.sign"))
        self._head = PageHead("Sign the report", self, self.sign)
        self._progress = QVBoxLayout()
        self._page = ScrollColumn(1180, self, margin=20)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for part in (self.incomplete, self.refused):
            part.hide()
        page = self._page
        halves = QHBoxLayout()
        halves.setSpacing(20)
        left = column(self.report, self.signers, 1, gap=16)
        above = column(self.refused, self.incomplete, self._progress, gap=16)
        right = column(above, self.credential, self.look, self.timestamp, 1, gap=16)
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        page.column.addLayout(halves)
        page.column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(page, 1)

    def _connect(self) -> None:
        self._head.left.connect(self.leave)
        self.report.file_asked.connect(self.ask_file)
        self.report.new_asked.connect(lambda: self.show_report(None, new=True))
        self.signers.chosen.connect(self._show_signer)
        self.timestamp.busy.connect(self._set_stamping)
        self.timestamp.told.connect(lambda: self._page.bring(self.timestamp))
        self.timestamp.stamped.connect(lambda stamped: self.show_report(stamped.path))
        self.sign.clicked.connect(self.go)
        self.each.clicked.connect(self.ask_each)
        bind(self, "sign.sign", self.go)

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return (KeyHint((cap("sign.sign"),), "sign"),)

    def show_place(self, place: Place) -> None:
        """The report that was made or signed last, if it lies where reports are put."""
        if self._run is not None or self.timestamp.job is not None:
            return
        folder = self.desk.asking.folder_of("export")
        self.show_report(place.file or self.path or report_in(self.desk.visit, folder))
        self.signers.setFocus()

    def show_report(self, path: Path | None, *, new: bool = False) -> None:
        """None: the final report is still to be made, which only the lead can do, or made again if `new`."""
        self._tell("")
        self._place = None
        self.incomplete.hide()
        try:
            fields = signable_fields(self.desk.visit, path) if path else ()
        except Refusal as refusal:
            self._tell(refusal.sentence)
            path, fields = None, ()
        self.path = path if fields else None
        if path is not None and not fields:
            self._tell(f"“{path.name}” is a draft, and drafts are not signed. Make the final report.")
        elif path is None and self.refused.isHidden():
            self._tell(self._blocked())
        self.report.show_report(self.path, fields, () if new else signed_by(self.desk.visit))
        self.timestamp.show_report(self.path, sum(field.signed for field in fields))
        self.signers.show_fields(fields or self._fields_to_be())

    def _blocked(self) -> str:
        """What stops the seal, and with it the final report that is still to be made."""
        if self.path is not None or self.desk.record.seal is not None or not self.desk.visit.i_lead:
            return ""
        try:
            refuse_what_blocks(self.desk.visit, closing_points(self.desk.visit))
        except Refusal as refusal:
            return refusal.sentence
        return ""

    def _fields_to_be(self) -> tuple[SignatureField, ...]:
        """Of the final report before it is made."""
        lead = "" if self.desk.visit.i_lead else "The lead assessor makes and certifies the final report."
        return tuple(
            SignatureField(slot, "", lead if slot.role is Role.LEAD else _NO_LEAD_YET)
            for slot in signature_slots(self.desk.record.people)
        )

    def _show_signer(self, field: SignatureField | None) -> None:
        able = field is not None and not self.desk.visit.read_only
        for card in (self.credential, self.look):
            card.setEnabled(able)
            card.setHidden(self.signers.all_signed)
        if field is None:
            self.sign.setText("All have signed" if self.signers.all_signed else "Nobody can sign now")
        else:
            name, whom = field.slot.name, field.slot.whom
            person = next((p for p in self.desk.record.people if p.id == field.slot.person), None)
            self.credential.for_person(name, person.organisation if person else "")
            self.look.for_person(name)
            self.sign.setText(f"Sign as {whom}" if self.path else f"Make the final report and sign as {whom}")
        self.sign.setEnabled(able)
        self.sign.updateGeometry()

    def _tell(self, sentence: str) -> None:
        self.refused.set_words("", sentence)
        self.refused.setVisible(bool(sentence))
        if sentence:
            self._page.bring(self.refused)
            announce(self, sentence, urgent=True)

    def ask_file(self) -> None:
        path = self.desk.asking.file(self, "The report to sign", "export", _PDF)
        if path is not None:
            self.show_report(path)

    def ask_each(self) -> PointReasons:
        page = PointReasons(self.desk, closing_points(self.desk.visit), self)
        page.open()
        return page

    def leave(self) -> None:
        if self._run is not None:
            self._run.cancel()
        self.timestamp.cancel()
        self.credential.forget()
        self.desk.go(Place(REPORT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a box first, then the page."""
        if event.key() == Qt.Key.Key_Escape and not takes_typing(QApplication.focusWidget()):
            self.leave()
        else:
            super().keyPressEvent(event)

    # ---- signing ------------------------------------------------------------------------------------

    def go(self) -> None:
        """Everything that is lacking is told before anything is sealed or written."""
        field = self.signers.field
        if field is None or self._run is not None or not self.sign.isEnabled():
            return
        self._tell(self._blocked())
        self.credential.refused.hide()
        if not self.refused.isHidden():
            return
        try:
            opener = self.credential.opener()
        except Refusal as refusal:
            self.credential.refuse(refusal.sentence)
            return
        try:
            appearance = self.look.appearance
        except Refusal as refusal:
            self._tell(refusal.sentence)
            return
        path = self.path or self._place or self._ask_new()
        if path is None:
            return
        self._place = None if self.path else path
        order = Order(
            opener,
            field.slot.field,
            appearance,
            path,
            make=self.path is None,
            in_spite_of=self.reason_box.text() if not self.incomplete.isHidden() else "",
        )
        self._begin(SigningRun(self.desk, order, self))

    def _ask_new(self) -> Path | None:
        name = suggested_name(self.desk.visit, DocumentKind.REPORT)
        path = self.desk.asking.save_as(self, "Where the final report is put", "export", name, _PDF)
        return path if path is None or path.suffix else path.with_suffix(".pdf")

    def _begin(self, run: SigningRun) -> None:
        self._run = run
        self._set_busy(True)
        run.step.connect(self._show_step)
        run.signed.connect(self._signed)
        run.refused.connect(self._refused)
        run.stopped.connect(self._stopped)
        run.begin()

    def _show_step(self, name: str) -> None:
        clear(self._progress)
        panel = ProgressPanel(name, self)
        self._progress.addWidget(panel)
        self._page.bring(panel)
        if self._run is not None:
            self._run.moved.connect(panel.set_progress)
            panel.cancelled.connect(self._run.cancel)

    def _end(self) -> None:
        if self._run is not None:
            self._run.deleteLater()
        self._run = None
        clear(self._progress)
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        for card in (self.report, self.signers, self.timestamp, self.credential, self.look, self.sign):
            card.setEnabled(not busy)

    def _set_stamping(self, stamping: bool) -> None:
        """Two hands do not write one file at a time. The card in which it was asked for stays in view."""
        self._page.bring(self.timestamp)
        for card in (self.report, self.signers, self.credential, self.look, self.sign):
            card.setEnabled(not stamping)
        if not stamping:
            self._show_signer(self.signers.field)

    def _signed(self, signed: SignedFile) -> None:
        self._place = None
        self._end()
        self.credential.forget()
        self.look.pad.clear()
        self.show_report(signed.path)
        self.desk.messages.done(
            f"“{signed.path.name}” is signed by {signed.name}.",
            action="Show it in its folder",
            acted=lambda: show_in_folder(signed.path),
        )

    def _refused(self, refusal: Refusal) -> None:
        """Sealing an incomplete visit wants a reason, which is asked for here; all else is told."""
        order_path = self.path
        if self._run is not None and self._run.tried:
            self._place = None
        self._end()
        self._show_signer(self.signers.field)
        if isinstance(refusal, PointsOpen):
            self.incomplete.show()
            self._page.bring(self.incomplete)
            self.reason.refuse(refusal.sentence)
            self.reason_box.setFocus()
            return
        if order_path is None and self.desk.record.seal is not None:
            self._after_a_seal()
        self._tell(refusal.sentence)
        self.credential.focus_secret()

    def _stopped(self) -> None:
        self._end()
        self._after_a_seal()

    def _after_a_seal(self) -> None:
        """The visit may be sealed and the report made by now: go on from there."""
        self.show_report(self.path or report_in(self.desk.visit, self.desk.asking.folder_of("export")))
