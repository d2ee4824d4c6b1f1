"""A PDF of our own making as pictures of its pages, drawn when they come into sight.

In short:

    pages = PdfPages(content)      raises PdfUnreadable
    pages.count   pages.size(n)    in points
    pages.picture(n, width)        a QImage `width` pixels wide; the latest are kept
    pages.close()
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, BinaryIO

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from qsin_desktop.domain.errors import Refusal

_KEPT = 12


class PdfUnreadable(Refusal):
    def __init__(self) -> None:
        super().__init__("The preview could not be shown here; export the report to see it.")


class PdfPages:
    def __init__(self, content: BinaryIO) -> None:
        """Closes it in the end, or at once when it is unreadable."""
        import pypdfium2

        try:
            self._document: Any = pypdfium2.PdfDocument(content, autoclose=True)
            self._sizes = [QSizeF(*self._document.get_page_size(n)) for n in range(len(self._document))]
        except pypdfium2.PdfiumError:
            content.close()
            raise PdfUnreadable from None
        if not self._sizes:
            raise PdfUnreadable
        self._kept: OrderedDict[tuple[int, int], QImage] = OrderedDict()

    @property
    def count(self) -> int:
        return len(self._sizes)

    def size(self, page: int) -> QSizeF:
        return self._sizes[page]

    def picture(self, page: int, width: int) -> QImage:
        key = (page, width)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._kept[key] = self._draw(page, width)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _draw(self, page: int, width: int) -> QImage:
        opened = self._document[page]
        bitmap = opened.render(scale=width / self._sizes[page].width(), prefer_bgrx=True)
        drawn = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        ).copy()
        bitmap.close()
        opened.close()
        return drawn

    def close(self) -> None:
        self._kept.clear()
        self._document.close()
