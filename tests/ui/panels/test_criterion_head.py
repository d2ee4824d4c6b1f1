from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from qsin_desktop.actions.planning import set_flag
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.ui.hands import click, press, type_into
from tests.ui.panels.conftest import CODE
from tests.ui.panels.laptops import Colleague

popup = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


def test_what_is_judged_is_told_and_that_it_is_an_outline(walk: WalkScreen) -> None:
    head = walk.middle.head
    criterion = walk.desk.visit.criterion(CODE)
    assert head._title.words == criterion.title
    assert "outline, not the official wording" in head._code.text()
    assert head._look_for.words.startswith("Look for: one AI policy")
    assert head._expected.words.startswith("Evidence: AI policy and procedures")


def test_a_code_that_is_inferred_is_said_to_be(walk: WalkScreen) -> None:
    walk.show_criterion("IN-201.a")
    assert "code unconfirmed" in walk.middle.head._code.text()


def test_g_flags_and_leads_into_why(walk: WalkScreen) -> None:
    flag = walk.middle.head.flag
    assert not flag.isVisible()
    press("G")
    assert walk.desk.record.flag(CODE) == ""
    assert flag.words.hasFocus()
    type_into(flag.words, "Ridge is still to be seen")
    press("Return")
    assert walk.desk.record.flag(CODE) == "Ridge is still to be seen"
    assert QApplication.focusWidget() is walk.left.tree
    press("G")
    assert walk.desk.record.flag(CODE) is None
    assert not flag.isVisible()


def test_the_flag_of_one_criterion_is_not_shown_on_the_next(walk: WalkScreen) -> None:
    press("G")
    type_into(walk.middle.head.flag.words, "Ask again")
    press("Ctrl+Down")
    assert not walk.middle.head.flag.isVisible()
    assert walk.desk.record.flag(CODE) == "Ask again"
    press("Up")
    assert walk.middle.head.flag.words.text() == "Ask again"


def test_a_flag_from_elsewhere_is_shown(walk: WalkScreen, ada: Colleague) -> None:
    set_flag(ada.visit, criterion=CODE, flagged=True, words="See me")
    ada.hand_over()
    assert walk.middle.head.flag.isVisible()
    assert walk.middle.head.flag.words.text() == "See me"


def test_w_goes_through_the_work_states_apart_from_the_rating(walk: WalkScreen) -> None:
    seen = []
    for _ in range(3):
        press("W")
        seen.append(walk.desk.record.work_state(CODE))
    assert seen == ["in review", "done", "not started"]
    assert walk.middle.head.state.button.text() == "Not started"
    assert walk.middle.rating.row.value is None


@popup
def test_the_chip_offers_the_states(walk: WalkScreen) -> None:
    click(walk.middle.head.state.button)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    done = next(action for action in menu.actions() if action.text() == "Done")
    done.trigger()
    menu.close()
    assert walk.desk.record.work_state(CODE) == "done"
