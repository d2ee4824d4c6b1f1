"""Pictures for the page: JPEG bytes go into the file as they are, a logo is turned into pixels first."""

from __future__ import annotations

import base64
import binascii
import io
import math
import zlib
from typing import NamedTuple

from PIL import Image

from qsin_desktop.report.pdf_file import PdfFile

_START_OF_FRAME = {0xC0, 0xC1, 0xC2}
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_LOGO_PIXELS = (1600, 400)  # 600 to the inch and more, in the room that the cover has for it


class Picture(NamedTuple):
    """In the file already; `width` and `height` in pixels."""

    object_number: int
    width: int
    height: int

    def fitted(self, width: float, height: float, largest: float = math.inf) -> tuple[float, float]:
        """The largest size of the same shape within these; `largest` is that of a pixel."""
        scale = min(width / self.width, height / self.height, largest)
        return self.width * scale, self.height * scale


def write_jpeg(file: PdfFile, jpeg: bytes) -> Picture | None:
    """None where the bytes are not a whole JPEG picture in grey or colour."""
    frame = jpeg_frame(jpeg)
    if frame is None:
        return None
    width, height, components = frame
    space = "/DeviceGray" if components == 1 else "/DeviceRGB"
    number = file.write_stream(
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace{space}"
        "/Filter/DCTDecode",
        jpeg,
        compress=False,
    )
    return Picture(number, width, height)


def jpeg_frame(jpeg: bytes) -> tuple[int, int, int] | None:
    """Width, height and number of colours, read from the picture's head; None where it is cut off."""
    if jpeg[:2] != b"\xff\xd8" or b"\xff\xd9" not in jpeg[-64:]:
        return None
    at = 2
    while at + 9 < len(jpeg) and jpeg[at] == 0xFF:
        kind = jpeg[at + 1]
        if kind in _STANDALONE or kind == 0xFF:
            at += 1 if kind == 0xFF else 2
            continue
        if kind in _START_OF_FRAME:
            height, width = (int.from_bytes(jpeg[at + n : at + n + 2], "big") for n in (5, 7))
            return (width, height, jpeg[at + 9]) if width and height and jpeg[at + 9] in (1, 3) else None
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return None


class Logo(NamedTuple):
    """Pixels on white, packed."""

    pixels: bytes
    width: int
    height: int


def read_logo(address: str) -> Logo | None:
    """From a pack's data address; None where there is none or it is no picture."""
    _, _, encoded = address.partition(";base64,")
    if not encoded:
        return None
    try:
        with Image.open(io.BytesIO(base64.b64decode(encoded, validate=True))) as picture:
            picture.thumbnail(_LOGO_PIXELS)
            layered = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, binascii.Error, Image.DecompressionBombError):
        return None
    flat = Image.new("RGB", layered.size, "white")
    flat.paste(layered, mask=layered.getchannel("A"))
    return Logo(zlib.compress(flat.tobytes(), 6), *flat.size)


def write_logo(file: PdfFile, logo: Logo) -> Picture:
    number = file.write_stream(
        f"/Type/XObject/Subtype/Image/Width {logo.width}/Height {logo.height}/BitsPerComponent 8"
        "/ColorSpace/DeviceRGB/Filter/FlateDecode",
        logo.pixels,
        compress=False,
    )
    return Picture(number, logo.width, logo.height)
