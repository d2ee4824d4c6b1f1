"""Marks on a photo: a layer over an untouched original, placed in parts of the picture as it is seen."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import Standing

LONGEST_TEXT = 300
MOST_MARKS = 200  # on one picture
_SMALLEST = 0.004  # of the picture's side; less is a slip of the hand
_SLACK = 1e-6  # what arithmetic may add at the picture's edge


class MarkKind(StrEnum):
    BOX = "box"
    ELLIPSE = "ellipse"
    ARROW = "arrow"
    TEXT = "text"
    REDACT = "redact"

    @property
    def label(self) -> str:
        return "Redaction" if self is MarkKind.REDACT else self.value.capitalize()


class MarkColour(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    WHITE = "white"


@dataclass(frozen=True)
class Mark:
    """Left, top, width and height count in parts (0 to 1) of the upright picture's width and height.

    An arrow runs from its corner over its width and height, either of which may be negative, to its head.
    """

    id: str
    kind: MarkKind
    x: float
    y: float
    w: float
    h: float
    text: str = ""
    colour: MarkColour = MarkColour.RED
    entry: str = ""  # that this mark stands in now
    by: str = ""
    n: int = 0

    @property
    def words(self) -> str:
        """What it is to somebody who cannot see it."""
        if self.kind is MarkKind.TEXT:
            return f"the words “{self.text}”"
        article = "an" if self.kind.value[0] in "ae" else "a"
        return f"{article} {self.kind.value}" + (f" (“{self.text}”)" if self.text else "")


class MarkRefused(Refusal):
    """Nothing was marked; says why."""


def refuse_unplaced(mark: Mark) -> None:
    """Raises `MarkRefused` where the mark lies outside the picture, is too small, or lacks its words."""
    if not _inside(mark.x, mark.y, mark.w, mark.h):
        raise MarkRefused(
            "The mark would lie outside the picture. Its place counts in parts of the picture, from 0 to 1, "
            "from the top left corner; nothing was marked."
        )
    if mark.kind is MarkKind.ARROW:
        large = math.hypot(mark.w, mark.h) >= _SMALLEST
    else:
        large = min(mark.w, mark.h) >= _SMALLEST
    if not large:
        raise MarkRefused("The mark is too small to be seen; draw it larger. Nothing was marked.")
    if mark.kind is MarkKind.TEXT and not mark.text.strip():
        raise MarkRefused("A text mark needs words; write something first.")


def is_mark(value: Any) -> bool:
    """The shape of what the journal may hold: a mark of a known kind that lies inside the picture.

    A colour that this program does not know is no reason to show what somebody redacted.
    """
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(name, ""), str) for name in ("id", "text", "colour"))
        and value.get("kind") in {kind.value for kind in MarkKind}
        and all(_number(value.get(name)) for name in ("x", "y", "w", "h"))
        and len(value.get("text", "")) <= LONGEST_TEXT
        and (value["kind"] == MarkKind.ARROW or (value["w"] >= 0 and value["h"] >= 0))
        and _inside(value["x"], value["y"], value["w"], value["h"])
    )


def value_of(mark: Mark) -> dict[str, Any]:
    """As the journal keeps it, rounded to a ten-thousandth of the picture."""
    places = {name: round(getattr(mark, name), 4) for name in ("x", "y", "w", "h")}
    words = {"text": mark.text} if mark.text else {}
    return {"id": mark.id, "kind": mark.kind.value, **places, **words, "colour": mark.colour.value}


def marks_of(standing: Iterable[Standing]) -> tuple[Mark, ...]:
    """In the order they were drawn."""
    return tuple(
        mark for one in sorted(standing, key=lambda s: (s.n, s.entry)) if (mark := _read(one)) is not None
    )


def _read(standing: Standing) -> Mark | None:
    value = standing.value
    if not is_mark(value):
        return None
    colour = value.get("colour", "")
    return Mark(
        id=value.get("id") or standing.entry,
        kind=MarkKind(value["kind"]),
        **{name: float(value[name]) for name in ("x", "y", "w", "h")},
        text=value.get("text", ""),
        colour=MarkColour(colour) if colour in set(MarkColour) else MarkColour.RED,
        entry=standing.entry,
        by=standing.by,
        n=standing.n,
    )


def redacted(marks: Iterable[Mark]) -> int:
    """How many areas are redacted."""
    return sum(mark.kind is MarkKind.REDACT for mark in marks)


def redacted_words(marks: Iterable[Mark]) -> str:
    """`One area is redacted.`, or nothing."""
    count = redacted(marks)
    return "" if not count else "One area is redacted." if count == 1 else f"{count} areas are redacted."


def drawn_words(marks: Iterable[Mark]) -> str:
    """For those who cannot see the picture: `Marked with an arrow; the words “Out of date”.`, or nothing."""
    drawn = [mark.words for mark in marks if mark.kind is not MarkKind.REDACT]
    counted = [
        f"{words}, {drawn.count(words)} times" if drawn.count(words) > 1 else words
        for words in dict.fromkeys(drawn)
    ]
    return f"Marked with {'; '.join(counted)}." if counted else ""


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _inside(x: float, y: float, w: float, h: float) -> bool:
    if not all(_number(part) for part in (x, y, w, h)):
        return False
    return all(-_SLACK <= part <= 1 + _SLACK for part in (x, y, x + w, y + h))
