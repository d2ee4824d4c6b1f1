"""Texts as people type or paste them, made fit to keep: control characters out, length within bounds."""

from __future__ import annotations

import unicodedata

from qsin_desktop.domain.errors import TextMissing, TextTooLong

LONG_TEXT = 100_000  # characters of a note, a reason or a finding's part
SHORT_TEXT = 500  # of a name, a caption, a locator

_KEPT = {"\n", "\t"}
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\v\f\x85", "\n"))  # a word processor's line and page breaks too


def kept(text: str, what: str, *, limit: int = LONG_TEXT) -> str:
    """The text as it is recorded: composed letters, plain line ends; raises `TextTooLong`."""
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_LINE_ENDS))
    clean = "".join(_fit(ch) for ch in clean)
    if len(clean) > limit:
        raise TextTooLong(what, len(clean), limit, file_instead=limit >= LONG_TEXT)
    return clean


def _fit(sign: str) -> str:
    """A byte that is no text shows as such; a control character goes."""
    if sign.isascii() and sign.isprintable():
        return sign
    kind = unicodedata.category(sign)
    return "\ufffd" if kind == "Cs" else "" if kind == "Cc" and sign not in _KEPT else sign


def needed(text: str, what: str, *, limit: int = LONG_TEXT) -> str:
    """Like `kept`, and there must be something in it; raises `TextMissing`."""
    clean = kept(text, what, limit=limit).strip()
    if not clean:
        raise TextMissing(what)
    return clean


def one_line(text: str, what: str, *, limit: int = SHORT_TEXT) -> str:
    """A name or a caption: one line, outer spaces off; may be empty."""
    return " ".join(kept(text, what, limit=limit).split())


def blank_to_none(text: str) -> str | None:
    """A blank clears one's own value and erases nobody else's."""
    return text if text.strip() else None
