"""Pictures of exhibits, small enough to show and to print, made once and kept encrypted beside them.

What is kept is the picture as it was taken; its marks are drawn into every copy that leaves here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.marks import Mark

PRINTED = 1600  # pixels of the longer side in the report
TILE = 320  # in the window
_PRINTED_GROUPS = ("photo", "image")


class Pixels(NamedTuple):
    """Red, green and blue of each pixel, row by row."""

    rgb: bytes
    width: int
    height: int


def picture_of(visit: OpenVisit, edge: int = PRINTED) -> Callable[[Exhibit], bytes | None]:
    """A function that gives an exhibit's marked picture as JPEG, or None; for any thread."""
    plain = unmarked_picture_of(visit, edge)
    return lambda e: _marked(plain(e), e.marks)


def unmarked_picture_of(visit: OpenVisit, edge: int = PRINTED) -> Callable[[Exhibit], bytes | None]:
    """The same without its marks: for the one place where they are drawn."""
    previews = visit.previews
    return lambda e: previews.picture(e.sha256, e.pieces, e.size, e.group, edge)


def make_printed(
    visit: OpenVisit, cancelled: Callable[[], bool] = lambda: False, *, exhibits: Sequence[Exhibit]
) -> int:
    """Make beforehand what the report will print of these photos, where it is not there; for any thread.

    Answers how many were made. So the first report does not take minutes over hundreds of photos.
    """
    made = 0
    for exhibit in exhibits:
        if cancelled():
            break
        if exhibit.group not in _PRINTED_GROUPS or visit.previews.has(exhibit.sha256, PRINTED):
            continue
        picture = visit.previews.picture(
            exhibit.sha256, exhibit.pieces, exhibit.size, exhibit.group, PRINTED, beforehand=True
        )
        made += picture is not None
    return made


def stop_making_printed(visit: OpenVisit) -> None:
    """The visit is being left: the picture in hand is not waited for."""
    visit.previews.stop_beforehand()


def kept_picture(visit: OpenVisit, exhibit: Exhibit, edge: int = TILE) -> bytes | None:
    """The marked picture if it was made before: quick enough for the window's own thread."""
    return _marked(visit.previews.kept(exhibit.sha256, edge), exhibit.marks)


def drawn(jpeg: bytes, marks: Sequence[Mark]) -> Pixels:
    """The picture with these marks as they will be printed, for the window."""
    from qsin_desktop.report.marks import burnt_pixels

    return Pixels(*burnt_pixels(jpeg, marks))


def _marked(jpeg: bytes | None, marks: Sequence[Mark]) -> bytes | None:
    if jpeg is None or not marks:
        return jpeg
    from qsin_desktop.report.marks import burn

    return burn(jpeg, marks)
