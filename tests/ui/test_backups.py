"""Backups by themselves in the window: on time, quietly, also to a second place; and the preferences."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.visits import Stage
from qsin_desktop.settings import SettingsFile
from qsin_desktop.store.backups import backups_in, backups_of
from qsin_desktop.ui.backup_words import copies_words
from qsin_desktop.ui.backups import Backups
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.preferences import PreferencesPage, ask_preferences
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.founding import Clock, opened
from tests.ui.exchange.conftest import Answers
from tests.ui.hands import click, type_into


@pytest.fixture
def workplace(theme: Theme, tmp_path: Path) -> Iterator[Workplace]:
    place = Workplace(tmp_path / "home", theme)
    place.asking = Answers()
    yield place
    assert place.jobs.stop_all()


@pytest.fixture
def desk(workplace: Workplace, visit_folder: Path, theme: Theme) -> Iterator[Desk]:
    with opened(visit_folder) as visit:
        desk = workplace.desk_for(visit, workplace)
        yield desk
        desk.leave()


@pytest.fixture
def window(theme: Theme, show: Callable[[QWidget], QWidget]) -> QWidget:
    return show(QWidget())


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def round_of(desk: Desk, qtbot: QtBot) -> Callable[[], Backups]:
    """A minute goes by."""

    def passed() -> Backups:
        desk.backups._timer.timeout.emit()
        qtbot.waitUntil(lambda: not desk.backups.state.under_way, timeout=20_000)
        return desk.backups

    return passed


def later(desk: Desk, **by: float) -> None:
    assert isinstance(desk.visit.clock, Clock)
    desk.visit.clock.time += timedelta(**by)


def answers(workplace: Workplace, path: Path) -> None:
    assert isinstance(workplace.asking, Answers)
    workplace.asking.chosen = path


def test_the_timer_backs_up_while_words_are_typed_and_leaves_them_alone(
    desk: Desk, round_of: Callable[[], Backups], show: Callable[[WalkScreen], WalkScreen]
) -> None:
    walk = show(WalkScreen(desk))
    walk.show_place(Place("walk", "IN-202.a", Stage.SITE))
    box = walk.middle.rating.reason.box
    type_into(box, "The lists of two si")
    cursor = box.textCursor().position()
    desk.begin()
    round_of()
    assert len(backups_of(desk.visit.folder)) == 1
    assert QApplication.focusWidget() is box
    assert (box.text(), box.textCursor().position()) == ("The lists of two si", cursor)
    assert desk.messages.texts == [], "it is not told of"
    assert not desk.jobs.running, "nor does it hold up what a person asks for"


def test_the_first_look_comes_soon_after_opening(desk: Desk, qtbot: QtBot) -> None:
    desk.begin()
    assert desk.backups._first.isActive()
    assert desk.backups._timer.isActive()
    desk.backups._first.timeout.emit()
    qtbot.waitUntil(lambda: desk.backups.state.here is not None)
    assert desk.backups.state.here is not None
    assert desk.backups.state.here.whole


def test_nothing_is_looked_at_again_until_something_was_written(
    desk: Desk, round_of: Callable[[], Backups]
) -> None:
    round_of()
    shutil.rmtree(desk.visit.folder.backups)
    round_of()
    assert not desk.visit.folder.backups.exists()
    desk.act(lambda: rate(desk.visit, criterion="IN-202.a", rating="met"))
    round_of()
    assert len(backups_of(desk.visit.folder)) == 1


def test_a_visit_that_is_only_read_makes_none(
    desk: Desk, workplace: Workplace, visit_folder: Path, qtbot: QtBot
) -> None:
    with opened(visit_folder, reading=True) as visit:
        reading = workplace.desk_for(visit, workplace)
        reading.begin()
        assert not reading.backups._timer.isActive()
        reading.backups.look()
        assert not reading.backups.jobs.running
        reading.leave()


def test_a_stick_in_a_pocket_is_waited_for_without_a_word_and_remembered(
    desk: Desk, workplace: Workplace, stick: Path, round_of: Callable[[], Backups]
) -> None:
    workplace.change_settings(lambda settings: settings.with_second_backups(stick))
    backups = round_of()
    assert backups.state.there is not None
    at = backups.state.there.at
    assert at is not None
    pocket = stick.rename(stick.with_name("pocket"))
    desk.act(lambda: rate(desk.visit, criterion="IN-202.a", rating="met"))
    later(desk, minutes=31)
    there = round_of().state.there
    assert there is not None
    assert (there.gone, there.at) == (True, at)
    assert copies_words(there, "in the second place")[0].startswith("Not connected just now. Last backup in")
    assert SettingsFile(workplace.home).load().copied_out_at(desk.visit.visit_id) == at
    pocket.rename(stick)
    there = round_of().state.there
    assert there is not None
    assert there.whole
    assert len(backups_in(next(stick.iterdir()))) == 2
    assert desk.messages.texts == []


def test_a_fault_is_told_once_and_again_only_after_it_went_well(
    desk: Desk, round_of: Callable[[], Backups]
) -> None:
    folder = desk.visit.folder
    shutil.rmtree(folder.backups, ignore_errors=True)
    folder.backups.write_bytes(b"")
    for _ in range(3):
        round_of()
    assert len(desk.messages.texts) == 1
    folder.backups.unlink()
    round_of()
    folder.backups.rename(folder.path / "away")
    folder.backups.write_bytes(b"")
    desk.act(lambda: rate(desk.visit, criterion="IN-202.a", rating="met"))
    round_of()
    assert len(desk.messages.texts) == 2


def test_closing_waits_for_a_copy_under_way_and_leaves_no_half_file(desk: Desk) -> None:
    desk.backups.look()
    desk.leave()
    assert not desk.backups.jobs.running
    assert all(path.name.startswith("visit-") or path.name == "keys.json" for path in files_of(desk))


def files_of(desk: Desk) -> list[Path]:
    return list(desk.visit.folder.backups.iterdir())


def test_a_second_place_is_chosen_told_of_and_given_up(
    desk: Desk, workplace: Workplace, stick: Path, window: QWidget, qtbot: QtBot
) -> None:
    page = ask_preferences(workplace, desk, window)
    qtbot.waitUntil(lambda: "it holds everything" in page.here.words, timeout=20_000)
    assert not page.clear.isVisible()
    answers(workplace, desk.visit.folder.exhibits)
    click(page.choose)
    assert "would be lost with it" in page.second_field.refused
    assert workplace.settings.second_backups == ""
    answers(workplace, stick)
    click(page.choose)
    assert workplace.settings.second_backups_folder == stick
    assert page.second_field.refused == ""
    qtbot.waitUntil(lambda: not desk.backups.state.under_way, timeout=20_000)
    assert "Last backup in the second place: 24 Nov" in page.there.words
    assert "on the same disk" in page.there.words
    assert "Last backup in the visit's folder: 24 Nov" in page.here.words
    click(page.clear)
    assert workplace.settings.second_backups == ""
    assert not page.there.isVisible()
    assert any(stick.iterdir()), "what is there stays"
    qtbot.waitUntil(lambda: not desk.backups.state.under_way)


def test_back_up_now_records_what_is_typed_and_says_what_was_done(
    desk: Desk, workplace: Workplace, stick: Path, window: QWidget, qtbot: QtBot
) -> None:
    recorded: list[bool] = []
    desk.recording.connect(lambda: recorded.append(True))
    workplace.change_settings(lambda settings: settings.with_second_backups(stick))
    page = ask_preferences(workplace, desk, window)
    click(page.now)
    qtbot.waitUntil(lambda: bool(desk.messages.texts), timeout=20_000)
    assert recorded
    assert desk.messages.texts == ["Backed up in the visit's folder and in the second place, and checked."]


def test_without_a_visit_there_is_still_something_to_set(
    workplace: Workplace, stick: Path, window: QWidget
) -> None:
    page = PreferencesPage(workplace, None, window)
    page.open()
    chosen: list[Path] = []
    page.library_chosen.connect(chosen.append)
    answers(workplace, stick)
    click(page.change_library)
    assert chosen == [stick]
    click(page.choose)
    assert workplace.settings.second_backups_folder == stick
    assert not page.now.isVisible()
