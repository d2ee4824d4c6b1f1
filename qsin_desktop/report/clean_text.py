"""Text as typed made fit for paper: nothing is lost, and what no typeface can draw is spelled out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from qsin_desktop.report.emoji import named_sequences

# Direction marks, joiners and selectors change how neighbours look and have no look of their own.
_UNSEEN = set(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_APART = "\u200c"
_KEPT_APART = re.compile(f"(?<=[\u0600-\u06ff]){_APART}(?=[\u0600-\u06ff])")  # letters that must not join
_BREAKS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n\n"}
_UNNAMED_BLOCKS = ("CJK ", "HANGUL SYLLABLE", "TANGUT", "NUSHU", "EGYPTIAN", "ANATOLIAN", "KHITAN")


def printable(text: str, drawable: Callable[[str], bool]) -> str:
    """Plain line ends, no control characters, composed letters, undrawable characters named in brackets."""
    if text.isascii() and text.isprintable():
        return text
    for typed, meant in _BREAKS.items():
        text = text.replace(typed, meant)
    text = named_sequences(unicodedata.normalize("NFC", text.expandtabs(4)), drawable)
    parts = _KEPT_APART.split(text) if drawable(_APART) else [text]
    return _APART.join("".join([_printed(char, drawable) for char in part]) for part in parts)


def _printed(char: str, drawable: Callable[[str], bool]) -> str:
    if char == "\n" or (char.isascii() and char.isprintable()):
        return char
    category = unicodedata.category(char)
    if category == "Cc" or char in _UNSEEN or "\ufe00" <= char <= "\ufe0f":
        return ""
    if category == "Zs":
        return char if char in "\u00a0\u202f" and drawable(char) else " "
    if category not in ("Cs", "Cn", "Co") and drawable(char):
        return char
    return f"[{_spelled(char)}]"


def _spelled(char: str) -> str:
    """`grinning face`, or the code of characters whose names say nothing: `U+4E2D`."""
    name = unicodedata.name(char, "")
    if not name or name.startswith(_UNNAMED_BLOCKS):
        return f"U+{ord(char):04X}"
    return name.lower()
