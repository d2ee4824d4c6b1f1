"""A PDF as pictures of its pages, made in the child process: whatever the file does, it does it there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import BinaryIO, Self

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.picture_child import PictureChild
from qsin_desktop.store.picture_worker import PAGE

_SECONDS = 60.0  # for a page full of photos at the resolution of a printer


class PagesUnreadable(Refusal):
    def __init__(self) -> None:
        super().__init__("The pages of this PDF could not be drawn here; open it in a PDF program instead.")


class PagePictures:
    """Close it, or the child stays. Fit for any one thread at a time."""

    def __init__(self, open_pdf: Callable[[], BinaryIO]) -> None:
        """The child has it all by the end; the file is closed then."""
        self._child = PictureChild()
        try:
            with open_pdf() as source:
                answer = self._child.ask(source, PAGE, 0, seconds=_SECONDS)
        except OSError:
            answer = None
        if not answer:
            self._child.end()
            raise PagesUnreadable
        self.sizes: tuple[tuple[float, float], ...] = tuple(map(tuple, json.loads(answer)))
        """Width and height of each page, in points."""

    def picture(self, page: int, edge: int) -> bytes:
        """A PNG whose longer side has `edge` pixels; pages count from 0. Raises `PagesUnreadable`."""
        made = self._child.ask(b"", PAGE, edge, page, seconds=_SECONDS)
        if not made:
            raise PagesUnreadable
        return made

    def close(self) -> None:
        self._child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
