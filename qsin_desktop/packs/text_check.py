"""Texts of a pack hold nothing that cannot be seen: no control characters, no turned writing direction."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from qsin_desktop.packs.located import Located, Path
from qsin_desktop.packs.place_words import field_words, owner_words
from qsin_desktop.packs.refusals import PackError

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text_errors(located: Located, whole: str) -> list[PackError]:
    """One error for each text that holds such a character."""
    return [
        located.error(path, f"{_named(located.value, path, whole)} holds {fault}.")
        for path, text in _texts(located.value, ())
        if (fault := unseen(text))
    ]


def unseen(text: str) -> str:
    """Name the first character that cannot be seen, or say nothing."""
    if text.isascii() and text.isprintable():
        return ""
    for character in text:
        if character in _DIRECTIONS:
            return f"a mark that turns the writing direction (U+{ord(character):04X})"
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cs"):
            return f"a control character (U+{ord(character):04X})"
    return ""


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, (*path, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*path, number))


def _named(value: object, path: Path, whole: str) -> str:
    owner, field = owner_words(value, path, whole), field_words(path)
    return f"{owner}: {field}" if field else owner
