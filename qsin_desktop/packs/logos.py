"""A pack's logo: a PNG, JPEG or SVG picture, beside the pack or within it, kept as a data address."""

from __future__ import annotations

import base64
import binascii
import struct
from pathlib import Path, PurePosixPath, PureWindowsPath

from qsin_desktop.assets import resource
from qsin_desktop.foreign_drawings.drawing import svg_as_png
from qsin_desktop.foreign_drawings.gate import MOST_BYTES as MOST_DRAWN_BYTES
from qsin_desktop.foreign_drawings.gate import DrawingRefused, looks_like_svg

MOST_BYTES = 200_000
MOST_PIXELS = 4000  # on a side
DRAWN_IN = (1600, 400)  # pixels: 600 and more to the inch in the report's room for a logo
_ADDRESSES = tuple(f"data:image/{kind};base64" for kind in ("png", "jpeg", "svg+xml"))
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start-of-frame markers of a JPEG, which hold its size; C4, C8 and CC are something else.
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})


class LogoRefused(Exception):
    """Says in words, after “The logo”, what is wrong with it."""


def logo_address(logo: str, folder: Path | None) -> str:
    """The logo as a `data:` address; `folder` is where the pack's file lies. Raises `LogoRefused`."""
    if not logo.strip():
        return ""
    picture = _from_address(logo) if logo.startswith("data:") else _from_file(logo.strip(), folder)
    if looks_like_svg(picture):
        return f"{_ADDRESSES[0]},{base64.b64encode(_drawn(picture)).decode('ascii')}"
    return f"data:image/{_checked(picture)};base64,{base64.b64encode(picture).decode('ascii')}"


def _from_address(logo: str) -> bytes:
    head, comma, body = logo.partition(",")
    if not comma or head not in _ADDRESSES:
        raise LogoRefused("must be a PNG, JPEG or SVG picture: data:image/png;base64,…")
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except (binascii.Error, ValueError):
        raise LogoRefused("is not well-formed base64") from None


def _from_file(name: str, folder: Path | None) -> bytes:
    if folder is None:
        raise LogoRefused("is a file name, which needs the pack to be a file too")
    if (
        PurePosixPath(name).is_absolute()
        or PureWindowsPath(name).anchor
        or ".." in PureWindowsPath(name).parts
    ):
        raise LogoRefused("must be a file beside the pack")
    path = folder / name
    try:
        inside = path.resolve(strict=True).is_relative_to(folder.resolve())
        if not inside or not path.is_file():
            raise LogoRefused("must be a file beside the pack")
        with path.open("rb") as file:
            return file.read(MOST_DRAWN_BYTES + 1)
    except (OSError, ValueError):
        raise LogoRefused("is a file that is not there or cannot be read") from None


def _drawn(svg: bytes) -> bytes:
    faces = [resource("fonts", f"Inter-{weight}.ttf") for weight in ("Regular", "SemiBold", "Bold")]
    try:
        return svg_as_png(svg, *DRAWN_IN, faces)
    except DrawingRefused as refused:
        raise LogoRefused(str(refused)) from None


def _checked(picture: bytes) -> str:
    """The picture's kind, by content."""
    if len(picture) > MOST_BYTES:
        raise LogoRefused(f"is larger than {MOST_BYTES // 1000} kB")
    size = _png_size(picture) if picture.startswith(_PNG) else _jpeg_size(picture)
    if size is None:
        raise LogoRefused("is not a whole PNG, JPEG or SVG picture")
    if not all(0 < side <= MOST_PIXELS for side in size):
        raise LogoRefused(f"must be at most {MOST_PIXELS} pixels wide and high")
    return "png" if picture.startswith(_PNG) else "jpeg"


def _png_size(picture: bytes) -> tuple[int, int] | None:
    if (
        len(picture) < 33
        or picture[12:16] != b"IHDR"
        or not picture.rstrip(b"\0").endswith(b"IEND\xaeB`\x82")
    ):
        return None
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def _jpeg_size(picture: bytes) -> tuple[int, int] | None:
    if not picture.startswith(_JPEG) or b"\xff\xd9" not in picture[-64:]:
        return None
    at = 2
    while at + 9 <= len(picture) and picture[at] == 0xFF:
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", picture[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
