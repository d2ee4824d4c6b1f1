"""The exhibits of a criterion as tiles, two or more in a row, one of them chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from qsin_desktop.domain.evidence import Exhibit, ExhibitLink
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.panels.exhibit_face import face_of
from qsin_desktop.ui.panels.picture_shelf import PictureShelf
from qsin_desktop.ui.panels.tab_order import tab_after
from qsin_desktop.ui.widgets.flow_layout import FlowLayout
from qsin_desktop.ui.widgets.thumbnail import Face, Thumbnail, tile_size

Cited = tuple[ExhibitLink, Exhibit]


class _Tile(Thumbnail):
    """Keeps no picture itself: hundreds may be cited in one place, and a few are in sight."""

    def __init__(self, parent: QWidget, picture: Callable[[str], QPixmap | None]) -> None:
        super().__init__(face_of(Exhibit("", "", "", "", "")), parent)
        self.setCheckable(True)
        self.link, self.exhibit = "", ""
        self._picture = picture

    def shown_face(self) -> Face:
        return replace(self.face, image=self._picture(self.link))


class ExhibitTiles(QWidget):
    """Signals name links. Tiles are used again, so that going on to the next criterion costs little."""

    chosen = Signal(str)
    opened = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shelf = PictureShelf(desk, self)
        desk.exhibit_states.changed.connect(self._states_changed)
        self._shelf.arrived.connect(self._picture_came)
        self._cited: dict[str, Cited] = {}
        self._tiles: list[_Tile] = []
        self._flow = FlowLayout(self, gap=8, line_gap=8)

    def show_cited(self, cited: Sequence[Cited], chosen: str) -> None:
        self._shelf.look_only_at({exhibit.id for _, exhibit in cited})
        self._cited = {link.id: (link, exhibit) for link, exhibit in cited}
        while len(self._tiles) < len(cited):
            self._tiles.append(self._new_tile())
        for tile, (link, exhibit) in zip(self._tiles, cited, strict=False):
            tile.link, tile.exhibit = link.id, exhibit.id
            tile.set_face(self._face(link, exhibit))
            tile.setChecked(link.id == chosen)
            tile.show()
        for tile in self._tiles[len(cited) :]:
            tile.hide()
        self.setVisible(bool(cited))
        self._fit()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many in a row as fit, together as wide as the panel."""
        natural, gap = tile_size(look_of()).width(), 8
        in_row = max(2, (self.width() + gap) // (natural + gap))
        wide = max(natural // 2, (self.width() - gap * (in_row - 1)) // in_row)
        for tile in self._tiles:
            tile.setFixedWidth(wide)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        return tuple(self._tiles)

    def tile_of(self, link: str) -> Thumbnail | None:
        return next((tile for tile in self._tiles if tile.link == link and not tile.isHidden()), None)

    def _new_tile(self) -> _Tile:
        tile = _Tile(self, self._picture_of)
        tile.clicked.connect(lambda: self.chosen.emit(tile.link))
        tile.opened.connect(lambda: self.opened.emit(tile.link))
        tile.menu_asked.connect(lambda at: self.menu_asked.emit(tile.link, at))
        self._flow.addWidget(tile)
        if self._tiles:
            tab_after(self._tiles[-1], [tile])
        return tile

    def _picture_came(self, exhibit_id: str) -> None:
        for tile in self._tiles:
            if tile.exhibit == exhibit_id:
                tile.update()

    def _picture_of(self, link: str) -> QPixmap | None:
        cited = self._cited.get(link)
        return self._shelf.picture(cited[1]) if cited else None

    def _face(self, link: ExhibitLink, exhibit: Exhibit) -> Face:
        return face_of(exhibit, link.locator, None, self._desk.exhibit_states.mark(exhibit))

    def _states_changed(self) -> None:
        for tile in self._tiles:
            if tile.link in self._cited and not tile.isHidden():
                tile.set_face(self._face(*self._cited[tile.link]))
