"""The ways to what a later update wrote over are those that pyHanko finds by walking through everything."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from qsin_desktop.signing.lean_reader import LeanReader
from qsin_desktop.signing.quiet import quiet
from tests.signing.conftest import Signed

_MOST = 14  # objects: catalog, pages, three pages, structure tree's root, and any others
_LINKS = st.integers(1, _MOST).map(lambda n: b"%d 0 R" % n)
_KEYS = st.sampled_from(
    [b"/P", b"/Parent", b"/K", b"/A", b"/Obj", b"/Pg", b"/Annots", b"/PP", b"/#50", b"/Kids"]
)
_STRINGS = st.sampled_from(
    [
        b"(met)",
        b"(a (b) c)",
        b"(\\( 9 0 R)",
        b"( endobj 7 0 R)",
        b"(>>endobj)",
        b"<3920302052>",
        b"(/K [8 0 R])",
    ]
)
_SMALL = st.one_of(_LINKS, _LINKS, _STRINGS, st.sampled_from([b"1", b"/P", b"/Parent", b"true", b"/stream"]))


def _dictionary(items: dict[bytes, bytes], kind: bytes = b"", space: bytes = b"") -> bytes:
    inner = b" ".join(key + b" " + space + value for key, value in items.items())
    return b"<<" + kind + inner + space + b">>"


_PLACES = st.recursive(
    _SMALL,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: b"[" + b" ".join(items) + b"]"),
        st.dictionaries(_KEYS, inner, max_size=3).map(_dictionary),
    ),
    max_leaves=6,
)
_SPACES = st.sampled_from([b"", b"\n", b" % 6 0 R endobj\n", b"\x0c"])


@st.composite
def _files(draw: st.DrawFn) -> bytes:
    """A file of few objects that refer to one another in every way, and an update that writes over some."""

    def anything(kind: bytes = b"") -> bytes:
        return _dictionary(draw(st.dictionaries(_KEYS, _PLACES, max_size=4)), kind, draw(_SPACES))

    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R/Extra "
        + draw(_PLACES)
        + b"/AcroForm<</Fields[8 0 R]>>>>",
        2: b"<</Type/Pages/Count 3/Kids[3 0 R 4 0 R 5 0 R]/More " + draw(_PLACES) + b">>",
        **{n: _page(draw(_PLACES)) for n in (3, 4, 5)},
        6: b"<</Type/StructTreeRoot/K "
        + draw(st.sampled_from([b"7 0 R", b"[7 0 R 9 0 R]"]))
        + b"/ParentTree "
        b"<</Nums[0 " + draw(_PLACES) + b"]>>>>",
    }
    kinds = st.sampled_from([b"", b"/Type/StructElem", b"/Type/Annot", b"/Type/StructElem/S/P"])
    for number in range(7, _MOST + 1):
        objects[number] = draw(st.one_of(_PLACES, st.just(anything(draw(kinds)))))
    changed = draw(st.sets(st.integers(1, _MOST), min_size=1, max_size=4))
    return _written(objects, {n: objects[n] for n in changed})


def _page(more: bytes) -> bytes:
    return b"<</Type/Page/Parent 2 0 R/Annots[10 0 R]/More " + more + b">>"


def _written(first: dict[int, bytes], later: dict[int, bytes]) -> bytes:
    out, previous = b"%PDF-1.7\n", b""
    for objects in (first, later):
        places = {}
        for number, body in objects.items():
            places[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
        start = len(out)
        out += b"xref\n" + table + b"trailer\n<</Size %d/Root 1 0 R%b>>\n" % (_MOST + 1, previous)
        out += b"startxref\n%d\n%%%%EOF\n" % start
        previous = b"/Prev %d" % start
    return out


def _ways(reader: PdfFileReader, revision: int) -> Any:
    """To each object that later updates wrote over; the fault where the file has one."""
    state: Any = reader.get_historical_resolver(revision)
    try:
        state._load_reverse_xref_cache()
    except Exception as fault:  # noqa: BLE001  # both have to meet the same
        return type(fault)
    later = range(revision + 1, reader.xrefs.total_revisions)
    refs = [ref for at in later for ref in reader.xrefs.explicit_refs_in_revision(at)]
    return {ref.idnum: {way.path for way in state._get_usages_of_ref(ref)} for ref in refs}


@settings(max_examples=120, deadline=None)
@given(_files())
def test_of_any_file_the_ways_are_the_same(content: bytes) -> None:
    with quiet():
        everything = _ways(PdfFileReader(BytesIO(content), strict=False), 0)
        lean = _ways(LeanReader(content), 0)
    if isinstance(everything, dict):
        assert lean == everything


@pytest.mark.parametrize("revision", [0, 1, 2])
def test_of_a_signed_report_too(signed: Signed, revision: int) -> None:
    content = signed.states[3].read_bytes()
    ways = _ways(LeanReader(content), revision)
    assert ways == _ways(PdfFileReader(BytesIO(content), strict=False), revision)
    assert len(max(ways.values(), key=len)) > 1  # a field is on a page, in the form and in the structure
