"""Text comes out of the report as it was typed; what cannot be drawn is spelled out; nothing vanishes."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.report.clean_text import printable
from qsin_desktop.report.palette import INK
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.typefaces import Faces
from qsin_desktop.report.typeset import Run, Style, Typesetter
from tests.report.conftest import LONG_TEXT
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_reading import heard_on, squeezed, text_of, without_running_heads

LONG_WORD = "Llanfairpwllgwyngyll" * 25
STYLE = Style("regular", 9.5, 14.0, INK)


@pytest.fixture(scope="module")
def faces() -> Faces:
    return Faces()


def report_with(text: str, out: Path) -> Path:
    visit = make_snapshot(findings=2, photos=0)
    findings = (replace(visit.findings[0], evidence=text), *visit.findings[1:])
    draw_report(replace(visit, findings=findings), out)
    return out


@pytest.mark.parametrize(
    "typed",
    [
        "ŵ ŷ Ŵ Ŷ â ê î ô û ẃ ẁ ẅ",
        "Ωμέγα και αβγ",
        "✓ ✔ ✗ ✘ ☐ ☑ ☒ → ← ↔ ⇒ ≤ ≥ ≠ ± µ × ÷ ● ■ ▲",
        "<b>bold</b> &amp; <para> </font> < > & \" ' <!-- x --> ]]>",
        "“curly” ‘quotes’ … – — £ € ° § © ½",
        "(brackets) \\ back\\slash \\n %percent /Name <hex> [array]",
        LONG_WORD,
        "de\u0301compose\u0301",
    ],
)
def test_comes_out_as_typed(typed: str, tmp_path: Path) -> None:
    assert squeezed(unicodedata.normalize("NFC", typed)) in squeezed(
        text_of(report_with(typed, tmp_path / "r.pdf"))
    )


@pytest.fixture(scope="module")
def read_by_poppler(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Each of the texts below typed into a finding of its own, drawn, and read by another program."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    visit = make_snapshot(findings=len(TYPED), photos=0)
    findings = tuple(
        replace(finding, withdrawn="", evidence=words)
        for finding, words in zip(visit.findings, TYPED.values(), strict=True)
    )
    out = tmp_path_factory.mktemp("poppler") / "r.pdf"
    draw_report(replace(visit, findings=findings), out)
    return pdftotext(out)


def pdftotext(path: Path) -> str:
    """Marks of direction have no look and are left out."""
    read = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    return read.translate({0x200E: None, 0x202A: None, 0x202B: None, 0x202C: None})


TYPED = {
    "Welsh": "Mae’r pwyllgor yn cwrdd â’r cleifion; ŵyr, tŷ, gŵyl, llwybrau’r dŵr, ẃ ẁ ẅ",
    "Greek": "έλεγχος ολοκληρώθηκε· Ωμέγα και αβγ",
    "ticks and arrows": "✓ ✔ ✗ ✘ ☐ ☑ ☒ → ← ↔ ⇒ ≤ ≥ ≠ ± µ × ÷ ● ■ ▲",
    "markup": "<b>bold</b> &amp; <para> < > & \" ' ]]>",
    "Hebrew": "הצוות ראה את כל המסמכים באתר",
    "Arabic": "راجع الفريق جميع الوثائق في الموقع",
    "Persian": "گزارش پذیرفته شد، می\u200cخو\u0627\u0647م",
    "both ways": "The sign says שלום עולם and then مرحبا in 2026",
    "a leftward word before a bracket": "The word שלום (in brackets) and العربية (CT 2) here",
    "a leftward word first": "עולם stands first in this sentence",
    "a word of 500 letters": LONG_WORD,
    "hyphens at the ends of lines": " ".join(
        "pre- and post-scan decision-making by co-operation" + " a" * (n % 7) for n in range(40)
    ),
    "a hyphen alone": "-",
    "composed": "de\u0301compose\u0301",
}
READ = {"composed": "décomposé"}  # else as it was typed


@pytest.mark.parametrize("kind", TYPED)
def test_pdftotext_reads_what_was_typed(kind: str, read_by_poppler: str) -> None:
    assert squeezed(f"Evidence. {READ.get(kind, TYPED[kind])}") in squeezed(read_by_poppler)


def test_pdftotext_reads_a_finding_of_many_pages_to_its_end(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    visit = make_snapshot(findings=1, photos=0, sealed=True, disagreements=0)  # no DRAFT across the words
    finding = replace(visit.findings[0], evidence=LONG_TEXT)
    pages = draw_report(replace(visit, findings=(finding,)), tmp_path / "r.pdf").pages
    read = squeezed(without_running_heads(pdftotext(tmp_path / "r.pdf")))
    assert pages > 30
    assert squeezed(LONG_TEXT.replace("👍", "[thumbs up sign]")) in read


def test_line_ends_do_not_join_words(tmp_path: Path) -> None:
    typed = " ".join(f"word{n}" for n in range(400))
    out = report_with(typed, tmp_path / "r.pdf")
    read = " ".join(without_running_heads(text_of(out)).split())
    assert typed in read


def test_a_reader_by_ear_hears_words_apart_at_line_ends(tmp_path: Path) -> None:
    typed = " ".join(f"word{n}" for n in range(400))
    with pikepdf.open(report_with(typed, tmp_path / "r.pdf")) as pdf:
        heard = "".join(text for page in pdf.pages for _, text in heard_on(page))
    assert typed in heard


def test_a_reader_by_ear_hears_lines_apart_wherever_they_end(tmp_path: Path) -> None:
    with pikepdf.open(report_with("first line\nsecond line\n\nthird line", tmp_path / "r.pdf")) as pdf:
        heard = [part for page in pdf.pages for part in heard_on(page)]
    told = "".join(text for _, text in heard)
    assert "first line second line third line" in told
    glued = r"\d+criteria rated|Summary\d|for the team[A-Z]"  # a tile, the contents, a box to sign in
    assert re.findall(glued, told) == []
    assert re.search(r"\d+ criteria rated", told)
    assert re.search(r"Summary \d", told)


def test_a_name_over_two_lines_heads_its_column_in_its_own_order(tmp_path: Path) -> None:
    visit = make_snapshot(sites=2, photos=0)
    sites = (replace(visit.sites[0], name="Llandrindod Radiology Departments"), *visit.sites[1:])
    draw_report(replace(visit, sites=sites), tmp_path / "r.pdf")
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        heads = [text.strip() for page in pdf.pages for role, text in heard_on(page) if role == "TH"]
    assert "Llandrindod Radiology Departments" in heads
    assert not [text for text in heads if text.startswith("Departments")]


def test_what_no_typeface_draws_is_spelled_out(tmp_path: Path) -> None:
    read = squeezed(text_of(report_with("go 👍🏽 中文 \ue000 \x07bell \udcff", tmp_path / "r.pdf")))
    for spelled in ("[thumbs up sign, medium skin tone]", "[U+4E2D][U+6587]", "[U+E000]", "bell", "[U+DCFF]"):
        assert squeezed(spelled) in read


def test_the_report_says_that_signs_are_spelled_out_where_some_are(tmp_path: Path) -> None:
    sentence = "can draw are named in square brackets"
    for typed, said in (("go \U0001f44d", True), ("go [sic] \u2713", False)):
        read = " ".join(text_of(report_with(typed, tmp_path / "r.pdf")).split())
        assert (sentence in read) is said


def test_a_finding_of_twenty_pages_is_whole(tmp_path: Path) -> None:
    typed = " ".join(
        f"Sentence {n} says what was seen and where it was seen, item by item." for n in range(1500)
    )
    out = report_with(typed, tmp_path / "r.pdf")
    read = " ".join(without_running_heads(text_of(out)).split())
    missing = [n for n in range(1500) if f"Sentence {n} says" not in read]
    assert not missing


@given(st.text(max_size=300))
def test_printable_text_can_always_be_drawn(faces: Faces, typed: str) -> None:
    shown = printable(typed, faces.drawable)
    assert all(char == "\n" or faces.drawable(char) for char in shown)
    assert not any(unicodedata.category(char) == "Cc" for char in shown.replace("\n", ""))
    assert printable(shown, faces.drawable) == shown


@given(st.text(max_size=300))
def test_printable_loses_nothing_that_is_seen(faces: Faces, typed: str) -> None:
    seen = [
        c
        for c in unicodedata.normalize("NFC", typed)
        if faces.drawable(c) and not c.isspace() and c.isprintable()
    ]
    kept = iter(printable(typed, faces.drawable))
    assert all(char in kept for char in seen)


words_and_spaces = st.lists(
    st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=40), max_size=60
)


@given(words_and_spaces, st.floats(min_value=30, max_value=480))
def test_lines_hold_every_word_and_keep_the_width(faces: Faces, words: list[str], width: float) -> None:
    setter = Typesetter(faces)
    lines = setter.lines([Run(" ".join(words), STYLE)], width)
    drawn = "".join(piece.text for line in lines for piece in line.pieces)
    assert drawn.replace(" ", "") == "".join(words)
    for line in lines:
        text = "".join(piece.text for piece in line.pieces).rstrip()
        assert setter.width(text, STYLE) <= width + 0.1
        assert line.width == pytest.approx(setter.width(text, STYLE), abs=0.1)


def test_what_is_held_together_and_too_wide_parts_between_its_words(faces: Faces) -> None:
    name = "(Professor\u00a0Wilhelmina\u00a0Featherstonehaugh\u00a0of\u00a0Auchinleck)"
    lines = Typesetter(faces).lines([Run(f"Seen. {name}", STYLE)], 110)
    shown = ["".join(piece.text for piece in line.pieces).rstrip() for line in lines]
    held = ["(Professor\u00a0Wilhelmina", "Featherstonehaugh\u00a0of", "Auchinleck)"]
    assert shown == ["Seen.", *held]


def test_codes_are_not_parted_and_long_compounds_are(faces: Faces) -> None:
    setter = Typesetter(faces)
    text = "See E-014 and IN-301 on procurement/installation."
    for width in range(60, 200, 7):
        lines = ["".join(p.text for p in line.pieces) for line in setter.lines([Run(text, STYLE)], width)]
        assert any("E-014" in line for line in lines)
        assert any("IN-301" in line for line in lines)
    narrow = setter.lines([Run("procurement/installation", STYLE)], 70)
    assert ["".join(p.text for p in line.pieces) for line in narrow] == ["procurement/", "installation "]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\U0001f44d\U0001f3fd", "[thumbs up sign, medium skin tone]"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "[man, woman, girl]"),
        ("a \U0001f1ec\U0001f1e7 b", "a [flag GB] b"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", "[flag GB-WLS]"),
        ("1\ufe0f\u20e3 2", "[keycap 1] 2"),
        ("\u2764\ufe0f \u2611", "\u2764 \u2611"),
        ("no\u200djoin", "nojoin"),
    ],
)
def test_an_emoji_of_several_characters_is_named_as_one(faces: Faces, typed: str, printed: str) -> None:
    assert printable(typed, faces.drawable) == printed


def test_a_rating_in_a_table_is_read_out_once(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    draw_report(make_snapshot(photos=0), tmp_path / "r.pdf")
    read = " ".join(pdftotext(tmp_path / "r.pdf").split())  # what is spoken instead of a sign is read so too
    assert "◐ Partly met" in read
