from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qsin_desktop.actions.findings import set_due, withdraw_finding
from qsin_desktop.actions.responding import finding_status
from qsin_desktop.actions.sealing import seal
from qsin_desktop.domain.responses import AccuracyVerdict, FindingStatus, Response, Verdict
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import RETURN, Place
from qsin_desktop.ui.screens.findings import FindingsScreen
from qsin_desktop.ui.screens.findings_model import STATUS
from qsin_desktop.ui.widgets.chip import Chip
from tests.actions.answering import come_home, read_in, two_answers
from tests.report.returned.returning import FIRST, Findings
from tests.ui.hands import button, click, press, type_into, visible
from tests.ui.screens.answering import raise_three


@pytest.fixture
def findings(desk: Desk) -> list[str]:
    return raise_three(desk.visit)


@pytest.fixture
def screen(
    desk: Desk, findings: list[str], show: Callable[[FindingsScreen], FindingsScreen]
) -> FindingsScreen:
    return show(FindingsScreen(desk))


def answers(sheet: Findings) -> None:
    two_answers(sheet)
    sheet[FIRST, Response.ACCURACY] = "Three tools, not two"


@pytest.fixture
def answered(desk: Desk, findings: list[str], screen: FindingsScreen, tmp_path: Path) -> list[str]:
    """F-001 with two answers and a comment, F-002 with one answer."""
    path = come_home(desk.visit, tmp_path / "findings.xlsx", answers)
    change = desk.act(lambda: read_in(desk.visit, path))
    assert change is not None
    return findings


def go_to(screen: FindingsScreen, finding: str) -> None:
    screen.show_place(Place("findings", finding=finding))
    QApplication.processEvents()


def status(desk: Desk, finding: str) -> FindingStatus:
    return finding_status(desk.visit, finding)


def statuses(screen: FindingsScreen) -> list[FindingStatus]:
    return [row.status for row in screen.table.model.rows]


def decided(desk: Desk, finding: str) -> tuple[str, str]:
    decision = desk.record.response(finding).decision
    assert decision is not None
    return decision.verdict, decision.words


# ---- what the network said ----------------------------------------------------------------------------


def test_a_response_that_awaits_a_word_is_shown_first(screen: FindingsScreen, answered: list[str]) -> None:
    go_to(screen, answered[0])
    response = screen.detail.response
    assert response.isVisible()
    assert QApplication.focusWidget() is response.decision.buttons[Verdict.ACCEPT]
    said = [label.accessibleName() for label in response.lines.findChildren(type(response.comment))]
    assert "Root cause: Nobody was named" in said
    assert "Planned date: 31 January 2027" in said
    assert response.comment.words == "Three tools, not two"


def test_without_a_response_the_finding_is_shown(screen: FindingsScreen, findings: list[str]) -> None:
    go_to(screen, findings[0])
    assert QApplication.focusWidget() is screen.detail.boxes["requirement"]
    press("Ctrl+T")
    assert screen.detail.response.isVisible()
    assert not screen.detail.response.accuracy.isVisible()
    assert not screen.detail.response.decision.buttons[Verdict.ACCEPT].isEnabled()
    press("T")
    assert screen.detail.boxes["gap"].isVisible()


def test_what_a_later_return_brings_is_marked_as_new(
    screen: FindingsScreen, desk: Desk, answered: list[str], tmp_path: Path
) -> None:
    def more(sheet: Findings) -> None:
        sheet[FIRST, Response.EXTENT] = "All sites"

    path = come_home(desk.visit, tmp_path / "second.xlsx", more)
    desk.act(lambda: read_in(desk.visit, path))
    go_to(screen, answered[0])
    chips = [chip.text() for chip in visible(screen.detail.response.lines, Chip)]
    assert chips == ["New in return 2"]


def test_praise_asks_for_no_response(screen: FindingsScreen, desk: Desk, findings: list[str]) -> None:
    go_to(screen, findings[2])
    press("Ctrl+T")
    assert not screen.detail.response.decision.isVisible()
    screen.table.view.setFocus()
    press("1")
    assert "needs no answer" in desk.messages.texts[-1]


# ---- what the assessors say -----------------------------------------------------------------------------


def test_accepted_by_a_key(screen: FindingsScreen, desk: Desk, answered: list[str]) -> None:
    go_to(screen, answered[0])
    press("1")
    assert decided(desk, answered[0]) == ("accept", "")
    assert desk.messages.notices[-1].text == "F-001: accepted."
    desk.undo()
    assert desk.record.response(answered[0]).decision is None


def test_asking_for_more_wants_words_and_takes_them_in_place(
    screen: FindingsScreen, desk: Desk, answered: list[str]
) -> None:
    go_to(screen, answered[0])
    card = screen.detail.response.decision
    press("2")
    assert "is empty" in card.field.refused
    assert QApplication.focusWidget() is card.box
    type_into(card.box, "Who signs it?")
    press("Alt+2")
    assert decided(desk, answered[0]) == ("more", "Who signs it?")
    assert card.field.refused == ""
    assert card.box.text() == ""
    assert status(desk, answered[0]) is FindingStatus.OPEN


