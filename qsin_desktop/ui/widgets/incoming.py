"""What a drop or the clipboard brings: files and folders on this computer, or a picture.

    incoming(mime: QMimeData) -> Incoming       Incoming(paths: tuple[Path, ...], image: QImage | None)
    can_take(mime) -> bool
Files win over a picture: a copied photo file brings both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage


@dataclass(frozen=True)
class Incoming:
    paths: tuple[Path, ...] = ()
    image: QImage | None = None

    def __bool__(self) -> bool:
        return bool(self.paths) or self.image is not None


def can_take(mime: QMimeData) -> bool:
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def incoming(mime: QMimeData) -> Incoming:
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Incoming(paths=paths)
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return Incoming(image=image)
    return Incoming()
