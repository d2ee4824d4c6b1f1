"""What lies on a sheet beside its cells: pictures, shapes and comments, which no reader of cells sees."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qsin_desktop.foreign_workbooks.spelling import spelt_out

_DRAWING, _COMMENTS, _THREADED = "/drawing", "/comments", "/threadedComment"  # ends of a relation's type
_MOST_COMMENTS = 500
_MOST_LETTERS = 2_000  # of one comment


@dataclass(frozen=True)
class Comment:
    """One said at a cell, such as K6."""

    place: str
    text: str


@dataclass(frozen=True)
class Beside:
    """How many pictures and shapes lie on a sheet, and what is commented there."""

    drawings: int = 0
    comments: tuple[Comment, ...] = ()


def beside(archive: zipfile.ZipFile, sheet_part: str) -> Beside:
    """Raises whatever the library trips over in a damaged file."""
    from openpyxl.packaging.relationship import get_dependents

    folder, _, name = sheet_part.lstrip("/").rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    names = set(archive.namelist())
    if relations not in names:
        return Beside()
    drawings = 0
    said: dict[str, str] = {}
    for one in sorted(get_dependents(archive, relations), key=lambda one: _kind(one) == _THREADED):
        if _kind(one) == _DRAWING and one.target in names:
            drawings += sum(_local(child).endswith("Anchor") for child in _root(archive, one.target))
        elif _kind(one) in (_COMMENTS, _THREADED) and one.target in names:
            # A thread has an old comment beside it, which says that it is one; the thread is read last.
            said |= _threads(_root(archive, one.target))
    comments = tuple(Comment(place, text[:_MOST_LETTERS]) for place, text in said.items() if text)
    return Beside(drawings, comments[:_MOST_COMMENTS])


def _kind(relation: Any) -> str:
    return "/" + str(relation.Type).rpartition("/")[2]


def _root(archive: zipfile.ZipFile, part: str) -> Any:
    from openpyxl.xml.functions import fromstring

    return fromstring(archive.read(part))


def _threads(root: Any) -> dict[str, str]:
    """All that is said at each cell, in order."""
    said: dict[str, list[str]] = {}
    for comment in root.iter():
        if _local(comment) in ("comment", "threadedComment") and comment.get("ref"):
            said.setdefault(str(comment.get("ref")), []).append("".join(_texts(comment)).strip())
    return {place: " / ".join(filter(None, texts)) for place, texts in said.items()}


def _texts(comment: Any) -> Iterator[str]:
    for part in comment.iter():
        if _local(part) in ("t", "text"):
            yield spelt_out(part.text or "")


def _local(element: Any) -> str:
    """Its name without the namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
