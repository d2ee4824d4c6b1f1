from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import Target, add_seen, attach
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import ReasonPage
from qsin_desktop.ui.dialogs.pick import PickPage
from qsin_desktop.ui.panels.preview_page import PreviewPage
from qsin_desktop.ui.panels.seen_page import SeenPage
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.evidence import EvidenceScreen
from qsin_desktop.ui.screens.evidence_grid import ExhibitFilter, wanted
from qsin_desktop.ui.widgets.thumbnail import FACE, Face
from tests.ui.hands import button, click, press, type_into


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> dict[str, str]:
    """E-001 a text cited on IN-101 a, E-002 a picture cited nowhere, E-003 seen and cited in a finding."""
    text, picture = tmp_path / "policy.txt", tmp_path / "room.png"
    text.write_text("Policy", encoding="utf-8")
    drawn = QImage(80, 60, QImage.Format.Format_RGB32)
    drawn.fill(QColor("teal"))
    drawn.save(str(picture))
    visit = desk.visit
    raised = raise_finding(visit, criteria=["IN-301.b"], grade="mandatory").entity
    return {
        "text": attach(visit, text, [Target(criterion="IN-101.a")], locator="line 1").entity,
        "picture": attach(visit, picture).entity,
        "seen": add_seen(visit, SeenDocument(title="Approval log"), [Target(finding=raised)]).entity,
    }


@pytest.fixture
def screen(
    desk: Desk, filled: dict[str, str], show: Callable[[EvidenceScreen], EvidenceScreen]
) -> EvidenceScreen:
    return show(EvidenceScreen(desk))


def numbers(screen: EvidenceScreen) -> list[str]:
    return [exhibit.number for exhibit in screen.grid.model.exhibits]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (ExhibitFilter(), ["E-001", "E-002", "E-003"]),
        (ExhibitFilter(groups=frozenset({"seen"})), ["E-003"]),
        (ExhibitFilter(loose=True), ["E-002"]),
        (ExhibitFilter(words="line policy"), ["E-001"]),
        (ExhibitFilter(words="APPROVAL"), ["E-003"]),
        (ExhibitFilter(words="in-101 a"), ["E-001"]),
        (ExhibitFilter(words="nowhere"), []),
    ],
)
def test_what_a_filter_lets_through(
    desk: Desk, filled: dict[str, str], chosen: ExhibitFilter, found: list[str]
) -> None:
    assert [exhibit.number for exhibit in wanted(desk.record, chosen)] == found


def test_a_row_of_tiles_is_as_wide_as_the_search_above_it(
    screen: EvidenceScreen, desk: Desk, qtbot: QtBot
) -> None:
    view, search = screen.grid.view, screen.grid.search
    for number in range(9):
        add_seen(desk.visit, SeenDocument(title=f"Log {number}"), [])
    screen.grid.refresh()
    for width in (1280, 1500):
        screen.window().resize(width, 760)
        qtbot.waitUntil(lambda: view.width() == screen.grid.drop.width())
        tiles = [view.visualRect(screen.grid.model.index(n)) for n in range(12)]
        first_row = [tile for tile in tiles if tile.top() == tiles[0].top()]
        assert len(first_row) < 12
        assert tiles[0].left() == 0
        left_over = view.width() - first_row[-1].right()
        assert left_over < view.verticalScrollBar().sizeHint().width() + len(first_row) + 2
        assert (
            view.mapTo(screen, view.rect().topLeft()).x() == search.mapTo(screen, search.rect().topLeft()).x()
        )


def test_filters_by_keys_and_mouse(screen: EvidenceScreen) -> None:
    press("L", screen)
    assert QApplication.focusWidget() is screen.grid.search.edit
    type_into(screen.grid.search.edit, "room")
    assert numbers(screen) == ["E-002"]
    press("Escape")
    click(screen.grid.loose)
    assert numbers(screen) == ["E-002"]
    click(screen.grid.loose)
    screen.grid.kind.setCurrentText("Seen, not copied")
    assert numbers(screen) == ["E-003"]


