from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.navigation_rail import NavigationRail, RailItem
from tests.ui.hands import press
from tests.ui.widgets.conftest import Open, heard, name_of

ITEMS = (
    RailItem("plan", "Plan", "plan", "Plan (Ctrl+1)"),
    RailItem("walk", "Walk", "walk"),
    RailItem("evidence", "Evidence", "evidence"),
    RailItem("settings", "Settings", "gear", at_foot=True),
)


@pytest.fixture
def rail(open_widget: Open) -> NavigationRail:
    made = NavigationRail(ITEMS)
    made.resize(made.sizeHint().width(), 500)
    open_widget(made)
    return made


def test_a_press_chooses_and_tells_once(rail: NavigationRail) -> None:
    ids: list[str] = []
    rail.chosen.connect(ids.append)
    QTest.mouseClick(rail.button("walk"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(rail.button("walk"), Qt.MouseButton.LeftButton)
    assert ids == ["walk"]
    assert rail.value == "walk"
    assert rail.button("walk").isChecked()


def test_arrows_choose_at_once_and_go_round(rail: NavigationRail) -> None:
    ids: list[str] = []
    rail.chosen.connect(ids.append)
    rail.set_value("plan")
    rail.button("plan").setFocus()
    press("Down")
    press("Up")
    press("Up")
    assert ids == ["walk", "plan", "settings"]


def test_set_value_tells_nobody(rail: NavigationRail) -> None:
    ids: list[str] = []
    rail.chosen.connect(ids.append)
    rail.set_value("evidence")
    assert [b.ident for b in rail._buttons if b.isChecked()] == ["evidence"]
    assert ids == []


def test_a_badge_is_seen_and_heard(rail: NavigationRail) -> None:
    plain = rail.button("evidence").grab().toImage()
    rail.set_badge("evidence", 3, "new")
    assert rail.button("evidence").grab().toImage() != plain
    assert name_of(rail.button("evidence")) == "Evidence, 3 new"
    rail.set_badge("evidence", 0)
    assert name_of(rail.button("evidence")) == "Evidence"
    assert rail.button("evidence").grab().toImage() == plain


def test_items_at_the_foot_lie_at_the_foot(rail: NavigationRail) -> None:
    assert rail.button("settings").geometry().bottom() > rail.height() - 20
    assert rail.button("evidence").y() < 200


def test_it_is_heard_as_one_of_several(rail: NavigationRail) -> None:
    told = heard(rail.button("plan"))
    assert told.role() == QAccessible.Role.RadioButton
    assert rail.button("plan").toolTip() == "Plan (Ctrl+1)"


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_words_are_not_cut(theme: Theme, qtbot: QtBot, cut_words: list[str], factor: float) -> None:
    theme.apply("light", factor)
    rail = NavigationRail(ITEMS)
    qtbot.addWidget(rail)
    for item in ITEMS:
        rail.set_value(item.ident)
        rail.resize(rail.sizeHint())
        rail.grab()
    assert cut_words == []
