"""The process that parses foreign workbooks is held to its limits and ended when it is no longer wanted."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from qsin_desktop.foreign_workbooks import book as module
from qsin_desktop.foreign_workbooks.book import ForeignBook
from qsin_desktop.foreign_workbooks.cells import Cell, Merged
from qsin_desktop.foreign_workbooks.child import WorkbookChild
from qsin_desktop.foreign_workbooks.gate import Limits, TurnedAway
from qsin_desktop.system.child import Cancelled

LIMITS = Limits(most_unpacked=160 * 1024**2, most_rows=20_000, most_columns=50, purpose="a test")
TOO_MUCH = "more time or memory than a workbook may need"
posix = pytest.mark.skipif(os.name != "posix", reason="limits and signals of this system")


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[WorkbookChild]]:
    """Each book has a child of its own here; none may be left behind."""
    children: list[WorkbookChild] = []

    def child() -> WorkbookChild:
        children.append(WorkbookChild())
        return children[-1]

    monkeypatch.setattr(module, "WorkbookChild", child)
    yield children
    assert all(one._process.poll() is not None for one in children)


def made(rows: int = 3, **cells: Any) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(rows):
        sheet.append([f"row {number}", number, number / 4])
    for place, value in cells.items():
        sheet[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def endless() -> bytes:
    """Many rows that pack well, but not as well as a bomb."""
    rows = "".join(f"<row><c><v>{number * 7919 % 99_991}</v></c></row>" for number in range(150_000))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made())) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in book.namelist():
            part = book.read(name).decode()
            if name.endswith("sheet1.xml"):
                part = re.sub("<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", part)
            new.writestr(name, part)
    return out.getvalue()


def test_cells_arrive_as_they_are() -> None:
    day = datetime.fromisoformat("2027-03-31")
    moment = datetime.fromisoformat("2027-03-31T12:30:00")
    raw = made(0, A1="words", B1=day.date(), C1=moment, A3=True, B3="=1+1", C3=0.25, D3="#REF!")
    with ForeignBook(raw, LIMITS) as book:
        found = book.cells("Sheet")
        assert book.titles == book.all_titles == ("Sheet",)
        (head,) = book.head("Sheet", 1)
        assert head[:4] == ["words", day, moment, None]
    assert found.rows[1] == {1: Cell("words"), 2: Cell(day), 3: Cell(moment)}
    assert found.rows[3] == {
        1: Cell(True),
        2: Cell(None, formula=True),
        3: Cell(0.25),
        4: Cell(None, error="#REF!"),
    }


def test_merged_areas_and_hidden_rows_are_told() -> None:
    book = Workbook()
    sheet = book["Sheet"]
    sheet.append(["a"])
    sheet["A2"] = "b"
    sheet.row_dimensions[2].hidden = True
    sheet.merge_cells("B3:C9")
    out = io.BytesIO()
    book.save(out)
    with ForeignBook(out.getvalue(), LIMITS) as opened:
        found = opened.cells("Sheet")
    assert (found.hidden_rows, found.merged) == ({2}, [Merged(3, 9, 2, 3)])


def test_progress_counts_the_rows() -> None:
    told: list[tuple[int, int]] = []
    with ForeignBook(made(1000), LIMITS) as book:
        assert len(book.cells("Sheet", lambda done, total: told.append((done, total))).rows) == 1000
    assert told == [(250, 1000), (500, 1000), (750, 1000), (1000, 1000)]


def test_more_rows_than_allowed() -> None:
    with (
        ForeignBook(made(8), replace(LIMITS, most_rows=7)) as book,
        pytest.raises(TurnedAway, match="the sheet “Sheet” has more than 7 rows"),
    ):
        book.cells("Sheet")


@posix
def test_memory_is_limited(started: list[WorkbookChild]) -> None:
    with (
        pytest.raises(TurnedAway) as turned,
        ForeignBook(endless(), replace(LIMITS, memory=32 * 1024**2)) as book,
    ):
        book.cells("Sheet")
    assert TOO_MUCH in turned.value.reason or "too large" in turned.value.reason
    assert started


@posix
def test_seconds_of_work_are_limited() -> None:
    limits = replace(LIMITS, most_rows=1_000_000, seconds=0)
    with pytest.raises(TurnedAway, match=TOO_MUCH), ForeignBook(endless(), limits) as book:
        book.cells("Sheet")


@posix
def test_a_child_that_hangs_is_given_up(
    started: list[WorkbookChild], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ForeignBook(made(), LIMITS) as book:
        monkeypatch.setattr(module, "_PATIENCE", 0)
        started[0]._process.send_signal(signal.SIGSTOP)
        with pytest.raises(TurnedAway, match=TOO_MUCH):
            book.cells("Sheet")


def test_a_child_that_died_is_told(started: list[WorkbookChild]) -> None:
    with ForeignBook(made(), LIMITS) as book:
        started[0]._process.kill()
        started[0]._process.wait()
        with pytest.raises(TurnedAway, match=TOO_MUCH):
            book.cells("Sheet")


def test_cancelling_ends_it_at_once() -> None:
    wanted = threading.Event()
    with ForeignBook(made(5000), LIMITS, wanted.is_set) as book, pytest.raises(Cancelled):
        book.cells("Sheet", lambda *_: wanted.set())


def test_cancelling_before_it_began() -> None:
    with pytest.raises(Cancelled):
        ForeignBook(made(), LIMITS, lambda: True)
