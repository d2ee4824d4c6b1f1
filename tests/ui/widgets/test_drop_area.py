from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qsin_desktop.ui.widgets.drop_area import DropArea
from qsin_desktop.ui.widgets.incoming import incoming
from tests.ui.widgets.conftest import Open, name_of


@pytest.fixture
def area(open_widget: Open) -> DropArea:
    made = DropArea()
    made.resize(284, 54)
    open_widget(made)
    return made


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def picture() -> QMimeData:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    mime = QMimeData()
    mime.setImageData(image)
    return mime


def drop(area: DropArea, mime: QMimeData) -> tuple[bool, bool]:
    """Whether the drag was let in, and whether the drop was taken."""
    shape = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(QPoint(9, 9), *shape, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    QApplication.sendEvent(area, enter)
    dropped = QDropEvent(QPointF(9, 9), *shape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(area, dropped)
    return enter.isAccepted(), dropped.dropAction() == Qt.DropAction.CopyAction


def test_files_and_folders_are_taken_in_their_order(area: DropArea, tmp_path: Path) -> None:
    scan, folder = tmp_path / "scan é.pdf", tmp_path / "photos"
    scan.write_bytes(b"x")
    folder.mkdir()
    got: list[tuple[Path, ...]] = []
    area.files_dropped.connect(got.append)
    assert drop(area, files(scan, folder)) == (True, True)
    assert got == [(scan, folder)]


def test_a_picture_is_taken(area: DropArea) -> None:
    got: list[QImage] = []
    area.image_pasted.connect(got.append)
    assert drop(area, picture()) == (True, True)
    assert (got[0].width(), got[0].height()) == (8, 6)
    assert got[0].pixelColor(1, 1) == QColor("red")


def test_files_win_over_the_picture_that_comes_with_them(tmp_path: Path) -> None:
    mime = picture()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    assert incoming(mime).paths == (tmp_path / "a.jpg",)
    assert incoming(mime).image is None


def test_words_are_not_let_in(area: DropArea) -> None:
    mime = QMimeData()
    mime.setText("some words")
    assert drop(area, mime)[0] is False


def test_what_lies_elsewhere_is_refused_in_a_sentence(area: DropArea) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/scan.pdf")])
    told: list[str] = []
    area.refused.connect(told.append)
    drop(area, mime)
    assert len(told) == 1
    assert "Nothing was attached" in told[0]


def test_paste_by_key_and_by_call(area: DropArea, tmp_path: Path) -> None:
    got: list[tuple[Path, ...]] = []
    told: list[str] = []
    area.files_dropped.connect(got.append)
    area.refused.connect(told.append)
    QApplication.clipboard().setMimeData(files(tmp_path / "a.pdf"))
    area.setFocus()
    QTest.keySequence(area, "Ctrl+V")
    assert area.paste()
    assert got == [(tmp_path / "a.pdf",)] * 2
    QApplication.clipboard().setText("words")
    assert not area.paste()
    QTest.keySequence(area, "Ctrl+V")
    assert len(told) == 1


def test_pressing_looks_for_files(area: DropArea) -> None:
    asked: list[int] = []
    area.browse_asked.connect(lambda: asked.append(1))
    QTest.mouseClick(area, Qt.MouseButton.LeftButton)
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Space)
    QTest.keyClick(area, Qt.Key.Key_Return)
    assert len(asked) == 3
    assert name_of(area) == "Drop files, or paste a screenshot"


def test_a_drag_over_it_is_shown(area: DropArea, tmp_path: Path) -> None:
    plain = area.grab().toImage()
    area._set_over(True)
    assert area.grab().toImage() != plain
    area._set_over(False)
    assert area.grab().toImage() == plain


def test_disabled_takes_nothing(area: DropArea, tmp_path: Path) -> None:
    area.setEnabled(False)
    got: list[object] = []
    area.files_dropped.connect(got.append)
    assert drop(area, files(tmp_path))[0] is False
