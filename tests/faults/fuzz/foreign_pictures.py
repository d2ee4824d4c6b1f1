"""Photos, drawings and PDFs as they come from anywhere, opened in the child process as the program does."""

from __future__ import annotations

import io
import json
import struct
import time
from collections.abc import Iterable
from pathlib import Path

from qsin_desktop.store.picture_child import SECONDS_EACH, PictureChild
from qsin_desktop.store.picture_worker import PAGE

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG"
_EDGE = 64
_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "PDF")


def picture_seeds(_folder: Path) -> Iterable[bytes]:
    """One of each format that an exhibit may have; of HEIC, which nothing here writes, the outer boxes."""
    from PIL import Image

    pixels = Image.radial_gradient("L").resize((48, 32)).convert("RGB")
    made = []
    for kind in _FORMATS:
        out = io.BytesIO()
        pixels.save(out, kind)
        made.append(out.getvalue())
    out = io.BytesIO()
    pixels.convert("P").save(out, "PNG", transparency=3)
    return [*made, out.getvalue(), _heic_boxes()]


def _heic_boxes() -> bytes:
    def box(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held) + 8) + name + held

    handler = box(b"hdlr", bytes(8) + b"pict" + bytes(13))
    primary = box(b"pitm", bytes(4) + b"\0\1")
    entry = box(b"infe", b"\2\0\0\0\0\1\0\0hvc1\0")
    size = box(b"ispe", bytes(4) + struct.pack(">II", 48, 32))
    places = box(b"iloc", b"\0\0\0\0\x44\0\0\1\0\1\0\0\0\1\0\0\1\0\0\0\0\x40")
    properties = box(b"iprp", box(b"ipco", size) + box(b"ipma", bytes(4) + b"\0\0\0\1\0\1\1\1"))
    held = handler + primary + box(b"iinf", bytes(4) + b"\0\1" + entry) + places + properties
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(4) + held) + box(b"mdat", bytes(64))


class _Child:
    """One child for many files, as in the program; a new one when a file was too much for it."""

    def __init__(self) -> None:
        self._child: PictureChild | None = None

    def ask(self, content: bytes, group: str, page: int = 0) -> bytes | None:
        self._child = self._child or PictureChild()
        began = time.monotonic()
        answer = self._child.ask(content, group, _EDGE, page)
        if answer is None:
            self._child.end()
            self._child = None
        assert time.monotonic() - began < 2 * SECONDS_EACH, "the child was not ended in time"
        return answer


_CHILD = _Child()


def feed_picture(content: bytes, _folder: Path) -> None:
    """A picture, none, or a child that had to be ended: never anything else, and the next file is served."""
    as_pdf = content[:1024].find(b"%PDF") >= 0
    answer = _CHILD.ask(content, "pdf" if as_pdf else "photo")
    assert not answer or answer.startswith(_JPEG)
    if as_pdf and (told := _CHILD.ask(content, PAGE)):
        sizes = json.loads(told)
        assert all(len(size) == 2 for size in sizes)
        answer = _CHILD.ask(b"", PAGE) if sizes else None
        assert not answer or answer.startswith(_PNG)
    if answer is None:
        assert _CHILD.ask(_sound(), "photo"), "the child that came after it gives no picture"


def _sound() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()
