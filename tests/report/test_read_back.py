"""Words written from right to left are read back as typed, by two readers that guess differently."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.read_back import for_pdfium, for_poppler
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_reading import faults_of, structure_of, text_of, without_running_heads

SHALOM, OLAM, POINTED = "\u05e9\u05dc\u05d5\u05dd", "\u05e2\u05d5\u05dc\u05dd", "\u05e9\u05b8\u05dc\u05b9"
MARHABA, ALAM = "\u0645\u0631\u062d\u0628\u0627", "\u0628\u0627\u0644\u0639\u0627\u0644\u0645"
LINES = (
    f"{SHALOM} ({OLAM}). {SHALOM}",
    f"The word {SHALOM} (in brackets) here.",
    f"{MARHABA} ({ALAM}) 123 nothing",
    f"{MARHABA} {ALAM} here in English.",
    f"See {SHALOM}, {OLAM}; and ({SHALOM}).",
    f"{OLAM} E-014 {SHALOM} 12.",
    f"[{SHALOM}] and \u00ab{MARHABA}\u00bb",
    f"({POINTED}) {POINTED}",
    f"{MARHABA} \u0661\u0662\u0663 ({ALAM}) 50%",
    SHALOM[0],
)


def mixed_lines(seed: int, count: int) -> list[str]:
    """Lines of words of either side in brackets, quotes and with stops."""
    dice = random.Random(seed)
    leftward, rightward = (
        (SHALOM, OLAM, POINTED, MARHABA, ALAM, SHALOM[0]),
        ("word", "E-014", "12", "3.5", "\u0174yr"),
    )
    around = (
        "{}",
        "{}",
        "{}",
        "({})",
        "[{}]",
        "\u00ab{}\u00bb",
        "{}.",
        "{},",
        "\u201c{}\u201d",
        "{};",
        "{}?",
        "<{}>",
    )
    return [
        " ".join(
            dice.choice(around).format(dice.choice(leftward if dice.random() < 0.7 else rightward))
            for _ in range(dice.randint(1, 7))
        )
        for _ in range(count)
    ]


TYPED = [*LINES, *mixed_lines(7, 60)]
MANY = " ".join(mixed_lines(8, 150))  # pages on which most letters run leftwards


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("leftwards") / "r.pdf"
    visit = make_snapshot(
        sites=1, findings=0, photos=0, sealed=True, disagreements=0, summary="\n".join([*TYPED, MANY])
    )
    draw_report(visit, out)
    return out


def seen(text: str) -> str:
    """Without what has no look, each run of spaces as one."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return re.sub(r"\s+", " ", shown)


def poppler(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler) is not installed")
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("read", [poppler, text_of])
def test_as_typed_to_the_space(read: Callable[[Path], str], drawn: Path) -> None:
    text = read(drawn)
    lines = {seen(line).strip() for line in text.splitlines()}
    assert [typed for typed in TYPED if seen(typed) not in lines] == []
    assert seen(MANY) in seen(without_running_heads(text))


def test_a_reader_by_ear_is_told_them_as_typed(drawn: Path) -> None:
    with pikepdf.open(drawn) as pdf:
        spoken = [element.spoken.strip() for element in structure_of(pdf).all("Span")]
        assert faults_of(pdf) == []
    assert set(LINES) <= set(spoken)


@given(st.text(st.sampled_from(f"ab1 ({POINTED}{MARHABA}).,\u0661"), max_size=40))
def test_readers_are_told_every_character_and_only_marks_besides(typed: str) -> None:
    marks = {0x200E: None, 0x200F: None}
    assert for_pdfium(typed).translate(marks) == typed
    assert sorted(for_poppler(typed).translate(marks)) == sorted(typed)
