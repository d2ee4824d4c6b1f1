"""JSON as the journal accepts it: one spelling of each name, nothing beyond a depth, no odd numbers."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_DEPTH = 12

# Half of a pair, as an escape: no text that could be stored or shown. Whole pairs are written as they are.
_HALF_SIGN = re.compile(rb"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")


def loads(text: bytes) -> Any:
    """Parse UTF-8 JSON; raises `ValueError` on duplicate names, NaN, great depth, wrong UTF-8, half signs."""
    if rb"\u" in text and _HALF_SIGN.search(text):
        raise ValueError("half a sign of UTF-16")
    try:
        parsed = _DECODER.decode(text.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    # A text with few brackets, wherever they stand, cannot be deep; most have two or three.
    if text.count(b"{") + text.count(b"[") > MAX_DEPTH and _depth(parsed) > MAX_DEPTH:
        raise ValueError("nested too deeply")
    return parsed


def dumps(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same name twice")
    return found


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not a number the journal takes")


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse)
