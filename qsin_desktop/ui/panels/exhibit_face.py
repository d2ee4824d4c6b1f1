"""How an exhibit is shown on a tile: its icon by kind, and the words about it."""

from __future__ import annotations

from PySide6.QtGui import QPixmap

from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.reading import PURGED_GROUP
from qsin_desktop.ui.widgets.thumbnail import Face
from qsin_desktop.ui.words import joined, size_in_words

WITHDRAWN_MARK = "withdrawn"
PICTURED = frozenset({"photo", "image", "pdf"})

_ICONS = {
    "photo": "photo",
    "image": "image",
    "pdf": "pdf",
    "document": "document",
    "text": "document",
    "sheet": "table",
    "slides": "presentation",
    "audio": "audio",
    "video": "video",
    "archive": "archive",
    "seen": "seen",
    PURGED_GROUP: "purge",
}


def icon_of(exhibit: Exhibit) -> str:
    return _ICONS.get(exhibit.group, "file")


def face_of(exhibit: Exhibit, locator: str = "", image: QPixmap | None = None, mark: str = "") -> Face:
    """`mark` says that its file is not here, or damaged; that it is withdrawn goes before."""
    mark = WITHDRAWN_MARK if exhibit.withdrawn else mark
    where = locator or ("seen, not copied" if exhibit.seen else "")
    return Face(
        exhibit.number, exhibit.title, where, icon_of(exhibit), image, mark, faded=bool(exhibit.withdrawn)
    )


def about(exhibit: Exhibit) -> str:
    """“PDF document · 2.4 MB”, or of a document that was seen: its number, date and where it was seen."""
    if exhibit.group == PURGED_GROUP:
        return exhibit.kind
    if exhibit.seen is None:
        return joined(exhibit.kind, size_in_words(exhibit.size))
    seen = exhibit.seen
    return joined("Seen, not copied", seen.number, seen.dated, seen.where, seen.seen_on)
