from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QPainter,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.palette import LIGHT
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.thumbnail import FACE, Face, Thumbnail, ThumbnailDelegate, paint_tile, tile_size
from tests.ui.widgets.conftest import Open, name_of

POLICY = Face("E-014", "AI policy", "p. 6, §3")


@pytest.fixture
def tile(open_widget: Open) -> Thumbnail:
    made = Thumbnail(POLICY)
    open_widget(made)
    made.setFocus()
    return made


def test_press_open_and_menu(tile: Thumbnail) -> None:
    told: list[str] = []
    tile.clicked.connect(lambda: told.append("pressed"))
    tile.opened.connect(lambda: told.append("opened"))
    tile.menu_asked.connect(lambda _at: told.append("menu"))
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.keyClick(tile, Qt.Key.Key_Space)
    QTest.keyClick(tile, Qt.Key.Key_Return)
    QTest.mouseDClick(tile, Qt.MouseButton.LeftButton)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(tile, QContextMenuEvent(reason, QPoint(3, 3), QPoint(3, 3)))
    assert told[:4] == ["pressed", "pressed", "opened", "opened"]
    assert told[-1] == "menu"


def test_it_is_named_whole(tile: Thumbnail) -> None:
    assert name_of(tile) == "E-014, AI policy, p. 6, §3"
    tile.set_face(Face("E-021", "Triage screen", mark="redacted"))
    assert name_of(tile) == "E-021, Triage screen, redacted"


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_usual_captions_fit(theme: Theme, qtbot: QtBot, cut_words: list[str], factor: float) -> None:
    theme.apply("light", factor)
    tile = Thumbnail(Face("E-021", "Triage screen", "seen, not copied"))
    qtbot.addWidget(tile)
    tile.resize(tile.sizeHint())
    tile.grab()
    assert cut_words == []


def test_a_picture_fills_its_place(tile: Thumbnail) -> None:
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    tile.set_face(Face("E-021", "Photo", image=QPixmap.fromImage(image)))
    drawn = tile.grab().toImage()
    for at in (QPoint(12, 12), QPoint(tile.width() - 12, 60), QPoint(tile.width() // 2, 5)):
        assert drawn.pixelColor(at) == QColor("red")
    assert drawn.pixelColor(tile.width() // 2, tile.height() - 4) != QColor("red")


def test_selected_focused_and_plain_differ(qtbot: QtBot) -> None:
    images = []
    for selected, focused in ((False, False), (True, False), (False, True)):
        drawn = QImage(tile_size(look_of()), QImage.Format.Format_RGB32)
        drawn.fill(LIGHT.background)
        painter = QPainter(drawn)
        paint_tile(painter, QRectF(drawn.rect()), POLICY, look_of(), selected=selected, focused=focused)
        painter.end()
        images.append(drawn)
    assert images[0] != images[1] != images[2] != images[0]


def test_hundreds_are_painted_by_a_delegate(open_widget: Open, cut_words: list[str]) -> None:
    model = QStandardItemModel()
    for number in range(300):
        item = QStandardItem()
        item.setData(Face(f"E-{number:03}", "Photo"), FACE)
        model.appendRow(item)
    view = QListView()
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setItemDelegate(ThumbnailDelegate(view))
    view.setModel(model)
    view.resize(620, 400)
    open_widget(view)
    view.grab()
    assert view.visualRect(model.index(0, 0)).size() == tile_size(look_of())
    assert cut_words == []
