"""A logo is a small PNG or JPEG beside the pack or within it, and always ends up within it."""

from __future__ import annotations

import base64
import gzip
import io
from pathlib import Path

import pytest
from PIL import Image

from qsin_desktop.packs.logos import LogoRefused, logo_address
from qsin_desktop.packs.reading import check_pack, read_pack
from tests.packs.bad_cases import PACK


def picture(kind: str, size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 900).save(out, kind)
    return out.getvalue()


def damaged(content: bytes) -> bytes:
    """Whole by its head and its end, not between."""
    middle = len(content) // 2
    return content[: middle - 10] + b"z" * 20 + content[middle + 10 :]


def address(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_beside_the_pack(tmp_path: Path, kind: str) -> None:
    (tmp_path / "art").mkdir()
    (tmp_path / "art" / "logo.bin").write_bytes(picture(kind))
    (tmp_path / "pack.yaml").write_text(PACK + "logo: art/logo.bin\n", encoding="utf-8")
    assert read_pack(tmp_path / "pack.yaml").logo == address(picture(kind), kind)


def test_a_picture_within_the_pack() -> None:
    assert read_pack(f"{PACK}logo: {address(picture('png'))}\n").logo == address(picture("png"))
    assert read_pack(f"{PACK}logo: ''\n").logo == ""


def test_the_kind_is_told_by_content() -> None:
    assert logo_address(address(picture("jpeg"), "png"), None) == address(picture("jpeg"), "jpeg")


@pytest.mark.parametrize(
    ("logo", "reason"),
    [
        ("data:image/svg+xml;base64,AAAA", "is not a whole PNG, JPEG or SVG picture"),
        ("data:text/html,<b>", "must be a PNG, JPEG or SVG picture"),
        ("data:image/png;base64,!!!", "is not well-formed base64"),
        ("data:image/png;base64,AAAA", "is not a whole PNG, JPEG or SVG picture"),
        (address(picture("png")[:-20]), "is not a whole PNG, JPEG or SVG picture"),
        (address(picture("jpeg")[:-200], "jpeg"), "is not a whole PNG, JPEG or SVG picture"),
        (address(picture("png", (5000, 10))), "at most 4000 pixels"),
        (address(picture("jpeg", (10, 5000)), "jpeg"), "at most 4000 pixels"),
        (address(picture("png") + b"\0" * 200_000), "is larger than 200 kB"),
        ("/etc/hostname", "must be a file in the folder"),
        ("C:\\logo.png", "must be a file in the folder"),
        ("\\\\server\\logo.png", "must be a file in the folder"),
        ("../logo.png", "must be a file in the folder"),
        ("..\\logo.png", "must be a file in the folder"),
        ("gone.png", "is a file that is not there"),
        (".", "is a folder; name the picture itself"),
        ("text.png", "is not a whole PNG, JPEG or SVG picture"),
        ("empty.png", "is an empty file of 0 bytes"),
        ("large.png", "is larger than 200 kB"),
        (address(picture("png", (900, 30))), "would be seen as a line"),
        (address(damaged(picture("png", (400, 200)))), "is not a whole PNG, JPEG or SVG picture"),
        (address(gzip.compress(b"<svg/>", mtime=0)), "compressed drawing .*save it as plain SVG"),
        (address(picture("png", mode="I;16")), "has sixteen bits a pixel; save it with eight"),
        (address(picture("gif")), "is a GIF picture; save it as PNG, JPEG or SVG"),
        (address(b"%PDF-1.7"), "is a PDF; save it as"),
    ],
)
def test_what_is_no_logo(tmp_path: Path, logo: str, reason: str) -> None:
    (tmp_path / "text.png").write_text("words", encoding="utf-8")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "large.png").write_bytes(picture("png") + b"\0" * 300_000)
    with pytest.raises(LogoRefused, match=reason):
        logo_address(logo, tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(picture("png"))
    try:
        (inside / "logo.png").symlink_to(tmp_path / "secret.png")
    except OSError:
        pytest.skip("this account may not make links")
    with pytest.raises(LogoRefused, match="in the folder of the file"):
        logo_address("logo.png", inside)


def test_the_error_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_text(PACK + "logo: gone.png\n", encoding="utf-8")
    (error,) = check_pack(path)
    assert str(error) == (
        "line 18: The logo “gone.png” is a file that is not there or cannot be read; "
        "put the picture into this folder, or correct the name."
    )
    (by_text,) = check_pack(PACK + "logo: logo.png\n")
    assert "needs the pack to be a file too" in by_text.reason
