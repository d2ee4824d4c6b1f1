"""Paths of rounded boxes and open frames, from their own lower left corner, upwards as PDF counts."""

from __future__ import annotations

from functools import lru_cache

from qsin_desktop.report.pdf_syntax import number

# Corners by where they are.
ALL_CORNERS = frozenset({"nw", "ne", "sw", "se"})
TOP_CORNERS = frozenset({"nw", "ne"})
BOTTOM_CORNERS = frozenset({"sw", "se"})
NO_CORNERS: frozenset[str] = frozenset()

_HANDLE = 1 - 0.5523  # how near to the corner the handles of a quarter circle lie, in radii
_FRAME_RADIUS = 6.0


@lru_cache(maxsize=512)
def outline(w: float, h: float, radius: float, corners: frozenset[str]) -> str:
    """A closed path, rounded at the named corners."""
    if not radius or not corners:
        return f"0 0 {number(w)} {number(h)} re"
    r = min(radius, w / 2, h / 2)
    k = r * _HANDLE
    sw, se, ne, nw = (r if corner in corners else 0.0 for corner in ("sw", "se", "ne", "nw"))
    path = [_move(sw, 0), _line(w - se, 0)]
    path += [_curve(w - k, 0, w, k, w, r)] if se else []
    path += [_line(w, h - ne)]
    path += [_curve(w, h - k, w - k, h, w - r, h)] if ne else []
    path += [_line(nw, h)]
    path += [_curve(k, h, 0, h - k, 0, h - r)] if nw else []
    path += [_line(0, sw)]
    path += [_curve(0, k, k, 0, r, 0)] if sw else []
    return " ".join(path)


@lru_cache(maxsize=512)
def edges(w: float, h: float, corners: frozenset[str]) -> str:
    """The edges of one stretch of a frame: sides always, top or bottom where its corners are."""
    r = min(_FRAME_RADIUS, h)
    k = r * _HANDLE
    if corners >= ALL_CORNERS:
        return outline(w, h, _FRAME_RADIUS, ALL_CORNERS)
    if corners >= TOP_CORNERS:
        up = [_move(0, 0), _line(0, h - r), _curve(0, h - k, k, h, r, h), _line(w - r, h)]
        return " ".join([*up, _curve(w - k, h, w, h - k, w, h - r), _line(w, 0)])
    if corners >= BOTTOM_CORNERS:
        down = [_move(0, h), _line(0, r), _curve(0, k, k, 0, r, 0), _line(w - r, 0)]
        return " ".join([*down, _curve(w - k, 0, w, k, w, r), _line(w, h)])
    return " ".join([_move(0, 0), _line(0, h), _move(w, 0), _line(w, h)])


def _move(x: float, y: float) -> str:
    return f"{number(x)} {number(y)} m"


def _line(x: float, y: float) -> str:
    return f"{number(x)} {number(y)} l"


def _curve(*points: float) -> str:
    return " ".join(number(value) for value in points) + " c"
