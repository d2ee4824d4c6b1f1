"""Emoji that are made of several characters, each named as the one thing that its writer saw."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_TONES = ("light", "medium-light", "medium", "medium-dark", "dark")
_FIRST_TONE = 0x1F3FB
_PICTURE = "[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
_ONE = f"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_TAG = "[\U000e0020-\U000e007e]"
_SEQUENCE = re.compile(
    f"(?P<flag>[\U0001f1e6-\U0001f1ff]{{2}})"
    f"|\U0001f3f4(?P<region>{_TAG}+)\U000e007f"
    "|(?P<key>[0-9#*])\ufe0f?\u20e3"
    f"|(?P<joined>{_ONE}(?:\u200d{_ONE})+|{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff])"
)
_MAYBE = re.compile("[\u20e3\u200d\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e007f]")


def named_sequences(text: str, drawable: Callable[[str], bool]) -> str:
    """`[thumbs up sign, medium skin tone]`; those whose every part can be drawn stay as they are."""
    if not _MAYBE.search(text):
        return text
    return _SEQUENCE.sub(lambda found: _named(found, drawable), text)


def _named(found: re.Match[str], drawable: Callable[[str], bool]) -> str:
    if flag := found["flag"]:
        return f"[flag {''.join(chr(ord(char) - 0x1F1E6 + ord('A')) for char in flag)}]"
    if region := found["region"]:
        letters = "".join(chr(ord(char) - 0xE0000) for char in region).upper()
        return f"[flag {letters[:2]}-{letters[2:]}]"
    if key := found["key"]:
        return f"[keycap {key}]"
    parts = [char for char in found["joined"] if char not in "\ufe0f\u200d"]
    if all(map(drawable, parts)):
        return found["joined"]
    return f"[{', '.join(map(_name, parts))}]"


def _name(char: str) -> str:
    tone = ord(char) - _FIRST_TONE
    if 0 <= tone < len(_TONES):
        return f"{_TONES[tone]} skin tone"
    return unicodedata.name(char, f"U+{ord(char):04X}").lower()
