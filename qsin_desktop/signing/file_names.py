"""What a file calls itself: readers show it in their title bar, and signatures may let others change it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

_SAID = ("/Title", "/Author", "/Subject", "/Keywords")
_BY_PROGRAMS = {"/ModDate", "/Producer"}  # which those that add a signature write anew
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def what_it_calls_itself(state: Any) -> tuple[str, ...]:
    """In one of its states: title, author, subject and keywords, and the titles in its metadata.

    Raises whatever damaged metadata raise; the file is then not in order.
    """
    info = _information(state)
    said = tuple(str(info[key]) if key in info else "" for key in _SAID)
    if "/Metadata" not in state.root:
        return said
    tree = ET.fromstring(state.root["/Metadata"].data)  # noqa: S314  # in a child with limits
    return (*said, *("".join(title.itertext()).strip() for title in tree.iter(_TITLE)))


def what_it_says(state: Any) -> tuple[object, ...]:
    """The same, with every other entry of its information, which may be anything."""
    info = _information(state)
    more = sorted((str(key), str(info[key])) for key in info if key not in _BY_PROGRAMS)
    return (*what_it_calls_itself(state), *more)


def _information(state: Any) -> Any:
    """As it was in that state: the trailer itself would lead to what is there now."""
    trailer = state.trailer_view
    if "/Info" not in trailer:
        return {}
    info = trailer.raw_get("/Info")
    return state.get_object(info.reference) if hasattr(info, "reference") else info
