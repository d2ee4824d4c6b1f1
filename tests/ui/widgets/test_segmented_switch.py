from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem
from tests.ui.hands import press
from tests.ui.widgets.conftest import Open, heard, name_of

MANY = [SwitchItem("network", "Network"), *(SwitchItem(f"s{n}", f"Hospital number {n}") for n in range(39))]


@pytest.fixture
def switch(open_widget: Open) -> SegmentedSwitch:
    made = SegmentedSwitch("Site")
    made.set_items(MANY)
    made.set_value("network")
    made.resize(620, 34)
    open_widget(made)
    return made


# The offscreen platform says this of every menu that opens.
popup = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


def shown(switch: SegmentedSwitch) -> list[str]:
    return [s.ident for s in switch._segments if s.isVisible()]


def heard_ids(switch: SegmentedSwitch) -> list[str]:
    ids: list[str] = []
    switch.changed.connect(ids.append)
    return ids


def test_what_does_not_fit_is_counted_and_lies_in_the_menu(switch: SegmentedSwitch) -> None:
    assert 2 <= len(shown(switch)) < 40
    assert switch._more.isVisible()
    assert switch._more.text() == f"{40 - len(shown(switch))} more"
    assert [i.ident for i in switch.overflowing()] == [i.ident for i in MANY if i.ident not in shown(switch)]


def test_all_stay_inside_at_any_width(switch: SegmentedSwitch) -> None:
    for width in (switch.minimumSizeHint().width(), 333, 620, 1900, 8000):
        switch.resize(width, 34)
        visible = [s for s in switch._segments if s.isVisible()]
        right = max(s.geometry().right() for s in visible)
        limit = switch._more.x() if switch._more.isVisible() else switch.width()
        assert right < limit
        assert visible == sorted(visible, key=lambda s: s.x())
    assert not switch.overflowing()


def test_the_marked_one_stays_in_sight(switch: SegmentedSwitch) -> None:
    switch.set_value("s38")
    assert "s38" in shown(switch)
    switch.resize(switch.minimumSizeHint().width(), 34)
    assert shown(switch) == ["s38"]


def test_with_too_little_room_the_marked_one_is_cut_short_and_covers_nothing(switch: SegmentedSwitch) -> None:
    switch.set_value("s38")
    switch.resize(switch._more_width(look_of()) + 40, 34)
    (marked,) = (segment for segment in switch._segments if segment.isVisible())
    assert marked.geometry().right() <= switch._more.geometry().left()
    assert marked.width() > 20


def test_a_click_switches_and_tells_once(switch: SegmentedSwitch) -> None:
    ids = heard_ids(switch)
    target = switch._segments[1]
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    assert ids == ["s0"]
    assert switch.value == "s0"
    assert [s.ident for s in switch._segments if s.isChecked()] == ["s0"]


def test_arrows_switch_at_once(switch: SegmentedSwitch) -> None:
    ids = heard_ids(switch)
    switch._segments[0].setFocus()
    press("Right")
    assert ids == ["s0"]
    assert QApplication.focusWidget() is switch._segments[1]


def test_set_value_tells_nobody(switch: SegmentedSwitch) -> None:
    ids = heard_ids(switch)
    switch.set_value("s3")
    switch.set_value("")
    assert not any(s.isChecked() for s in switch._segments)
    assert ids == []


@popup
def test_the_menu_switches(switch: SegmentedSwitch, qtbot: QtBot) -> None:
    ids = heard_ids(switch)
    QTest.keyClick(switch._more, Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    last = menu.actions()[-1]
    assert last.text() == "Hospital number 38"
    last.trigger()
    menu.close()
    assert ids == ["s38"]
    assert "s38" in shown(switch)


def test_items_carry_signs_icons_and_names(switch: SegmentedSwitch) -> None:
    switch.set_items(
        [
            SwitchItem("a", "Royal Wessex", Sign.TICK, Tone.MET),
            SwitchItem("f", "", icon="flag", tip="Flagged"),
        ]
    )
    assert [name_of(s) for s in switch._segments] == ["Royal Wessex", "Flagged"]
    assert heard(switch._segments[0]).role() == QAccessible.Role.RadioButton
    switch.set_item(SwitchItem("a", "Royal Wessex", Sign.CROSS, Tone.NOT_MET))
    assert switch.items()[0].sign is Sign.CROSS


@popup
def test_the_menu_shows_an_ampersand_as_it_is(open_widget: Open) -> None:
    switch = SegmentedSwitch("Site")
    switch.set_items([SwitchItem(str(n), f"Cross & Vale {n}") for n in range(9)])
    switch.resize(200, 34)
    open_widget(switch)
    switch._more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text().startswith("Cross && Vale")
    menu.close()


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_words_of_usual_length_are_not_cut(
    theme: Theme, qtbot: QtBot, cut_words: list[str], factor: float
) -> None:
    theme.apply("dark", factor)
    switch = SegmentedSwitch("Stage")
    qtbot.addWidget(switch)
    switch.set_items(
        [SwitchItem("d", "Documents"), SwitchItem("s", "On site"), SwitchItem("w", "Royal Wessex")]
    )
    switch.set_value("w")
    switch.resize(switch.sizeHint())
    switch.grab()
    assert cut_words == []
    assert not switch.overflowing()
