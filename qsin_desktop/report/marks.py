"""Draws the marks of a photo into a copy of its pixels, so that nothing is left under what is redacted."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from qsin_desktop.assets import resource
from qsin_desktop.domain.marks import Mark, MarkColour, MarkKind
from qsin_desktop.report.bidi import as_drawn
from qsin_desktop.report.clean_text import printable

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

Colour = tuple[int, int, int]
Point = tuple[float, float]

_INK: Colour = (24, 33, 43)
_WHITE: Colour = (255, 255, 255)
_REDACTED: Colour = _INK
_COLOURS: dict[MarkColour, tuple[Colour, Colour]] = {  # of lines and grounds, of words on them
    MarkColour.RED: ((200, 40, 31), _WHITE),
    MarkColour.AMBER: ((242, 181, 58), _INK),
    MarkColour.GREEN: ((27, 115, 70), _WHITE),
    MarkColour.BLUE: ((11, 92, 173), _WHITE),
    MarkColour.WHITE: (_WHITE, _INK),
}
_SMOOTH = 2  # times as many pixels for slanted lines, which are then made small
_FACE, _WIDE_FACE = "Inter-SemiBold.ttf", "DejaVuSans-Bold.ttf"
_LINE, _HALO, _HEAD = 4.5, 1.8, 28.0  # in thousandths of the longer side
_LETTERS = (44.0, 9.0)  # largest and smallest, the same
_QUALITY = 88


def burn(jpeg: bytes, marks: Sequence[Mark]) -> bytes:
    """The picture with its marks, as a new JPEG; the same bytes where it has none."""
    if not marks:
        return jpeg
    picture = _opened(jpeg)
    draw_marks(picture, marks)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def burnt_pixels(jpeg: bytes, marks: Sequence[Mark]) -> tuple[bytes, int, int]:
    """The same as red, green and blue of each pixel, row by row, with width and height."""
    picture = _opened(jpeg)
    draw_marks(picture, marks)
    return picture.tobytes(), picture.width, picture.height


def _opened(jpeg: bytes) -> Image:
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(jpeg)) as opened:
        return opened.convert("RGB")


def draw_marks(picture: Image, marks: Iterable[Mark]) -> None:
    """Redactions first: what else is drawn there stays readable, and nothing of the photo does."""
    for mark in sorted(marks, key=lambda mark: mark.kind is not MarkKind.REDACT):
        _DRAW[mark.kind](picture, mark)


def _redact(picture: Image, mark: Mark) -> None:
    """Outwards to whole pixels, so that no row of the area shows through at its edge."""
    from PIL import ImageDraw

    left, top = math.floor(mark.x * picture.width), math.floor(mark.y * picture.height)
    right = math.ceil((mark.x + mark.w) * picture.width)
    bottom = math.ceil((mark.y + mark.h) * picture.height)
    ImageDraw.Draw(picture).rectangle((left, top, right, bottom), fill=_REDACTED)


# ---- lines ------------------------------------------------------------------------------------------


def _box(picture: Image, mark: Mark) -> None:
    from PIL import ImageDraw

    pen, unit = ImageDraw.Draw(picture), _unit(picture)
    left, top, right, bottom = _corners(picture, mark)
    for colour, more in ((_edge(mark), _HALO), (_line(mark), 0.0)):
        half = max(1, round((_LINE / 2 + more) * unit))
        pen.rounded_rectangle(
            (left - half, top - half, right + half, bottom + half),
            radius=round(_LINE * unit) + half,
            outline=colour,
            width=2 * half,
        )


def _ellipse(picture: Image, mark: Mark) -> None:
    left, top, right, bottom = _corners(picture, mark)
    unit = _unit(picture)

    def draw(pen: _Pen) -> None:
        for colour, more in ((_edge(mark), _HALO), (_line(mark), 0.0)):
            half = (_LINE / 2 + more) * unit
            pen.ellipse((left - half, top - half, right + half, bottom + half), colour, 2 * half)

    _smoothly(picture, ((left, top), (right, bottom)), draw)


def _arrow(picture: Image, mark: Mark) -> None:
    unit = _unit(picture)
    tail = (mark.x * picture.width, mark.y * picture.height)
    head = ((mark.x + mark.w) * picture.width, (mark.y + mark.h) * picture.height)
    length = math.dist(tail, head) or 1.0
    along = ((head[0] - tail[0]) / length, (head[1] - tail[1]) / length)
    size = min(_HEAD * unit, length)

    def draw(pen: _Pen) -> None:
        for colour, more in ((_edge(mark), _HALO * unit), (_line(mark), 0.0)):
            neck = _moved(head, along, -size * 0.8)
            pen.line(_moved(tail, along, -more), neck, colour, _LINE * unit + 2 * more)
            pen.polygon(_head(head, along, size, more), colour)

    _smoothly(picture, (tail, head), draw)


def _head(tip: Point, along: Point, size: float, more: float) -> list[Point]:
    across = (-along[1], along[0])
    back = _moved(tip, along, -size - more)
    half = size * 0.5 + 1.6 * more
    return [_moved(tip, along, 2.2 * more), _moved(back, across, half), _moved(back, across, -half)]


def _moved(point: Point, direction: Point, by: float) -> Point:
    return point[0] + direction[0] * by, point[1] + direction[1] * by


class _Pen:
    """Draws in the picture's own measure on a part of it that has more pixels."""

    def __init__(self, part: Image, left: float, top: float) -> None:
        from PIL import ImageDraw

        self._draw, self._left, self._top = ImageDraw.Draw(part), left, top

    def line(self, start: Point, end: Point, colour: Colour, width: float) -> None:
        self._draw.line((self._at(start), self._at(end)), fill=colour, width=max(1, round(width * _SMOOTH)))

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self._draw.polygon([self._at(point) for point in points], fill=colour)

    def ellipse(self, box: tuple[float, float, float, float], colour: Colour, width: float) -> None:
        corners = (self._at(box[:2]), self._at(box[2:]))
        self._draw.ellipse(corners, outline=colour, width=max(1, round(width * _SMOOTH)))

    def _at(self, point: Point) -> Point:
        return (point[0] - self._left) * _SMOOTH, (point[1] - self._top) * _SMOOTH


