from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import Target, add_seen, attach
from qsin_desktop.actions.findings import grade_finding, raise_finding, withdraw_finding
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.planning import confirm_device
from qsin_desktop.actions.sealing import seal
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import FindingStatus
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import ReasonPage
from qsin_desktop.ui.dialogs.pick import PickPage
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.places import FINDINGS, Place
from qsin_desktop.ui.screens.finding_face import status_face
from qsin_desktop.ui.screens.findings import FindingsScreen
from qsin_desktop.ui.screens.findings_model import DUE, STATUS
from tests.founding import PEER, copy_of, opened
from tests.ui.hands import button, click, focused, press, type_into


@pytest.fixture
def screen(desk: Desk, show: Callable[[FindingsScreen], FindingsScreen]) -> FindingsScreen:
    return show(FindingsScreen(desk))


@pytest.fixture
def three(desk: Desk, screen: FindingsScreen) -> list[str]:
    """Ids of F-001 to F-003 of three grades."""
    made = []
    for grade in ("mandatory", "recommendation", "good-practice"):
        change = desk.act(lambda grade=grade: raise_finding(desk.visit, criteria=["IN-301.b"], grade=grade))  # type: ignore[misc]
        assert change is not None
        made.append(change.entity)
    return made


def finding(desk: Desk, ident: str) -> Finding:
    found = desk.record.finding(ident)
    assert found is not None
    return found


def dialog() -> PickPage | ReasonPage:
    page = QApplication.activeModalWidget()
    assert isinstance(page, PickPage | ReasonPage)
    return page


def numbers(screen: FindingsScreen) -> list[str]:
    return [row.number for row in screen.table.model.rows]


def test_without_findings_it_says_what_to_do(screen: FindingsScreen) -> None:
    assert not screen.table.nothing.isVisible()
    assert [b.text() for b in (screen.table.new,)] == ["New finding"]
    assert not screen.detail.isVisible()


def test_a_new_finding_by_keys_alone(screen: FindingsScreen, desk: Desk) -> None:
    screen.setFocus()
    press("N", screen)
    QTest.keyClicks(focused(), "in-301 b")
    press("Return")
    (raised,) = desk.record.findings()
    assert raised.criteria == ("IN-301.b",)
    assert raised.grade == desk.record.rules.grades[0].id
    assert QApplication.focusWidget() is screen.detail.boxes["requirement"]
    type_into(screen.detail.boxes["requirement"], "A register is kept.")
    press("Tab")
    assert finding(desk, raised.id).requirement == "A register is kept."


def test_the_grade_is_chosen_when_it_is_raised(screen: FindingsScreen, desk: Desk) -> None:
    click(screen.table.new)
    page = dialog()
    click(button(page, desk.record.rules.grades[2].label))
    click(button(page, "Raise it"))
    assert desk.record.findings()[0].grade == desk.record.rules.grades[2].id


def test_three_boxes_are_saved_as_typed_and_undone(
    screen: FindingsScreen, desk: Desk, three: list[str]
) -> None:
    screen.show_place(Place("findings", finding=three[1]))
    for part, words in (("requirement", "This"), ("evidence", "That"), ("gap", "Between")):
        type_into(screen.detail.boxes[part], words)
    screen.flush()
    found = finding(desk, three[1])
    assert (found.requirement, found.evidence, found.gap) == ("This", "That", "Between")
    desk.undo()
    assert screen.detail.boxes["gap"].text() == ""


def test_choosing_another_finding_records_what_was_being_typed(
    screen: FindingsScreen, desk: Desk, three: list[str]
) -> None:
    screen.show_place(Place("findings", finding=three[0]))
    type_into(screen.detail.boxes["gap"], "Half a senten")
    screen.table.step(1)
    assert finding(desk, three[0]).gap == "Half a senten"
    assert screen.detail.boxes["gap"].text() == ""
    assert finding(desk, three[1]).gap == ""


def test_rows_are_reached_by_arrows_and_by_mouse(
    screen: FindingsScreen, desk: Desk, three: list[str]
) -> None:
    screen.show_place(Place("findings"))
    view = screen.table.view
    assert screen.table.finding == three[0]
    press("Down", view)
    assert screen.table.finding == three[1]
    click(view.viewport(), view.visualRect(screen.table.model.index(2, 0)).center())
    assert screen.detail.finding == finding(desk, three[2])


