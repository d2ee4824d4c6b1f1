from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qsin_desktop.ui.widgets.search_box import SearchBox
from tests.ui.widgets.conftest import Open, name_of


@pytest.fixture
def box(open_widget: Open) -> SearchBox:
    made = SearchBox("Find a criterion", "Ctrl K")
    made.resize(280, 34)
    open_widget(made)
    made.setFocus()
    return made


def test_typing_and_enter_are_told(box: SearchBox) -> None:
    typed: list[str] = []
    sent: list[str] = []
    box.text_changed.connect(typed.append)
    box.submitted.connect(sent.append)
    QTest.keyClicks(box.edit, "AI")
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert typed == ["A", "AI"]
    assert sent == ["AI"]


def test_escape_empties_first_and_leaves_then(box: SearchBox) -> None:
    left: list[int] = []
    box.left.connect(lambda: left.append(1))
    QTest.keyClicks(box.edit, "AI")
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    assert (box.text(), left) == ("", [])
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    assert left == [1]


def test_arrows_step_through_results(box: SearchBox) -> None:
    steps: list[int] = []
    box.stepped.connect(steps.append)
    QTest.keyClick(box.edit, Qt.Key.Key_Down)
    QTest.keyClick(box.edit, Qt.Key.Key_Up)
    assert steps == [1, -1]


def test_the_key_gives_way_to_a_cross(box: SearchBox) -> None:
    assert box._cap.isVisible()
    box.set_text("AI")
    assert not box._cap.isVisible()
    QTest.mouseClick(box._empty, Qt.MouseButton.LeftButton)
    assert box.text() == ""
    assert box._cap.isVisible()
    assert box.edit.hasFocus()


def test_select_marks_all(box: SearchBox) -> None:
    box.set_text("AI policy")
    box.edit.clearFocus()
    box.select()
    assert box.edit.hasFocus()
    assert box.edit.selectedText() == "AI policy"


def test_it_is_named_and_shows_its_focus(box: SearchBox) -> None:
    assert name_of(box.edit) == "Find a criterion"
    focused = box.grab().toImage()
    box.edit.clearFocus()
    assert box.grab().toImage() != focused
