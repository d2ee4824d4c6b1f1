"""A drawing surface with lettering, soft shadows and gradients, enough to make a scene look observed."""

from __future__ import annotations

import random
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from qsin_desktop.assets import resource

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Point = tuple[float, float]

LANDSCAPE = (2016, 1512)
PORTRAIT = (1512, 2016)
_FACES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_SOFT = 8  # shadows are drawn this many times smaller, which also softens them


@cache
def lettering(size: int, weight: int = 400, *, italic: bool = False) -> ImageFont.FreeTypeFont:
    """Inter at a size in pixels; the nearest of the shipped weights from 400 to 700 is taken."""
    face = "Italic" if italic else _FACES[min(_FACES, key=lambda known: abs(known - weight))]
    return ImageFont.truetype(str(resource("fonts", f"Inter-{face}.ttf")), size)


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """The colour that lies `share` (0 to 1) of the way from `a` to `b`."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def fade(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """A vertical gradient."""
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)


class Scene:
    """One picture being drawn; `dice` gives the same chances every time for the same seed."""

    def __init__(self, size: tuple[int, int], seed: int, top: Colour, bottom: Colour) -> None:
        self.image = fade(size, top, bottom)
        self.pen = ImageDraw.Draw(self.image)
        self.dice = random.Random(seed)
        self.width, self.height = size

    def box(
        self,
        box: Box,
        fill: Colour | None,
        *,
        radius: float = 0,
        outline: Colour | None = None,
        width: int = 1,
    ) -> None:
        self.pen.rounded_rectangle(box, radius, fill, outline, width)

    def faded_box(self, box: Box, top: Colour, bottom: Colour, *, radius: float = 0) -> None:
        """A box with a vertical gradient, for anything with a curved or lit surface."""
        x0, y0, x1, y1 = (round(v) for v in box)
        size = (x1 - x0, y1 - y0)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, 255)
        self.image.paste(fade(size, top, bottom), (x0, y0), mask)

    def shape(self, points: list[Point], fill: Colour) -> None:
        self.pen.polygon(points, fill)

    def oval(self, box: Box, fill: Colour, *, outline: Colour | None = None, width: int = 1) -> None:
        self.pen.ellipse(box, fill, outline, width)

    def line(self, points: list[Point], fill: Colour, width: int = 2) -> None:
        self.pen.line(points, fill, width, joint="curve")

    def write(
        self, at: Point, text: str, size: int, fill: Colour, *, weight: int = 400, anchor: str = "la"
    ) -> None:
        self.pen.text(at, text, fill, lettering(size, weight), anchor)

    def by_hand(self, at: Point, text: str, size: int, fill: Colour) -> float:
        """Write as with a marker, every letter a little off; returns where the line ended."""
        x, y = at
        for letter in text:
            font = lettering(size + self.dice.randint(-1, 2), italic=True)
            self.pen.text((x, y + self.dice.uniform(-2.2, 2.2)), letter, fill, font, "ls")
            x += font.getlength(letter) * self.dice.uniform(0.98, 1.06)
        return x

    def shade(self, box: Box, strength: float = 0.35, softness: float = 30, *, oval: bool = False) -> None:
        """A soft shadow over a box; `softness` is the width of its edge in pixels."""
        self._soften(box, strength, softness, (0, 0, 0), oval=oval)

    def glow(self, box: Box, strength: float = 0.35, softness: float = 60) -> None:
        """Soft light over an oval."""
        self._soften(box, strength, softness, (255, 255, 255), oval=True)

    def _soften(self, box: Box, strength: float, softness: float, colour: Colour, *, oval: bool) -> None:
        margin = softness * 2.5
        left, top = max(0, round(box[0] - margin)), max(0, round(box[1] - margin))
        right, bottom = min(self.width, round(box[2] + margin)), min(self.height, round(box[3] + margin))
        reach = (right - left, bottom - top)
        small = Image.new("L", (max(1, reach[0] // _SOFT), max(1, reach[1] // _SOFT)), 0)
        x0, y0, x1, y1 = ((v - (left, top)[i % 2]) / _SOFT for i, v in enumerate(box))
        pen = ImageDraw.Draw(small)
        (pen.ellipse if oval else pen.rectangle)((x0, y0, x1, y1), fill=round(255 * strength))
        mask = small.filter(ImageFilter.GaussianBlur(softness / _SOFT)).resize(reach)
        self.image.paste(colour, (left, top), mask)
