from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qsin_desktop.store.names import NAME_BYTES, distinct_name, safe_name, visit_folder_name

DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789")}

awkward = st.text(
    st.sampled_from('ab.C  :*?<>|"\\/é\u0301\u202e\u200d\u2066\x00\x1f\ud800\U0001f468日con1')
    | st.characters(),
    max_size=200,
)


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("photo.jpg", "photo.jpg"),
        ("IN-301: audit?.pdf", "IN-301_ audit_.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Users\\ann\\x.doc", "C__Users_ann_x.doc"),
        ("CON", "_CON"),
        ("con.tar.gz", "_con.tar.gz"),
        ("LPT¹.txt", "_LPT¹.txt"),
        ("console.txt", "console.txt"),
        ("trailing. . .", "trailing"),
        ("  .hidden", "hidden"),
        ("cod\u202etxt.exe", "codtxt.exe"),
        ("a\tb\nc.txt", "a b c.txt"),
        ("e\u0301.txt", "é.txt"),
        ("", "file"),
        (" ... ", "file"),
        ("\u202e\u200b", "file"),
        ("👨\u200d👩\u200d👧.png", "👨\u200d👩\u200d👧.png"),
        ("bad\ud800name.txt", "badname.txt"),
    ],
)
def test_names_are_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(awkward)
@example("x" * 119 + "é.pdf")
@example("." * 300)
@example("<\u0338>\u0338.txt")
def test_a_safe_name_works_on_every_system(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe.encode()) <= NAME_BYTES
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]', safe)
    assert safe == safe.strip(" .")
    assert safe.split(".")[0].rstrip().lower() not in DEVICES
    assert safe == unicodedata.normalize("NFC", safe)


@given(awkward)
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)


def test_a_long_name_keeps_its_ending() -> None:
    safe = safe_name("protocol " * 30 + ".pdf")
    assert safe.endswith(".pdf")
    assert len(safe.encode()) == NAME_BYTES


def test_a_name_of_250_letters_of_many_bytes_is_not_cut_inside_a_letter() -> None:
    assert set(safe_name("ŵ" * 250 + ".docx")) == set("ŵ.docx")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Greater Wessex 2026", "Greater Wessex 2026.qsin"),
        ("Greater Wessex.qsin", "Greater Wessex.qsin"),
        ("North/South: a plan", "North_South_ a plan.qsin"),
        ("aux", "_aux.qsin"),
        (" ", "Visit.qsin"),
    ],
)
def test_a_visit_gets_a_folder_name(title: str, name: str) -> None:
    assert visit_folder_name(title) == name


@given(awkward)
def test_a_visit_folder_name_is_safe_and_settled(title: str) -> None:
    name = visit_folder_name(title)
    assert safe_name(name) == name
    assert visit_folder_name(name) == name


def test_a_taken_name_gets_a_number() -> None:
    assert distinct_name("Plan.pdf", []) == "Plan.pdf"
    assert distinct_name("Plan.pdf", ["plan.PDF", "Plan (2).pdf"]) == "Plan (3).pdf"
    assert distinct_name("é.txt", ["e\u0301.txt"]) == "é (2).txt"


@given(st.lists(awkward, max_size=6))
def test_distinct_names_never_meet(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        fresh = distinct_name(name, taken)
        assert fresh.casefold() not in {each.casefold() for each in taken}
        assert len(fresh.encode()) <= NAME_BYTES
        taken.append(fresh)
