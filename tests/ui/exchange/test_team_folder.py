from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStackedWidget

from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui import team_folder
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.exchange_chip import face_of
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.team import TeamScreen
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.team_folder import FolderState, OwnFolder, TeamFolder
from tests.ui.exchange.conftest import Laptop
from tests.ui.hands import type_into

KEY = RatingKey("IN-202.a", Stage.SITE)


@pytest.fixture
def prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses are for people; a test does not wait for them."""
    monkeypatch.setattr(team_folder, "AFTER_NEWS", 1)
    monkeypatch.setattr(team_folder, "AFTER_WORK", 1)


def chosen(laptop: Laptop, stick: Path) -> TeamFolder:
    laptop.desk.team_folder.choose(stick)
    laptop.wait()
    return laptop.desk.team_folder


@pytest.mark.usefixtures("prompt")
def test_what_one_writes_is_on_the_others_desk_without_anybody_asking(
    lead: Laptop, peer: Laptop, stick: Path
) -> None:
    """The peer's act goes to the folder by itself, and the folder tells the lead's laptop."""
    chosen(lead, stick)
    chosen(peer, stick)
    peer.desk.act(lambda: rate(peer.visit, criterion="IN-202.a", rating="met"))
    lead.qtbot.waitUntil(lambda: lead.desk.record.rating(KEY).rating == "met", timeout=20_000)
    assert lead.desk.messages.texts == []


def test_where_nothing_tells_the_timer_looks(lead: Laptop, peer: Laptop, stick: Path) -> None:
    folder = chosen(lead, stick)
    folder._watcher.removePaths(folder._watcher.directories())
    rate(peer.visit, criterion="IN-202.a", rating="met")
    peer.meet(stick)
    folder._timer.timeout.emit()
    lead.wait()
    assert lead.desk.record.rating(KEY).rating == "met"


def test_a_folder_that_is_gone_is_said_quietly_and_met_again_when_it_is_back(
    lead: Laptop, stick: Path
) -> None:
    folder = chosen(lead, stick)
    met_at = folder.state.at
    away = stick.with_name("in a pocket")
    shutil.move(stick, away)
    folder.meet_now()
    lead.wait()
    assert folder.state.gone
    assert folder.state.at == met_at
    assert face_of(folder.state, "", last="", busy=False, short=False).text == "“Team stick” not there"
    assert lead.desk.messages.texts == []
    shutil.move(away, stick)
    folder.meet_now()
    lead.wait()
    assert folder.state.fault == ""


def test_what_is_wrong_with_it_stands_out_also_where_the_screen_is_opened_later(
    lead: Laptop, stick: Path, show: Callable[[QStackedWidget], QStackedWidget]
) -> None:
    folder = chosen(lead, stick)
    shutil.move(stick, stick.with_name("in a pocket"))
    folder.meet_now()
    lead.wait()
    shown = show(QStackedWidget())
    team = TeamScreen(lead.desk)
    shown.addWidget(team)
    shown.setCurrentWidget(team)
    QApplication.processEvents()
    words = team.exchange.folder.state
    assert words.isVisible()
    assert words.palette().color(QPalette.ColorRole.WindowText) == look_of().palette.tone(Tone.PARTLY).fg


def test_the_choice_is_kept_until_it_is_cleared(lead: Laptop, stick: Path, jobs: object) -> None:
    chosen(lead, stick)
    memory = lead.desk.team_folder._memory
    again = Desk(lead.visit, lead.desk.messages, lead.desk.jobs, folders=memory)
    again.team_folder.begin()
    assert again.team_folder.state.folder == stick
    again.leave()
    lead.desk.team_folder.clear()
    assert memory.folder_of(lead.visit.visit_id) is None
    assert lead.desk.team_folder.state == FolderState()


def test_the_visits_own_folder_is_no_place_to_meet(lead: Laptop) -> None:
    with pytest.raises(OwnFolder):
        lead.desk.team_folder.choose(lead.visit.folder.path)


def test_what_is_being_typed_is_left_alone_while_entries_arrive(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[WalkScreen], WalkScreen]
) -> None:
    """A colleague's rating and note come for the criterion in whose note the lead is writing."""
    walk = show(WalkScreen(lead.desk))
    walk.show_place(Place("walk", "IN-202.a", Stage.SITE))
    box = walk.middle.rating.reason.box
    type_into(box, "The lists of two si")
    cursor = box.textCursor().position()
    rate(peer.visit, criterion="IN-202.a", rating="partly-met", reason="Two sites could not show it")
    peer.meet(stick)
    chosen(lead, stick)
    assert lead.desk.record.rating(KEY).rating == "partly-met"
    assert QApplication.focusWidget() is box
    assert box.text() == "The lists of two si"
    assert box.textCursor().position() == cursor
    type_into(box, "tes")
    assert box.text() == "The lists of two sites"


def test_closing_the_visit_does_not_wait_for_what_is_under_way(lead: Laptop, stick: Path) -> None:
    gone: list[QObject] = []
    lead.desk.team_folder.choose(stick)
    lead.desk.leave()
    assert lead.desk.team_folder.jobs.running == ()
    assert gone == []
