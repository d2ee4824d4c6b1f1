"""Pictures go into the report as they are, and what is no whole picture does not."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from qsin_desktop.report.pdf_file import PdfFile
from qsin_desktop.report.pictures import Picture, read_logo, write_jpeg
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
