"""The place of a visit is taken away, closed or renamed under the real window; work goes on where it can.

A small drive with ext4 of its own: its files can be made unchangeable even for those with every right, also
while they are open.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.store.writer_lock import LockedByOther
from qsin_desktop.ui.dialogs.unsaved import UnsavedPage
from qsin_desktop.ui.main_window import MainWindow
from tests.faults.conftest import OpenWindow
from tests.founding import copy_of, key_file_of, opened
from tests.ui.hands import press, type_into

A = "IN-101.a"


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    image, drive = tmp_path / "image", tmp_path / "drive"
    drive.mkdir()
    with image.open("wb") as file:
        file.truncate(48 << 20)
    for words in (
        ["mkfs.ext4", "-q", "-F", str(image)],
        ["mount", "-o", "loop", str(image), str(drive)],
    ):
        if (
            sys.platform != "linux"
            or shutil.which(words[0]) is None
            or subprocess.run(words, capture_output=True, check=False).returncode
        ):
            pytest.skip("a drive of our own needs rights")
    try:
        yield drive
    finally:
        subprocess.run(["umount", "--lazy", str(drive)], check=True)


@pytest.fixture
def window(open_window_on: OpenWindow, founded: Path, drive: Path) -> MainWindow:
    """On the walk, with a note whose first words are saved."""
    window = open_window_on(copy_of(founded, drive / "v"))
    press("Ctrl+2", window)
    walk = screen(window)
    press("D", walk)
    type_into(box(window), "The register")
    walk.flush()
    return window


@contextmanager
def closed(*places: Path) -> Iterator[None]:
    """Nobody may write there, whoever they are and whatever they have open."""
    names = [str(place) for place in places]
    subprocess.run(["chattr", "+i", *names], check=True)
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *names], check=True)


def screen(window: MainWindow) -> Any:
    assert window.frame is not None
    return window.frame.screen


def box(window: MainWindow) -> Any:
    return screen(window).middle.notes._cards[0].text


def chip(window: MainWindow) -> str:
    assert window.frame is not None
    return str(window.frame.top.saved.text())


def told(window: MainWindow) -> list[str]:
    return window.workplace.messages.texts


def notes(window: MainWindow) -> list[str]:
    return [note.text for note in screen(window).desk.record.notes(A)]


def attach(window: MainWindow, file: Path, qtbot: QtBot) -> None:
    file.write_bytes(b"1,2")
    panel = screen(window).right.exhibits
    panel.attaching.files([file], panel._target)
    qtbot.waitUntil(lambda: not window.workplace.jobs.running, timeout=30_000)


def back_up(window: MainWindow, qtbot: QtBot) -> None:
    backups = screen(window).desk.backups
    backups.look()
    qtbot.waitUntil(lambda: not backups.state.under_way, timeout=30_000)


def write_again(window: MainWindow) -> None:
    """As the clock does every few seconds."""
    screen(window).desk.unsaved_words._clock.timeout.emit()


def test_permission_lost_in_the_middle_is_told_as_that_and_words_wait_for_it(window: MainWindow) -> None:
    folder = screen(window).desk.visit.folder
    with closed(folder.database, folder.database.with_name("visit.db-wal")):
        type_into(box(window), " names two.")
        screen(window).flush()
        assert chip(window) == "Not saved: no permission"
        assert "takes no writing just now: permission was refused" in told(window)[-1]
        write_again(window)
        assert len(told(window)) == 1
        assert box(window).text() == "The register names two."
    write_again(window)
    assert chip(window).startswith("Saved ")
    assert notes(window) == ["The register names two."]


def test_where_only_exhibits_are_closed_the_writing_goes_on(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = screen(window).desk.visit.folder
    with closed(folder.exhibits, folder.path):
        attach(window, tmp_path / "a.csv", qtbot)
        assert "permission was refused. Nothing was added." in told(window)[-1]
        type_into(box(window), " names two.")
        screen(window).flush()
        assert chip(window).startswith("Saved ")
    attach(window, tmp_path / "a.csv", qtbot)
    assert told(window)[-1] == "E-001 is attached."
    assert notes(window) == ["The register names two."]


def test_a_folder_that_is_renamed_while_it_is_open_keeps_every_word(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = screen(window).desk.visit.folder.path
    renamed = folder.rename(folder.with_name("Renamed.qsin"))
    type_into(box(window), " names two.")
    screen(window).flush()
    attach(window, tmp_path / "a.csv", qtbot)
    assert "its folder was moved or renamed while it was open" in told(window)[-1]
    back_up(window, qtbot)
    assert "its folder was moved or renamed while it was open" in told(window)[-1]
    assert not folder.exists(), "nothing is made where it was"
    renamed.rename(folder)
    attach(window, tmp_path / "a.csv", qtbot)
    assert told(window)[-1] == "E-001 is attached."
    folder.rename(renamed)
    type_into(box(window), " Three.")
    window.close_visit()
    shutil.copy(key_file_of(folder), key_file_of(renamed))
    with opened(renamed) as visit:
        assert [note.text for note in visit.record.notes(A)] == ["The register names two. Three."]
        assert verify_trail(visit).intact


def test_a_folder_that_goes_to_another_disk_takes_no_words_into_nothing(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """A file manager copies and then deletes: what is open then is no file any more."""
    folder = screen(window).desk.visit.folder.path
    shutil.move(folder, tmp_path / "elsewhere.qsin")
    type_into(box(window), " names two.")
    screen(window).flush()
    assert chip(window) == "Not saved: folder gone"
    assert "was deleted, or moved to another disk, while it was open" in told(window)[-1]
    assert box(window).text() == "The register names two."
    window.close()
    assert isinstance(window.page, UnsavedPage), "closing asks where the words shall go"
    assert "names two." in screen(window).desk.unsaved_words.as_text()
    shutil.copy(key_file_of(folder), tmp_path / "elsewhere.qsin.key")
    with opened(tmp_path / "elsewhere.qsin") as visit:
        assert [note.text for note in visit.record.notes(A)] == ["The register"]


def test_while_another_program_holds_the_file_words_wait_and_then_go_in(window: MainWindow) -> None:
    visit = screen(window).desk.visit
    visit.store.file.driver_connection.execute("PRAGMA busy_timeout = 10")
    other = sqlcipher3.connect(str(visit.folder.database), isolation_level=None)
    try:
        other.execute(f"PRAGMA key = \"x'{visit.data_key.database_key.hex()}'\"")
        other.execute("BEGIN IMMEDIATE")
        type_into(box(window), " names two.")
        screen(window).flush()
        assert chip(window) == "Not saved: in use elsewhere"
        assert len(told(window)) == 1
        other.execute("ROLLBACK")
    finally:
        other.close()
    write_again(window)
    assert chip(window).startswith("Saved ")
    assert notes(window) == ["The register names two."]


def test_a_clock_set_back_ten_years_and_a_night_asleep_change_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    """On waking every timer fires at once; who else tries finds the visit still held."""
    desk = screen(window).desk
    now = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    for at in (now - timedelta(days=3650), now + timedelta(hours=14)):
        desk.visit.clock = lambda at=at: at
        type_into(box(window), " and more")
        for timer in (desk.backups._timer, desk.team_folder._timer, desk.unsaved_words._clock):
            timer.timeout.emit()
        screen(window).flush()
        qtbot.waitUntil(lambda: not desk.backups.state.under_way, timeout=30_000)
        with pytest.raises(LockedByOther):
            opened(desk.visit.folder.path)
    assert notes(window) == ["The register and more and more"]
    assert chip(window) == "Saved 00:00:00"
    assert verify_trail(desk.visit).intact
    window.undo()
    assert notes(window) == ["The register and more"]
    assert desk.visit.mended == ""


def test_a_synchroniser_that_renames_and_doubles_files_takes_nothing_away(
    open_window_on: OpenWindow, founded: Path, tmp_path: Path
) -> None:
    """`visit (1).db` beside the real one, other copies of log and keys."""
    folder = copy_of(founded, tmp_path / "v")
    for name, other in (
        ("visit.db", "visit (1).db"),
        ("visit.db", "visit-LAPTOP-7.db"),
        ("keys.json", "keys (1).json"),
        ("keys.json", "keys (conflicted copy 2026-11-24).json"),
    ):
        shutil.copy(folder / name, folder / other)
    (folder / "visit (1).db-wal").write_bytes(b"half a log")
    (folder / "visit.db-wal (1)").write_bytes(b"half a log")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if "(" in path.name}
    window = open_window_on(folder)
    press("Ctrl+2", window)
    press("D", screen(window))
    type_into(box(window), "Work goes on.")
    window.close_visit()
    with opened(folder) as visit:
        assert [note.text for note in visit.record.notes(A)] == ["Work goes on."]
        assert verify_trail(visit).intact
    assert {name: (folder / name).read_bytes() for name in before} == before, "left as they are"