def test_a_place_shows_its_exhibit_whatever_the_filter_hides(
    screen: EvidenceScreen, filled: dict[str, str]
) -> None:
    screen.grid.kind.setCurrentText("Seen, not copied")
    screen.show_place(Place("evidence", exhibit=filled["picture"]))
    assert screen.detail.exhibit is not None
    assert screen.detail.exhibit.number == "E-002"
    assert len(numbers(screen)) == 3


def test_arrows_move_and_enter_previews(screen: EvidenceScreen, desk: Desk, qtbot: QtBot) -> None:
    screen.show_place(Place("evidence"))
    press("Right", screen.grid.view)
    assert screen.grid.exhibit == desk.record.exhibits()[1].id
    press("Return", screen.grid.view)
    page = QApplication.activeModalWidget()
    assert isinstance(page, PreviewPage)
    qtbot.waitUntil(page.picture.isVisible)
    page.close()


def test_title_locator_and_caption_are_saved_as_typed(
    screen: EvidenceScreen, desk: Desk, filled: dict[str, str]
) -> None:
    screen.show_place(Place("evidence", exhibit=filled["text"]))
    screen.detail.title.setFocus()
    press("Ctrl+A", screen.detail.title)
    type_into(screen.detail.title, "AI policy")
    (card,) = screen.detail.cards
    locator, caption = (typed.box for typed in card.typed)
    type_into(caption, "Who approves")
    screen.flush()
    exhibit = desk.record.exhibit(filled["text"])
    assert exhibit is not None
    assert exhibit.title == "AI policy"
    (link,) = desk.record.links(exhibit=exhibit.id)
    assert (link.locator, link.caption) == ("line 1", "Who approves")
    assert locator.text() == "line 1"


def test_it_is_cited_in_one_more_criterion_and_taken_back(
    screen: EvidenceScreen, desk: Desk, filled: dict[str, str]
) -> None:
    screen.show_place(Place("evidence", exhibit=filled["picture"]))
    click(screen.detail.cite)
    page = QApplication.activeModalWidget()
    assert isinstance(page, PickPage)
    type_into(page.search.edit, "in-301 b")
    press("Return")
    assert [link.criterion for link in desk.record.links(exhibit=filled["picture"])] == ["IN-301.b"]
    click(button(screen.detail, "No longer cite it in IN-301 b"))
    assert desk.record.links(exhibit=filled["picture"]) == ()


def test_it_leads_to_where_it_is_cited(screen: EvidenceScreen, desk: Desk, filled: dict[str, str]) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    screen.show_place(Place("evidence", exhibit=filled["text"]))
    click(button(screen.detail, "Go to IN-101 a"))
    screen.show_place(Place("evidence", exhibit=filled["seen"]))
    click(button(screen.detail, "Go to F-001"))
    assert [place.screen for place in went] == ["walk", "findings"]


