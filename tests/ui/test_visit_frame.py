from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.notes import add_note
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.sealing import seal
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.places import FINDINGS, PLAN, REPORT, SCREENS, TEAM, WALK, Place
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.visit_frame import VisitFrame
from qsin_desktop.ui.widgets.chip import Chip
from tests.founding import copy_of, opened
from tests.ui.hands import click, focused, press, type_into, visible

TODAY = date(2026, 11, 25)


@pytest.fixture
def frame(desk: Desk, show: Callable[[VisitFrame], VisitFrame]) -> VisitFrame:
    frame = show(VisitFrame(desk, today=lambda: TODAY))
    frame.begin()
    return frame


def chips(frame: VisitFrame) -> list[str]:
    QApplication.processEvents()
    return [chip.text() for chip in visible(frame.top, Chip)]


# ---- going about ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 7))
def test_every_part_is_reached_by_its_key(frame: VisitFrame, number: int) -> None:
    press(f"Ctrl+{number}")
    assert frame.rail.value == SCREENS[number - 1]
    assert frame.screen.isVisible()
    assert frame.screen.key_hints


def test_every_part_is_reached_by_the_rail(frame: VisitFrame) -> None:
    for ident in SCREENS:
        click(frame.rail.button(ident))
        assert frame.rail.value == ident


def test_it_begins_where_the_work_is(frame: VisitFrame) -> None:
    assert frame.rail.value == WALK


def test_words_being_typed_are_recorded_before_the_screen_is_left(frame: VisitFrame, desk: Desk) -> None:
    press("Ctrl+1")
    box = frame.screen.facts.box("client")
    type_into(box, "The boar")
    press("Ctrl+6")
    assert desk.record.facts.client == "The boar"


def test_esc_leaves_a_box_so_that_plain_keys_act(frame: VisitFrame) -> None:
    press("Ctrl+1")
    box = frame.screen.facts.box("client")
    box.setFocus()
    press("Escape", box)
    assert focused() is frame.screen


def test_a_place_is_gone_to_from_anywhere(frame: VisitFrame, desk: Desk) -> None:
    desk.go(Place(REPORT))
    assert frame.rail.value == REPORT


# ---- the edges ------------------------------------------------------------------------------------


def test_the_top_says_whose_visit_it_is_and_when(frame: VisitFrame) -> None:
    assert frame.top.network.text() == "Thames Estuary Imaging Network"
    assert frame.top.line.text() == (
        "24\u201325 November 2026 \u00b7 Day 2 \u00b7 QSIN outline, accreditation rules"
    )


def test_saved_is_shown_with_its_time(frame: VisitFrame, desk: Desk) -> None:
    assert "Nothing to save yet" in chips(frame)
    desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="met"))
    assert any(words.startswith("Saved 10:4") for words in chips(frame))


def test_what_could_not_be_saved_is_shown_until_the_next_save(frame: VisitFrame, desk: Desk) -> None:
    desk.act(lambda: add_note(desk.visit, criterion="IN-101.a", kind=NoteKind.DOCUMENT, text="x" * 100_001))
    assert "Not saved: text too long" in chips(frame)
    assert "100,000" in frame.top.saved.toolTip()
    desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="met"))
    assert not [words for words in chips(frame) if words.startswith("Not saved")]


def test_a_visit_that_a_key_file_opens_is_told_apart(frame: VisitFrame) -> None:
    assert "Not protected" in chips(frame)


def test_a_seal_is_shown(frame: VisitFrame, desk: Desk) -> None:
    assert "Sealed" not in chips(frame)
    desk.act(lambda: seal(desk.visit, in_spite_of="Tried on a young visit"))
    assert "Sealed" in chips(frame)


def test_a_visit_open_for_reading_says_so(
    theme: Theme,
    founded: Path,
    tmp_path: Path,
    messages: Messages,
    jobs: Jobs,
    show: Callable[[VisitFrame], VisitFrame],
) -> None:
    with opened(copy_of(founded, tmp_path / "read"), reading=True) as visit:
        frame = show(VisitFrame(Desk(visit, messages, jobs), today=lambda: TODAY))
        frame.begin()
        assert "Read only" in chips(frame)
        for ident in SCREENS:
            frame.show_place(Place(ident))
        press("1", frame.screen)
        assert visit.record.ratings == {}


