"""A pack's logo: a PNG, JPEG or SVG picture, beside the pack or within it, kept as a data address."""

from __future__ import annotations

import base64
import binascii
import io
from pathlib import Path, PurePosixPath, PureWindowsPath

from qsin_desktop.assets import resource
from qsin_desktop.foreign_drawings.drawing import svg_as_png
from qsin_desktop.foreign_drawings.gate import MOST_BYTES as MOST_DRAWN_BYTES
from qsin_desktop.foreign_drawings.gate import DrawingRefused, looks_like_svg
from qsin_desktop.packs.located import Located
from qsin_desktop.packs.located import Path as PlaceInFile
from qsin_desktop.packs.refusals import PackError, cut_short

MOST_BYTES = 200_000
MOST_PIXELS = 4000  # on a side
DRAWN_IN = (1600, 400)  # pixels: 600 and more to the inch in the report's room for a logo
_ADDRESSES = tuple(f"data:image/{kind};base64" for kind in ("png", "jpeg", "svg+xml"))
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GZIP = b"\x1f\x8b"
_LONGEST = 20  # times as wide as high, or the other way round: beyond that nobody sees more than a line
_OTHERS = {
    b"GIF8": "a GIF picture",
    b"BM": "a bitmap (BMP)",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"%PDF": "a PDF",
    b"%!PS": "an EPS drawing",
    b"RIFF": "a WebP picture",
    b"\0\0\1\0": "an icon (ICO)",
    b"PK": "an archive or Office file",
}


class LogoRefused(Exception):
    """Says in words, after “The logo”, what is wrong with it."""


def logo_fault(logo: str, refused: LogoRefused) -> str:
    """The whole sentence, with the file's name where it is one."""
    name = "" if logo.startswith("data:") else f" “{cut_short(logo.strip())}”"
    return f"The logo{name} {refused}."


def logo_at(located: Located, path: PlaceInFile, folder: Path | None, errors: list[PackError]) -> str:
    """The one named at `path` as a data address, or empty; what is wrong with it is added to `errors`."""
    logo = located.value
    for name in path:
        logo = logo.get(name) if isinstance(logo, dict) else None
    if not isinstance(logo, str):
        return ""
    try:
        return logo_address(logo, folder)
    except LogoRefused as refused:
        errors.append(located.error(path, logo_fault(logo, refused)))
        return ""


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
        raise LogoRefused(_BESIDE)
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise LogoRefused(_BESIDE)
        if not path.is_file():
            raise LogoRefused("is a folder; name the picture itself, a PNG, JPEG or SVG file")
        with path.open("rb") as file:
            return file.read(MOST_DRAWN_BYTES + 1)
    except (OSError, ValueError):
        raise LogoRefused(
            "is a file that is not there or cannot be read; "
            "put the picture into this folder, or correct the name"
        ) from None


_BESIDE = "must be a file in the folder of the file that names it; copy the picture there"


def _drawn(svg: bytes) -> bytes:
    faces = [resource("fonts", f"Inter-{weight}.ttf") for weight in ("Regular", "SemiBold", "Bold")]
    try:
        return svg_as_png(svg, *DRAWN_IN, faces)
    except DrawingRefused as refused:
        raise LogoRefused(str(refused)) from None


def _checked(picture: bytes) -> str:
    """The picture's kind, by content."""
    if not picture:
        raise LogoRefused("is an empty file of 0 bytes; save the picture again")
    if picture.startswith(_GZIP):
        raise LogoRefused("is a compressed drawing (.svgz); save it as plain SVG (.svg)")
    for start, kind in _OTHERS.items():
        if picture.startswith(start):
            raise LogoRefused(f"is {kind}; save it as PNG, JPEG or SVG")
    if not picture.startswith((_PNG, _JPEG)):
        raise LogoRefused(_NOT_WHOLE)
    if len(picture) > MOST_BYTES:
        raise LogoRefused(
            f"is larger than {MOST_BYTES // 1000} kB; save it smaller, 1600 pixels wide print sharply"
        )
    _check_pixels(picture)
    return "png" if picture.startswith(_PNG) else "jpeg"


def _check_pixels(picture: bytes) -> None:
    """Its end, its size before it is unpacked, then every pixel of it."""
    from PIL import Image

    ended = picture.rstrip(b"\0").endswith(b"IEND\xaeB`\x82") or b"\xff\xd9" in picture[-64:]
    if not ended:
        raise LogoRefused(_NOT_WHOLE)
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as opened:
            _check_size(*opened.size)
            opened.load()
            if opened.mode.startswith("I;16"):  # it would be drawn too pale
                raise LogoRefused("has sixteen bits a pixel; save it with eight")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise LogoRefused(_NOT_WHOLE) from None


_NOT_WHOLE = "is not a whole PNG, JPEG or SVG picture; save it again from the program that made it"


def _check_size(width: int, height: int) -> None:
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise LogoRefused(f"must be at most {MOST_PIXELS} pixels wide and high; save it smaller")
    _check_shape(width, height)


def _check_shape(width: float, height: float) -> None:
    """Raises `LogoRefused` for what would be no more than a line."""
    if max(width, height) > _LONGEST * min(width, height):
        raise LogoRefused(
            f"is more than {_LONGEST} times as long as it is thick and would be seen as a line; crop it"
        )
