"""The workbook that came home: looked into, shown difference by difference, taken over as one act."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.actions.backing_up import back_up_first, first_due
from qsin_desktop.actions.reporting import take_snapshot
from qsin_desktop.actions.returning import (
    PreparedFiles,
    ReturnPreview,
    applying_return,
    prepare_evidence,
    read_preview,
)
from qsin_desktop.background.jobs import IsCancelled, Job, Report
from qsin_desktop.background.own_thread import GivenUp
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.commands import KeyHint, bind, cap, takes_typing
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import FINDINGS, REPORT, Place
from qsin_desktop.ui.screens.returned_preview import PreviewPage
from qsin_desktop.ui.screens.returned_recording import AT_ONCE, RECORDING, record, run_through
from qsin_desktop.ui.screens.returned_start import ReturnStart
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.words import count

WORKBOOKS = "Excel workbooks (*.xlsx *.xlsm);;All files (*)"
_READING, _ATTACHING, _FIRST = "Reading the answers", "Copying the evidence", "Making a backup first"


class ReturnScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.start = ReturnStart(desk, self)
        self.page = PreviewPage(self)
        self.read_now: ReturnPreview | None = None
        self._folder: Path | None = None
        self._job: Job | None = None
        self._stack = QStackedWidget(self)
        for page in (self.start, self.page):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        self.start.file_asked.connect(self.ask_file)
        self.start.files_dropped.connect(self.take)
        self.start.left.connect(self.leave)
        self.page.left.connect(self.leave)
        self.page.apply_asked.connect(self.apply)
        self.page.evidence.folder_asked.connect(self.ask_folder)
        self.desk.feed.changed.connect(self._changed)
        bind(self, "return.open", self.ask_file)
        bind(self, "return.apply", self.apply)
        bind(self, "return.all", self._turn_all)

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        if self.read_now is None:
            return (KeyHint((cap("return.open"),), "choose the workbook"),)
        return (
            KeyHint(("Space",), "tick"),
            KeyHint((cap("return.all"),), "all or none"),
            KeyHint((cap("return.apply"),), "read in"),
            KeyHint((cap("return.open"),), "another workbook"),
        )

    @property
    def foot_words(self) -> str:
        back = self.read_now.back if self.read_now else None
        return f"{count(back.rows, 'finding')} in the file" if back else ""

    def show_place(self, place: Place) -> None:
        if place.file is not None:
            self.take((place.file,))
        elif self.read_now is None:
            self._show_start()

    def _show_start(self) -> None:
        self.read_now = None
        self._stack.setCurrentWidget(self.start)
        self.start.refresh()
        self.start.drop.setFocus()
        self.hints_changed.emit()

    def _changed(self, change: Change, origin: object) -> None:
        """What stood when the file was compared may stand no more: compare again."""
        self.start.refresh()
        touched = any(change.touches(type_) for type_ in ("response", "round", "finding"))
        if origin is not self and touched and self.read_now is not None and self._job is None:
            self.read(self.read_now.path, self._folder)

    def leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.read_now, self._folder = None, None
        self._stack.setCurrentWidget(self.start)
        self.desk.go(Place(REPORT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a box first, then the page."""
        if event.key() == Qt.Key.Key_Escape and not takes_typing(QApplication.focusWidget()):
            self.leave()
        else:
            super().keyPressEvent(event)

    def _turn_all(self) -> None:
        if self.read_now is not None:
            self.page.differences.turn_all()

    # ---- looking into a file ------------------------------------------------------------------------

    def ask_file(self) -> None:
        title = "Read the network's workbook"
        path = self.desk.asking.file(self, title, "responses", WORKBOOKS)
        if path is not None:
            self.take((path,))

    def ask_folder(self) -> None:
        beside = self.read_now.path.parent if self.read_now is not None else None
        title = "The folder that came with the answers"
        path = self.desk.asking.folder(self, title, "responses evidence", beside)
        if path is not None:
            self.take((path,))

    def take(self, paths: tuple[Path, ...]) -> None:
        """A workbook, or beside one the folder with its evidence; dropped or chosen."""
        folders = [path for path in paths if path.is_dir()]
        files = [path for path in paths if path not in folders]
        if files:
            self.read(files[0], folders[0] if folders else None)
        elif folders and self.read_now is not None:
            self.read(self.read_now.path, folders[0])
        elif folders:
            self.start.refuse("Choose the workbook first; then the folder with its evidence can be added.")

    def read(self, path: Path, folder: Path | None = None) -> Job | None:
        """Compare the file with the visit as it stands now. Nothing is written."""
        if self._job is not None:
            return None
        self.flush()
        snapshot = take_snapshot(self.desk.visit)
        panel = self._show_progress(_READING)
        self._job = self.desk.jobs.run(
            _READING,
            lambda report, is_cancelled: read_preview(
                snapshot, path, evidence=folder, progress=report, cancelled=is_cancelled
            ),
            done=lambda preview: self._show(preview, folder),
            refused=self._refused,
            on_progress=panel.set_progress,
            stopped=self._stopped,
        )
        panel.cancelled.connect(self._job.cancel)
        return self._job

    def _show(self, preview: ReturnPreview, folder: Path | None) -> None:
        """After another look the evidence page stays in front, if that is what was asked for."""
        self._end()
        again = self.read_now is not None and self.read_now.path == preview.path
        self.read_now, self._folder = preview, folder
        writable = not self.desk.visit.read_only
        self.page.show_preview(preview, folder.name if folder else "", writable=writable, again=again)
        self._stack.setCurrentWidget(self.page)
        self.page.focus_shown()
        self.hints_changed.emit()

    def _refused(self, refusal: Refusal) -> None:
        """In place; what is looked at already stays, with its ticks."""
        if self.read_now is not None:
            self._refused_applying(refusal)
            return
        self._end()
        self._show_start()
        self.start.refuse(refusal.sentence)

    def _stopped(self) -> None:
        self._end()
        if self.read_now is None:
            self._show_start()
        else:
            self._stack.setCurrentWidget(self.page)
            self.page.focus_shown()

    # ---- taking over --------------------------------------------------------------------------------

    def apply(self) -> None:
        """All that is ticked, with the files that are ticked, as one act."""
        preview = self.read_now
        if preview is None or self._job is not None or not self.page.apply.isEnabled():
            return
        files = self.page.evidence.list.rows.chosen
        visit = self.desk.visit
        if not files and not first_due(visit):
            self._write(preview, {})
            return
        panel = self._show_progress(_ATTACHING if files else _FIRST)
        pieces = visit.pieces

        def work(report: Report, is_cancelled: IsCancelled) -> tuple[str, PreparedFiles]:
            said = back_up_first(visit)
            prepared = prepare_evidence(pieces, files, progress=report, cancelled=is_cancelled)
            if is_cancelled():
                raise GivenUp
            return said, prepared

        self._job = self.desk.jobs.run(
            _ATTACHING if files else _FIRST,
            work,
            done=lambda made: self._write(preview, made[1], said=made[0]),
            refused=self._refused_applying,
            on_progress=panel.set_progress,
            stopped=self._stopped,
        )
        panel.cancelled.connect(self._job.cancel)

    def _refused_applying(self, refusal: Refusal) -> None:
        self._end()
        self._stack.setCurrentWidget(self.page)
        self.page.refuse(refusal.sentence)
        self.page.focus_shown()

    def _write(self, preview: ReturnPreview, prepared: PreparedFiles, *, said: str = "") -> None:
        self._end()
        self.desk.visit.end_typing()
        chosen, files = self.page.differences.model.chosen, self.page.evidence.list.rows.chosen
        steps = applying_return(
            self.desk.visit, preview, differences=chosen, evidence=files, prepared=prepared
        )
        if len(chosen) + len(files) <= AT_ONCE:
            self._record_now(preview, lambda: run_through(steps), said)
            return
        panel = self._show_progress(RECORDING)
        self._job = record(
            self.desk,
            steps,
            done=lambda change: self._record_now(preview, lambda: change, said),
            refused=self._refused_applying,
            stopped=self._stopped,
            on_progress=panel.set_progress,
        )
        panel.cancelled.connect(self._job.cancel)

    def _record_now(self, preview: ReturnPreview, action: Callable[[], Change], said: str) -> None:
        self._end()
        try:
            change = self.desk.act(action, origin=self, show=False)
        except Refusal as refusal:
            self._refused_applying(refusal)
            return
        if change is not None:
            self._tell(preview, change, said)

    def _tell(self, preview: ReturnPreview, change: Change, said: str) -> None:
        if not change.keys:
            self.page.refuse("Nothing new was chosen, so nothing was read in.")
            return
        answered = next((d.finding for d in self.page.differences.model.chosen), "")
        self.read_now, self._folder = None, None
        self._show_start()
        self.desk.go(Place(FINDINGS, finding=answered))
        self.desk.messages.done(f"{change.name}. {said}".strip(), undo=True)

    # ---- long work ----------------------------------------------------------------------------------

    def _show_progress(self, name: str) -> ProgressPanel:
        page = self.page if self.read_now is not None else self.start
        self._stack.setCurrentWidget(page)
        panel = page.show_progress(name)
        panel.cancel_button.setFocus(Qt.FocusReason.TabFocusReason)  # what had it rests meanwhile
        return panel

    def _end(self) -> None:
        self._job = None
        for page in (self.start, self.page):
            page.end_progress()
