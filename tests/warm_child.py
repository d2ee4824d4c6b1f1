"""The real child process that parses workbooks, kept from test to test instead of being started for each."""

from __future__ import annotations

from typing import Self

from qsin_desktop.foreign_workbooks.child import WorkbookChild


class _Kept(WorkbookChild):
    """Ended in the middle of a talk it is really ended; otherwise it serves the next book."""

    @property
    def idle(self) -> bool:
        if self._talk is not None:
            self._talk.join(0.2)
        quiet = self._talk is None or not self._talk.is_alive()
        return quiet and self._process.poll() is None

    def end(self) -> None:
        if not self.idle:
            super().end()


class WarmChildren:
    def __init__(self) -> None:
        self._kept: _Kept | None = None

    def child(self) -> WorkbookChild:
        if self._kept is None or not self._kept.idle:
            self._kept = _Kept()
        return self._kept

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._kept is not None:
            WorkbookChild.end(self._kept)
