"""The child process that looks into foreign pictures and PDFs, with little memory, little time, no secrets.

On stdin, for each request: a JSON line {"group", "edge", "page", "size"} and then the file's bytes.
On stdout, for each: 4 bytes of length and a JPEG, or length 0 where no picture can be made.
Of the group "page" a PDF is sent once, answered by its pages' sizes in points as JSON; then each page as PNG.
"""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import Any, BinaryIO

from qsin_desktop.system.limits import limit_this_process

MEMORY_LIMIT = 2 * 1024**3  # bytes of address space, where the system can hold a process to it
CPU_SECONDS = 600  # over the child's whole life; the parent has a limit for each picture
MOST_PIXELS = 200_000_000
PAGE = "page"


def serve(requests: BinaryIO, answers: BinaryIO) -> int:
    """Answer until stdin ends."""
    limit_this_process(memory=MEMORY_LIMIT, seconds=CPU_SECONDS)
    pages = _Pages()
    while line := requests.readline():
        asked = json.loads(line)
        content = requests.read(asked["size"])
        picture = b""
        with suppress(Exception):  # whatever a hostile file does, the answer is: no picture
            if asked["group"] == PAGE:
                picture = pages.answer(content, asked["page"], asked["edge"])
            else:
                picture = make_picture(content, asked["group"], asked["edge"])
        answers.write(len(picture).to_bytes(4, "big") + picture)
        answers.flush()
    return 0


class _Pages:
    """The PDF that was sent last, page by page."""

    def __init__(self) -> None:
        self._document: Any = None

    def answer(self, content: bytes, page: int, edge: int) -> bytes:
        import pypdfium2

        if content:
            self._document = pypdfium2.PdfDocument(content)
            self._document.init_forms()  # so that signatures are drawn as well
            sizes = [self._document.get_page_size(n) for n in range(len(self._document))]
            return json.dumps(sizes).encode()
        shown = self._document[page]
        longest = max(shown.get_width(), shown.get_height(), 1.0)
        out = io.BytesIO()
        shown.render(scale=edge / longest).to_pil().save(out, "PNG", compress_level=1)
        return out.getvalue()


def make_picture(content: bytes, group: str, edge: int) -> bytes:
    """A JPEG of at most `edge` pixels a side, upright, without any metadata of the original."""
    image = _first_page(content, edge) if group == "pdf" else _photo(content, edge)
    out = io.BytesIO()
    _on_white(image).save(out, "JPEG", quality=85, optimize=False)
    return out.getvalue()


def _photo(content: bytes, edge: int) -> Any:
    import pi_heif
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    pi_heif.register_heif_opener()
    image = Image.open(io.BytesIO(content))
    image.draft("RGB", (edge, edge))
    image = _of_eight_bits(image)
    image.thumbnail((edge, edge))
    return ImageOps.exif_transpose(image)


def _of_eight_bits(image: Any) -> Any:
    """Grey of sixteen bits scaled to eight, which Pillow would cut off at white; any other as it is."""
    if not image.mode.startswith("I;16"):
        return image
    plain = image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    plain.info = image.info
    return plain


def _first_page(content: bytes, edge: int) -> Any:
    import pypdfium2

    page = pypdfium2.PdfDocument(content)[0]
    longest = max(page.get_width(), page.get_height(), 1.0)
    return page.render(scale=edge / longest).to_pil()


def _on_white(image: Any) -> Any:
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        see_through = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(see_through, mask=see_through.getchannel("A"))
        return white
    return image.convert("RGB")