def test_filters_and_sort(screen: FindingsScreen, desk: Desk, three: list[str]) -> None:
    click(screen.table.grades["mandatory"])
    assert numbers(screen) == ["F-001"]
    click(screen.table.grades["recommendation"])
    assert numbers(screen) == ["F-001", "F-002"]
    screen.table.clear_filter()
    type_into(screen.table.search.edit, "good")
    assert numbers(screen) == ["F-003"]
    press("Escape")
    screen.table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert numbers(screen) == ["F-003", "F-002", "F-001"]


def test_where_nothing_is_let_through_the_table_says_so(
    screen: FindingsScreen, desk: Desk, three: list[str]
) -> None:
    said = screen.table.nothing
    assert not said.isVisible()
    type_into(screen.table.search, "no such words")
    assert said.isVisible()
    assert said.words == "No finding is like that."
    assert screen.table.view.viewport().rect().contains(said.geometry())
    screen.table.clear_filter()
    assert not said.isVisible()


def test_a_place_shows_its_finding_whatever_the_filter_hides(
    screen: FindingsScreen, three: list[str]
) -> None:
    click(screen.table.grades["mandatory"])
    screen.show_place(Place("findings", finding=three[2]))
    assert screen.table.finding == three[2]
    assert len(numbers(screen)) == 3


def test_grade_place_and_due_date(screen: FindingsScreen, desk: Desk, three: list[str]) -> None:
    screen.show_place(Place("findings", finding=three[0]))
    detail = screen.detail
    assert detail.due.day == date(2027, 2, 17)
    detail.place.setCurrentIndex(2)
    detail.place.activated.emit(2)
    assert desk.record.site_name(finding(desk, three[0]).site) == "St Aldhelm's"
    detail.due.edit.clear()
    type_into(detail.due, "1 Dec 2026")
    press("Return")
    assert (finding(desk, three[0]).due, finding(desk, three[0]).due_is_own) == (date(2026, 12, 1), True)
    detail.due.edit.clear()
    press("Return", detail.due.edit)
    assert (detail.due.day, finding(desk, three[0]).due_is_own) == (date(2027, 2, 17), False)
    click(button(detail.grade, "Recommendation"))
    assert finding(desk, three[0]).grade == "recommendation"
    assert detail.due.day is None


def test_ties_to_criteria(screen: FindingsScreen, desk: Desk, three: list[str]) -> None:
    screen.show_place(Place("findings", finding=three[0]))
    went: list[Place] = []
    desk.going.connect(went.append)
    click(screen.detail.ties.add)
    page = dialog()
    assert isinstance(page, PickPage)
    assert "IN-301.b" not in [choice.ident for choice in page.model.shown]
    type_into(page.search.edit, "in-101 a")
    press("Return")
    assert finding(desk, three[0]).criteria == ("IN-301.b", "IN-101.a")
    click(button(screen.detail.ties, "Go to IN-101 a"))
    assert went == [Place("walk", "IN-101.a")]
    click(button(screen.detail.ties, "Untie from IN-301 b"))
    assert finding(desk, three[0]).criteria == ("IN-101.a",)


def test_exhibits_are_cited_with_their_place(screen: FindingsScreen, desk: Desk, three: list[str]) -> None:
    seen = add_seen(desk.visit, SeenDocument(title="Approval log")).entity
    screen.show_place(Place("findings", finding=three[0]))
    press("Ctrl+E")
    press("Return")
    (line,) = screen.detail.exhibits.lines
    type_into(line.locator, "page 4")
    screen.flush()
    (link,) = desk.record.links(finding=three[0])
    assert (link.exhibit, link.locator) == (seen, "page 4")
    click(button(line, "No longer cite E-001 here"))
    assert desk.record.links(finding=three[0]) == ()


def test_on_half_a_screen_nothing_of_the_finding_is_cut(
    screen: FindingsScreen, desk: Desk, three: list[str], tmp_path: Path
) -> None:
    log = tmp_path / "Approval log of the group that looks after every tool.txt"
    log.write_text("seen", encoding="utf-8")
    attach(desk.visit, log, [Target(finding=three[0])], locator="entries of the year 2026")
    screen.show_place(Place(FINDINGS, finding=three[0]))
    screen.resize(885, 460)  # beside the rail on a screen of 1920 pixels at 200 %
    QApplication.processEvents()
    page = screen.detail._page
    content = page.widget()
    assert content is not None
    assert content.width() <= page.viewport().width()


