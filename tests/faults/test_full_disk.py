"""The disk is full while somebody works: told once, nothing lost, and it goes on when there is room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.dialogs.unsaved import UnsavedPage
from qsin_desktop.ui.main_window import MainWindow
from tests.cli.test_disks import fill
from tests.faults.conftest import OpenWindow
from tests.founding import copy_of, opened
from tests.store.makers import small_drive
from tests.ui.hands import click, press, type_into

A, B = "IN-101.a", "IN-101.b"


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    with small_drive(tmp_path, megabytes=48) as place:
        yield place


@pytest.fixture
def window(open_window_on: OpenWindow, founded: Path, drive: Path) -> MainWindow:
    window = open_window_on(copy_of(founded, drive / "v"))
    press("Ctrl+2", window)
    return window


def walk_of(window: MainWindow) -> Any:
    assert window.frame is not None
    return window.frame.screen


def chip(window: MainWindow) -> str:
    assert window.frame is not None
    return str(window.frame.top.saved.text())


def write(box: Any, words: str) -> None:
    """Key by key, then more than the log still has room for, as a paste."""
    type_into(box, words)
    box.insertPlainText("x" * 20_000)


def try_again(window: MainWindow) -> None:
    """As the clock does every few seconds."""
    assert window.frame is not None
    window.frame.desk.unsaved_words._clock.timeout.emit()


def test_words_stay_and_are_saved_when_there_is_room_without_a_restart(
    window: MainWindow, drive: Path, founded: Path
) -> None:
    walk = walk_of(window)
    fill(drive, but=0)
    press("D", walk)
    card = walk.middle.notes._cards[0]
    write(card.text, "The register names two owners. ")
    walk.flush()
    assert chip(window) == "Not saved: disk full"
    told = window.workplace.messages.texts
    assert sum("disk is full" in text for text in told) == 1, told
    try_again(window)
    assert window.workplace.messages.texts == told, "not told again and again"
    press("Escape")
    press("Down", walk)  # elsewhere and back, nothing is lost on the way
    press("Up", walk)
    assert card.isVisible()
    assert card.text.text().startswith("The register names two owners.")
    (drive / "filler").unlink()
    try_again(window)
    assert chip(window).startswith("Saved ")
    assert window.workplace.messages.texts == [*told, "What you typed meanwhile is saved."]
    assert ["disk is full" in bar.message.text for bar in window.notices.bars()] == [False]
    (note,) = walk.desk.record.notes(A)
    assert note.text.startswith("The register names two owners. xxx")


def test_any_act_that_goes_through_brings_the_rest_along(window: MainWindow, drive: Path) -> None:
    walk = walk_of(window)
    fill(drive, but=0)
    press("D", walk)
    write(walk.middle.notes._cards[0].text, "")
    walk.flush()
    press("Escape")
    press("Down", walk)
    (drive / "filler").unlink()
    press("1", walk)
    assert [len(note.text) for note in walk.desk.record.notes(A)] == [20_000]
    assert chip(window).startswith("Saved ")


def test_several_boxes_wait_for_the_disk_and_none_is_lost(window: MainWindow, drive: Path) -> None:
    walk, frame = walk_of(window), window.frame
    assert frame is not None
    press("2", walk)
    type_into(walk.middle.rating.reason.box, "Two sites keep none.")
    press("Escape")
    press("F", walk)
    type_into(walk.middle.form.boxes["gap"], "A list")
    walk.flush()
    press("Escape")
    fill(drive, but=0)
    write(walk.middle.rating.reason.box, " Three, in fact.")
    type_into(walk.middle.form.boxes["gap"], " is missing.")
    walk.flush()
    press("Ctrl+1", window)
    type_into(frame.screen.facts.box("client"), "The board")
    press("Ctrl+6", window)
    type_into(frame.screen.words.boxes["conclusion"], "On its way.")
    frame.flush()
    assert chip(window) == "Not saved: disk full"
    text = frame.desk.unsaved_words.as_text()
    for words in ("Three, in fact.", "A list is missing.", "The board", "On its way."):
        assert words in text
    (drive / "filler").unlink()
    try_again(window)
    record = frame.desk.record
    assert chip(window).startswith("Saved "), frame.desk.unsaved_words.as_text()
    assert record.findings()[0].gap == "A list is missing."
    assert (record.facts.client, record.facts.conclusion) == ("The board", "On its way.")
    (cell,) = record.ratings.values()
    assert cell.reason.startswith("Two sites keep none. Three, in fact.")


def test_closing_offers_to_save_the_words_elsewhere(
    window: MainWindow, drive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    walk = walk_of(window)
    folder = walk.desk.visit.folder.path
    fill(drive, but=0)
    press("D", walk)
    write(walk.middle.notes._cards[0].text, "The register names two owners. ")
    window.close()
    assert window.isVisible()
    page = window.page
    assert isinstance(page, UnsavedPage)
    assert "disk full" in page.sentence.words
    click(page.back)
    assert window.isVisible()
    window.close()
    page = window.page
    assert isinstance(page, UnsavedPage)
    elsewhere = tmp_path / "words.txt"
    monkeypatch.setattr(window.workplace.asking, "save_as", lambda *_args, **_more: elsewhere)
    click(page.elsewhere)
    qtbot.waitUntil(lambda: not window.isVisible())
    QApplication.processEvents()
    assert "Note\nThe register names two owners. xx" in elsewhere.read_text(encoding="utf-8-sig").replace(
        "Document note", "Note"
    )
    assert not any("is saved" in text for text in window.workplace.messages.texts)
    (drive / "filler").unlink()
    with opened(folder) as visit:
        assert visit.record.notes(A) == ()


def test_space_that_returns_while_the_question_is_open_saves_them_in_the_visit(
    window: MainWindow, drive: Path
) -> None:
    walk = walk_of(window)
    folder = walk.desk.visit.folder.path
    fill(drive, but=0)
    press("D", walk)
    write(walk.middle.notes._cards[0].text, "")
    window.close()
    assert isinstance(window.page, UnsavedPage)
    (drive / "filler").unlink()
    click(window.page.back)
    window.close()
    assert not window.isVisible()
    with opened(folder) as visit:
        assert [len(note.text) for note in visit.record.notes(A)] == [20_000]


def test_other_parts_refuse_in_one_sentence_and_go_on_later(
    window: MainWindow, drive: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    frame = window.frame
    assert frame is not None
    large = tmp_path / "large.csv"
    large.write_bytes(bytes(range(256)) * 20_000)
    fill(drive, but=300_000)
    walk = walk_of(window)
    walk.right.exhibits.attaching.files([large], walk.right.exhibits._target)
    qtbot.waitUntil(lambda: not window.workplace.jobs.running, timeout=30_000)
    assert "Free some space and try again." in window.workplace.messages.texts[-1]
    assert frame.desk.record.exhibits() == ()
    (drive / "filler").unlink()
    walk.right.exhibits.attaching.files([large], walk.right.exhibits._target)
    qtbot.waitUntil(lambda: not window.workplace.jobs.running, timeout=30_000)
    assert len(frame.desk.record.exhibits()) == 1
    assert not [*drive.rglob(".part-*")]
