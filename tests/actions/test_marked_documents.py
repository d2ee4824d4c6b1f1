"""What is redacted is in no byte of what leaves the visit: report and workbook are taken apart."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from qsin_desktop.actions import evidence, marking
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind, export
from qsin_desktop.domain.marks import MarkColour, MarkKind
from tests.report.pdf_checkers import rules_broken
from tests.report.pdf_reading import structure_of

SECRET = (250, 0, 250)
BLUE = (11, 92, 173)


@pytest.fixture
def marked(visit: OpenVisit, tmp_path: Path) -> OpenVisit:
    """E-001 has a patch of a colour found nowhere else, redacted, an arrow and a text beside it."""
    picture = Image.new("RGB", (2400, 1800), "white")
    picture.paste(SECRET, (1200, 900, 1800, 1200))
    path = tmp_path / "room.jpg"
    picture.save(path, quality=95)
    evidence.attach(visit, path, [Target(criterion="IN-301.a")], caption="The label on the scanner")
    for kind, place, text in (
        (MarkKind.REDACT, (0.49, 0.49, 0.27, 0.19), ""),
        (MarkKind.ARROW, (0.2, 0.2, 0.2, 0.25), ""),
        (MarkKind.TEXT, (0.05, 0.05, 0.4, 0.1), "Out of date since March"),
    ):
        x, y, w, h = place
        marking.add_mark(
            visit, exhibit="E-001", kind=kind, x=x, y=y, w=w, h=h, text=text, colour=MarkColour.BLUE
        )
    return visit


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 60 for one, other in zip(pixel, colour, strict=True))


def count(picture: bytes, colour: tuple[int, int, int]) -> int:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return sum(
        number for number, pixel in image.getcolors(image.width * image.height) or [] if near(pixel, colour)
    )


def pictures_in_pdf(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
        return [s.read_raw_bytes() for s in streams if s.get("/Filter") == "/DCTDecode"]


def pictures_in_workbook(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as book:
        return [book.read(name) for name in book.namelist() if name.startswith("xl/media/")]


def test_the_report_holds_no_pixel_of_what_is_redacted(marked: OpenVisit, tmp_path: Path) -> None:
    out = tmp_path / "r.pdf"
    export(marked, DocumentKind.REPORT, out)
    (picture,) = pictures_in_pdf(out)
    assert count(picture, SECRET) == 0
    assert count(picture, BLUE) > 1000
    assert rules_broken(out) == []
    with pikepdf.open(out) as pdf:
        (alt,) = [f.alt for f in structure_of(pdf).all("Figure") if f.alt.startswith("Photo")]
    assert alt == (
        "Photo E-001: room.jpg. The label on the scanner. One area is redacted. "
        "Marked with an arrow; the words “Out of date since March”."
    )


def test_nor_does_the_workbook(marked: OpenVisit, tmp_path: Path) -> None:
    out = tmp_path / "f.xlsx"
    export(marked, DocumentKind.WORKBOOK, out)
    (picture,) = pictures_in_workbook(out)
    assert count(picture, SECRET) == 0
    assert count(picture, BLUE) > 20


def test_the_store_still_has_all_of_it(marked: OpenVisit) -> None:
    exhibit = evidence.exhibit_named(marked, "E-001")
    with evidence.open_exhibit(marked, exhibit) as content:
        assert count(content.read(), SECRET) > 100_000
