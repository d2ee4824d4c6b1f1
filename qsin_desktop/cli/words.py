"""Words of the command line as values, and text made harmless for a terminal."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

Word = TypeVar("Word", bound=StrEnum)

# Marks that turn round the rest of a line; a file's name could show another ending with them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the words without repeating all of them."""

    def error(self, message: str) -> NoReturn:
        super().error(harmless(message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"))


def a_path(word: str) -> Path:
    """An empty word would be taken for the folder one is in."""
    if not word.strip():
        raise argparse.ArgumentTypeError("an empty word names no file")
    return Path(word)


def one_of(words: type[Word]) -> Callable[[str], Word]:
    """A word of a fixed list, in any case."""

    def chosen(given: str) -> Word:
        try:
            return words(given.strip().casefold())
        except ValueError:
            known = ", ".join(word.value for word in words)
            raise argparse.ArgumentTypeError(f"“{harmless(given)}” is none of: {known}") from None

    return chosen


def harmless(text: str) -> str:
    """Signs that steer a terminal or turn its text round show as a box; lines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(sign) for sign in text)


_LONGEST = 800  # of a message about wrong usage


def _shown(sign: str) -> str:
    steers = unicodedata.category(sign) == "Cc" and sign not in "\n\t"
    return "□" if steers or sign in _TURNING else sign
