"""Printing, tried on a printer that writes a PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.report_files import printed_report
from qsin_desktop.domain.signatures import grouped
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.printing import wanted_pages
from qsin_desktop.ui.screens.report import ReportScreen
from tests.founding import copy_of, opened
from tests.ui.hands import button, click, press
from tests.ui.screens.test_check_report import signed

__all__ = ["signed"]

Chosen = Callable[[QPrinter], object]


def on_paper(out: Path, set_up: Callable[[QPrinter], object] = lambda _printer: None) -> Callable[..., None]:
    """In place of the system's dialog: at once, on a coarse printer so that the test is quick."""

    def ask(_parent: object, _title: str, _document: str, chosen: Chosen) -> None:
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        set_up(printer)
        chosen(printer)

    return ask


def pages_of(path: Path) -> list[str]:
    document: Any = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


def first_pages(last: int) -> Callable[[QPrinter], object]:
    def set_up(printer: QPrinter) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(1, last)

    return set_up


@pytest.fixture
def screen(desk: Desk, tmp_path: Path, show: Callable[[ReportScreen], ReportScreen]) -> ReportScreen:
    desk.asking.folder_of = lambda purpose: tmp_path  # type: ignore[method-assign]
    return show(ReportScreen(desk))


def printed(desk: Desk) -> bool:
    return any("sent to the printer" in words for words in desk.messages.texts)


def first_page_printed(screen: ReportScreen, paper: Path, qtbot: QtBot) -> str:
    """Its words in one line."""
    screen.desk.asking.printer = on_paper(paper, first_pages(1))  # type: ignore[method-assign]
    click(screen.hand_over.print)
    qtbot.waitUntil(lambda: printed(screen.desk), timeout=60_000)
    (page,) = pages_of(paper)
    return " ".join(page.split())


def test_a_draft_is_printed_and_called_one(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.asking.printer = on_paper(tmp_path / "paper.pdf", first_pages(3))  # type: ignore[method-assign]
    press("Ctrl+Alt+P", screen)
    qtbot.waitUntil(lambda: printed(desk), timeout=60_000)
    assert desk.messages.texts[-1] == "3 pages sent to the printer."
    pages = pages_of(tmp_path / "paper.pdf")
    assert len(pages) == 3
    words = f"Print of a draft of report {desk.record.facts.report_number}, 24 November 2026, 10:42."
    assert all(words in page for page in pages), pages[0]
    assert screen.hand_over.print.isEnabled()


def test_the_signed_file_is_printed_and_says_how_it_is_checked(
    desk: Desk,
    signed: Path,
    founded: Path,
    tmp_path: Path,
    show: Callable[[ReportScreen], ReportScreen],
    qtbot: QtBot,
) -> None:
    with opened(copy_of(signed / founded.name, tmp_path)) as visit:
        own = Desk(visit, desk.messages, desk.jobs)
        own.asking.folder_of = lambda purpose: signed  # type: ignore[method-assign]
        report = printed_report(visit, signed)
        assert report is not None
        assert report.path.name == "1.pdf"
        line = first_page_printed(show(ReportScreen(own)), tmp_path / "paper.pdf", qtbot)
    assert "version 1, 24 November 2026" in line
    assert "A print carries no signature: check the PDF in QSIN Desktop (Check a report)" in line
    assert f"SHA-256 of that PDF: {grouped(report.sha256)}" in line


def test_a_sealed_visit_without_its_signed_file_prints_no_draft(
    desk: Desk,
    signed: Path,
    founded: Path,
    tmp_path: Path,
    show: Callable[[ReportScreen], ReportScreen],
    qtbot: QtBot,
) -> None:
    with opened(copy_of(signed / founded.name, tmp_path)) as visit:
        own = Desk(visit, desk.messages, desk.jobs)
        own.asking.folder_of = lambda purpose: tmp_path  # type: ignore[method-assign]
        line = first_page_printed(show(ReportScreen(own)), tmp_path / "paper.pdf", qtbot)
    assert "drawn anew from the sealed visit and not signed" in line
    assert "The signed PDF is the original" in line
    assert any("The signed report is not in" in words for words in desk.messages.texts)


def test_printing_can_be_cancelled(screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.asking.printer = on_paper(tmp_path / "paper.pdf")  # type: ignore[method-assign]
    screen.print_report()
    qtbot.waitUntil(lambda: screen.printing.run is not None, timeout=60_000)
    click(button(screen.hand_over, "Cancel"))
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=60_000)
    assert not printed(desk)
    assert screen.hand_over.print.isEnabled()


def test_who_thinks_better_of_it_prints_nothing(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    asked: list[str] = []

    def ask(_parent: object, title: str, _document: str, _chosen: Chosen) -> None:
        asked.append(title)

    monkeypatch.setattr(desk.asking, "printer", ask)
    screen.print_report()
    qtbot.waitUntil(lambda: bool(asked), timeout=60_000)
    assert asked == ["Print a draft of the report"]
    assert list(tmp_path.glob("qsin-*")) == []
    assert screen.hand_over.print.isEnabled()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("ranges", "last_first", "wanted"),
    [
        ("", False, [0, 1, 2, 3, 4]),
        ("", True, [4, 3, 2, 1, 0]),
        ("2-3", False, [1, 2]),
        ("1,4-9", False, [0, 3, 4]),
    ],
)
def test_which_pages_are_printed(ranges: str, last_first: bool, wanted: list[int], tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    if ranges:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setPageRanges(QPageRanges.fromString(ranges))
    if last_first:
        printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert wanted_pages(printer, 5) == wanted
