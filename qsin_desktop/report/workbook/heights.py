"""How high a row must be for its wrapped texts, by the widths of Calibri's letters."""

from __future__ import annotations

import math

LINE, MARGIN = 12.9, 4.0  # points: a line of our size of type, and the space around a cell's text
TALLEST = 409.0  # a row can be no higher
MOST_LINES = int((TALLEST - MARGIN) / LINE)

_WIDTHS = {  # letters by their width in hundredths of the type's size; the rest count as 60
    20: "'",
    25: " ,.:;Iijl",
    30: "()-J[]`f{}",
    35: "!rt",
    40: '"/L\\csz',
    45: "?FSZgkvxy|",
    50: "#$*+0123456789<=>EKPTXY^_ae~",
    55: "BCRVbdhnopqu",
    60: "ADH",
    65: "GNOQU",
    70: "%&w",
    80: "m",
    85: "M",
    90: "@W",
}
_OTHER, _WIDE, _MEAN = 60, 105, 62
_SPACE = 25


class _Letters(dict[str, int]):
    def __missing__(self, letter: str) -> int:
        return _WIDE if letter >= "\u1100" else _OTHER


_LETTERS = _Letters({letter: width for width, letters in _WIDTHS.items() for letter in letters})


def height(lines_: int) -> float:
    return min(TALLEST, round(LINE * max(1, lines_) + MARGIN, 1))


def lines(text: str, width: float, *, size: float = 10, bold: bool = False) -> int:
    """Lines that the text takes in a column of this width (in the digits of the workbook's own font)."""
    room = (7 * width - 5) / (size * 4 / 3) * 100 / (1.07 if bold else 1.0)
    if "\n" not in text:
        return _lines_of(text, room)
    return sum(_lines_of(part, room) for part in text.split("\n"))


def _lines_of(part: str, room: float) -> int:
    if len(part) * _MEAN <= room:
        return 1
    taken, used = 1, 0.0
    for word in part.split(" "):
        long = sum(map(_LETTERS.__getitem__, word))
        if used and used + long > room:
            taken, used = taken + 1, 0.0
        if long > room:
            more = math.ceil(long / room) - 1
            taken, long = taken + more, int(long - more * room)
        used += long + _SPACE
    return taken
