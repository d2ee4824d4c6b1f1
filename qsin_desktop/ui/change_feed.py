"""Tells every open screen what a write changed; each looks and decides for itself what to show anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from qsin_desktop.domain.changes import Change


class ChangeFeed(QObject):
    changed = Signal(object, object)
    """The `Change`, and the QObject that asked for it or None: it may skip its own echo."""

    def tell(self, change: Change, origin: QObject | None = None) -> None:
        """A change without keys changed nothing and is not told."""
        if change.keys:
            self.changed.emit(change, origin)