def _smoothly(picture: Image, corners: tuple[Point, Point], draw: Callable[[_Pen], None]) -> None:
    """Draw on a part of the picture twice as large, then put it back in its size."""
    from PIL import Image as Pillow

    room = (_HEAD + 2 * _HALO) * _unit(picture)
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    left, top = max(0, math.floor(min(xs) - room)), max(0, math.floor(min(ys) - room))
    right = min(picture.width, math.ceil(max(xs) + room))
    bottom = min(picture.height, math.ceil(max(ys) + room))
    part = picture.crop((left, top, right, bottom))
    size = part.size
    large = part.resize((size[0] * _SMOOTH, size[1] * _SMOOTH), Pillow.Resampling.NEAREST)
    draw(_Pen(large, left, top))
    picture.paste(large.resize(size, Pillow.Resampling.BOX), (left, top))


# ---- words ------------------------------------------------------------------------------------------


def _text(picture: Image, mark: Mark) -> None:
    """As large as the mark's area lets its words be, on a ground of the mark's colour."""
    from PIL import ImageDraw

    left, top, right, bottom = _corners(picture, mark)
    unit = _unit(picture)
    words = printable(mark.text, _covered)
    size, lines = _fitted(words, right - left, bottom - top, unit)
    pad, leading = size * 0.4, size * 1.3
    wide = max(_width(line, size) for line in lines) + 2 * pad
    high = len(lines) * leading + 1.2 * pad
    x = max(0.0, min(left, picture.width - wide))
    y = max(0.0, min(top, picture.height - high))
    pen = ImageDraw.Draw(picture)
    halo = max(1, round(_HALO * unit))
    ground, ink = _COLOURS[mark.colour]
    pen.rounded_rectangle(
        (x - halo, y - halo, x + wide + halo, y + high + halo),
        radius=round(size * 0.35) + halo,
        fill=_edge(mark),
    )
    pen.rounded_rectangle((x, y, x + wide, y + high), radius=round(size * 0.35), fill=ground)
    for number, line in enumerate(lines):
        at = x + pad
        for font, run in _runs(as_drawn(line), round(size)):
            pen.text((at, y + 0.6 * pad + (number + 0.5) * leading), run, font=font, fill=ink, anchor="lm")
            at += font.getlength(run)


def _fitted(words: str, width: float, height: float, unit: float) -> tuple[float, list[str]]:
    """The largest letters with which the words stay in the area; the smallest where none does."""
    largest, smallest = (max(7.0, size * unit) for size in _LETTERS)
    size = max(min(largest, height / 1.8), smallest)
    while True:
        lines = _broken(words, size, max(width - 0.8 * size, 3 * size))
        if len(lines) * size * 1.3 + 0.5 * size <= height + 0.5 or size <= smallest:
            return size, lines
        size = max(smallest, size * 0.92)


def _broken(words: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and _width(longer, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _width(text: str, size: float) -> float:
    return sum(font.getlength(run) for font, run in _runs(text, round(size)))


def _runs(text: str, size: int) -> list[tuple[FreeTypeFont, str]]:
    """Stretches of text with the typeface that draws each."""
    runs: list[tuple[FreeTypeFont, str]] = []
    for char in text:
        font = _font(_FACE if ord(char) in _characters(_FACE) else _WIDE_FACE, size)
        if runs and runs[-1][0] is font:
            runs[-1] = (font, runs[-1][1] + char)
        else:
            runs.append((font, char))
    return runs


@cache
def _font(file: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(resource("fonts", file), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _characters(file: str) -> frozenset[int]:
    from qsin_desktop.report.typefaces import Face

    return Face("marks", resource("fonts", file)).characters


def _covered(char: str) -> bool:
    return ord(char) in _characters(_FACE) or ord(char) in _characters(_WIDE_FACE)


# ---- measures ---------------------------------------------------------------------------------------


def _unit(picture: Image) -> float:
    return max(picture.size) / 1000


def _corners(picture: Image, mark: Mark) -> tuple[float, float, float, float]:
    return (
        mark.x * picture.width,
        mark.y * picture.height,
        (mark.x + mark.w) * picture.width,
        (mark.y + mark.h) * picture.height,
    )


def _line(mark: Mark) -> Colour:
    return _COLOURS[mark.colour][0]


def _edge(mark: Mark) -> Colour:
    """A thin edge around every line, so that it shows on light and on dark ground."""
    return _INK if mark.colour in (MarkColour.WHITE, MarkColour.AMBER) else _WHITE


_DRAW: dict[MarkKind, Callable[[Image, Mark], None]] = {
    MarkKind.REDACT: _redact,
    MarkKind.BOX: _box,
    MarkKind.ELLIPSE: _ellipse,
    MarkKind.ARROW: _arrow,
    MarkKind.TEXT: _text,
}