def test_closed_with_words_by_mouse(screen: FindingsScreen, desk: Desk, answered: list[str]) -> None:
    go_to(screen, answered[1])
    type_into(screen.detail.response.decision.box, "Seen")
    click(button(screen.detail.response, "Close the finding"))
    assert status(desk, answered[1]) is FindingStatus.CLOSED
    assert screen.table.statuses[FindingStatus.CLOSED].text() == "Closed 1"


def test_words_begun_wait_at_their_finding(screen: FindingsScreen, answered: list[str]) -> None:
    go_to(screen, answered[0])
    box = screen.detail.response.decision.box
    type_into(box, "Half a sent")
    screen.table.step(1)
    assert box.text() == ""
    screen.table.step(-1)
    assert box.text() == "Half a sent"
    (told,) = screen.unfinished
    assert told.startswith("Your words on F-001 are not given yet")
    press("Alt+2")
    assert screen.unfinished == ()


def test_a_comment_on_accuracy_is_refused_with_a_reason(
    screen: FindingsScreen, desk: Desk, answered: list[str]
) -> None:
    go_to(screen, answered[0])
    card = screen.detail.response.accuracy
    click(button(screen.detail.response, "Refuse it"))
    assert "is empty" in card.field.refused
    type_into(card.box, "The list says two")
    click(button(screen.detail.response, "Refuse it"))
    decision = desk.record.response(answered[0]).accuracy
    assert decision is not None
    assert (decision.verdict, decision.words) == (AccuracyVerdict.REFUSE, "The list says two")


def test_after_a_seal_answers_are_still_given_and_words_of_the_finding_are_not(
    screen: FindingsScreen, desk: Desk, answered: list[str]
) -> None:
    desk.act(lambda: seal(desk.visit, in_spite_of="Tried on a young visit"))
    go_to(screen, answered[0])
    press("1")
    assert decided(desk, answered[0]) == ("accept", "")
    assert screen.detail.boxes["gap"].isReadOnly()


# ---- how findings stand -----------------------------------------------------------------------------------


def test_status_is_a_chip_a_filter_and_a_sort(
    screen: FindingsScreen, desk: Desk, answered: list[str]
) -> None:
    today = desk.visit.clock().date()
    third = raise_three(desk.visit)
    desk.act(lambda: set_due(desk.visit, finding=third[0], due=today - timedelta(days=1)))
    desk.act(lambda: set_due(desk.visit, finding=third[1], due=today + timedelta(days=20)))
    desk.act(lambda: withdraw_finding(desk.visit, finding=third[2], reason="Shown later"))
    model = screen.table.model
    shown = [str(model.index(n, STATUS).data()).split(",")[0] for n in range(model.rowCount())]
    assert shown == ["Answered", "Answered", "Not asked", "Overdue", "Due", "Withdrawn"]
    assert screen.table.statuses[FindingStatus.OVERDUE].text() == "Overdue 1"
    assert not screen.table.statuses[FindingStatus.CLOSED].isVisible()
    screen.table.view.sortByColumn(STATUS, Qt.SortOrder.AscendingOrder)
    assert [row.number for row in model.rows] == ["F-004", "F-005", "F-001", "F-002", "F-003", "F-006"]
    chip = screen.table.statuses[FindingStatus.ANSWERED]
    chip.setFocus()
    press("Space", chip)
    assert [row.number for row in model.rows] == ["F-001", "F-002"]


def test_a_comment_on_accuracy_is_found_until_it_is_answered(
    screen: FindingsScreen, desk: Desk, answered: list[str]
) -> None:
    assert screen.table.comments.text() == "Comments 1"
    click(screen.table.comments)
    assert [row.number for row in screen.table.model.rows] == ["F-001"]
    words = str(screen.table.model.index(0, STATUS).data())
    assert words == "Answered, comment on accuracy to answer, No exhibit"
    go_to(screen, answered[0])
    type_into(screen.detail.response.accuracy.box, "Three it is")
    click(button(screen.detail.response, "Accept the comment"))
    assert screen.table.model.rows == []
    click(screen.table.comments)
    assert not screen.table.comments.isVisible()


def test_what_was_due_is_overdue_the_next_time_it_is_looked_at(
    screen: FindingsScreen, desk: Desk, findings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.act(lambda: set_due(desk.visit, finding=findings[0], due=date(2026, 11, 25)))
    assert statuses(screen)[0] is FindingStatus.DUE
    clock = desk.visit.clock
    monkeypatch.setattr(desk.visit, "clock", lambda: clock() + timedelta(days=2))
    screen.hide()
    screen.show()
    assert statuses(screen)[0] is FindingStatus.OVERDUE


def test_responses_are_read_back_from_here(screen: FindingsScreen, desk: Desk) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    click(button(screen, "Read responses back"))
    screen.setFocus()
    press("R")
    assert went == [Place(RETURN), Place(RETURN)]
