"""Breaks text into lines of a given width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qsin_desktop.report.clean_text import printable
from qsin_desktop.report.palette import Tint
from qsin_desktop.report.typefaces import Faces

_TOKEN = re.compile(r"[^ \n]+|\n| +")
# A long word may part after a hyphen or stroke between letters, so “IN-301” and “E-014” stay whole.
_SOFT_BREAK = re.compile(r"(?<=[^\W\d_]{3}[-/])(?=[^\W\d_]{3})")
_HELD = re.compile(r"[^\u00a0]*\u00a0+|[^\u00a0]+")
CHIP_PADDING = 5.5
_MAY_PART = "\u200b"  # never in printable text
_SLACK = 0.01
_KEPT = 120


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks. `size` and `leading` in points."""

    face: str
    size: float
    leading: float
    colour: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. User text is text, never markup.

    `link` names an anchor elsewhere in the report; `spoken` is what a sign says by ear; a `silent` one
    leaves that to the words beside it; a `chip` stands on a coloured ground and is not parted.
    """

    text: str
    style: Style
    link: str = ""
    spoken: str = ""
    silent: bool = False
    chip: Tint | None = None

    @property
    def whole(self) -> bool:
        return bool(self.spoken or self.silent or self.chip)


@dataclass(slots=True)
class Piece:
    run: Run
    text: str
    width: float


@dataclass(slots=True)
class Line:
    pieces: list[Piece] = field(default_factory=list)
    width: float = 0.0
    gap: bool = False  # an empty line the author left
    ends: bool = False  # the last of a paragraph

    def add(self, part: Piece, space: float) -> None:
        if self.pieces and space:
            self._space(space)
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.run is part.run and not part.run.whole:
            last.text += part.text
            last.width += part.width
        else:
            self.pieces.append(Piece(part.run, part.text, part.width))
        self.width += space + part.width

    def close(self) -> None:
        """End in a space that takes no room, or a reader by ear joins the last word to the next one."""
        if self.pieces:
            self._space(0.0)

    def _space(self, width: float) -> None:
        """After a chip or sign a piece of its own, or its ground would grow."""
        last = self.pieces[-1]
        if last.run.whole:
            self.pieces.append(Piece(Run(" ", last.run.style), " ", width))
        else:
            last.text += " "
            last.width += width


@dataclass(slots=True)
class _Word:
    """What is not parted: pieces that touch. `spaced` when a space stands before it."""

    parts: list[Piece]
    spaced: bool
    newline: bool = False

    @property
    def width(self) -> float:
        return sum(part.width for part in self.parts)


class Typesetter:
    """Measures with the document's faces, so that what is measured is what is drawn."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._printable: dict[str, str] = {}
        self.spelled = False  # whether anything was named so far that no typeface draws

    def width(self, text: str, style: Style) -> float:
        """In points, as printed."""
        return self._faces.width(self.printable(text), style.face) * style.size

    def printable(self, text: str) -> str:
        known = self._printable.get(text)
        if known is None:
            known = printable(text, self._faces.drawable)
            self.spelled = self.spelled or known.count("[") > text.count("[")
            if len(text) <= _KEPT:  # names and labels come again and again, long texts do not
                self._printable[text] = known
        return known

    def lines(self, runs: Sequence[Run], width: float) -> list[Line]:
        """Greedy lines no wider than `width`; a word that is wider by itself is parted.

        Each ends in a space, unless its last word goes on in the next.
        """
        done: list[Line] = []
        line = Line()
        for word in self._words(runs):
            if word.newline:
                line.close()
                line.ends = True
                done.append(line)
                line = Line()
                continue
            space = self._space(line) if word.spaced and line.pieces else 0.0
            wide = word.width
            if line.pieces and line.width + space + wide > width + _SLACK:
                if word.spaced:
                    line.close()
                done.append(line)
                line, space = Line(), 0.0
            for fitting in (word,) if wide <= width + _SLACK else self._parted(word, width):
                if line.pieces and line.width + space + fitting.width > width + _SLACK:
                    done.append(line)
                    line, space = Line(), 0.0
                for part in fitting.parts:
                    line.add(part, space)
                    space = 0.0
        line.close()
        line.ends = True
        done.append(line)
        return _without_outer_gaps(done)

    def cut(self, text: str, style: Style, width: float, *, end: bool = False) -> str:
        """On one line, with an ellipsis where it is too long: only for what stands in full elsewhere.

        Of what is too long the beginning is shown, or its `end`, from the start of a word if it has one.
        """
        text = " ".join(self.printable(text).split())
        if self._faces.width(text, style.face) * style.size <= width:
            return text
        while text and self._faces.width(text + "…", style.face) * style.size > width:
            text = text[1:].lstrip() if end else text[:-1].rstrip()
        if end:
            return "…" + (text.partition(" ")[2] or text)
        return text + "…"

    def _space(self, line: Line) -> float:
        style = line.pieces[-1].run.style
        return self._faces.width(" ", style.face) * style.size

    def _words(self, runs: Iterable[Run]) -> Iterator[_Word]:
        word: _Word | None = None
        spaced = False
        for run in runs:
            for text in self._stretches(run):
                if word is not None and (text.isspace() or text[0] == _MAY_PART):
                    yield word
                    word = None
                if text == "\n":
                    yield _Word([], spaced=False, newline=True)
                if text in (" ", "\n"):
                    spaced = text == " "
                    continue
                word = word or _Word([], spaced)
                word.parts.append(self._piece(run, text.removeprefix(_MAY_PART)))
                spaced = False
        if word is not None:
            yield word

    def _stretches(self, run: Run) -> Iterator[str]:
        """Spaces, line ends, and words; the later parts of a word that may be parted carry a mark."""
        text = self.printable(run.text)
        if run.whole:
            yield from [text] if text else []
            return
        for token in _TOKEN.findall(text):
            if token[0] == " ":
                yield " "
            elif "-" in token or "/" in token:
                first, *others = _SOFT_BREAK.split(token)
                yield first
                yield from (_MAY_PART + other for other in others)
            else:
                yield token

    def _piece(self, run: Run, text: str) -> Piece:
        width = self._faces.width(text, run.style.face) * run.style.size
        return Piece(run, text, width + (2 * CHIP_PADDING if run.chip else 0.0))

    def _parted(self, word: _Word, width: float) -> Iterator[_Word]:
        """A word that is too wide: at spaces that were to hold it, else its letters in portions that fit."""
        for part in word.parts:
            run = replace(part.run, chip=None) if part.width > width else part.run
            for text in self._portions(part.text, run.style, width) if not run.whole else [part.text]:
                yield _Word([self._piece(run, text)], spaced=False)

    def _portions(self, text: str, style: Style, width: float) -> Iterator[str]:
        for held in _HELD.findall(text):
            yield from self._letters(held, style, width)

    def _letters(self, text: str, style: Style, width: float) -> Iterator[str]:
        start, filled = 0, 0.0
        for place, char in enumerate(text):
            step = self._faces.width(char, style.face) * style.size
            if place > start and filled + step > width:
                yield text[start:place]
                start, filled = place, 0.0
            filled += step
        yield text[start:]


def _without_outer_gaps(lines: list[Line]) -> list[Line]:
    """Empty lines stay between paragraphs only, one at a time."""
    kept: list[Line] = []
    for line in lines:
        if line.pieces:
            kept.append(line)
        elif kept and not kept[-1].gap:
            kept.append(Line(gap=True))
    while kept and kept[-1].gap:
        kept.pop()
    return kept
