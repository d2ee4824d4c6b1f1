"""Finds the lists in a text as people type them: lines that begin with a dash, a point or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from qsin_desktop.report.typeset import Run

_MARK = re.compile(r" *(?:([-–—*]) +|([•▪◦‣●]) *|(\(?)(?:(\d{1,3})|([A-Za-z]))([.)]) +)(?=[^ ])")
_BREAK = "[\n\r\v\f\x85\u2028\u2029]"
_MAYBE = re.compile(
    rf"(?:^|{_BREAK})[ \t]*(?:[-–—*•▪◦‣●]|\(?(?:\d{{1,3}}|[A-Za-z])[.)])|{_BREAK}[ \t]*{_BREAK}"
)
_DEEPEST = 3  # lists within lists


class Paragraph(NamedTuple):
    """`spaced` where an empty line stands before it."""

    runs: list[Run]
    spaced: bool


class Item(NamedTuple):
    mark: Run
    body: list[Block]
    spaced: bool


class Listing(NamedTuple):
    """`numbering` as the document format calls it."""

    items: list[Item]
    spaced: bool
    numbering: str


Block = Paragraph | Listing


class _Mark(NamedTuple):
    indent: int
    kind: str
    number: int  # goes up from item to item, or is 0 for a dash or point
    length: int  # of all before the words

    def goes_on_with(self, other: _Mark) -> bool:
        return other[:2] == self[:2] and other.number == self.number + (self.number > 0)


class _Typed(NamedTuple):
    runs: list[Run]
    indent: int
    mark: _Mark | None

    @property
    def blank(self) -> bool:
        return not any(run.text.strip() for run in self.runs)


def may_be_parted(text: str) -> bool:
    """Whether there may be more than one paragraph in it, also as typed; sure only when it says no."""
    return bool(_MAYBE.search(text))


def blocks_of(runs: Sequence[Run]) -> list[Block]:
    """The paragraphs and lists of printable runs, in order. A list has two items at least."""
    return _blocks(_typed(runs), 0)


def _blocks(lines: Sequence[_Typed], deep: int) -> list[Block]:
    found: list[Block] = []
    at, spaced = 0, False
    while at < len(lines):
        items = _items(lines, at) if deep < _DEEPEST else []
        end = at + 1
        if len(items) > 1:
            end = items[-1].stop
            entries = [_item(lines, one, deep) for one in items]
            found.append(Listing(entries, spaced, _numbering(entries[0].mark.text)))
        elif not lines[at].blank:
            _add_line(found, lines[at], spaced=spaced)
        spaced, at = lines[at].blank and bool(found), end
    return found


def _add_line(found: list[Block], line: _Typed, *, spaced: bool) -> None:
    last = found[-1] if found else None
    if isinstance(last, Paragraph) and not spaced:
        last.runs.extend([Run("\n", line.runs[0].style), *line.runs])
    else:
        found.append(Paragraph(list(line.runs), spaced))


def _items(lines: Sequence[_Typed], at: int) -> list[range]:
    """Where the items are of a list that begins at this line, with what stands further in below each."""
    items: list[range] = []
    before: _Mark | None = None
    while at < len(lines) and (mark := lines[at].mark) and (before is None or before.goes_on_with(mark)):
        start, end = at, at + 1
        while (at := _next_words(lines, end)) < len(lines) and lines[at].indent > mark.indent:
            end = at + 1
        items.append(range(start, end))
        before = mark
    return items


def _next_words(lines: Sequence[_Typed], at: int) -> int:
    while at < len(lines) and lines[at].blank:
        at += 1
    return at


def _item(lines: Sequence[_Typed], place: range, deep: int) -> Item:
    first, *others = lines[place.start : place.stop]
    run, *more = first.runs
    length = first.mark.length if first.mark else 0
    words = _Typed([replace(run, text=run.text[length:]), *more], first.indent, None)
    spaced = place.start > 0 and lines[place.start - 1].blank
    return Item(replace(run, text=run.text[:length].strip()), _blocks([words, *others], deep + 1), spaced)


def _numbering(mark: str) -> str:
    sign = mark.strip("(.)")
    if sign.isdigit():
        return "Decimal"
    return "Disc" if not sign.isalpha() else "LowerAlpha" if sign.islower() else "UpperAlpha"


# ---- lines as they were typed ------------------------------------------------------------------------


def _typed(runs: Sequence[Run]) -> list[_Typed]:
    """Line by line. A list that follows other words, such as the name of a text, begins a line of its own."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.whole:
            lines[-1].append(run)
            continue
        parts = run.text.split("\n")
        if lines[-1] and _begins_list(parts):
            lines.append([])
        for nth, text in enumerate(parts):
            if nth:
                lines.append([])
            if text:
                lines[-1].append(replace(run, text=text))
    return [_typed_line(line) for line in lines]


def _begins_list(texts: Sequence[str]) -> bool:
    mark = _mark_in(texts[0])
    after = (
        next((text for text in texts[1:] if text.strip() and _indent(text) <= mark.indent), "")
        if mark
        else ""
    )
    other = _mark_in(after)
    return bool(mark and other and mark.goes_on_with(other))


def _typed_line(runs: list[Run]) -> _Typed:
    if not runs or runs[0].whole:
        return _Typed(runs, 0, None)
    text = runs[0].text
    return _Typed(runs, _indent(text), _mark_in(text))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _mark_in(text: str) -> _Mark | None:
    found = _MARK.match(text)
    if found is None:
        return None
    dash, point, opened, digits, letter, closed = found.groups()
    kind = dash or point or f"{opened}{'1' if digits else 'a' if letter.islower() else 'A'}{closed}"
    number = int(digits) if digits else ord(letter) if letter else 0
    return _Mark(_indent(text), kind, number, found.end())
