"""Our icons by name (`icon_names.GLYPHS`), crisp at any size, colour and scale.

    draw(painter, rect, "flag", colour)     in a paintEvent or delegate; does not delay the first paint
    pixmap("flag", colour, 16, 2.0)         side in pixels, device pixel ratio; cached
    icon("flag", colour, 16, faint)         QIcon for menus and stock buttons; `faint` colours it disabled
    load()                                  fetch the glyphs now (0.1 s)

QtAwesome is imported at the first need. `draw` paints nothing the first time, lets that paint finish,
then loads the glyphs and has every widget painted again; the others load at once.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QApplication

from qsin_desktop.ui.icon_names import GLYPHS

_SETS = ("ph", "ri")
_EM = 1000


def draw(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Fill `rect` (square) with the icon; raises `KeyError` for a name we do not have."""
    glyph = GLYPHS[name]
    if _loaded():
        _fill(painter, rect, glyph, colour)
    else:
        _load_after_this_paint()


def _fill(painter: QPainter, rect: QRectF, glyph: str, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = _placed(_outline(glyph), rect)
    painter.fillPath(outline, colour)
    if (extra := _extra_stroke(glyph, rect.width())) > 0:  # a pen of width 0 would draw a whole pixel
        painter.strokePath(outline, QPen(colour, extra))
    painter.restore()


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """`size` in device-independent pixels; raises `KeyError` for a name we do not have."""
    return _pixmap(GLYPHS[name], colour.rgba(), size, ratio)


def icon(name: str, colour: QColor, size: int = 18, faint: QColor | None = None) -> QIcon:
    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
        if faint is not None:
            made.addPixmap(pixmap(name, faint, size, ratio), QIcon.Mode.Disabled)
    return made


def load() -> None:
    """Fetch the glyphs now, e.g. just after the first paint."""
    for glyph in ("ph.check", "ri.footprint-line"):
        _outline(glyph)


def _loaded() -> bool:
    return _outline.cache_info().currsize > 0


_waiting: list[QTimer] = []


def _load_after_this_paint() -> None:
    if not _waiting:
        timer = QTimer(QApplication.instance())
        timer.setSingleShot(True)
        timer.timeout.connect(_load_and_repaint)
        timer.start(0)
        _waiting.append(timer)


def _load_and_repaint() -> None:
    _waiting.pop().deleteLater()
    load()
    for widget in QApplication.allWidgets():
        widget.update()


@lru_cache(maxsize=512)
def _pixmap(glyph: str, rgba: int, size: int, ratio: float) -> QPixmap:
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    _fill(painter, QRectF(0, 0, size, size), glyph, QColor.fromRgba(rgba))
    painter.end()
    return drawn


@cache
def _outline(glyph: str) -> QPainterPath:
    """The glyph in its em square, as a path of side 1000 with its corner at 0, 0."""
    prefix, name = glyph.split(".")
    fonts = _fonts()
    font = fonts.font(prefix, _EM)
    code = fonts.charmap[prefix][name]
    path = QPainterPath()
    path.addText(QPointF(0, QFontMetricsF(font).ascent()), font, code if isinstance(code, str) else chr(code))
    return path


@cache
def _fonts():  # type: ignore[no-untyped-def]  # noqa: ANN202  (QtAwesome has no types)
    import qtawesome
    from qtawesome.iconic_font import IconicFont

    return IconicFont(*(face for face in qtawesome._BUNDLED_FONTS if face[0] in _SETS))  # noqa: SLF001


def _placed(path: QPainterPath, rect: QRectF) -> QPainterPath:
    place = QTransform()
    place.translate(rect.x(), rect.y())
    place.scale(rect.width() / _EM, rect.height() / _EM)
    return place.map(path)


def _extra_stroke(glyph: str, side: float) -> float:
    """Phosphor's lines are a sixteenth of the side, thin when small; Remix is as heavy as wanted."""
    return 0.0 if glyph.startswith("ri.") else 0.4 - 0.01 * side
