"""Texts as a cell can hold them: nothing lost, nothing run, nothing that a reader cannot see."""

from __future__ import annotations

import re

from qsin_desktop.report.workbook.heights import lines

CELL_LIMIT = 32_767  # a cell's limit, counted in UTF-16 units as spreadsheet programs count
LINE_FEED_LIMIT = 253  # as many line breaks as a cell may have
PARAGRAPH_LIMIT = (
    16_000  # LibreOffice breaks longer ones of several in a cell, which would look like a change
)
CONTINUES = " (continues on the sheet “Long texts”)"

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def shown(text: str) -> str:
    r"""The text with every character that XML or a cell cannot carry made visible instead of dropped.

    Such a character becomes its number, [U+0007]; the same goes for the two that turn reading order round
    whatever the letters are. Line ends of every kind become `\n`.
    """
    if _UNSAFE.search(text) is None:
        return text
    return _UNSAFE.sub(lambda match: f"[U+{ord(match.group()):04X}]", _BREAKS.sub("\n", text))


def one_line(text: str, limit: int) -> str:
    """For tool tips, page heads and the like, cut with a visible mark."""
    line = " ".join(shown(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def units(text: str) -> int:
    """Length as spreadsheet programs count it: a character beyond the first plane is two."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def fits_cell(text: str) -> bool:
    return _fits(text, CELL_LIMIT)


def _fits(text: str, limit: int) -> bool:
    if units(text) > limit or text.count("\n") > LINE_FEED_LIMIT:
        return False
    return "\n" not in text or max(map(units, text.split("\n"))) <= PARAGRAPH_LIMIT


def held(text: str) -> str:
    """What one cell holds of a text: all of it, or, where it cannot, its start and a mark that it goes on."""
    text = shown(text)
    if len(text) <= LINE_FEED_LIMIT or fits_cell(text):
        return text
    return pieces(text, CELL_LIMIT - units(CONTINUES))[0].rstrip() + CONTINUES


def pieces(text: str, limit: int, *, width: float = 0.0, most_lines: int = 0) -> list[str]:
    """The text in parts that fit a cell and have at most `limit` units, cut at line ends or spaces.

    With a column's `width`, each part wraps to at most `most_lines` lines there. Joined, the parts give the
    text again, character for character.
    """
    parts = []
    while text:
        head = text[:limit]
        cut = _cut(head, limit, width, most_lines, last=len(head) == len(text))
        parts.append(text[:cut])
        text = text[cut:]
    return parts


def _cut(head: str, limit: int, width: float, most_lines: int, *, last: bool) -> int:
    """Where to end the part that begins `head`; at least one character on."""

    def fits(end: int) -> bool:
        part = head[:end]
        return _fits(part, limit) and (not width or lines(part, width) <= most_lines)

    if fits(len(head)):
        if last:
            return len(head)
        low = len(head)
    else:
        low, high = 1, len(head)
        while low < high - 1:  # low fits, high does not
            middle = (low + high) // 2
            low, high = (middle, high) if fits(middle) else (low, middle)
    for end in ("\n", " "):
        place = head.rfind(end, low // 2, low)
        if place >= 0:
            return place + 1
    return low
