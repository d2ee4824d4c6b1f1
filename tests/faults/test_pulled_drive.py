"""The drive of an open visit is pulled out, comes back, or turns read-only under the real window."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.notes import add_note
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.ui.dialogs.unsaved import UnsavedPage
from qsin_desktop.ui.main_window import MainWindow
from tests.faults.conftest import OpenWindow
from tests.faults.test_places_at_fault import (
    A,
    attach,
    back_up,
    box,
    chip,
    drive,
    notes,
    screen,
    told,
    window,
    write_again,
)
from tests.founding import copy_of, opened
from tests.ui.hands import press, type_into

__all__ = ["drive", "window"]


class Stick:
    """NTFS in user space; whoever ends its process has pulled it out."""

    def __init__(self, place: Path, qtbot: QtBot) -> None:
        self.path, self._image, self._qtbot = place / "stick", place / "stick.image", qtbot
        self._process: subprocess.Popen[bytes] | None = None
        self.path.mkdir()
        with self._image.open("wb") as file:
            file.truncate(48 << 20)
        subprocess.run(["mkfs.ntfs", "-F", "-Q", "-q", self._image], check=True, capture_output=True)

    def put_in(self) -> None:
        self._process = subprocess.Popen(
            ["ntfs-3g", "-o", "no_detach", self._image, self.path],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._qtbot.waitUntil(lambda: self.path.is_mount() or self._ended(), timeout=30_000)
        if self._ended():
            pytest.skip("this machine lets us mount nothing")

    def _ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def pull_out(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            subprocess.run(["umount", "--lazy", self.path], check=True)


@pytest.fixture
def stick(tmp_path: Path, qtbot: QtBot) -> Iterator[Stick]:
    if sys.platform != "linux" or not all(map(shutil.which, ("ntfs-3g", "mkfs.ntfs"))):
        pytest.skip("a stick to pull out needs ntfs-3g")
    stick = Stick(tmp_path, qtbot)
    stick.put_in()
    yield stick
    stick.pull_out()


@pytest.fixture
def on_stick(stick: Stick, open_window_on: OpenWindow, founded: Path) -> MainWindow:
    window = open_window_on(copy_of(founded, stick.path / "v"))
    press("Ctrl+2", window)
    press("D", screen(window))
    type_into(box(window), "The register")
    screen(window).flush()
    stick.pull_out()
    type_into(box(window), " names two.")
    screen(window).flush()
    return window


def test_pulled_out_it_is_told_once_and_goes_on_when_it_is_back(
    on_stick: MainWindow, stick: Stick, tmp_path: Path, qtbot: QtBot
) -> None:
    visit = screen(on_stick).desk.visit
    assert chip(on_stick) == "Not saved: drive gone"
    assert len(told(on_stick)) == 1
    assert "what you typed stays here and is saved as soon as the drive is back" in told(on_stick)[0]
    write_again(on_stick)
    assert len(told(on_stick)) == 1
    assert box(on_stick).text() == "The register names two."
    attach(on_stick, tmp_path / "a.csv", qtbot)
    assert "its drive is away" in told(on_stick)[-1]
    back_up(on_stick, qtbot)
    assert "its drive is away" in told(on_stick)[-1]
    assert list(stick.path.iterdir()) == [], "nothing is made where it was"
    stick.put_in()
    write_again(on_stick)
    assert chip(on_stick).startswith("Saved ")
    assert notes(on_stick) == ["The register names two."]
    attach(on_stick, tmp_path / "a.csv", qtbot)
    assert told(on_stick)[-1] == "E-001 is attached."
    on_stick.undo()
    on_stick.redo()
    assert verify_trail(visit).intact
    on_stick.close_visit()
    with opened(visit.folder.path) as again:
        assert [note.text for note in again.record.notes(A)] == ["The register names two."]
        assert len(again.record.exhibits()) == 1


def test_what_somebody_else_wrote_on_it_meanwhile_is_not_written_over(
    on_stick: MainWindow, stick: Stick
) -> None:
    path = screen(on_stick).desk.visit.folder.path
    stick.put_in()
    with opened(path) as visit:
        add_note(visit, criterion="IN-101.b", kind=NoteKind.DOCUMENT, text="Written elsewhere.")
        stood = visit.store.entry_count()
    for _ in range(3):
        write_again(on_stick)
        assert chip(on_stick).startswith("Not saved")
    on_stick.close()
    page = on_stick.page
    assert isinstance(page, UnsavedPage)
    assert "names two." in screen(on_stick).desk.unsaved_words.as_text()
    screen(on_stick).desk.visit.close()
    with opened(path) as visit:
        assert visit.store.entry_count() == stood
        assert verify_trail(visit).intact


def test_closing_while_it_is_away_asks_where_the_words_shall_go(on_stick: MainWindow) -> None:
    on_stick.close()
    assert isinstance(on_stick.page, UnsavedPage)
    assert "names two." in screen(on_stick).desk.unsaved_words.as_text()


def test_a_drive_that_turns_read_only_keeps_what_is_typed(
    window: MainWindow, drive: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """As the system does to a drive with faults, while its files are open."""
    subprocess.run(["mount", "-o", "remount,abort", str(drive)], check=True)
    type_into(box(window), " names two.")
    screen(window).flush()
    assert chip(window).startswith("Not saved")
    assert len(told(window)) == 1
    assert "Everything saved before is safe" in told(window)[0]
    attach(window, tmp_path / "a.csv", qtbot)
    assert "the place is read-only" in told(window)[-1]
    write_again(window)
    assert box(window).text() == "The register names two."
    assert notes(window) == ["The register"]
    window.close()
    assert isinstance(window.page, UnsavedPage)
