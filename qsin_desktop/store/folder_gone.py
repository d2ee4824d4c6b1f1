"""A visit's folder that is no longer where it was when it was opened: moved, renamed or deleted."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.store.durable import is_there
from qsin_desktop.store.faults import PlaceGone
from qsin_desktop.store.names import visit_title


class FolderLost(PlaceGone):
    """It was deleted, or moved to another disk, while it was open."""

    brief = "folder gone"

    def __init__(self, folder: Path) -> None:
        title = visit_title(folder)
        super().__init__(
            f"The folder of “{title}” was deleted, or moved to another disk, while it was open, so nothing "
            "more is saved here. What was saved before went along with it; close the visit, save the words "
            "in the window elsewhere when asked, and open the folder where it is now."
        )


class FolderMoved(PlaceGone):
    """Its name or place has changed; files that are open are written on with."""

    brief = "folder moved"

    def __init__(self, folder: Path) -> None:
        title = visit_title(folder)
        super().__init__(
            f"“{title}” is no longer at its place: its folder was moved or renamed while it was open, or its "
            "drive is away. The sign at the top says whether what you write is saved all the same; for "
            "exhibits and backups put it back, or close the visit and open it where it is now."
        )


def refuse_moved(folder: Path) -> None:
    """Raises `FolderMoved`."""
    if not is_there(folder):
        raise FolderMoved(folder)
