"""Pictures go into the report as they are, and what is no whole picture does not."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.report.composing import Composer
from qsin_desktop.report.flow import ROOM, fill_pages, kept_space
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.photos import add_photos
from qsin_desktop.report.pictures import Picture, read_logo, write_jpeg
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typefaces import Faces
from tests.report.make_snapshot import make_snapshot


def picture_bytes(mode: str, kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode != "L" else 90).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_jpeg_goes_in_unchanged(mode: str) -> None:
    jpeg, out = picture_bytes(mode), io.BytesIO()
    placed = write_jpeg(PdfFile(out), jpeg)
    assert placed is not None
    assert (placed.width, placed.height) == (40, 30)
    assert jpeg in out.getvalue()


def test_a_progressive_jpeg_with_a_comment_is_read() -> None:
    visit = make_snapshot(photos=1)
    jpeg = visit.picture(visit.exhibits[-1])
    assert jpeg is not None
    assert write_jpeg(PdfFile(io.BytesIO()), jpeg) is not None
    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).save(out, "JPEG", progressive=True)
    assert write_jpeg(PdfFile(io.BytesIO()), out.getvalue()) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\xff\xd8",
        b"GIF89a",
        picture_bytes("RGB")[:-60],
        picture_bytes("CMYK"),
        picture_bytes("RGB", "PNG"),
    ],
    ids=["nothing", "start only", "another kind", "cut off", "four colours", "PNG"],
)
def test_what_is_no_whole_jpeg_is_left_out(wrong: bytes) -> None:
    out = io.BytesIO()
    assert write_jpeg(PdfFile(out), wrong) is None
    assert b"DCTDecode" not in out.getvalue()


def test_a_picture_fits_and_keeps_its_shape() -> None:
    assert Picture(1, 400, 300).fitted(100, 100) == (100, 75)
    assert Picture(1, 300, 400).fitted(100, 100) == (75, 100)


def test_a_logo_stands_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 4), (0, 0, 0, 0)).save(out, "PNG")
    logo = read_logo("data:image/png;base64," + base64.b64encode(out.getvalue()).decode())
    assert logo is not None
    assert (logo.width, logo.height) == (8, 4)


@pytest.mark.parametrize(
    "address", ["", "logo.png", "data:image/png;base64,%%%", "data:image/png;base64,AAAA"]
)
def test_what_is_no_logo_is_none(address: str) -> None:
    assert read_logo(address) is None


def placed(path: Path) -> Iterator[tuple[int, float, float, float, float]]:
    """The page, left, bottom, width and height of each picture of a report, in points."""
    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            for drawn in document[number].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = drawn.get_bounds()
                yield number, left, bottom, right - left, top - bottom


def test_a_panorama_has_the_whole_width_and_a_dot_is_not_blown_up(tmp_path: Path) -> None:
    sizes = {"E-006": (400, 300), "E-007": (1600, 400), "E-008": (300, 400), "E-009": (1, 1)}

    def picture(exhibit: Exhibit) -> bytes | None:
        return picture_bytes("RGB", size=sizes[exhibit.number]) if exhibit.number in sizes else None

    draw_report(replace(make_snapshot(photos=4), picture=picture), tmp_path / "r.pdf")
    plain, upright, wide, dot = placed(tmp_path / "r.pdf")  # no hole beside the first
    assert wide[3] == pytest.approx(475, abs=2)
    assert wide[3] == pytest.approx(4 * wide[4], rel=0.01)
    assert plain[3] < 240
    assert plain[1] < 150
    assert upright[1] > 300
    assert plain[0] == upright[0]
    assert plain[2] + plain[4] / 2 == pytest.approx(upright[2] + upright[4] / 2, abs=1)
    assert dot[3] == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("above", range(int(ROOM) - 300, int(ROOM) - 100, 17))
def test_a_caption_of_a_few_lines_stays_whole_with_its_photo(above: int) -> None:
    visit = make_snapshot(photos=1)
    words = "The sign on the left asks visitors to report to the desk. " * 6
    links = tuple(replace(link, caption=words) if link.caption else link for link in visit.links)
    report = Composer(Faces(), Tag("Document"))
    report.add([kept_space(float(above))])
    add_photos(report, replace(visit, links=links), lambda: None)
    pages = fill_pages(report.strips)
    assert sum(any(strip.row for strip, _ in page.strips) for page in pages) == 1


def test_where_there_is_no_picture_a_sentence_takes_little_room() -> None:
    def gone(_exhibit: Exhibit) -> bytes | None:
        return None

    report = Composer(Faces(), Tag("Document"))
    add_photos(report, replace(make_snapshot(photos=3), picture=gone), lambda: None)
    assert report.height < 3 * 110
    assert len(fill_pages(report.strips)) == 1
