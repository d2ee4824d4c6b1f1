"""Text comes out of the report as it was typed; what cannot be drawn is spelled out; nothing vanishes."""

from __future__ import annotations

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


def test_pdftotext_reads_the_same(tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    typed = f"ŵ ŷ Ωμέγα ✓ ☐ → ≥ <b>&amp;</b> שלום مرحبا {LONG_WORD} end"
    out = report_with(typed, tmp_path / "r.pdf")
    read = subprocess.run(["pdftotext", out, "-"], capture_output=True, check=True).stdout.decode()
    # Marks of direction are the reader's own.
    assert squeezed(typed) in squeezed(read).translate({0x202A: None, 0x202B: None, 0x202C: None})


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


def test_what_no_typeface_draws_is_spelled_out(tmp_path: Path) -> None:
    read = squeezed(text_of(report_with("go 👍🏽 中文 \ue000 \x07bell \udcff", tmp_path / "r.pdf")))
    for spelled in ("[thumbs up sign]", "[U+4E2D][U+6587]", "[U+E000]", "bell", "[U+DCFF]"):
        assert squeezed(spelled) in read


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


def test_codes_are_not_parted_and_long_compounds_are(faces: Faces) -> None:
    setter = Typesetter(faces)
    text = "See E-014 and IN-301 on procurement/installation."
    for width in range(60, 200, 7):
        lines = ["".join(p.text for p in line.pieces) for line in setter.lines([Run(text, STYLE)], width)]
        assert any("E-014" in line for line in lines)
        assert any("IN-301" in line for line in lines)
    narrow = setter.lines([Run("procurement/installation", STYLE)], 70)
    assert ["".join(p.text for p in line.pieces) for line in narrow] == ["procurement/", "installation"]
