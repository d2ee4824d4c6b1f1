"""The child process that parses foreign workbooks: little memory, little time, no secrets.

On stdin requests, each a JSON line: {"open": bytes, "limits": {…}}, followed by the file; {"head": sheet,
"rows": n}; {"cells": sheet}; {"compared": sheet, "sent": marks of its rows}. On stdout answers: 4 bytes of
length, then JSON; the last one of a request says so in `last`, and is the only one unless all rows of a sheet
were asked for.
"""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

from qsin_desktop.foreign_workbooks.cells import Cell, cell_to_json, to_json
from qsin_desktop.foreign_workbooks.gate import Limits, TurnedAway
from qsin_desktop.foreign_workbooks.marks import Comparing
from qsin_desktop.foreign_workbooks.parsing import ParsedBook
from qsin_desktop.system.limits import limit_this_process

_ROWS_EACH = 250  # in one answer: about a tenth of a second of parsing


def serve(requests: BinaryIO, answers: BinaryIO) -> int:
    """Answer until stdin ends."""
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # the library would load it for nothing
    _Desk(answers).serve(requests)
    return 0


class _Desk:
    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._book: ParsedBook | None = None

    def serve(self, requests: BinaryIO) -> None:
        while line := requests.readline():
            asked = json.loads(line)
            try:
                if "open" in asked:
                    self._open(requests.read(asked["open"]), Limits(**asked["limits"]))
                else:
                    self._answer(asked)
            except TurnedAway as turned:
                self._say(turned=turned.reason)
            except MemoryError:
                self._say(turned="the workbook is too large to be read.")

    def _open(self, raw: bytes, limits: Limits) -> None:
        # on top of what this process has worked before
        limit_this_process(memory=limits.memory, seconds=limits.seconds)
        self._book = book = ParsedBook(raw, limits)
        self._say(
            titles=book.titles,
            all_titles=book.all_titles,
            properties=book.properties,
            day_nought=to_json(book.day_nought),
        )

    def _answer(self, asked: dict[str, Any]) -> None:
        book = self._book
        if book is None:
            raise TurnedAway("no workbook is open.")
        if "head" in asked:
            rows = book.head(asked["head"], asked["rows"])
            self._say(rows=[[to_json(value) for value in row] for row in rows])
            return
        if "compared" in asked:
            self._compare(book, asked["compared"], asked["sent"])
            return
        title = asked["cells"]
        total, block = book.row_count(title), []
        for done, (number, cells) in enumerate(book.rows(title), 1):
            block.append(_row_to_json(number, cells))
            if len(block) == _ROWS_EACH:
                self._say(last=False, rows=block, done=done, total=max(total, done))
                block = []
        merged = [[m.first_row, m.last_row, m.first_column, m.last_column] for m in book.merged(title)]
        self._say(rows=block, hidden=book.hidden_rows(title), merged=merged, **_beside(book, title))

    def _compare(self, book: ParsedBook, title: str, sent: list[str]) -> None:
        total, comparing = max(book.row_count(title), len(sent)), Comparing(sent)
        for done, (number, values, formulas) in enumerate(book.values(title, more=len(sent)), 1):
            comparing.take(number, values, formulas)
            if done % _ROWS_EACH == 0:
                self._say(last=False, done=done, total=max(total, done))
        found = comparing.found()
        self._say(
            strange=[_row_to_json(number, cells) for number, cells in found.strange.items()],
            more_strange=found.more_strange,
            gone=found.gone,
            moved=found.moved,
            doubled=found.doubled,
            **_beside(book, title),
        )

    def _say(self, *, last: bool = True, **words: Any) -> None:
        said = json.dumps(words | {"last": last}).encode()
        self._answers.write(len(said).to_bytes(4, "big") + said)
        self._answers.flush()


def _row_to_json(number: int, cells: dict[int, Cell]) -> list[Any]:
    return [number, [cell_to_json(at, cell) for at, cell in cells.items()]]


def _beside(book: ParsedBook, title: str) -> dict[str, Any]:
    lying = book.beside(title)
    return {"drawings": lying.drawings, "comments": [[c.place, c.text] for c in lying.comments]}
