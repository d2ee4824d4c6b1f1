"""Right-to-left words in the order they are drawn, with Arabic letters in their joined shapes.

A short form of Unicode's rule: one level of direction inside the other, with numbers in either. A text runs
leftwards as a whole only where it begins so and most of its letters do: the report is written rightwards.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_FORMS = ("isolated", "final", "initial", "medial")


def runs_leftwards(text: str) -> bool:
    """True when there is any letter that is written from right to left."""
    if text.isascii():
        return False
    return any(char > "\u0590" and unicodedata.bidirectional(char) in ("R", "AL") for char in text)


class Drawn(NamedTuple):
    """The characters from left to right as they stand on paper."""

    before: str  # all up to the first word that runs leftwards
    rest: str
    typed: str  # the rest as it was typed, empty where nothing runs leftwards


def as_drawn(text: str) -> str:
    """The characters from left to right as they stand on paper."""
    drawn = drawing(text)
    return drawn.before + drawn.rest


def drawing(text: str, whole: str = "") -> Drawn:
    """`whole` is the text that this is a line of: it says which way the line runs."""
    if not runs_leftwards(text):
        return Drawn(text, "", "")
    typed, shaped = _clusters(text), _clusters(joined(text))
    levels = _levels([letter[0] for letter in typed], _base(whole or text))
    first = next((place for place, level in enumerate(levels) if level), len(levels))
    return Drawn(
        "".join(typed[:first]), "".join(_turned(shaped[first:], levels[first:])), "".join(typed[first:])
    )


def _turned(letters: list[str], levels: list[int]) -> list[str]:
    drawn = [
        _leftward(letter) if level == 1 else letter for letter, level in zip(letters, levels, strict=True)
    ]
    for turned in (2, 1):
        _turn_round(drawn, levels, turned)
    return drawn


def _leftward(letter: str) -> str:
    """Its marks first: in typefaces of such letters they are drawn from where the letter begins."""
    if len(letter) > 1 and runs_leftwards(letter):
        return letter[1:] + letter[0]
    return letter.translate(_MIRRORED)


def _clusters(text: str) -> list[str]:
    """Each mark stays with the letter it sits on."""
    clusters: list[str] = []
    for char in text:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _kinds(chars: list[str]) -> list[str]:
    """Unicode's kinds of character, those that belong to a number counted to it: `24/11/2026`, `85%`."""
    kinds = [unicodedata.bidirectional(char) for char in chars]
    strong = ""
    for place, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind == "CS" and after in ("EN", "AN")) or (kind == "ES" and after == "EN")):
            kinds[place] = after
    for places in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        near = ""
        for place in places:
            if kinds[place] == "ET" and near == "EN":
                kinds[place] = "EN"
            near = kinds[place]
    return kinds


# `N` for numbers, `A` for those that stand among leftward words; all else takes its neighbours' side.
_SIDES = {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "A"}


def _levels(chars: list[str], base: str) -> list[int]:
    """0 runs rightwards, 1 leftwards, 2 rightwards inside leftwards."""
    sides = [_SIDES.get(kind, "") for kind in _kinds(chars)]
    inward = 0 if base == "L" else 2  # of rightward words
    strong = base
    levels: list[int | None] = []
    for place, side in enumerate(sides):
        strong = side if side in ("L", "R") else strong
        if side in ("N", "A"):  # a number keeps its own order and counts as its neighbours' side
            sides[place] = "R" if side == "A" else strong
            levels.append(2 if sides[place] == "R" else inward)
        else:
            levels.append({"L": inward, "R": 1}.get(side))
    return _settled(chars, sides, levels, base, inward)


@lru_cache(maxsize=32)
def _base(text: str) -> str:
    sides = [_SIDES.get(unicodedata.bidirectional(char), "") for char in text]
    first = next((side for side in sides if side in ("L", "R")), "L")
    return "R" if first == "R" and sides.count("R") > sides.count("L") else "L"


def _settled(
    chars: list[str], sides: list[str], levels: list[int | None], base: str, inward: int
) -> list[int]:
    """Neutrals between two of one side go with them, others with the whole text; brackets go in pairs."""
    settled: list[int] = []
    opened: list[int] = []
    before = base
    for place, level in enumerate(levels):
        if level is not None:
            before = sides[place]
            settled.append(level)
            continue
        after = next((side for side in sides[place:] if side), base)
        side = before if before == after else base
        found = 1 if side == "R" else inward
        if chars[place] in ")]}" and opened:
            found = opened.pop()
        elif chars[place] in "([{":
            opened.append(found)
        settled.append(found)
    return settled


def _turn_round(letters: list[str], levels: list[int], turned: int) -> None:
    """Reverse every stretch of at least this level, in place."""
    start = 0
    while start < len(letters):
        end = start
        while end < len(letters) and levels[end] >= turned:
            end += 1
        letters[start:end] = reversed(letters[start:end])
        start = max(end, start + 1)


def joined(text: str) -> str:
    """Each Arabic letter in the shape that its neighbours ask for."""
    shapes = _shapes()
    drawn = []
    for place, char in enumerate(text):
        forms = shapes.get(char)
        if forms is None:
            drawn.append(char)
            continue
        joins_before = "final" in forms and "initial" in shapes.get(_neighbour(text, place, -1), ())
        joins_after = "initial" in forms and "final" in shapes.get(_neighbour(text, place, 1), ())
        drawn.append(forms.get(_FORMS[joins_before + 2 * joins_after], char))
    return "".join(drawn)


def _neighbour(text: str, place: int, step: int) -> str:
    place += step
    while 0 <= place < len(text) and unicodedata.combining(text[place]):
        place += step
    return text[place] if 0 <= place < len(text) else ""


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Letter → its shapes by name, read from Unicode's own table of presentation forms."""
    table: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEF5)):
        kind, _, letter = unicodedata.decomposition(chr(code)).partition(" ")
        if kind.strip("<>") in _FORMS and letter and " " not in letter:
            table.setdefault(chr(int(letter, 16)), {})[kind.strip("<>")] = chr(code)
    return table