def test_nothing_is_cited_in_a_withdrawn_finding(
    screen: FindingsScreen, desk: Desk, three: list[str]
) -> None:
    add_seen(desk.visit, SeenDocument(title="Approval log"))
    withdraw_finding(desk.visit, finding=three[0], reason="Shown later")
    screen.show_place(Place("findings", finding=three[0]))
    press("Ctrl+E")
    assert QApplication.activeModalWidget() is None
    assert screen.detail.exhibits.ask() is None


def test_files_are_attached_to_the_finding(
    screen: FindingsScreen, desk: Desk, three: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    photo = tmp_path / "photo.txt"
    photo.write_text("seen", encoding="utf-8")
    screen.show_place(Place("findings", finding=three[0]))
    screen.detail.exhibits.take((photo,))
    qtbot.waitUntil(lambda: len(desk.record.links(finding=three[0])) == 1)
    assert desk.record.exhibits()[0].name == "photo.txt"


def test_withdraw_asks_for_a_reason_in_place_and_reinstate_brings_it_back(
    screen: FindingsScreen, desk: Desk, three: list[str]
) -> None:
    screen.show_place(Place("findings", finding=three[0]))
    click(screen.detail.withdraw)
    page = dialog()
    assert isinstance(page, ReasonPage)
    click(page.yes)
    assert "empty" in page.field.refused
    type_into(page.box, "Shown later")
    click(page.yes)
    assert finding(desk, three[0]).withdrawn == "Shown later"
    assert screen.detail.boxes["gap"].isReadOnly()
    assert FindingStatus.WITHDRAWN in [row.status for row in screen.table.model.rows]
    click(screen.detail.withdraw)
    assert finding(desk, three[0]).withdrawn == ""


def test_a_sealed_visit_takes_no_findings(screen: FindingsScreen, desk: Desk, three: list[str]) -> None:
    desk.act(lambda: seal(desk.visit, in_spite_of="Tried on a young visit"))
    assert not screen.table.new.isEnabled()
    assert screen.ask_new() is None
    screen.show_place(Place("findings", finding=three[0]))
    assert screen.detail.boxes["gap"].isReadOnly()


def test_two_grades_are_settled_by_the_lead_with_a_reason(
    screen: FindingsScreen, desk: Desk, three: list[str], tmp_path: Path
) -> None:
    desk.act(lambda: confirm_device(desk.visit, device=PEER.device, person=PEER.person))
    with opened(copy_of(desk.visit.folder.path, tmp_path / "peer"), PEER) as colleague:
        take_from(colleague, desk.visit)
        grade_finding(colleague, finding=three[0], grade="recommendation")
        desk.act(lambda: take_from(desk.visit, colleague))
    screen.show_place(Place("findings", finding=three[0]))
    assert finding(desk, three[0]).grade is None
    assert screen.detail.grade.views.isVisible()
    click(button(screen.detail.grade, "Recommendation"))
    page = dialog()
    assert isinstance(page, ReasonPage)
    type_into(page.box, "It is one in practice")
    click(page.yes)
    assert finding(desk, three[0]).grade == "recommendation"
    assert not screen.detail.grade.views.isVisible()


def test_the_model_is_sound(screen: FindingsScreen, three: list[str], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(screen.table.model, force_py=True)  # type: ignore[no-untyped-call]


def test_at_a_small_screens_width_a_status_shows_its_words_with_two_signs_behind_them(
    screen: FindingsScreen, three: list[str]
) -> None:
    screen.resize(1290, 670)  # the window at 1366 x 768
    QApplication.processEvents()
    view, look = screen.table.view, look_of()
    scroll_bar = view.verticalScrollBar().sizeHint().width()
    room = view.columnWidth(STATUS) - scroll_bar - look.px(14 + 2 * 22)
    assert not view.isColumnHidden(DUE)
    assert max(status_face(status).size(look).width() for status in FindingStatus) <= room
