"""Fills pages: strips of content from top to bottom, and what may not be parted from what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, Protocol

from qsin_desktop.report.sheet import Sheet

TOP, BOTTOM = 62.0, 784.0  # where content may stand, points from the top of the page
ROOM = BOTTOM - TOP

Paint = Callable[[Sheet, float], None]  # draws at the given top


class Row(Protocol):
    """A table row that may be parted between its lines."""

    def paint(self, sheet: Sheet, top: float, lines: range) -> None: ...


@dataclass(slots=True)
class Strip:
    """A stretch of content that is not parted. `glued` strips stay on the page of the strip after them."""

    height: float
    paint: Paint | None = None  # None is white space, dropped at the top of a page
    glued: bool = False
    space: bool = False  # white space within a frame: drawn, but dropped at the top of a page too
    head: Strip | None = None  # drawn again, as decoration, where this strip opens a page
    anchor: str = ""
    new_page: bool = False
    row: Row | None = None  # of a parted table row; its strips on one page are painted as one
    line: int = 0  # which line of the row this strip is


def kept_space(height: float, *, glued: bool = False) -> Strip:
    """White space that counts at the top of a page too."""
    return Strip(height, _nothing, glued)


def _nothing(_sheet: Sheet, _top: float) -> None:
    """What is drawn of it."""


class Placed(NamedTuple):
    strip: Strip
    top: float


@dataclass(slots=True)
class PageContent:
    heads: list[Placed] = field(default_factory=list)
    strips: list[Placed] = field(default_factory=list)

    def paint(self, sheet: Sheet) -> None:
        for strip, top in self.heads:
            with sheet.repeated():
                if strip.paint:
                    strip.paint(sheet, top)
        for _, together in groupby(enumerate(self.strips), key=_belongs):
            placed = [one for _, one in together]
            strip, top = placed[0]
            if strip.row is not None:
                strip.row.paint(sheet, top, range(strip.line, placed[-1].strip.line + 1))
            elif strip.paint is not None:
                strip.paint(sheet, top)


def _belongs(numbered: tuple[int, Placed]) -> int:
    """The same for the strips of one parted row, so that each cell is read to its end before the next."""
    place, (strip, _) = numbered
    return place if strip.row is None else -id(strip.row)


def fill_pages(strips: Sequence[Strip]) -> list[PageContent]:
    """Pages in order; at least one."""
    filler = _Filler()
    start = 0
    while start < len(strips):
        end = start
        while end < len(strips) - 1 and strips[end].glued and not strips[end + 1].new_page:
            end += 1
        filler.place(strips[start : end + 1])
        start = end + 1
    return filler.pages


class _Filler:
    def __init__(self) -> None:
        self.pages = [PageContent()]
        self._top = TOP

    @property
    def _empty(self) -> bool:
        return not self.pages[-1].strips

    def place(self, chain: Sequence[Strip]) -> None:
        """Keep the chain together where a page can hold it."""
        if chain[0].new_page and not self._empty:
            self._turn(None)
        height = sum(strip.height for strip in chain)
        head = chain[0].head.height if chain[0].head else 0.0
        if self._top + height > BOTTOM and height + head <= ROOM and not self._empty:
            self._turn(next((s for s in chain if s.paint), chain[0]))
        for strip in chain:
            self._place_one(strip)

    def _place_one(self, strip: Strip) -> None:
        if strip.paint and self._top + strip.height > BOTTOM and not self._empty:
            self._turn(strip)
        if strip.paint is None or (strip.space and self._empty):
            self._top += 0.0 if self._empty else strip.height
            return
        self.pages[-1].strips.append(Placed(strip, self._top))
        self._top += strip.height

    def _turn(self, opening: Strip | None) -> None:
        self.pages.append(PageContent())
        self._top = TOP
        if opening is not None and opening.paint is not None and opening.head is not None:
            self.pages[-1].heads.append(Placed(opening.head, self._top))
            self._top += opening.head.height
