"""Which objects of a PDF file each object refers to, read from its bytes where these are plain."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

from pyhanko.pdf_utils import generic

Node = tuple[int, int]  # number and generation of an object

UNREADABLE: Node = (0, -1)  # what an object refers to that may refer to anything

_LINK = re.compile(rb"(?:/(P|Parent)\s*)?(?<![0-9])(\d+)\s+(\d+)\s+R")
_REF = re.compile(rb"(\d+)\s+(\d+)\s+R")
_HEAD_ENDS = re.compile(rb"(?<=[\s>\]])(?:endobj|stream)")
_IS_DICT = re.compile(rb"\s*\d+\s+\d+\s+obj\s*<<")
_KIDS = re.compile(rb"/K(?=[\s/\[<])\s*(\[[^\[\]<>]*\]|\d+\s+\d+\s+R)?")
_TYPE = re.compile(rb"/Type(?=[\s/])\s*(/\w+)?")
_STRING = re.compile(rb"\([^()\\]*\)")
_NOT_PLAIN = re.compile(rb"[()%#]")


class Links(NamedTuple):
    """`kids`, `in_list` and `element` speak of the structure tree, and only where that is certain."""

    to: tuple[Node, ...]  # all but by /Parent and /P
    by_p: tuple[Node, ...] = ()
    kids: tuple[Node, ...] = ()
    in_list: bool = True  # else it is a single one, which pyHanko looks through and does not count
    element: bool = False


class LinksReader:
    """Of a whole file in memory. Each version of an object is read once."""

    def __init__(self, document: bytes, reader: Any) -> None:
        self._document = document
        self._reader = reader
        self._known: dict[tuple[Node, int], Links] = {}
        self._ends: dict[int, int] = {}

    def in_force(self, revision: int) -> dict[Node, Links]:
        """Every object as it is after that update, by its number and generation."""
        if not self._ends:
            self._ends = self._ends_of_objects()
        found: dict[Node, Links] = {}
        for at in range(revision + 1):
            for ref in self._reader.xrefs.explicit_refs_in_revision(at):
                node = (ref.idnum, ref.generation)
                if (node, at) not in self._known:
                    self._known[node, at] = self._read(ref, at)
                found[node] = self._known[node, at]
        return found

    def _ends_of_objects(self) -> dict[int, int]:
        """The place of each object, and of the next one after it."""
        xrefs = self._reader.xrefs
        places = {
            place
            for at in range(xrefs.total_revisions)
            for ref in xrefs.explicit_refs_in_revision(at)
            if isinstance(place := xrefs.get_historical_ref(ref, at), int)
        }
        ordered = [*sorted(places), len(self._document)]
        return dict(pairwise(ordered))

    def _read(self, ref: Any, at: int) -> Links:
        place = self._reader.xrefs.get_historical_ref(ref, at)
        if place is None:
            return Links(())
        plain = _plain(self._document[place : self._ends[place]]) if isinstance(place, int) else None
        return plain or self._parsed(ref, at)

    def _parsed(self, ref: Any, at: int) -> Links:
        try:
            return _of_object(self._reader.get_object(ref, at, transparent_decrypt=False))
        except Exception:  # noqa: BLE001  # whoever comes to this object will meet the same
            return Links((UNREADABLE,))


def _plain(text: bytes) -> Links | None:
    """None where comments, strings in strings or anything unusual could mislead a look at the bytes alone."""
    end = _HEAD_ENDS.search(text)
    if end is None:
        return None
    head = _STRING.sub(b" 0 ", text[: end.start()])
    if _NOT_PLAIN.search(head):
        return None
    bare = head.replace(b"<<", b"").replace(b">>", b"")
    if b"<" in bare or b">" in bare:
        return None
    to, by_p = [], []
    for link in _LINK.finditer(head):
        key, number, generation = link.groups()
        node = (int(number), int(generation))
        if key is None or _in_array(head[: link.start()]):
            to.append(node)
        elif key == b"P":
            by_p.append(node)
    kids, in_list = _plain_kids(head)
    types = _TYPE.findall(head)
    element = kids is not None and (not types or types == [b"/StructElem"])
    return Links(tuple(to), tuple(by_p), kids or (), in_list, element)


def _plain_kids(head: bytes) -> tuple[tuple[Node, ...] | None, bool]:
    """None for what is no dictionary, or may have children where they are not looked for."""
    found = list(_KIDS.finditer(head))
    if _IS_DICT.match(head) is None or len(found) > 1:
        return None, True
    if not found:
        return (), True
    before = head[: found[0].start()]
    if before.count(b"<<") - before.count(b">>") != 1 or _in_array(before):
        return None, True
    value = found[0][1] or b"[]"
    kids = tuple((int(number), int(generation)) for number, generation in _REF.findall(value))
    return kids, value.startswith(b"[")


def _in_array(before: bytes) -> bool:
    return before.count(b"[") != before.count(b"]")


def _of_object(obj: Any) -> Links:
    to: list[Node] = []
    by_p: list[Node] = []
    _gather(obj, to, by_p)
    kids: list[Node] = []
    element, in_list = False, True
    if isinstance(obj, generic.DictionaryObject):
        kind = obj.raw_get("/Type") if "/Type" in obj else "/StructElem"
        element = kind == "/StructElem"
        inner = obj.raw_get("/K") if "/K" in obj else ()
        if isinstance(inner, generic.ArrayObject):
            kids += [(one.idnum, one.generation) for one in inner if isinstance(one, generic.IndirectObject)]
        elif isinstance(inner, generic.IndirectObject):
            kids, in_list = [(inner.idnum, inner.generation)], False
    return Links(tuple(to), tuple(by_p), tuple(kids), in_list, element)


def _gather(obj: Any, to: list[Node], by_p: list[Node]) -> None:
    if isinstance(obj, generic.IndirectObject):
        to.append((obj.idnum, obj.generation))
    elif isinstance(obj, generic.DictionaryObject):
        for key, value in obj.items():
            if key == "/P" and isinstance(value, generic.IndirectObject):
                by_p.append((value.idnum, value.generation))
            elif key != "/Parent":
                _gather(value, to, by_p)
    elif isinstance(obj, generic.ArrayObject):
        for index in range(len(obj)):
            _gather(obj.raw_get(index), to, by_p)
