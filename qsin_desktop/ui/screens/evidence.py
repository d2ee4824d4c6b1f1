"""All exhibits of the visit: a grid to filter, the chosen one beside it, and every way to bring in more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from qsin_desktop.actions.evidence import Target, copy_out
from qsin_desktop.background.jobs import Job
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.marks import redacted
from qsin_desktop.ui.commands import KeyHint, bind, cap
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.attaching import Attaching
from qsin_desktop.ui.panels.mark_page import MarkPage, open_marks
from qsin_desktop.ui.panels.preview_page import PreviewPage
from qsin_desktop.ui.panels.seen_page import SeenDraft, SeenPage
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.evidence_detail import EvidenceDetail
from qsin_desktop.ui.screens.evidence_grid import EvidenceGrid
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel
from qsin_desktop.ui.words import count

_NOWHERE = Target()
_SIDE = 400


class EvidenceScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.seen_draft = SeenDraft(desk.visit, "evidence")
        self.attaching = Attaching(desk, self)
        self.grid, self.detail = EvidenceGrid(desk, self), EvidenceDetail(desk, self)
        sentence = "Attach files, drop them here, or paste a screenshot. On the walk they are cited at once."
        self._none = EmptyState("image", "No evidence yet", sentence, "Attach files", "upload", self)
        self._choose = EmptyState("image", "Choose an exhibit", "Where it is cited shows here.", parent=self)
        self._beside = QStackedWidget(self)
        self.progress = ProgressPanel("Copying into the visit", self)
        self.progress.hide()
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        for page in (self._none, self._choose, self.detail):
            self._beside.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self._beside)
        self.grid.add_below(self.progress)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text in a small window the exhibit takes half, and what is in it wraps."""
        super().resizeEvent(event)
        self._beside.setFixedWidth(min(look_of().px(_SIDE), self.width() // 2))

    def _connect(self) -> None:
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(self.preview)
        self.grid.attach.clicked.connect(self.browse)
        self.grid.seen.clicked.connect(self.record_seen)
        self._none.acted.connect(self.browse)
        self.grid.drop.files_dropped.connect(self.attach)
        self.grid.drop.image_pasted.connect(self._attach_picture)
        self.grid.drop.browse_asked.connect(self.browse)
        self.grid.drop.refused.connect(self.desk.messages.refused)
        self.detail.opened.connect(self.preview)
        self.detail.save_asked.connect(self.save_copy)
        self.detail.mark_asked.connect(self.mark)
        self.attaching.moved.connect(self._show_progress)
        self.attaching.ended.connect(self.progress.hide)
        self.progress.cancelled.connect(self.attaching.stop)
        self.desk.feed.changed.connect(self._changed)
        for command, slot in (
            ("evidence.attach", self.browse),
            ("evidence.attach_folder", self.browse_folder),
            ("evidence.paste", self.paste),
            ("evidence.seen", self.record_seen),
            ("evidence.filter", self.grid.search.select),
            ("evidence.save", lambda: self.save_copy(self.grid.exhibit)),
            ("evidence.mark", lambda: self.mark(self.grid.exhibit)),
        ):
            bind(self, command, slot)

    # ---- what is shown ------------------------------------------------------------------------------

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return (
            KeyHint((cap("evidence.attach"),), "attach files"),
            KeyHint((cap("evidence.attach_folder"),), "a folder"),
            KeyHint((cap("evidence.paste"),), "paste"),
            KeyHint((cap("evidence.seen"),), "seen, not copied"),
            KeyHint((cap("evidence.mark"),), "mark a photo"),
            KeyHint((cap("evidence.filter"),), "filter"),
        )

    @property
    def foot_words(self) -> str:
        every = self.desk.record.exhibits(withdrawn=True)
        withdrawn = sum(bool(exhibit.withdrawn) for exhibit in every)
        more = f", {withdrawn} withdrawn" if withdrawn else ""
        return count(len(every) - withdrawn, "exhibit") + more

    def show_place(self, place: Place) -> None:
        if place.exhibit:
            self.grid.choose(place.exhibit)
        elif not self.grid.exhibit and self.grid.model.exhibits:
            self.grid.choose(self.grid.model.exhibits[0].id)
        self.grid.view.setFocus()

    def flush(self) -> None:
        self.detail.flush()

    def _changed(self, change: Change, _origin: object) -> None:
        if any(change.touches(type_) for type_ in ("exhibit", "link", "finding", "seal")):
            self._refresh()

    def _refresh(self) -> None:
        self.grid.refresh()
        for widget in (self.grid.attach, self.grid.seen, self._none.button):
            widget.setEnabled(self.desk.writable)
        self.grid.drop.setVisible(self.desk.writable)
        self._chosen(self.grid.exhibit)

    def _chosen(self, exhibit: str) -> None:
        self.detail.show_exhibit(exhibit)
        if not self.desk.record.exhibits(withdrawn=True):
            self._beside.setCurrentWidget(self._none)
        elif self.detail.exhibit is None:
            self._beside.setCurrentWidget(self._choose)
        else:
            self._beside.setCurrentWidget(self.detail)

    def _show_progress(self, done: int, total: int, words: str) -> None:
        self.progress.show()
        self.progress.set_progress(done, total, words)

    # ---- bringing in --------------------------------------------------------------------------------

    def browse(self) -> None:
        if self.desk.writable:
            self.attach(self.desk.asking.files(self, "Attach files", "attach"))

    def browse_folder(self) -> None:
        folder = self.desk.asking.folder(self, "Attach a folder", "attach") if self.desk.writable else None
        self.attach((folder,) if folder else ())

    def attach(self, paths: Sequence[Path]) -> None:
        if paths and self.desk.writable:
            self.attaching.files(paths, _NOWHERE)

    def paste(self) -> None:
        if self.desk.writable and not self.grid.drop.paste():
            self.desk.messages.refused("The clipboard holds neither a file nor a picture; copy one first.")

    def _attach_picture(self, image: QImage) -> None:
        if self.desk.writable:
            self.attaching.picture(image, _NOWHERE)

    def record_seen(self) -> SeenPage | None:
        if not self.desk.writable:
            return None
        page = SeenPage(self.desk, _NOWHERE, self.seen_draft, self)
        page.open()
        return page

    # ---- one of them --------------------------------------------------------------------------------

    def preview(self, exhibit: str) -> PreviewPage | None:
        found = self.desk.record.exhibit(exhibit)
        if found is None:
            return None
        page = PreviewPage(self.desk, found, self)
        page.save_asked.connect(lambda: self.save_copy(exhibit))
        page.open()
        return page

    def mark(self, exhibit: str) -> MarkPage | None:
        return open_marks(self.desk, exhibit, self)

    def save_copy(self, exhibit: str) -> Job | None:
        found = self.desk.record.exhibit(exhibit)
        if found is None or found.seen is not None:
            return None
        title = f"Save an unprotected copy of {found.number}"
        path = self.desk.asking.save_as(self, title, "copy", found.name)
        if path is None:
            return None
        visit = self.desk.visit
        return self.desk.jobs.run(
            f"Saving a copy of {found.number}",
            lambda _report, _is_cancelled: copy_out(visit, found, path),
            done=lambda _nothing: self._copied(found, path),
            refused=self.desk.messages.refused,
        )

    def _copied(self, exhibit: Exhibit, path: Path) -> None:
        words = f"A copy of {exhibit.number} is at “{path.name}”."
        if redacted(exhibit.marks):
            self.desk.messages.warning(f"{words} It is the file as it came and shows what is redacted.")
        else:
            self.desk.messages.done(words)
