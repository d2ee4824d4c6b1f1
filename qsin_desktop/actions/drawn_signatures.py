"""A drawn signature kept in a file: strokes as JSON, or a picture of one on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.signatures import Stroke

_LARGEST = 20 * 1024 * 1024


class DrawingUnusable(Refusal):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{shown(name)}” {why}. Nothing was signed; choose another file.")


def read_strokes(path: Path) -> tuple[Stroke, ...]:
    """`[[[x, y], …], …]`: a list of strokes, each a list of points, y counting downwards."""
    try:
        strokes = json.loads(_content(path).decode("utf-8-sig"))
        drawn = tuple(tuple(_point(point) for point in stroke) for stroke in strokes)
    except (ValueError, TypeError, RecursionError):
        raise DrawingUnusable(path.name, "holds no drawn signature (a list of strokes of points)") from None
    if not any(drawn):
        raise DrawingUnusable(path.name, "is a signature that has no ink")
    return drawn


def read_picture(path: Path) -> bytes:
    """Whether it is a picture shows when it is drawn."""
    return _content(path)


def _point(point: Any) -> tuple[float, float]:
    x, y = point[:2]
    return float(x), float(y)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise DrawingUnusable(path.name, "is not a file that is there")
        if path.stat().st_size > _LARGEST:
            raise DrawingUnusable(path.name, "is too large for a signature")
        return path.read_bytes()
    except OSError as fault:
        raise DrawingUnusable(path.name, f"could not be read ({fault.strerror})") from fault
