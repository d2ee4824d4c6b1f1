"""A returned workbook's bytes and cells, read within limits; refusals name the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qsin_desktop.foreign_workbooks.beside import Beside
from qsin_desktop.foreign_workbooks.book import ForeignBook, Progress
from qsin_desktop.foreign_workbooks.cells import SheetCells
from qsin_desktop.foreign_workbooks.gate import Limits, TurnedAway
from qsin_desktop.foreign_workbooks.marks import Compared
from qsin_desktop.report.placing import is_open_elsewhere
from qsin_desktop.report.returned.outcome import CannotReadReturn, ReadingStopped
from qsin_desktop.system.child import Cancelled

MOST_BYTES = 64 * 1024 * 1024
LIMITS = Limits(
    most_unpacked=160 * 1024 * 1024, most_rows=20_000, most_columns=200, purpose="a findings workbook"
)


class ReturnedBook:
    """An open workbook that passed the gate; a child process parses it. Close it.

    Raises `CannotReadReturn` with one sentence, or `ReadingStopped`.
    """

    def __init__(self, path: Path, cancelled: Callable[[], bool] = lambda: False) -> None:
        self.name = path.name
        self._cancelled = cancelled
        self.raw = _bytes_of(path)
        with self._told():
            self._book = ForeignBook(self.raw, LIMITS, cancelled)
        self.titles, self.all_titles = self._book.titles, self._book.all_titles
        self.properties = self._book.properties
        self.open_elsewhere = is_open_elsewhere(path)

    def head(self, title: str, rows: int) -> list[list[Any]]:
        """The values of a sheet's first rows."""
        with self._told():
            return self._book.head(title, rows)

    def cells(self, title: str, progress: Progress | None = None) -> SheetCells:
        """Everything in a sheet; `progress` counts rows."""
        with self._told():
            return self._book.cells(title, progress)

    def compared(
        self, title: str, marks: Sequence[str], progress: Progress | None = None
    ) -> tuple[Compared, Beside]:
        """A sheet beside the marks it was sent with. Raises `TurnedAway` where it cannot be read."""
        try:
            return self._book.compared(title, marks, progress)
        except Cancelled:
            raise ReadingStopped(self.name) from None

    def refuse_when_cancelled(self) -> None:
        if self._cancelled():
            raise ReadingStopped(self.name)

    def close(self) -> None:
        self._book.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except TurnedAway as turned:
            raise CannotReadReturn(self.name, turned.reason) from turned
        except Cancelled:
            raise ReadingStopped(self.name) from None


def _bytes_of(path: Path) -> bytes:
    if path.name.startswith(("~$", ".~lock.")):
        raise CannotReadReturn(
            path.name, "it only marks that another program has the workbook open; choose the workbook itself."
        )
    try:
        if path.is_dir():
            raise CannotReadReturn(path.name, "it is a folder, not a file.")
        if path.exists() and not path.is_file():
            raise CannotReadReturn(path.name, "it is not an ordinary file.")
        with path.open("rb") as file:
            raw = file.read(min(path.stat().st_size, MOST_BYTES) + 1)  # one more shows that there is more
    except FileNotFoundError:
        raise CannotReadReturn(path.name, "there is no such file.") from None
    except PermissionError:
        raise CannotReadReturn(
            path.name, "it may not be read here, or another program holds it; close it there and try again."
        ) from None
    except (OSError, ValueError) as fault:
        said = getattr(fault, "strerror", None) or fault
        raise CannotReadReturn(path.name, f"the system said “{said}”.") from None
    if not raw:
        raise CannotReadReturn(path.name, "the file is empty.")
    if len(raw) > MOST_BYTES:
        raise CannotReadReturn(path.name, f"it is larger than {MOST_BYTES // 1024 // 1024} MiB.")
    return raw
