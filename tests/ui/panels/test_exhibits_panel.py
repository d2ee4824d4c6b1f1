from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import Target, attach, cite, set_link
from qsin_desktop.domain.evidence import ExhibitLink
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.panels.exhibits_panel import ExhibitsPanel
from qsin_desktop.ui.panels.preview_page import PreviewPage
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.widgets.thumbnail import Thumbnail
from tests.ui.hands import button, click, double_click, press, type_into, visible
from tests.ui.panels.conftest import CODE
from tests.ui.panels.laptops import Colleague

popup = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


@pytest.fixture
def panel(walk: WalkScreen) -> ExhibitsPanel:
    return walk.right.exhibits


def a_file(folder: Path, name: str = "policy.txt", words: str = "The policy.") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def a_picture(folder: Path, name: str = "screen.png") -> Path:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#0B5CAD"))
    folder.mkdir(exist_ok=True)
    assert image.save(str(folder / name))
    return folder / name


def links(panel: ExhibitsPanel) -> tuple[ExhibitLink, ...]:
    return panel.record.links(criterion=CODE)


def tiles(panel: ExhibitsPanel) -> list[Thumbnail]:
    QApplication.processEvents()
    return visible(panel, Thumbnail)


def settled(panel: ExhibitsPanel, qtbot: QtBot) -> None:
    """Until nothing is copied and no picture is made."""
    qtbot.waitUntil(lambda: not panel.desk.jobs.running, timeout=20_000)


