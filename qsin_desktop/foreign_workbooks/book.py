"""A foreign workbook as the program sees it: its sheets and cells, while a child process does the parsing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Self

from qsin_desktop.foreign_workbooks.beside import Beside, Comment
from qsin_desktop.foreign_workbooks.cells import Merged, SheetCells, from_json, row_from_json
from qsin_desktop.foreign_workbooks.child import Answer, ChildFailed, WorkbookChild
from qsin_desktop.foreign_workbooks.gate import Limits, TurnedAway
from qsin_desktop.foreign_workbooks.marks import Compared

Progress = Callable[[int, int], None]

_TOO_MUCH = "reading it took more time or memory than a workbook may need; it may be damaged."
_PATIENCE = 3  # seconds that may pass for one of work: the machine has other things to do


class ForeignBook:
    """Every call raises `TurnedAway` with a reason, or `Cancelled`. Close it, or the child stays."""

    def __init__(self, raw: bytes, limits: Limits, cancelled: Callable[[], bool] = lambda: False) -> None:
        self._limits, self._cancelled = limits, cancelled
        self._child = WorkbookChild()
        try:
            (opened,) = self._ask({"open": len(raw), "limits": asdict(limits)}, raw)
            with _nonsense_told():
                self.titles: tuple[str, ...] = tuple(map(str, opened["titles"]))
                """Of the sheets that hold cells."""
                self.all_titles: tuple[str, ...] = tuple(map(str, opened["all_titles"]))
                self.properties: dict[str, str] = {str(k): str(v) for k, v in opened["properties"].items()}
                """The document's own properties by name."""
                self._day_nought = from_json(opened["day_nought"])
        except BaseException:
            self.close()
            raise

    def head(self, title: str, rows: int) -> list[list[Any]]:
        """The values of a sheet's first rows."""
        (answer,) = self._ask({"head": title, "rows": rows})
        with _nonsense_told():
            return [[from_json(value) for value in row] for row in answer["rows"]]

    def cells(self, title: str, progress: Progress | None = None) -> SheetCells:
        """Everything in a sheet. `progress` counts the rows that were read."""
        found = SheetCells(title, day_nought=self._day_nought)
        for answer in self._ask({"cells": title}):
            with _nonsense_told():
                for number, cells in answer["rows"]:
                    found.rows[int(number)] = row_from_json(cells)
                if answer["last"]:
                    found.hidden_rows = set(map(int, answer["hidden"]))
                    found.merged = [Merged(*map(int, area)) for area in answer["merged"]]
                    found.beside = _beside(answer)
                elif progress is not None:
                    progress(int(answer["done"]), int(answer["total"]))
        return found

    def compared(
        self, title: str, sent: Sequence[str], progress: Progress | None = None
    ) -> tuple[Compared, Beside]:
        """A sheet beside the marks of its rows as they were sent; `progress` counts the rows."""
        for answer in self._ask({"compared": title, "sent": list(sent)}):
            if answer["last"]:
                with _nonsense_told():
                    strange = {int(number): row_from_json(cells) for number, cells in answer["strange"]}
                    gone = [int(number) for number in answer["gone"]]
                    counts = (int(answer[name]) for name in ("moved", "doubled"))
                    found = Compared(strange, int(answer["more_strange"]), gone, *counts)
                    return found, _beside(answer)
            elif progress is not None:
                progress(int(answer["done"]), int(answer["total"]))
        raise TurnedAway(_TOO_MUCH)

    def close(self) -> None:
        self._child.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, question: Answer, content: bytes = b"") -> Iterator[Answer]:
        seconds = self._limits.seconds * _PATIENCE
        with _nonsense_told():
            for answer in self._child.ask(question, content, seconds=seconds, cancelled=self._cancelled):
                if "turned" in answer:
                    raise TurnedAway(str(answer["turned"]))
                yield answer


def _beside(answer: Answer) -> Beside:
    comments = tuple(Comment(str(place), str(text)) for place, text in answer["comments"])
    return Beside(int(answer["drawings"]), comments)


@contextmanager
def _nonsense_told() -> Iterator[None]:
    """A child that died of the file, or that the file made say something else than it should."""
    try:
        yield
    except (ChildFailed, KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        raise TurnedAway(_TOO_MUCH) from fault
