"""What programs that read a page back are told about words written from right to left.

They take a page's text for what stands on it from left to right, guess where it runs leftwards and turn that
round again, each in its own way:

- poppler (pdftotext) turns from a leftward letter up to the next rightward letter, number or stop, whatever
  stands between, and keeps brackets as they are; it counts a page's letters to say which way it runs;
- pdfium (Chrome) mirrors brackets that it turned and runs a line leftwards where most of it does; it leaves
  words as they are told where what is shown first does not run leftwards.

So poppler is told words turned as it will turn them back, pdfium words as they were typed, both with signs
without width that decide each guess.
"""

from __future__ import annotations

import re
import unicodedata

_RIGHTWARDS, _LEFTWARDS = "\u200e", "\u200f"  # marks without width that count as a letter of their side
_STRETCH = re.compile("R+(?:[^RLN]*R+)*M*")
_WORD = re.compile("R+M*")


def for_poppler(typed: str) -> str:
    """Words with what stands between them turned as one; there are as many marks as leftward letters."""
    told, end = [], 0
    for found in _STRETCH.finditer(_sides(typed)):
        told.append(typed[end : found.start()])
        end = found.end()
        if found[0][-1] == "M":  # or it would count to what stands before
            told.append(_LEFTWARDS)
        told.append(typed[found.start() : end][::-1] + _RIGHTWARDS * found[0].count("R"))
    return "".join([*told, typed[end:]])


def for_pdfium(typed: str) -> str:
    """As typed, with one mark more than words."""
    told, end = [_RIGHTWARDS], 0
    for found in _WORD.finditer(_sides(typed)):
        told.append(typed[end : found.end()] + _RIGHTWARDS)
        end = found.end()
    return "".join([*told, typed[end:]])


def _sides(text: str) -> str:
    """`R` for each leftward letter, `L` rightward, `N` number or a stop as in numbers, `M` mark, else `-`."""
    return "".join([_SIDES.get(unicodedata.bidirectional(char), "-") for char in text])


_SIDES = {"R": "R", "AL": "R", "L": "L", "NSM": "M", **dict.fromkeys(("EN", "AN", "ES", "ET", "CS"), "N")}
