"""A report while it is being written: headings, paragraphs, facts and frames, one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

from qsin_desktop.report.flow import ROOM, Paint, Strip, kept_space
from qsin_desktop.report.palette import INK, SOFT
from qsin_desktop.report.paragraphs import SetLine, paint_line, set_lines, set_text
from qsin_desktop.report.shapes import ALL_CORNERS, BOTTOM_CORNERS, NO_CORNERS, TOP_CORNERS
from qsin_desktop.report.sheet import WIDTH, Sheet
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typefaces import Faces
from qsin_desktop.report.typeset import Run, Style, Typesetter

LEFT = 57.0
TEXT_WIDTH = WIDTH - 2 * LEFT

BODY = Style("regular", 9.5, 14.0, INK)
BOLD = Style("semibold", 9.5, 14.0, INK)
SMALL = Style("regular", 8.0, 11.5, SOFT)
SMALL_BOLD = Style("semibold", 8.0, 11.5, INK)
NOTE = Style("regular", 8.75, 13.0, INK)
NOTE_BOLD = Style("semibold", 8.75, 13.0, INK)
HEADINGS = {
    1: Style("semibold", 15.0, 20.0, INK),
    2: Style("semibold", 11.5, 16.0, INK),
    3: Style("semibold", 9.75, 14.0, INK),
}
_ABOVE = {1: 30.0, 2: 20.0, 3: 15.0}
_BELOW = {1: 9.0, 2: 6.0, 3: 4.0}
_LEFT_CORNERS = frozenset({"nw", "sw"})
_BELOW_CONTINUED = 4.0
_KEPT_WHOLE = 250.0  # frames up to this height are not parted


class Heading(NamedTuple):
    """As the bookmarks and, where listed, the contents show it."""

    level: int
    title: str
    anchor: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A box around content: its ground, its edge, and a bar at its left side."""

    fill: str = ""
    edge: str = ""
    bar: str = ""
    inset: float = 11.0
    pad: float = 8.0


