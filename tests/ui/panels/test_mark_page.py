"""A photo is marked by mouse and by keys alone; what is drawn is in the journal at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import Target, attach
from qsin_desktop.actions.marking import add_mark
from qsin_desktop.domain.marks import Mark, MarkColour, MarkKind
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.panels.mark_page import MarkPage, open_marks
from qsin_desktop.ui.panels.picture_shelf import PictureShelf
from qsin_desktop.ui.screens.evidence import EvidenceScreen
from tests.ui.hands import button, click, focused, press, type_into


@pytest.fixture
def photo(desk: Desk, tmp_path: Path) -> str:
    drawn = QImage(800, 600, QImage.Format.Format_RGB32)
    drawn.fill(QColor("teal"))
    path = tmp_path / "room.png"
    drawn.save(str(path))
    return attach(desk.visit, path, [Target(criterion="IN-301.a")]).entity


@pytest.fixture
def window(show: Callable[[QWidget], QWidget]) -> QWidget:
    return show(QWidget())


@pytest.fixture
def page(desk: Desk, photo: str, window: QWidget, qtbot: QtBot) -> MarkPage:
    return opened(desk, photo, window, qtbot)


def opened(desk: Desk, photo: str, parent: QWidget, qtbot: QtBot) -> MarkPage:
    page = open_marks(desk, photo, parent)
    assert page is not None
    qtbot.waitUntil(lambda: bool(page._jpeg))
    qtbot.waitUntil(page.isActiveWindow)
    return page


def marks(desk: Desk, photo: str) -> list[Mark]:
    exhibit = desk.record.exhibit(photo)
    assert exhibit is not None
    return list(exhibit.marks)


def at(page: MarkPage, x: float, y: float) -> QPoint:
    return page.canvas.frame.point(x, y).toPoint()


def drag(page: MarkPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(page.canvas, left, pos=at(page, *start))
    QTest.mouseMove(page.canvas, at(page, *end))
    QTest.mouseRelease(page.canvas, left, pos=at(page, *end))


def use(page: MarkPage, tool: str) -> None:
    click(button(page.tools, tool))


def near(mark: Mark, x: float, y: float, w: float, h: float) -> bool:
    return all(abs(a - b) < 0.01 for a, b in zip((mark.x, mark.y, mark.w, mark.h), (x, y, w, h), strict=True))


def test_a_redaction_by_mouse(page: MarkPage, desk: Desk, photo: str) -> None:
    use(page, "Redact")
    drag(page, (0.2, 0.2), (0.5, 0.6))
    (mark,) = marks(desk, photo)
    assert mark.kind is MarkKind.REDACT
    assert near(mark, 0.2, 0.2, 0.3, 0.4)
    assert page.canvas.chosen_mark == mark
    shown = page.canvas.grab().toImage()
    ratio = shown.devicePixelRatio()
    inside = at(page, 0.35, 0.4) * ratio
    assert shown.pixelColor(inside) == QColor(24, 33, 43)


def test_moved_pulled_recoloured_undone_and_taken_off(page: MarkPage, desk: Desk, photo: str) -> None:
    use(page, "Box")
    drag(page, (0.2, 0.2), (0.4, 0.4))
    drag(page, (0.3, 0.3), (0.5, 0.3))
    assert near(marks(desk, photo)[0], 0.4, 0.2, 0.2, 0.2)
    drag(page, (0.6, 0.4), (0.8, 0.8))
    assert near(marks(desk, photo)[0], 0.4, 0.2, 0.4, 0.6)
    click(button(page.colours, "Blue marks"))
    assert marks(desk, photo)[0].colour is MarkColour.BLUE
    click(page.undo)
    assert marks(desk, photo)[0].colour is MarkColour.RED
    click(page.canvas, at(page, 0.5, 0.5))
    click(page.off)
    assert marks(desk, photo) == []
    click(page.undo)
    assert len(marks(desk, photo)) == 1


def test_undo_takes_back_what_was_drawn_here_and_no_more(page: MarkPage, desk: Desk, photo: str) -> None:
    assert not page.undo.isEnabled()
    press("Ctrl+Z", page.canvas)
    assert desk.record.exhibit(photo) is not None
    use(page, "Arrow")
    drag(page, (0.6, 0.6), (0.3, 0.3))
    press("Ctrl+Z", page.canvas)
    assert marks(desk, photo) == []
    assert not page.undo.isEnabled()


def test_words_by_keys_alone(page: MarkPage, desk: Desk, photo: str) -> None:
    use(page, "Text")
    assert focused() is page.words
    type_into(page.words, "Out of date")
    press("Return", page.words)
    press("Return", page.canvas)
    (mark,) = marks(desk, photo)
    assert (mark.kind, mark.text) == (MarkKind.TEXT, "Out of date")
    press("Right", page.canvas)
    press("Down", page.canvas)
    press("Shift+Right", page.canvas)
    page.canvas.settle()
    (after,) = marks(desk, photo)
    assert near(after, mark.x + 0.01, mark.y + 0.01, mark.w + 0.01, mark.h)
    page.words.setText("Out of date since May")
    press("Return", page.words)
    assert marks(desk, photo)[0].text == "Out of date since May"
    press("Delete", page.canvas)
    assert marks(desk, photo) == []
    press("Escape", page.canvas)
    assert not page.isVisible()


def test_a_text_waits_for_its_words(page: MarkPage, desk: Desk, photo: str) -> None:
    use(page, "Text")
    click(page.canvas, at(page, 0.5, 0.5))
    assert marks(desk, photo) == []
    type_into(page.words, "Label")
    press("Return", page.words)
    assert marks(desk, photo)[0].text == "Label"


def test_tab_goes_through_the_marks_and_on(desk: Desk, photo: str, page: MarkPage, qtbot: QtBot) -> None:
    for x in (0.1, 0.5):
        add_mark(desk.visit, exhibit=photo, kind=MarkKind.BOX, x=x, y=0.1, w=0.2, h=0.2)
    page.refresh()
    page.canvas.setFocus()
    seen = []
    for _ in range(2):
        press("Tab", page.canvas)
        seen.append(page.canvas.chosen_mark)
    assert seen == marks(desk, photo)
    press("Tab", page.canvas)
    assert page.canvas.chosen_mark is None
    assert focused() is not page.canvas


def test_a_move_by_keys_is_kept_when_the_page_closes(page: MarkPage, desk: Desk, photo: str) -> None:
    use(page, "Box")
    drag(page, (0.2, 0.2), (0.4, 0.4))
    press("Left", page.canvas)
    page.accept()
    assert near(marks(desk, photo)[0], 0.19, 0.2, 0.2, 0.2)


def test_the_caption_goes_with_the_citation(page: MarkPage, desk: Desk, photo: str) -> None:
    type_into(page.caption, "The label")
    press("Tab", page.caption)
    assert [link.caption for link in desk.record.links(exhibit=photo)] == ["The label"]


def test_small_pictures_follow_the_marks(desk: Desk, photo: str, qtbot: QtBot) -> None:
    shelf = PictureShelf(desk)
    exhibit = desk.record.exhibit(photo)
    assert exhibit is not None
    with qtbot.waitSignal(shelf.arrived):
        assert shelf.picture(exhibit) is None
    add_mark(desk.visit, exhibit=photo, kind=MarkKind.REDACT, x=0, y=0, w=1, h=1)
    exhibit = desk.record.exhibit(photo)
    assert exhibit is not None
    pixmap = shelf.picture(exhibit)
    assert pixmap is not None
    colour = pixmap.toImage().pixelColor(pixmap.rect().center())
    assert abs(colour.red() - 24) < 6


def test_the_evidence_screen_opens_it_by_a_key(
    desk: Desk, photo: str, show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    screen = show(EvidenceScreen(desk))
    assert isinstance(screen, EvidenceScreen)
    screen.grid.choose(photo)
    assert screen.detail.mark.isVisible()
    press("M", screen.grid.view)
    page = QApplication.activeModalWidget()
    assert isinstance(page, MarkPage)
    qtbot.waitUntil(lambda: bool(page._jpeg))
    page.reject()
