"""Small pictures of exhibits for tiles: those made before at once, the others when a job has made them.

shelf = PictureShelf(desk)
shelf.picture(exhibit) -> QPixmap | None    None too while it is being made
shelf.arrived = Signal(str)                 the exhibit's id: ask again
shelf.look_only_at(ids)                     give up the others
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap
from shiboken6 import isValid

from qsin_desktop.actions.pictures import TILE, kept_picture, picture_of
from qsin_desktop.background.jobs import Job
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.marks import Mark
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.exhibit_face import PICTURED

_MOST = 300  # pictures kept in memory, about 300 KB each


class PictureShelf(QObject):
    arrived = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: OrderedDict[str, tuple[tuple[Mark, ...], QPixmap | None]] = OrderedDict()
        self._asked: dict[str, Job] = {}
        desk.exhibit_states.changed.connect(self._states_changed)

    def picture(self, exhibit: Exhibit) -> QPixmap | None:
        if exhibit.group not in PICTURED:
            return None
        marks, pixmap = self._kept.get(exhibit.id, ((), None))
        if exhibit.id in self._kept and marks == exhibit.marks:
            self._kept.move_to_end(exhibit.id)
            return pixmap
        made = kept_picture(self._desk.visit, exhibit)
        if made is not None:
            return self._keep(exhibit, made)
        if not self._desk.exhibit_states.mark(exhibit):
            self._ask(exhibit)
        return None

    def _keep(self, exhibit: Exhibit, made: bytes | None) -> QPixmap | None:
        """None is kept too: there is no picture to be had."""
        pixmap = QPixmap()
        shown = pixmap if made and pixmap.loadFromData(made) else None
        self._kept[exhibit.id] = (exhibit.marks, shown)
        while len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return shown

    def _ask(self, exhibit: Exhibit) -> None:
        if exhibit.id in self._asked:
            return
        make = picture_of(self._desk.visit, TILE)
        self._asked[exhibit.id] = self._desk.jobs.run(
            "Making small pictures",
            lambda _report, is_cancelled: None if is_cancelled() else (make(exhibit) or b""),
            done=lambda made: self._came(exhibit, made),
            refused=lambda refusal: self._refused(exhibit, refusal),
            aside=True,
        )

    def _came(self, exhibit: Exhibit, made: bytes | None) -> None:
        self._asked.pop(exhibit.id, None)
        if made is not None and isValid(self):
            self._keep(exhibit, made)
            self.arrived.emit(exhibit.id)
            if not made:
                self._desk.exhibit_states.look(exhibit)

    def _refused(self, exhibit: Exhibit, _refusal: Refusal) -> None:
        """The icon of its kind stands in; opening the exhibit tells what is wrong with it."""
        self._asked.pop(exhibit.id, None)
        self._keep(exhibit, None)
        self._desk.exhibit_states.look(exhibit)

    def _states_changed(self) -> None:
        """A file that came since may have its picture now."""
        for exhibit_id in [one for one, (_, pixmap) in self._kept.items() if pixmap is None]:
            del self._kept[exhibit_id]

    def look_only_at(self, exhibit_ids: Collection[str]) -> None:
        for exhibit_id in [asked for asked in self._asked if asked not in exhibit_ids]:
            self._asked.pop(exhibit_id).cancel()
