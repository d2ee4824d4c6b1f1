"""Moments as people say them: “24 Nov 16:20”, by the clock of whoever wrote them."""

from __future__ import annotations

from datetime import datetime


def moment(at: str) -> str:
    """From ISO time; empty for what is no time."""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return f"{time.day} {time:%b %H:%M}"


def moment_in_words(at: str) -> str:
    """“24 November 2026, 16:20”; empty for what is no time."""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return f"{time.day} {time:%B %Y, %H:%M}"
