"""How a workbook's file spells what XML cannot carry, and what looks as if it were spelt so: `_x000D_`."""

from __future__ import annotations

import re
from typing import Any

_CODE = re.compile("_x([0-9A-Fa-f]{4})_")


def spelt_out(text: str) -> str:
    """As Excel reads it: each code once, from left to right. What codes half a letter stays as it is."""
    return _CODE.sub(_letter, text) if "_x" in text else text


def _letter(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number <= 0xDFFF else chr(number)


def plain(value: Any) -> Any:
    """A cell's value: a text spelt out, anything else as it is."""
    return spelt_out(value) if isinstance(value, str) else value
