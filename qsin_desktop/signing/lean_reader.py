"""Reads a signed file whose later updates are judged by few of its objects, not by all of them.

What a later update wrote over may be in use at other places of the signed state too, so all the ways that
lead to it are looked for. pyHanko walks through every object of the file for that, 50,000 in a report of 450
pages. Here the walk is its own, but it enters only what leads to something that was written over: the ways
found are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from qsin_desktop.signing.object_links import UNREADABLE, Links, LinksReader, Node

_TurnedRound = tuple[dict[Node, list[Node]], dict[Node, list[Node]]]


class _Nothing(generic.NullObject):
    """Neither a page nor an element, and nothing is in it."""

    def get(self, _key: str, default: Any = None) -> Any:
        return default

    def __getitem__(self, key: str) -> Any:
        raise KeyError(key)


_NOTHING = _Nothing()


class LeanReader(PdfFileReader):
    """For a file in memory, without encryption."""

    def __init__(self, document: bytes) -> None:
        super().__init__(BytesIO(document), strict=False)
        self.links = LinksReader(document, self)
        self._states: dict[int, _LeanState] = {}

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        if revision not in self._states:
            self._states[revision] = _LeanState(self, revision)
        return self._states[revision]


class _LeanState(HistoricalResolver):
    """One state of the file. While ways are looked for, an object that leads nowhere is none."""

    def __init__(self, reader: LeanReader, revision: int) -> None:
        super().__init__(reader, revision)
        self._lean = reader
        self._entered: set[Node] | None = None
        self._targets: set[Node] = set()
        self._refer_to: _TurnedRound | None = None

    def get_object(self, ref: generic.Reference, as_metadata_stream: bool = False) -> Any:  # noqa: FBT001, FBT002  # pyHanko's
        if self._entered is not None and _node(ref) not in self._entered:
            return _NOTHING
        return super().get_object(ref, as_metadata_stream)

    def _load_reverse_xref_cache(self) -> None:
        if self._indirect_object_access_cache is None:
            later = range(self.revision + 1, self.reader.xrefs.total_revisions)
            written = {_node(r) for at in later for r in self.reader.xrefs.explicit_refs_in_revision(at)}
            self._find_ways(written | set(self._form_fields()))

    def _get_usages_of_ref(self, ref: generic.Reference) -> Any:
        if _node(ref) not in self._targets:
            self._find_ways({*self._targets, _node(ref)})
        return super()._get_usages_of_ref(ref)

    def _find_ways(self, targets: set[Node]) -> None:
        self._targets = targets
        self._indirect_object_access_cache = None
        self._entered = self._leads_to(targets)
        try:
            walk: Any = super()._load_reverse_xref_cache
            walk()
        finally:
            self._entered = None

    def _form_fields(self) -> Iterator[Node]:
        """Every field is asked for when a form is compared, and a shared appearance of it."""
        with suppress(Exception):  # a form that is not in order is judged where it is compared
            waiting = list(self.root["/AcroForm"]["/Fields"])
            seen: set[Node] = set()
            while waiting:
                one = waiting.pop()
                if isinstance(one, generic.IndirectObject):
                    if _node(one.reference) in seen:
                        continue
                    seen.add(_node(one.reference))
                    yield _node(one.reference)
                    one = self.get_object(one.reference)
                appearance = one.raw_get("/AP") if "/AP" in one else None
                if isinstance(appearance, generic.IndirectObject):
                    yield _node(appearance.reference)
                waiting += one.get("/Kids", ())

    # ---- what leads where -----------------------------------------------------------------------------

    def _leads_to(self, targets: Iterable[Node]) -> set[Node]:
        """Every object from which one of the targets is reached, and more at times, never fewer."""
        if self._refer_to is None:
            self._refer_to = self._turned_round()
        walked, seen = self._refer_to
        found = {_node(self.root_ref), *self._first_pages(), *targets, UNREADABLE}
        found.update(one for target in targets for one in seen.get(target, ()))
        waiting = list(found)
        while waiting:
            for one in walked.get(waiting.pop(), ()):
                if one not in found:
                    found.add(one)
                    waiting.append(one)
        return found

    def _first_pages(self) -> Iterator[Node]:
        pages = self.root.raw_get("/Pages")
        if isinstance(pages, generic.IndirectObject):
            yield _node(pages.reference)

    def _turned_round(self) -> _TurnedRound:
        """From each object those that refer to it, without the ways that the walk does not take.

        It never goes up by /Parent, nor by /P within the structure tree, and a page is seen from everywhere,
        but entered through the page tree only. Otherwise each element of a report would lead to everything.
        """
        in_force = self._lean.links.in_force(self.revision)
        pages = self._pages()
        elements = self._elements(in_force)
        through_pages = {*pages, _node(self.root_ref)}
        walked: dict[Node, list[Node]] = defaultdict(list)
        seen: dict[Node, list[Node]] = defaultdict(list)
        for node, links in in_force.items():
            for other in links.to if node in elements else (*links.to, *links.by_p):
                turned = seen if other in pages and node not in through_pages else walked
                turned[other].append(node)
        return walked, seen

    def _pages(self) -> set[Node]:
        """The page tree's nodes, as the walk knows them; none where the tree is not in order."""
        found: set[Node] = set()
        try:
            waiting = [self.root.raw_get("/Pages")]
            while waiting:
                one = waiting.pop()
                if isinstance(one, generic.IndirectObject):
                    if _node(one.reference) in found:
                        return set()
                    found.add(_node(one.reference))
                inner = one.get_object()
                if len(found) == 1 or inner.get("/Type") == "/Pages":
                    waiting += inner["/Kids"]
        except Exception:  # noqa: BLE001  # the walk itself says what is wrong with it
            return set()
        return found

    def _elements(self, in_force: dict[Node, Links]) -> set[Node]:
        """Elements of the structure tree; only those of which that is certain."""
        found: set[Node] = set()
        passed: set[Node] = set()
        with suppress(Exception):  # no tree, or one that is not in order: nothing is certain
            waiting = [in_force[_node(self.root.raw_get("/StructTreeRoot").reference)]]
            while waiting:
                above = waiting.pop()
                for node in above.kids:
                    links = in_force.get(node)
                    if links is None or not links.element or node in passed:
                        continue
                    passed.add(node)
                    waiting.append(links)
                    if above.in_list:
                        found.add(node)
        return found


def _node(ref: Any) -> Node:
    return (ref.idnum, ref.generation)
