"""Sets a text's paragraphs and lists line by line, each part as content of its own tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from qsin_desktop.report.listing import Block, Listing, blocks_of, may_be_parted
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typeset import Line, Run, Typesetter

_AFTER_MARK = 4.0  # points between an item's mark and its words
_NARROWEST = 60.0  # where words have less room than this, an item's words are not set in


class Part(NamedTuple):
    """Words on a line; `x` counts from the left edge of the text."""

    line: Line
    x: float
    tag: Tag


SetLine = tuple[Part, ...]  # empty where the author left an empty line


def paint_line(sheet: Sheet, line: SetLine, x: float, middle: float) -> None:
    """`x` is the left edge of the text, `middle` the height the words stand about."""
    for part in line:
        sheet.line(part.line, x + part.x, middle, part.tag, ends=part is line[-1])


def set_lines(lines: Iterable[Line], tag: Tag) -> list[SetLine]:
    """All as content of one tag."""
    return [() if line.gap else (Part(line, 0.0, tag),) for line in lines]


def set_text(
    setter: Typesetter,
    runs: Sequence[Run],
    width: float,
    above: Tag,
    *,
    role: str = "P",
    language: str = "",
    lone: Tag | None = None,
) -> list[SetLine]:
    """Nothing where there are no words. Paragraphs and lists get tags below `above`.

    A text that is one paragraph is the content of `lone`, where there is one.
    """
    if any(may_be_parted(run.text) for run in runs):
        printed = [run if run.whole else replace(run, text=setter.printable(run.text)) for run in runs]
        blocks = blocks_of(printed)
        if len(blocks) > 1 or isinstance(blocks[0] if blocks else None, Listing):
            return _Setting(setter, role, language).blocks(blocks, width, above)
    lines = setter.lines(runs, width)
    if not any(line.pieces for line in lines):
        return []
    return set_lines(lines, lone or above.add(role, language=language))


class _Setting(NamedTuple):
    setter: Typesetter
    role: str
    language: str

    def blocks(self, blocks: Sequence[Block], width: float, above: Tag) -> list[SetLine]:
        done: list[SetLine] = []
        for block in blocks:
            done += [()] if block.spaced else []
            if isinstance(block, Listing):
                tag = above.add("L", language=self.language, numbering=block.numbering)
                done += self._list(block, width, tag)
            else:
                tag = above.add(self.role, language=self.language)
                done += set_lines(self.setter.lines(block.runs, width), tag)
        return done

    def _list(self, block: Listing, width: float, tag: Tag) -> list[SetLine]:
        marks = [self.setter.lines([item.mark], width)[0] for item in block.items]
        inset = max(mark.width for mark in marks) + _AFTER_MARK
        room = max(width - inset, _NARROWEST)
        done: list[SetLine] = []
        for mark, item in zip(marks, block.items, strict=True):
            entry = tag.add("LI")
            label = Part(mark, 0.0, entry.add("Lbl"))
            words = self._body(item.body, room, entry) if item.body else []
            first, *others = [tuple(part._replace(x=part.x + inset) for part in line) for line in words] or [
                ()
            ]
            done += [()] if item.spaced and done else []
            done += [(label, *first), *others]
        return done

    def _body(self, blocks: Sequence[Block], width: float, entry: Tag) -> list[SetLine]:
        """Of an item; one paragraph is the body itself."""
        body = entry.add("LBody")
        lone = blocks[0]
        if len(blocks) > 1 or isinstance(lone, Listing):
            return self.blocks(blocks, width, body)
        return set_lines(self.setter.lines(lone.runs, width), body)