def test_a_copy_is_saved_as_it_came(
    screen: EvidenceScreen, desk: Desk, filled: dict[str, str], tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "out.txt"
    desk.asking.save_as = lambda *_args, **_kw: out  # type: ignore[method-assign]
    screen.show_place(Place("evidence", exhibit=filled["text"]))
    press("Ctrl+S")
    qtbot.waitUntil(lambda: bool(desk.messages.notices))
    assert out.read_text(encoding="utf-8") == "Policy"
    assert screen.save_copy(filled["seen"]) is None


def test_files_and_folders_come_in_without_being_cited(
    screen: EvidenceScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    desk.asking.folder = lambda *_args, **_kw: folder  # type: ignore[method-assign]
    press("Shift+E", screen)
    qtbot.waitUntil(lambda: len(desk.record.exhibits()) == 5)
    assert [e.name for e in desk.record.exhibits()[3:]] == ["a.txt", "b.txt"]
    assert desk.record.links(exhibit=desk.record.exhibits()[4].id) == ()


def test_a_picture_is_pasted(screen: EvidenceScreen, desk: Desk, qtbot: QtBot) -> None:
    drawn = QImage(30, 30, QImage.Format.Format_RGB32)
    drawn.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(drawn)
    press("Ctrl+Shift+V", screen)
    qtbot.waitUntil(lambda: len(desk.record.exhibits()) == 4)


def test_an_empty_clipboard_is_said(screen: EvidenceScreen, desk: Desk) -> None:
    QGuiApplication.clipboard().setText("only words")
    screen.paste()
    assert "neither a file nor a picture" in desk.messages.texts[-1]


def test_a_seen_document_is_recorded_without_a_citation(screen: EvidenceScreen, desk: Desk) -> None:
    press("S", screen)
    page = QApplication.activeModalWidget()
    assert isinstance(page, SeenPage)
    type_into(page.boxes["title"], "Rota")
    click(page.record_button)
    assert desk.record.exhibits()[-1].title == "Rota"
    assert desk.record.links(exhibit=desk.record.exhibits()[-1].id) == ()


def withdraw(screen: EvidenceScreen, exhibit: str, reason: str) -> ReasonPage:
    screen.show_place(Place("evidence", exhibit=exhibit))
    click(screen.detail.withdraw)
    page = QApplication.activeModalWidget()
    assert isinstance(page, ReasonPage)
    type_into(page.box, reason)
    click(page.yes)
    return page


def test_a_withdrawn_exhibit_stays_in_the_grid_and_is_reinstated(
    screen: EvidenceScreen, desk: Desk, filled: dict[str, str]
) -> None:
    withdraw(screen, filled["text"], "The policy of 2019")
    assert numbers(screen) == ["E-001", "E-002", "E-003"]
    face = screen.grid.model.data(screen.grid.model.index(0), FACE)
    assert isinstance(face, Face)
    assert face.mark == "withdrawn"
    assert screen.foot_words == "2 exhibits, 1 withdrawn"
    detail = screen.detail
    assert "The policy of 2019" in detail.withdrawn._text.text()
    assert [card.remove.isEnabled() for card in detail.cards] == [False]
    assert not detail.cite.isEnabled()
    click(screen.grid.withdrawn)
    assert numbers(screen) == ["E-001"]
    click(detail.withdraw)
    assert [card.link for card in detail.cards] == [
        link.id for link in desk.record.links(exhibit=filled["text"])
    ]
    assert numbers(screen) == []
    click(screen.grid.withdrawn)
    assert numbers(screen) == ["E-001", "E-002", "E-003"]
    assert screen.grid.withdrawn.isHidden()


def test_without_a_reason_an_exhibit_is_not_withdrawn(
    screen: EvidenceScreen, desk: Desk, filled: dict[str, str]
) -> None:
    page = withdraw(screen, filled["text"], " ")
    assert page.isVisible()
    page.reject()
    assert len(desk.record.exhibits()) == 3
    withdraw(screen, filled["text"], "Twice")
    desk.undo()
    assert len(desk.record.exhibits()) == 3


def test_an_empty_visit_says_what_to_do(desk: Desk, show: Callable[[EvidenceScreen], EvidenceScreen]) -> None:
    screen = show(EvidenceScreen(desk))
    asked: list[bool] = []

    def ask(*_args: object, **_kw: object) -> tuple[Path, ...]:
        asked.append(True)
        return ()

    desk.asking.files = ask  # type: ignore[method-assign]
    buttons = [b for b in screen.findChildren(type(screen.grid.attach)) if b.text() == "Attach files"]
    for each in buttons:
        click(each)
    assert asked == [True, True]


def test_the_model_is_sound(screen: EvidenceScreen, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(screen.grid.model, force_py=True)  # type: ignore[no-untyped-call]
