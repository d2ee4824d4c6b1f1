"""What must hold of every widget: a name at each Tab stop, words uncut, paint that does not fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QCheckBox, QLabel, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.theme import Scheme, Theme
from tests.ui.gallery_controls import controls_page
from tests.ui.gallery_lists import lists_page
from tests.ui.gallery_walk import walk_page
from tests.ui.hands import press
from tests.ui.widgets.conftest import Open, heard

PAGES = pytest.mark.parametrize("make", [walk_page, controls_page, lists_page])
Make = Callable[[], QWidget]


def focus_inside(page: QWidget) -> QWidget | None:
    return page.focusWidget()


def stops(page: QWidget) -> list[QWidget]:
    """Widgets that take the focus by Tab, shown ones only."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(page)
        and not isinstance(widget, QScrollBar)
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    ]


@PAGES
def test_every_stop_has_a_name(qtbot: QtBot, make: Make) -> None:
    page = make()
    qtbot.addWidget(page)
    page.show()
    nameless = [
        type(widget).__name__
        for widget in stops(page)
        if not heard(widget).text(QAccessible.Text.Name)
        and not heard(widget).relations()
        and not isinstance(widget.parentWidget(), QAbstractScrollArea)
        and type(widget).__name__
        not in {"NumberBox", "DayBox", "TimeBox", "QComboBox", "QTabWidget"}  # the gallery's own
    ]
    assert nameless == []


@PAGES
@pytest.mark.parametrize(("scheme", "factor"), [("light", 1.0), ("dark", 1.0), ("light", 2.0)])
def test_every_page_is_painted_in_every_look(
    theme: Theme, qtbot: QtBot, make: Make, scheme: Scheme, factor: float
) -> None:
    theme.apply(scheme, factor)
    page = make()
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    image = page.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 100


@PAGES
def test_a_page_changes_its_look_while_open(theme: Theme, qtbot: QtBot, make: Make) -> None:
    page = make()
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    QApplication.processEvents()
    theme.apply("dark", 1.0)
    fresh = make()
    qtbot.addWidget(fresh)
    fresh.resize(1366, 768)
    fresh.show()
    QApplication.processEvents()
    for shown in (page, fresh):
        if (focused := focus_inside(shown)) is not None:
            focused.clearFocus()
    image, wanted = page.grab().toImage(), fresh.grab().toImage()
    differing = sum(
        image.pixel(x, y) != wanted.pixel(x, y)
        for x in range(0, 1366, 5)
        for y in range(0, min(image.height(), wanted.height()), 5)
    )
    assert image.size() == wanted.size()
    assert differing < 40  # the moving bar of unknown progress


@PAGES
def test_labels_are_as_large_as_their_words(qtbot: QtBot, make: Make) -> None:
    page = make()
    qtbot.addWidget(page)
    page.resize(1366, 1000)
    page.show()
    QApplication.processEvents()
    cut = [
        label.accessibleName() or label.text()
        for label in page.findChildren(QLabel)
        if label.isVisibleTo(page) and label.width() < label.minimumSizeHint().width()
    ]
    assert cut == []


def test_tab_goes_round_the_controls_and_comes_back(open_widget: Open) -> None:
    page = controls_page()
    page.resize(1366, 900)
    open_widget(page)
    press("Tab", page)
    first, seen = QApplication.focusWidget(), []
    for _ in range(200):
        seen.append(QApplication.focusWidget())
        press("Tab")
        if QApplication.focusWidget() is first:
            break
    assert QApplication.focusWidget() is first
    assert len(seen) > 25
    assert any(isinstance(widget, QCheckBox) for widget in seen)
