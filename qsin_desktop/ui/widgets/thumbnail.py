"""An exhibit as a tile: a picture or the icon of its kind, its number in bold, two caption lines.

    Face(number, title, locator="", icon="document", image=None, mark="", faded=False)  image: QPixmap | None
    paint_tile(painter, rect, face, look, *, selected, focused, hovered)       for delegates
    tile_size(look) -> QSize                                                   138 by 116, larger with text
    Thumbnail(face, parent=None)       a widget for a few; .set_face(face); clicked(); opened() by double
                                       click or Enter; menu_asked(QPoint global) by right click or menu key
    ThumbnailDelegate(parent)          for a QListView in icon mode with hundreds; roles: FACE (a Face)
`mark` is a short word shown over the picture, e.g. “redacted”.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qsin_desktop.ui import icons
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.chip import ChipFace
from qsin_desktop.ui.widgets.drawing import focus_ring, rounded, saved, square_in, text
from qsin_desktop.ui.widgets.focus import KeyFocus

_FADED = 0.35
FACE = int(Qt.ItemDataRole.UserRole) + 60


@dataclass(frozen=True)
class Face:
    number: str
    title: str
    locator: str = ""
    icon: str = "document"
    image: QPixmap | None = None
    mark: str = ""
    faded: bool = False

    def words(self) -> str:
        return ", ".join(part for part in (self.number, self.title, self.locator, self.mark) if part)


def tile_size(look: Look) -> QSize:
    return QSize(look.px(138), look.px(116))


def paint_tile(
    painter: QPainter,
    rect: QRectF,
    face: Face,
    look: Look,
    *,
    selected: bool = False,
    focused: bool = False,
    hovered: bool = False,
) -> None:
    colours, radius = look.palette, look.px(8)
    edge = colours.accent if selected else colours.control_line if hovered else colours.line
    fill = colours.accent_wash if selected else colours.surface
    rounded(painter, rect, radius, fill=fill, edge=edge, width=2.0 if selected else 1.0)
    caption = look.px(42)
    picture = rect.adjusted(1, 1, -1, -caption)
    _paint_picture(painter, picture, face, look, radius)
    _paint_caption(painter, QRectF(rect.x(), picture.bottom(), rect.width(), caption), face, look)
    if selected:
        rounded(painter, rect, radius, edge=colours.accent, width=2.0)
    if focused:
        focus_ring(painter, rect, radius, colours.focus_ring)


def _paint_picture(painter: QPainter, area: QRectF, face: Face, look: Look, radius: float) -> None:
    top = QPainterPath()
    top.addRoundedRect(area.adjusted(0, 0, 0, radius), radius - 1, radius - 1)
    with saved(painter):
        painter.setClipRect(area)
        painter.fillPath(top, look.palette.background)
        if face.image is not None and not face.image.isNull():
            painter.setClipPath(top, Qt.ClipOperation.IntersectClip)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(_FADED if face.faded else 1.0)
            painter.drawPixmap(area, face.image, _cover(face.image, area))
        else:
            below = area.translated(0, look.px(10) if face.mark else 0)
            icons.draw(painter, square_in(below, look.px(28)), face.icon, look.palette.soft_text)
    if face.mark:
        chip = ChipFace(face.mark)
        size = chip.size(look)
        chip.paint(
            painter,
            QRectF(area.x() + 6, area.y() + 6, min(size.width(), area.width() - 12), look.px(20)),
            look,
        )


def _cover(image: QPixmap, area: QRectF) -> QRectF:
    """The middle part of the picture that has the shape of the area."""
    whole = QRectF(image.rect())
    scale = min(whole.width() / max(1.0, area.width()), whole.height() / max(1.0, area.height()))
    wide, high = area.width() * scale, area.height() * scale
    return QRectF((whole.width() - wide) / 2, (whole.height() - high) / 2, wide, high)


def _paint_caption(painter: QPainter, area: QRectF, face: Face, look: Look) -> None:
    colours = look.palette
    inner = area.adjusted(look.px(9), look.px(4), -look.px(8), -look.px(4))
    line = inner.height() / 2
    bold = look.font(TextSize.SMALL, Weight.SEMIBOLD)
    wide = min(
        inner.width(), look.metrics(TextSize.SMALL, Weight.SEMIBOLD).horizontalAdvance(face.number) + 1
    )
    first = QRectF(inner.x(), inner.y(), inner.width(), line)
    ink = colours.soft_text if face.faded else colours.text
    bold.setStrikeOut(face.faded)
    text(painter, first, face.number, bold, ink)
    rest = first.adjusted(wide + look.px(4), 0, 0, 0)
    if rest.width() > look.px(12):
        text(painter, rest, face.title, look.font(TextSize.SMALL), ink)
    second = first.translated(0, line)
    text(painter, second, face.locator, look.font(TextSize.SMALL), colours.soft_text)


class Thumbnail(KeyFocus, QPushButton):
    opened = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_face(face)

    def set_face(self, face: Face) -> None:
        self.face = face
        self.setAccessibleName(face.words())
        self.setToolTip(f"{face.number} {face.title}\n{face.locator}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return tile_size(look_of())

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(96), tile_size(look_of()).height())

    def shown_face(self) -> Face:
        """Asked for whenever the tile is painted, so that one out of sight needs no picture."""
        return self.face

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_tile(
            QPainter(self),
            QRectF(self.rect()),
            self.shown_face(),
            look_of(),
            selected=self.isChecked(),
            focused=self.shows_focus(),
            hovered=self.underMouse(),
        )

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class ThumbnailDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget, *, gap: int = 0) -> None:
        """`gap` pixels to the right of each tile and below it."""
        super().__init__(parent)
        self.gap = gap
        self.cell = tile_size(look_of()) + QSize(gap, gap)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        face = index.data(FACE)
        if not isinstance(face, Face):
            return
        state = option.state
        paint_tile(
            painter,
            QRectF(option.rect).adjusted(0, 0, -self.gap, -self.gap),
            face,
            look_of(),
            selected=bool(state & QStyle.StateFlag.State_Selected),
            focused=bool(state & QStyle.StateFlag.State_HasFocus),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
        )