def test_the_foot_shows_the_keys_of_the_screen(frame: VisitFrame) -> None:
    frame.show_place(Place(FINDINGS))
    assert "N new" in frame.hints.accessibleName()
    assert "F1 all keys" in frame.hints.accessibleName()
    frame.show_place(Place(TEAM))
    assert "N new" not in frame.hints.accessibleName()
    frame.resize(1100, 680)
    frame.hints.grab()


def test_long_work_is_named_at_the_foot(frame: VisitFrame, desk: Desk, qtbot: QtBot) -> None:
    ended: list[object] = []
    desk.jobs.run("Making the report", lambda _r, _c: 1, done=ended.append, refused=ended.append)
    assert "Making the report…" in frame.hints.accessibleName()
    qtbot.waitUntil(lambda: bool(ended))
    assert "Making the report…" not in frame.hints.accessibleName()


# ---- search ---------------------------------------------------------------------------------------


def test_search_by_keys_leads_to_the_place(frame: VisitFrame, desk: Desk, qtbot: QtBot) -> None:
    desk.act(lambda: rate(desk.visit, criterion="IN-301.b", rating="partly-met", reason="Unicorn seen"))
    frame.show_place(Place(PLAN))
    frame.screen.facts.box("scope").setFocus()
    press("Ctrl+K")
    type_into(frame.top.search.edit, "unicorn")
    qtbot.waitUntil(frame.popup.isVisible)
    assert [result.kind for result in frame.popup.results] == ["rating"]
    press("Return")
    assert frame.rail.value == WALK
    assert not frame.popup.isVisible()
    assert frame.top.search.text() == ""


def test_arrows_choose_among_the_results(frame: VisitFrame, qtbot: QtBot) -> None:
    press("Ctrl+K")
    type_into(frame.top.search.edit, "patients")
    qtbot.waitUntil(frame.popup.isVisible)
    assert len(frame.popup.results) > 2
    press("Down")
    press("Down")
    press("Up")
    assert frame.popup.list.currentIndex().row() == 1
    press("Up")
    press("Up")
    assert frame.popup.list.currentIndex().row() == len(frame.popup.results) - 1
    frame.popup.grab()


def test_enter_does_not_wait_for_the_list(frame: VisitFrame) -> None:
    frame.show_place(Place(PLAN))
    press("Ctrl+K")
    type_into(frame.top.search.edit, "IN-301 b")
    press("Return")
    assert frame.rail.value == WALK


def test_nothing_found_is_said_and_esc_goes_back(frame: VisitFrame, qtbot: QtBot) -> None:
    frame.show_place(Place(PLAN))
    press("Ctrl+K")
    type_into(frame.top.search.edit, "zzzz")
    qtbot.waitUntil(frame.popup.isVisible)
    assert frame.popup.results == ()
    press("Return")
    press("Escape")
    assert not frame.popup.isVisible()
    press("Escape")
    assert focused() is frame.screen


def test_what_was_found_goes_with_the_focus_and_comes_back_with_it(frame: VisitFrame, qtbot: QtBot) -> None:
    frame.show_place(Place(PLAN))
    press("Ctrl+K")
    type_into(frame.top.search.edit, "patients")
    qtbot.waitUntil(frame.popup.isVisible)
    press("Tab")
    assert not frame.popup.isVisible()
    press("Ctrl+K")
    qtbot.waitUntil(frame.popup.isVisible)
    frame.screen.facts.box("scope").setFocus()
    assert not frame.popup.isVisible()


def test_a_click_on_a_result_goes_there(frame: VisitFrame, qtbot: QtBot) -> None:
    frame.show_place(Place(PLAN))
    press("Ctrl+K")
    type_into(frame.top.search.edit, "Ada")
    qtbot.waitUntil(frame.popup.isVisible)
    index = frame.popup.list.model().index(0, 0)
    click(frame.popup.list.viewport(), frame.popup.list.visualRect(index).center())
    assert frame.rail.value == TEAM
