from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest

from qsin_desktop.ui.palette import DARK, LIGHT
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets import tree_roles as roles
from qsin_desktop.ui.widgets.standards_tree import StandardsTree
from tests.ui.gallery_walk import tree_model
from tests.ui.widgets.conftest import Open


@pytest.fixture
def tree(open_widget: Open) -> StandardsTree:
    made = StandardsTree()
    model = tree_model()
    model.setParent(made)
    made.setModel(model)
    for row in range(model.rowCount()):
        made.setExpanded(model.index(row, 0), True)
    made.resize(304, 640)
    open_widget(made)
    return made


def at(tree: StandardsTree, *rows: int) -> QModelIndex:
    index = QModelIndex()
    for row in rows:
        index = tree.model().index(row, 0, index)
    return index


def press(tree: StandardsTree, index: QModelIndex, x: int) -> None:
    place = QPoint(x, tree.visualRect(index).center().y())
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_chevron_opens_and_closes_and_the_title_does_not(tree: StandardsTree) -> None:
    standard = at(tree, 2, 0)
    press(tree, standard, 150)
    assert not tree.isExpanded(standard)
    press(tree, standard, 20)
    assert tree.isExpanded(standard)
    press(tree, standard, 20)
    assert not tree.isExpanded(standard)


def test_a_series_opens_and_closes_anywhere(tree: StandardsTree) -> None:
    series = at(tree, 1)
    press(tree, series, 150)
    assert not tree.isExpanded(series)


def test_criteria_are_told_by_mouse_and_keys(tree: StandardsTree) -> None:
    tree.setExpanded(at(tree, 2, 0), True)
    chosen: list[str] = []
    tree.criterion_chosen.connect(lambda index: chosen.append(index.data(roles.CODE)))
    press(tree, at(tree, 2, 0, 1), 150)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    press(tree, at(tree, 2, 0), 150)
    assert chosen == ["b", "c"]


def test_rows_are_all_as_high_and_grow_with_the_text(tree: StandardsTree, theme: Theme) -> None:
    heights = {tree.visualRect(index).height() for index in (at(tree, 0), at(tree, 0, 0), at(tree, 2))}
    assert heights == {34}
    theme.apply("light", 1.5)
    tree.grab()
    assert tree.visualRect(at(tree, 0)).height() == 51


def test_the_selected_row_has_wash_and_bar(tree: StandardsTree, theme: Theme) -> None:
    tree.setCurrentIndex(at(tree, 1, 0))
    for scheme, palette in (("light", LIGHT), ("dark", DARK)):
        theme.apply(scheme, 1.0)  # type: ignore[arg-type]
        image = tree.viewport().grab().toImage()
        box = tree.visualRect(at(tree, 1, 0))
        assert image.pixelColor(1, box.center().y()) == palette.accent
        assert image.pixelColor(box.width() // 2, box.top() + 3) == palette.accent_wash


def test_the_ring_appears_with_keys(tree: StandardsTree) -> None:
    press(tree, at(tree, 1, 0), 150)
    assert not tree.shows_focus()
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert tree.shows_focus()


def test_titles_give_way_to_what_stands_at_the_right(tree: StandardsTree, cut_words: list[str]) -> None:
    tree.setExpanded(at(tree, 2, 0), True)
    tree.viewport().grab()
    assert cut_words == ["IN-602 Capacity and demand evaluation"]
    tree.resize(120, 640)
    cut_words.clear()
    tree.viewport().grab()
    assert len(cut_words) > 5


def test_a_sign_survives_the_way_through_qt(tree: StandardsTree) -> None:
    """Qt hands a StrEnum on as a plain string; the ring must still be drawn as a ring."""
    box = tree.visualRect(at(tree, 1, 2))
    image = tree.viewport().grab().toImage()
    middle = image.pixelColor(14 + 22 + 9, box.center().y())
    assert middle == LIGHT.surface


def test_every_row_is_heard(tree: StandardsTree) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert at(tree, 0).data(role) == "100 Patients and carers"
    assert (
        roles.spoken("b", "AI", rating="partly met", flagged=True, exhibits=1, missing=2, conflict=True)
        == "b AI, partly met, flagged, disagreement, 2 missing, 1 exhibit"
    )
    assert (
        roles.spoken("100", "Patients", counter="8 of 12", exhibits=4) == "100 Patients, 8 of 12, 4 exhibits"
    )


def test_a_row_without_answers_is_painted(open_widget: Open) -> None:
    tree = StandardsTree()
    model = QStandardItemModel(1, 1, tree)
    tree.setModel(model)
    open_widget(tree)
    tree.grab()
