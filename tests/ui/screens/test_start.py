from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.findings import set_due
from qsin_desktop.actions.library import close_visit
from qsin_desktop.actions.responding import answer_response
from qsin_desktop.domain.responses import Verdict
from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.screens.start import StartScreen
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.founding import ME, copy_of, key_file_of, opened
from tests.ui.hands import button, click, press, type_into
from tests.ui.screens.answering import raise_three

TODAY = date(2026, 11, 24)


@pytest.fixture
def workplace(theme: Theme, tmp_path: Path) -> Iterator[Workplace]:
    home = tmp_path / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)
    place = Workplace(home, theme)
    place.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    yield place
    assert place.jobs.stop_all()


@pytest.fixture
def start(workplace: Workplace, show: Callable[[StartScreen], StartScreen]) -> StartScreen:
    screen = show(StartScreen(workplace, today=lambda: TODAY))
    assert workplace.arrive()
    return screen


def words_on(start: StartScreen) -> list[str]:
    return [card.focusProxy().accessibleName() for card in start.visits.cards]  # type: ignore[union-attr]


def test_an_empty_library_says_what_to_do_next(start: StartScreen) -> None:
    asked: list[bool] = []
    start.new_asked.connect(lambda: asked.append(True))
    click(start.new_button)
    assert start.visits.cards == []
    found = [
        b for b in start.findChildren(type(start.new_button)) if b.text() == "New visit" and b.isVisible()
    ]
    click(found[-1])
    assert asked == [True, True]


def test_a_visit_known_from_last_time_shows_how_far_it_is(
    start: StartScreen, workplace: Workplace, founded: Path
) -> None:
    folder = copy_of(founded, workplace.settings.library_folder)
    assert workplace.summaries is not None
    close_visit(opened(folder), workplace.summaries)
    key_file_of(folder).unlink()
    start.show_visits()
    (words,) = words_on(start)
    assert words.startswith(
        "Thames Estuary Imaging Network, 24\u201325 November 2026 \u00b7 lead Lena Lead, Day 1 of 2"
    )
    assert words.endswith("missing")


def test_a_visit_not_known_yet_is_looked_into(
    start: StartScreen, workplace: Workplace, founded: Path, qtbot: QtBot
) -> None:
    copy_of(founded, workplace.settings.library_folder)
    start.show_visits()
    assert words_on(start) == ["Thames Estuary 2026, Looking how far it is…"]
    qtbot.waitUntil(lambda: "Lena Lead" in words_on(start)[0])


def test_a_visit_without_a_key_is_locked(
    start: StartScreen, workplace: Workplace, founded: Path, qtbot: QtBot
) -> None:
    folder = copy_of(founded, workplace.settings.library_folder)
    key_file_of(folder).unlink()
    start.show_visits()
    qtbot.waitUntil(lambda: words_on(start) == ["Thames Estuary 2026, Locked. It asks for its passphrase."])


def test_cards_are_reached_and_opened_by_keys(
    start: StartScreen, workplace: Workplace, founded: Path, qtbot: QtBot
) -> None:
    lib = workplace.settings.library_folder
    first = copy_of(founded, lib)
    second = lib / "Zulu 2026.qsin"
    shutil.copytree(first, second)
    start.show_visits()
    qtbot.waitUntil(lambda: not workplace.jobs.running)
    asked: list[Path] = []
    start.open_asked.connect(asked.append)
    start.setFocus()
    press("Down", start)
    press("Return")
    press("Down")
    press("Return")
    press("Up")
    press("Return")
    assert asked == [first, second, first]


def test_visits_elsewhere_are_listed_with_their_folder(
    start: StartScreen, workplace: Workplace, founded: Path, tmp_path: Path
) -> None:
    outside = copy_of(founded, tmp_path / "stick")
    workplace.change_settings(lambda settings: settings.with_recent(outside))
    start.show_visits()
    assert [card.card.path for card in start.visits.cards] == [outside]


def test_the_library_is_changed_in_place(
    start: StartScreen, workplace: Workplace, founded: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    copy_of(founded, other)
    workplace.asking.folder = lambda *_args, **_kw: other  # type: ignore[method-assign]
    click(button(start, "Change the folder of your visits"))
    assert workplace.settings.library_folder == other
    assert len(start.visits.cards) == 1


def test_the_first_start_asks_for_a_name_in_place(
    theme: Theme, tmp_path: Path, show: Callable[[StartScreen], StartScreen]
) -> None:
    workplace = Workplace(tmp_path / "fresh", theme)
    workplace.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    start = show(StartScreen(workplace))
    assert not workplace.arrive()
    start.ask_name()
    assert not start.new_button.isEnabled()
    press("Return")
    assert "name" in start.introduce.field.refused
    type_into(start.introduce.name, "Ann Baker")
    press("Return")
    assert workplace.identity is not None
    assert workplace.identity.name == "Ann Baker"
    assert start.new_button.isEnabled()
    assert not start.introduce.isVisible()
    again = Workplace(tmp_path / "fresh", theme)
    assert again.arrive()
    assert workplace.jobs.stop_all()


def test_a_card_says_what_the_findings_ask_for(
    start: StartScreen, workplace: Workplace, founded: Path
) -> None:
    folder = copy_of(founded, workplace.settings.library_folder)
    visit = opened(folder)
    made = raise_three(visit)
    set_due(visit, finding=made[0], due=TODAY - timedelta(days=1))
    set_due(visit, finding=made[1], due=TODAY + timedelta(days=9))
    raise_three(visit)
    answer_response(visit, finding="F-005", verdict=Verdict.CLOSE, words="Put right on the day")
    assert workplace.summaries is not None
    close_visit(visit, workplace.summaries)
    start.show_visits()
    (words,) = words_on(start)
    assert words.endswith("1 overdue, 1 due soon, 1 open, 1 of 4 findings closed")