class Composer:
    """Collects strips and their tags in reading order. `x` and `width` say where text stands now."""

    def __init__(self, faces: Faces, document: Tag) -> None:
        self.setter = Typesetter(faces)
        self.tag = document
        self.strips: list[Strip] = []
        self.headings: list[Heading] = []
        self.x = LEFT
        self.width = TEXT_WIDTH
        self._next_page = False

    def aside(self) -> Composer:
        """Another of the same faces and width, for content that is measured and thrown away."""
        other = copy(self)
        other.tag, other.strips, other.headings = Tag("Sect"), [], []
        return other

    @property
    def height(self) -> float:
        """Of all strips on one page without end, in points; white space at the ends is left out."""
        painted = [nth for nth, strip in enumerate(self.strips) if strip.paint is not None]
        if not painted:
            return 0.0
        return sum(strip.height for strip in self.strips[painted[0] : painted[-1] + 1])

    # ---- text --------------------------------------------------------------------------------------

    def heading(
        self, level: int, title: str, anchor: str, *, listed: bool = True, tail: Sequence[Run] = ()
    ) -> None:
        """`tail` are runs after the title on the same line, such as a rating; bookmarks leave them out."""
        style = HEADINGS[level]
        self.gap(_ABOVE[level], glued=True)
        lines = set_lines(
            self.setter.lines([Run(title, style), *tail], self.width), self.tag.add(f"H{level}")
        )
        strips = text_strips(lines, style.leading, self.x)
        strips[0].anchor = anchor
        for strip in strips:
            strip.glued = True
        self.add(strips)
        self.gap(_BELOW[level], glued=True)
        self.bookmark(level, title, anchor, listed=listed)

    def bookmark(self, level: int, title: str, anchor: str, *, listed: bool = False) -> None:
        words = " ".join(self.setter.printable(title).split())
        self.headings.append(Heading(level, words, anchor, listed))

    def para(
        self,
        text: str | Sequence[Run],
        style: Style = BODY,
        *,
        after: float = 6.0,
        indent: float = 0.0,
        glued: bool = False,
        role: str = "P",
        language: str = "",
        whole: bool = False,
    ) -> None:
        """A text of paragraphs and lists; nothing where there are no words.

        `glued` keeps its end by what follows. One that is `whole` is not parted where a page ends.
        """
        runs = [Run(text, style)] if isinstance(text, str) else list(text)
        lines = set_text(self.setter, runs, self.width - indent, self.tag, role=role, language=language)
        if not lines:
            return
        strips = text_strips(lines, style.leading, self.x + indent)
        for strip in strips[:-1] if whole else ():
            strip.glued = True
        strips[-1].glued = glued
        self.add(strips)
        self.gap(after, glued=glued)

    # ---- space and frames ---------------------------------------------------------------------------

    def gap(self, height: float, *, glued: bool = False) -> None:
        """White space; next to other white space only the larger counts."""
        last = self.strips[-1] if self.strips else None
        if last is not None and last.paint is None:
            last.height = max(last.height, height)
            last.glued = last.glued or glued
        else:
            self.add([Strip(height, glued=glued)])

    def new_page(self) -> None:
        """What comes next opens a page."""
        self._next_page = True

    def add(self, strips: Sequence[Strip]) -> None:
        if self._next_page and strips and any(s.paint for s in strips):
            strips[0].new_page = True
            self._next_page = False
        self.strips.extend(strips)

    @contextmanager
    def under(self, role: str) -> Iterator[Tag]:
        """What is added within stands under a new tag."""
        outer = self.tag
        self.tag = outer.add(role)
        try:
            yield self.tag
        finally:
            self.tag = outer

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is added within stands on one page, where a page can hold it."""
        start = len(self.strips)
        yield
        added = self.strips[start:]
        if sum(strip.height for strip in added) <= ROOM:
            for strip in added[:-1]:
                strip.glued = True

    @contextmanager
    def framed(self, frame: Frame, *, continued: str = "") -> Iterator[None]:
        """What is added within stands in a box, which parts where a page ends.

        `continued` then stands, for the eye alone, above what goes on.
        """
        outer, x, width = self.strips, self.x, self.width
        self.strips = _padding(frame)
        self.x, self.width = x + frame.inset, width - 2 * frame.inset
        try:
            yield
        finally:
            inner, self.strips, self.x, self.width = self.strips, outer, x, width
        while inner and inner[-1].paint is None:
            inner.pop()
        inner += _padding(frame)
        whole = sum(strip.height for strip in inner) <= _KEPT_WHOLE
        for strip in inner[:-1] if whole else (inner[0], inner[-2]):
            strip.glued = True
        inner[-1].glued = False
        boxed = _boxed(inner, frame, x, width)
        if continued and not whole:
            head = self._continued(continued, frame, x, width)
            for strip in boxed[1:]:
                strip.head = head
        self.add(boxed)

    def _continued(self, words: str, frame: Frame, x: float, width: float) -> Strip:
        lines = self.setter.lines([Run(words, SMALL)], width - 2 * frame.inset)
        strip = _line_strip(set_lines(lines[:1], self.tag)[0], SMALL.leading, x + frame.inset)
        strip.height += _BELOW_CONTINUED
        strip.paint = _framing(strip, frame, x, width, NO_CORNERS)
        return strip


def text_strips(lines: Sequence[SetLine], leading: float, x: float) -> list[Strip]:
    """A strip a line; two lines of a paragraph at least stay together at either end of a page."""
    strips = [_line_strip(line, leading, x) for line in lines]
    first = 0
    for place, line in enumerate(lines):
        if not line or line[-1].line.ends:
            for near in {first, place - 1} if place > first else ():
                strips[near].glued = True
            first = place + 1
    return strips


def _line_strip(line: SetLine, leading: float, x: float) -> Strip:
    if not line:
        return Strip(leading * 0.5)

    def paint(sheet: Sheet, top: float) -> None:
        paint_line(sheet, line, x, top + leading / 2)

    return Strip(leading, paint)


def _padding(frame: Frame) -> list[Strip]:
    return [kept_space(frame.pad)] if frame.pad else []


def _boxed(strips: Sequence[Strip], frame: Frame, x: float, width: float) -> list[Strip]:
    last = len(strips) - 1
    for place, strip in enumerate(strips):
        corners = _corners(place, last)
        strip.space = strip.paint is None
        strip.paint = _framing(strip, frame, x, width, corners)
    return list(strips)


def _corners(place: int, last: int) -> frozenset[str]:
    if last == 0:
        return ALL_CORNERS
    return TOP_CORNERS if place == 0 else BOTTOM_CORNERS if place == last else NO_CORNERS


def _framing(strip: Strip, frame: Frame, x: float, width: float, corners: frozenset[str]) -> Paint:
    inner, height = strip.paint, strip.height

    def paint(sheet: Sheet, top: float) -> None:
        sheet.decorate()
        if frame.fill:
            rounded = corners - _LEFT_CORNERS if frame.bar else corners
            sheet.box(x, top, width, height, fill=frame.fill, radius=6, corners=rounded)
        if frame.edge:
            sheet.edges(x, top, width, height, frame.edge, corners)
        if frame.bar:
            sheet.box(x, top, 3, height, fill=frame.bar)
        if inner:
            inner(sheet, top)

    return paint
