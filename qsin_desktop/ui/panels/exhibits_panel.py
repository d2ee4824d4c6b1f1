"""The exhibits of a criterion: tiles, the chosen one's details, and the ways to bring in more.

.browse()   .browse_folder()   .paste()   .record_seen()   .cite_known()      as their keys do
.preview(link)   .save_copy(link)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from qsin_desktop.actions.evidence import Target, copy_out, uncite
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.marks import redacted
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.ui.commands import COMMANDS, cap, tip
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.attaching import Attaching
from qsin_desktop.ui.panels.cite_page import CitePage
from qsin_desktop.ui.panels.exhibit_detail import ExhibitDetail
from qsin_desktop.ui.panels.exhibit_tiles import Cited, ExhibitTiles
from qsin_desktop.ui.panels.preview_page import PreviewPage
from qsin_desktop.ui.panels.section_head import SectionHead
from qsin_desktop.ui.panels.seen_page import SeenDraft, SeenPage
from qsin_desktop.ui.panels.spot_panel import SpotPanel, received
from qsin_desktop.ui.panels.tab_order import tab_after
from qsin_desktop.ui.panels.withdrawn_exhibits import WithdrawnExhibits
from qsin_desktop.ui.widgets.button import IconButton
from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.progress_panel import ProgressPanel

_WAYS = ("walk.attach", "walk.attach_folder", "walk.paste", "walk.seen", "walk.cite")


class ExhibitsPanel(SpotPanel):
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._chosen = ""
        self.seen_draft = SeenDraft(desk.visit, "walk")
        self.attaching = Attaching(desk, self)
        self.head = SectionHead("Exhibits of this criterion", cap("walk.attach"), self)
        self.more_button = IconButton("plus", "Other ways to bring in evidence", parent=self)
        self.more_button.clicked.connect(self._offer_ways)
        self.head.add(self.more_button)
        self.tiles = ExhibitTiles(desk, self)
        self.detail = ExhibitDetail(desk, self)
        self.withdrawn = WithdrawnExhibits(desk, self)
        self.drop = DropArea(parent=self)
        self.drop.setToolTip(tip("walk.attach"))
        self.progress = ProgressPanel("Copying into the visit", self)
        self.progress.hide()
        self.attaching.moved.connect(self._show_progress)
        self.attaching.ended.connect(self.progress.hide)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.tiles.chosen.connect(self._choose)
        self.tiles.opened.connect(self.preview)
        self.tiles.menu_asked.connect(self._offer_acts)
        self.detail.opened.connect(self.preview)
        self.detail.saved_out.connect(self.save_copy)
        self.detail.uncited.connect(self.stop_citing)
        self.detail.left.connect(self.left)
        self.drop.files_dropped.connect(self.attach)
        self.drop.image_pasted.connect(self._attach_picture)
        self.drop.browse_asked.connect(self.browse)
        self.drop.refused.connect(self.desk.messages.refused)
        self.progress.cancelled.connect(self.attaching.stop)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.head, self.tiles, self.detail, self.withdrawn, self.drop, self.progress):
            column.addWidget(widget)

    # ---- showing ------------------------------------------------------------------------------------

    def show_spot(self, spot: RatingKey) -> None:
        if spot.criterion != self.spot.criterion:
            self._chosen = ""
            self.detail.put_away()
        self.spot = spot
        self.refresh()

    def refresh(self) -> None:
        self._show(from_colleague=False)

    def _show(self, *, from_colleague: bool) -> None:
        cited = self.cited
        self.tiles.show_cited(cited, self._chosen)
        self.withdrawn.show_criterion(self.spot.criterion)
        tab_after(self.more_button, self.tiles.stops)
        chosen = next((pair for pair in cited if pair[0].id == self._chosen), None)
        if chosen is None:
            self._chosen = ""
            self.detail.put_away()
        else:
            self.detail.show_link(*chosen, from_colleague=from_colleague)

    @property
    def cited(self) -> list[Cited]:
        links = self.record.links(criterion=self.spot.criterion)
        found = ((link, self.record.exhibit(link.exhibit)) for link in links)
        return [(link, exhibit) for link, exhibit in found if exhibit is not None]

    def take(self, change: Change, origin: QObject | None) -> None:
        here = {link.id for link, _ in self.cited} | {tile for tile in (self._chosen,) if tile}
        for key in change.keys:
            gone = key.type == "link" and self.tiles.tile_of(key.entity) is not None
            if key.type == "exhibit" or gone or (key.type == "link" and key.entity in here):
                self._show(from_colleague=received(change))
                return

    def flush(self) -> None:
        self.detail.flush()

    def set_writable(self, writable: bool) -> None:
        super().set_writable(writable)
        self.drop.setVisible(writable)
        self.more_button.setVisible(writable)
        self.head.set_key_shown(writable)
        self.detail.set_writable(writable)

    # ---- one of them --------------------------------------------------------------------------------

    def _choose(self, link: str) -> None:
        """Pressed again, it is chosen no longer."""
        self.detail.flush()
        self._chosen = "" if link == self._chosen else link
        self.refresh()

    def _exhibit_of(self, link: str) -> Exhibit | None:
        found = self.record.link(link)
        return self.record.exhibit(found.exhibit) if found else None

    def preview(self, link: str) -> None:
        exhibit = self._exhibit_of(link)
        if exhibit is not None:
            page = PreviewPage(self.desk, exhibit, self)
            page.save_asked.connect(lambda: self.save_copy(link))
            page.open()

    def save_copy(self, link: str) -> None:
        exhibit = self._exhibit_of(link)
        if exhibit is None or exhibit.seen is not None:
            return
        title = f"Save an unprotected copy of {exhibit.number}"
        path = self.desk.asking.save_as(self, title, "copy", exhibit.name)
        if path is not None:
            self._copy_to(exhibit, path)

    def _copy_to(self, exhibit: Exhibit, path: Path) -> None:
        visit, messages = self.desk.visit, self.desk.messages
        where = f"The copy of {exhibit.number} in “{path.parent.name}”"
        shows = " and shows what is redacted" if redacted(exhibit.marks) else ""
        warning = f"{where} is not protected by the visit's passphrase{shows}."
        self.desk.jobs.run(
            f"Saving a copy of {exhibit.number}",
            lambda _report, _is_cancelled: copy_out(visit, exhibit, path),
            done=lambda _none: messages.warning(warning),
            refused=messages.refused,
        )

    def stop_citing(self, link: str) -> None:
        exhibit = self._exhibit_of(link)
        self.detail.flush()
        if exhibit is not None and self.desk.act(lambda: uncite(self.desk.visit, link=link)) is not None:
            self.desk.messages.done(
                f"{exhibit.number} is no longer cited here; it stays an exhibit.", undo=True
            )

    def _offer_acts(self, link: str, at: QPoint) -> None:
        exhibit = self._exhibit_of(link)
        if exhibit is None:
            return
        menu = QMenu(self)
        menu.addAction("Preview", lambda: self.preview(link))
        if exhibit.seen is None:
            menu.addAction("Save a copy…", lambda: self.save_copy(link))
        if self.writable:
            menu.addAction("No longer cite here", lambda: self.stop_citing(link))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # ---- more of them -------------------------------------------------------------------------------

    @property
    def _target(self) -> Target:
        return Target(criterion=self.spot.criterion)

    def attach(self, paths: Sequence[Path]) -> None:
        if self.writable and paths:
            self.attaching.files(paths, self._target)

    def _attach_picture(self, image: QImage) -> None:
        if self.writable:
            self.attaching.picture(image, self._target)

    def browse(self) -> None:
        if self.writable:
            self.attach(self.desk.asking.files(self, "Attach files", "attach"))

    def browse_folder(self) -> None:
        folder = self.desk.asking.folder(self, "Attach a folder", "attach") if self.writable else None
        if folder is not None:
            self.attach([folder])

    def paste(self) -> None:
        if self.writable and not self.drop.paste():
            self.desk.messages.refused(
                "The clipboard holds neither a file nor a picture. Nothing was attached."
            )

    def record_seen(self) -> None:
        if self.writable:
            SeenPage(self.desk, self._target, self.seen_draft, self).open()

    def cite_known(self) -> None:
        if self.writable:
            CitePage(self.desk, self._target, self).open()

    def _offer_ways(self) -> None:
        menu = QMenu(self)
        acts = (self.browse, self.browse_folder, self.paste, self.record_seen, self.cite_known)
        words = (
            "Files…",
            "A folder…",
            "From the clipboard",
            "A document seen, not copied…",
            "An exhibit that is here already…",
        )
        for command, text, act in zip(_WAYS, words, acts, strict=True):
            keys = COMMANDS[command].all_keys
            menu.addAction(f"{text}\t{keys[0]}" if keys else text, act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _show_progress(self, done: int, total: int, detail: str) -> None:
        self.progress.set_progress(done, total, detail)
        self.progress.cancel_button.setEnabled(True)
        self.progress.show()