def drop(panel: ExhibitsPanel, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.drop.dropEvent(event)


class FilesChosen(Asking):
    """The dialogs answered beforehand."""

    def __init__(self, files: tuple[Path, ...] = (), folder: Path | None = None, out: Path | None = None):
        super().__init__()
        self._files, self._folder, self._out = files, folder, out

    def files(self, *_: object, **__: object) -> tuple[Path, ...]:
        return self._files

    def folder(self, *_: object, **__: object) -> Path | None:
        return self._folder

    def save_as(self, *_: object, **__: object) -> Path | None:
        return self._out


def test_files_that_are_dropped_are_attached_in_order(
    panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(panel, a_file(tmp_path, "b.txt", "b"), a_file(tmp_path, "a.txt", "a"))
    assert panel.progress.isVisible()
    settled(panel, qtbot)
    assert [t.face.title for t in tiles(panel)] == ["b.txt", "a.txt"]
    assert [t.face.number for t in tiles(panel)] == ["E-001", "E-002"]
    assert not panel.progress.isVisible()
    assert panel.desk.messages.texts == ["2 files attached: E-001, E-002."]


def test_a_folder_brings_all_that_is_in_it(panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "evidence"
    a_file(folder, "one.txt", "1")
    a_file(folder / "below", "two.txt", "2")
    panel.desk.asking = FilesChosen(folder=folder)
    press("Shift+E")
    settled(panel, qtbot)
    assert sorted(t.face.title for t in tiles(panel)) == ["one.txt", "two.txt"]


def test_an_empty_folder_is_told(panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    drop(panel, tmp_path / "empty")
    settled(panel, qtbot)
    assert panel.desk.messages.texts == ["There is no file in “empty” to attach."]


def test_e_asks_for_files(panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot) -> None:
    panel.desk.asking = FilesChosen((a_file(tmp_path),))
    press("E")
    settled(panel, qtbot)
    assert len(links(panel)) == 1
    assert panel.desk.messages.notices[-1].action == "Undo"


def test_one_refusal_does_not_stop_the_others(panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot) -> None:
    empty = a_file(tmp_path, "empty.txt", "")
    drop(panel, a_file(tmp_path, "a.txt", "a"), empty, tmp_path / "gone.txt", a_file(tmp_path, "b.txt", "b"))
    settled(panel, qtbot)
    assert [t.face.title for t in tiles(panel)] == ["a.txt", "b.txt"]
    told = " ".join(panel.desk.messages.texts)
    assert "“empty.txt”" in told
    assert "“gone.txt”" in told
    assert "2 files attached" in told


def test_the_same_bytes_twice_are_one_exhibit(panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot) -> None:
    drop(panel, a_file(tmp_path, "a.txt", "same"))
    settled(panel, qtbot)
    drop(panel, a_file(tmp_path, "another name.txt", "same"))
    settled(panel, qtbot)
    assert len(panel.record.exhibits()) == 1
    assert len(links(panel)) == 1
    assert "The same file is E-001 already" in panel.desk.messages.texts[-1]


def test_the_same_bytes_elsewhere_are_cited_here_too(
    panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = a_file(tmp_path)
    panel.desk.act(lambda: attach(panel.desk.visit, path, [Target(criterion="IN-101.a")]))
    drop(panel, path)
    settled(panel, qtbot)
    assert len(panel.record.exhibits()) == 1
    assert len(links(panel)) == 1
    assert panel.desk.messages.texts == ["The same file is E-001 already; it is now cited here too."]


def test_it_goes_to_the_criterion_it_was_dropped_on(
    walk: WalkScreen, panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(panel, a_file(tmp_path))
    walk.show_criterion("IN-301.c")
    settled(panel, qtbot)
    assert len(links(panel)) == 1
    assert tiles(panel) == []


def test_copying_can_be_stopped_and_leaves_nothing(
    panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    large = tmp_path / "large.bin"
    large.write_bytes(b"x" * 40_000_000)
    drop(panel, large, a_file(tmp_path))
    click(panel.progress.cancel_button)
    settled(panel, qtbot)
    assert panel.record.exhibits() == ()
    assert not panel.progress.isVisible()


def test_a_screenshot_is_pasted(panel: ExhibitsPanel, qtbot: QtBot) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)
    press("Ctrl+V")
    settled(panel, qtbot)
    (exhibit,) = panel.record.exhibits()
    assert exhibit.name.startswith("Screenshot 2026-11-24 10.4")
    assert exhibit.group == "image"


def test_a_screenshot_is_pasted_while_a_text_box_has_the_focus(
    walk: WalkScreen, panel: ExhibitsPanel, qtbot: QtBot
) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    QGuiApplication.clipboard().setImage(image)
    walk.middle.rating.reason.box.setFocus()
    press("Ctrl+V")
    settled(panel, qtbot)
    assert len(panel.record.exhibits()) == 1


def test_a_clipboard_without_picture_or_file_is_told(panel: ExhibitsPanel) -> None:
    QGuiApplication.clipboard().setText("words")
    press("Ctrl+V")
    assert panel.desk.messages.texts == [
        "The clipboard holds neither a file nor a picture. Nothing was attached."
    ]


def test_a_picture_is_shown_on_its_tile_once_it_is_made(
    panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(panel, a_picture(tmp_path))

    def shown() -> bool:
        return bool(tiles(panel)) and tiles(panel)[0].shown_face().image is not None

    qtbot.waitUntil(shown, timeout=20_000)
    settled(panel, qtbot)


def test_a_tile_out_of_sight_keeps_no_picture(panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot) -> None:
    drop(panel, a_picture(tmp_path))
    qtbot.waitUntil(lambda: bool(tiles(panel)), timeout=20_000)
    settled(panel, qtbot)
    assert tiles(panel)[0].face.image is None


def attached(panel: ExhibitsPanel, folder: Path) -> Thumbnail:
    path = a_file(folder)
    panel.desk.act(lambda: attach(panel.desk.visit, path, [Target(criterion=CODE)]))
    (tile,) = tiles(panel)
    return tile


def test_the_place_in_it_is_written_as_typed(panel: ExhibitsPanel, tmp_path: Path) -> None:
    click(attached(panel, tmp_path))
    assert panel.detail.isVisible()
    type_into(panel.detail.lines["locator"], "p. 6, §3")
    panel.flush()
    assert links(panel)[0].locator == "p. 6, §3"
    assert tiles(panel)[0].face.locator == "p. 6, §3"


def test_words_for_one_exhibit_never_reach_another(panel: ExhibitsPanel, tmp_path: Path) -> None:
    click(attached(panel, tmp_path))
    other = a_file(tmp_path, "other.txt", "other")
    panel.desk.act(lambda: attach(panel.desk.visit, other, [Target(criterion=CODE)]))
    type_into(panel.detail.lines["caption"], "of the first")
    click(tiles(panel)[1])
    assert panel.detail.lines["caption"].text() == ""
    assert [link.caption for link in links(panel)] == ["of the first", ""]


def test_a_colleagues_words_do_not_replace_what_is_typed(
    panel: ExhibitsPanel, tmp_path: Path, ada: Colleague
) -> None:
    click(attached(panel, tmp_path))
    ada.catch_up()
    link = links(panel)[0].id
    set_link(ada.visit, link=link, field="locator", text="p. 9")
    type_into(panel.detail.lines["locator"], "p. 6")
    ada.hand_over()
    assert panel.detail.lines["locator"].text() == "p. 6"
    assert "A colleague changed “where in it” of E-001 to “p. 9”" in panel.desk.messages.texts[-1]


def test_it_is_no_longer_cited_and_undo_brings_it_back(panel: ExhibitsPanel, tmp_path: Path) -> None:
    click(attached(panel, tmp_path))
    click(button(panel.detail, "No longer cite here"))
    assert tiles(panel) == []
    assert not panel.detail.isVisible()
    assert len(panel.record.exhibits()) == 1
    panel.desk.undo()
    assert len(tiles(panel)) == 1


def test_a_copy_is_saved_and_said_to_be_unprotected(
    panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    click(attached(panel, tmp_path / "in"))
    out = tmp_path / "copy.txt"
    panel.desk.asking = FilesChosen(out=out)
    click(button(panel.detail, "Save a copy…"))
    settled(panel, qtbot)
    assert out.read_text(encoding="utf-8") == "The policy."
    assert "not protected" in panel.desk.messages.texts[-1]


@popup
def test_a_tile_offers_its_acts_by_the_right_button(panel: ExhibitsPanel, tmp_path: Path) -> None:
    tile = attached(panel, tmp_path)
    tile.menu_asked.emit(tile.mapToGlobal(QPoint(5, 5)))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Preview",
        "Save a copy…",
        "No longer cite here",
    ]
    menu.close()


@popup
def test_the_ways_to_bring_in_evidence_are_told_with_their_keys(panel: ExhibitsPanel) -> None:
    click(panel.more_button)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert texts[0].startswith("Files…\t")
    assert len(texts) == 5
    menu.close()


def test_double_click_opens_a_preview(panel: ExhibitsPanel, tmp_path: Path, qtbot: QtBot) -> None:
    drop(panel, a_picture(tmp_path))
    settled(panel, qtbot)
    double_click(tiles(panel)[0])
    page = QApplication.activeModalWidget()
    assert isinstance(page, PreviewPage)
    qtbot.waitUntil(page.picture.isVisible, timeout=20_000)
    press("Escape", page)
    settled(panel, qtbot)


def test_cited_elsewhere_it_can_be_cited_here(panel: ExhibitsPanel, tmp_path: Path) -> None:
    path = a_file(tmp_path)
    made = panel.desk.act(lambda: attach(panel.desk.visit, path, [Target(criterion="IN-101.a")]))
    assert made is not None
    panel.desk.act(lambda: cite(panel.desk.visit, exhibit=made.entity, target=Target(criterion=CODE)))
    assert [t.face.number for t in tiles(panel)] == ["E-001"]
