"""Pictures of exhibits, small enough to show and to print, made once and kept encrypted beside them."""

from __future__ import annotations

from collections.abc import Callable

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.evidence import Exhibit

PRINTED = 1600  # pixels of the longer side in the report
TILE = 320  # in the window


def picture_of(visit: OpenVisit, edge: int = PRINTED) -> Callable[[Exhibit], bytes | None]:
    """A function that gives an exhibit's picture as JPEG, or None where it has none; for any thread."""
    previews = visit.previews
    return lambda e: previews.picture(e.sha256, e.pieces, e.size, e.group, edge)


def kept_picture(visit: OpenVisit, exhibit: Exhibit, edge: int = TILE) -> bytes | None:
    """The picture if it was made before: quick enough for the window's own thread."""
    return visit.previews.kept(exhibit.sha256, edge)
