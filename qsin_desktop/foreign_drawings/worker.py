"""The child process that draws one foreign SVG. It can read no file of its wish and lives for one answer.

On stdin a JSON line {"width", "height", "fonts"} and then the drawing. On stdout `P` and a PNG, or `R` and
the reason, in UTF-8, why there is none.
"""

from __future__ import annotations

import io
import json
from typing import Any, BinaryIO

from qsin_desktop.foreign_drawings.gate import DrawingRefused, checked_text
from qsin_desktop.system.limits import limit_this_process

MEMORY_LIMIT = 1024**3  # bytes of address space, where the system can hold a process to it
CPU_SECONDS = 10
_FACE = "Inter"  # of words whose own face is not there
_HEAVY = 150_000  # bytes of a PNG from which its colours are made fewer


def serve(requests: BinaryIO, answers: BinaryIO) -> int:
    """One request, one answer."""
    limit_this_process(memory=MEMORY_LIMIT, seconds=CPU_SECONDS)
    asked = json.loads(requests.readline())
    try:
        answer = b"P" + _drawn(checked_text(requests.read()), asked)
    except DrawingRefused as refused:
        answer = b"R" + str(refused).encode()
    answers.write(answer)
    answers.flush()
    return 0


def _drawn(text: str, asked: dict[str, Any]) -> bytes:
    import resvg_py

    try:
        png = resvg_py.svg_to_bytes(
            svg_string=text,
            width=asked["width"],
            height=asked["height"],
            dpi=96,
            font_files=asked["fonts"],
            font_family=_FACE,
            serif_family=_FACE,
            sans_serif_family=_FACE,
            cursive_family=_FACE,
            fantasy_family=_FACE,
            monospace_family=_FACE,
        )
    except ValueError as fault:
        raise DrawingRefused(
            "is an SVG drawing without a width or height; save it again with a size"
            if "size" in str(fault)
            else f"is an SVG drawing that cannot be drawn ({fault}); save it again as plain SVG"
        ) from None
    return _settled(bytes(png))


def _settled(png: bytes) -> bytes:
    """Refused where nothing is to be seen; small enough to travel within the visit."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        picture.load()
        if picture.convert("RGBA").getchannel("A").getextrema()[1] == 0:
            raise DrawingRefused(
                "is an SVG drawing in which nothing is to be seen: the part that it shows (viewBox) is empty "
                "or far too small; save it again with the page fitted to the drawing"
            )
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        if out.tell() > _HEAVY:
            out = io.BytesIO()
            picture.convert("RGBA").quantize(256, Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
        return out.getvalue()
