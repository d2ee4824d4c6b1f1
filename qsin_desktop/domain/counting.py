"""A number with its word."""

from __future__ import annotations


def count(number: int, thing: str, things: str = "") -> str:
    """`count(1, "finding")` is “1 finding”; thousands are parted."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
