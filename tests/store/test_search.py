from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.store.search import fts_query, words_of
from tests.store.desks import RATING, Desk, made_desk

FOUND: dict[str, tuple[FieldKey, object]] = {
    "reason": (RATING, {"rating": "met", "reason": "needle"}),
    "note": (FieldKey("note", "n", "text"), "needle"),
    "who was heard": (FieldKey("note", "n", "about"), {"heard": "needle", "role": "", "when": ""}),
    "role": (FieldKey("note", "n", "about"), {"heard": "", "role": "needle", "when": ""}),
    "exhibit's name": (FieldKey("exhibit", "e", "made"), {"number": "E-001", "name": "needle.pdf"}),
    "exhibit's number": (FieldKey("exhibit", "e", "made"), {"number": "needle", "name": "x"}),
    "exhibit's title": (FieldKey("exhibit", "e", "title"), "needle"),
    "document seen": (FieldKey("exhibit", "e", "seen"), {"title": "t", "showed": "needle"}),
    "locator": (FieldKey("link", "l", "locator"), "needle"),
    "caption": (FieldKey("link", "l", "caption"), "needle"),
    "requirement": (FieldKey("finding", "f", "requirement"), "needle"),
    "evidence": (FieldKey("finding", "f", "evidence"), "needle"),
    "gap": (FieldKey("finding", "f", "gap"), "needle"),
    "why withdrawn": (FieldKey("finding", "f", "withdrawn"), "needle"),
    "finding's number": (FieldKey("finding", "f", "made"), {"number": "needle"}),
    "site": (FieldKey("site", "s", "name"), "needle"),
    "person": (FieldKey("person", "p", "name"), "needle"),
    "flag": (FieldKey("criterion", "c", "flag"), {"words": "needle"}),
    "scope": (FieldKey("visit", "v", "scope"), "needle"),
    "conclusion": (FieldKey("visit", "v", "conclusion"), "needle"),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = made_desk(tmp_path / "visit.db")
    yield one
    one.store.close()


@pytest.mark.parametrize("what", FOUND)
def test_words_are_found_wherever_people_write(what: str, desk: Desk) -> None:
    key, value = FOUND[what]
    desk.put(key, value)
    hits = desk.store.search("needle")
    assert [hit.key for hit in hits] == [key]
    assert "\u2e22needle\u2e23" in hits[0].excerpt
    desk.put(key, None, over=tuple(e.id for e in desk.store.entries_for(key)))
    assert desk.store.search("needle") == ()


def test_ids_hashes_and_grades_are_no_words() -> None:
    assert words_of(FieldKey("finding", "f", "grade"), "mandatory") == ""
    assert words_of(FieldKey("exhibit", "e", "made"), {"sha256": "abc", "mime": "text/plain"}) == ""
    assert words_of(RATING, None) == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("radiograph", True),
        ("RADIOGRAPHER", True),
        ("radio lead", True),
        ("lead radio", True),
        ("creme brulee", True),
        ("cre\u0300me", True),
        ("Straße", True),
        ("x:y", True),
        ("radiographer nowhere", False),
        ("graph", False),
        ("", False),
        ("...", False),
        ('"', False),
        ("radio*", True),
        ("NEAR(lead", False),
        ("OR", False),
    ],
)
def test_what_is_typed_is_taken_as_words_and_never_as_a_query(typed: str, found: bool, desk: Desk) -> None:
    desk.put(FieldKey("note", "n", "text"), "Lead radiographer: crème brûlée in the Straße, x:y")
    assert bool(desk.store.search(typed)) is found


@given(st.text(max_size=60))
def test_any_text_is_a_query_of_quoted_words(typed: str) -> None:
    query = fts_query(typed)
    assert query.count('"') % 2 == 0
    assert all(part.startswith('"') and part.endswith('"*') for part in query.split())


def test_more_words_than_anybody_looks_for_are_left_out(desk: Desk) -> None:
    assert len(fts_query(" ".join(f"w{n}" for n in range(5000))).split()) == 32
    assert fts_query("a " * 5000) == '"a"*'
    desk.put(FieldKey("note", "n", "text"), "x" * 90_000)
    assert len(desk.store.search("x" * 1_000_000)) <= 1


def test_the_best_come_first_and_no_more_than_asked(desk: Desk) -> None:
    for n in range(20):
        desk.put(
            FieldKey("note", f"n{n}", "text"),
            "audit " * (n == 7) * 30 + "audit of many other things " + "z " * n,
        )
    hits = desk.store.search("audit", 5)
    assert len(hits) == 5
    assert hits[0].key.entity == "n7"
