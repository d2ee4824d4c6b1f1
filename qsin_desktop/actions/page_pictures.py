"""Pages of a PDF as pictures, for the window to print."""

from __future__ import annotations

from qsin_desktop.store.page_pictures import PagePictures, PagesUnreadable

__all__ = ["PagePictures", "PagesUnreadable"]
