"""A foreign SVG as a PNG, while a child process does the drawing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from qsin_desktop.foreign_drawings.gate import DrawingRefused
from qsin_desktop.system.child import answer_of, end_child, start_child

WORKER_WORD = "--drawing-worker"  # the program called with it is the child
SECONDS = 30.0
_LARGEST = 4 * 1024**2  # bytes of an answer
_PNG = b"\x89PNG\r\n\x1a\n"


def svg_as_png(svg: bytes, width: int, height: int, fonts: Sequence[Path] = ()) -> bytes:
    """As large as fits in these pixels, see-through where nothing is drawn; raises `DrawingRefused`.

    `fonts` are typefaces for words in it whose own typeface this computer lacks.
    """
    asked = {"width": width, "height": height, "fonts": [str(font) for font in fonts]}
    try:
        child = start_child(WORKER_WORD)
    except OSError:
        raise DrawingRefused(_TOO_MUCH) from None
    try:
        said = answer_of(child, json.dumps(asked).encode() + b"\n" + svg, seconds=SECONDS) or b""
    finally:
        end_child(child)
    kind, answer = said[:1], said[1:]
    if kind == b"R":
        raise DrawingRefused(answer.decode("utf-8", "replace"))
    if kind != b"P" or not answer.startswith(_PNG) or len(answer) > _LARGEST:
        raise DrawingRefused(_TOO_MUCH)
    return answer


_TOO_MUCH = (
    "is an SVG drawing that takes more time or memory than a logo may need; export a simpler one or a PNG"
)
