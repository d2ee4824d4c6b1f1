from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate

from qsin_desktop.ui.screens.day_field import DayBox
from qsin_desktop.ui.theme import Theme
from tests.ui.hands import press, type_into

TODAY = date(2026, 11, 24)


@pytest.fixture
def box(theme: Theme, show: Callable[[DayBox], DayBox]) -> DayBox:
    return show(DayBox("First day", today=lambda: TODAY))


def test_a_typed_day_is_taken_on_leaving_and_written_out(box: DayBox) -> None:
    told: list[object] = []
    box.day_changed.connect(told.append)
    type_into(box, "25/11/26")
    press("Return")
    assert told == [date(2026, 11, 25)]
    assert box.text() == "25 November 2026"


def test_what_is_no_day_stays_to_be_mended(box: DayBox) -> None:
    said: list[str] = []
    box.not_a_day.connect(said.append)
    type_into(box, "soon")
    assert not box.take()
    assert said == ["“soon” is not a day; write it as 24 Nov 2026."]
    assert (box.text(), box.day) == ("soon", None)


def test_an_emptied_box_is_no_day(box: DayBox) -> None:
    box.set_day(TODAY)
    told: list[object] = []
    box.day_changed.connect(told.append)
    box.edit.clear()
    assert box.take()
    assert told == [None]


def test_showing_a_day_reports_nothing(box: DayBox) -> None:
    told: list[object] = []
    box.day_changed.connect(told.append)
    box.set_day(TODAY)
    assert box.take()
    assert told == []


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_a_day_can_be_picked_from_the_calendar(box: DayBox) -> None:
    told: list[object] = []
    box.day_changed.connect(told.append)
    popup = box.open_calendar()
    popup.calendar.setSelectedDate(QDate(2026, 12, 1))
    press("Return")
    assert told == [date(2026, 12, 1)]
    assert box.day == date(2026, 12, 1)
