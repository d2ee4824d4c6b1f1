"""A foreign SVG as a PNG, while a child process does the drawing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from qsin_desktop.foreign_drawings.gate import DrawingRefused

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
        child = subprocess.run(  # noqa: S603  # this program itself
            worker_command(),
            input=json.dumps(asked).encode() + b"\n" + svg,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name != "QSIN_PASSPHRASE"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        raise DrawingRefused(_TOO_MUCH) from None
    kind, answer = child.stdout[:1], child.stdout[1:]
    if kind == b"R":
        raise DrawingRefused(answer.decode("utf-8", "replace"))
    if kind != b"P" or not answer.startswith(_PNG) or len(answer) > _LARGEST:
        raise DrawingRefused(_TOO_MUCH)
    return answer


_TOO_MUCH = (
    "is an SVG drawing that takes more time or memory than a logo may need; export a simpler one or a PNG"
)


def worker_command() -> list[str]:
    """The program itself as the child; a frozen one is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_WORD]
    return [sys.executable, "-m", "qsin_desktop", WORKER_WORD]
