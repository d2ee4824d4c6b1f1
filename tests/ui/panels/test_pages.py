from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from qsin_desktop.actions.evidence import Target, add_seen, attach
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.ui.panels.cite_page import CitePage
from qsin_desktop.ui.panels.preview_page import PreviewPage
from qsin_desktop.ui.panels.seen_page import SeenPage
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.ui.hands import click, press, type_into
from tests.ui.panels.conftest import CODE

D = TypeVar("D", bound=QDialog)


def opened_page(kind: type[D]) -> D:
    """The dialog that has just opened, once the keys reach it."""
    page = QApplication.activeModalWidget()
    assert isinstance(page, kind)
    page.activateWindow()
    QApplication.processEvents()
    return page


# ---- seen, not copied -------------------------------------------------------------------------------


def test_a_document_seen_is_recorded_and_cited(walk: WalkScreen) -> None:
    press("S")
    page = opened_page(SeenPage)
    assert page.boxes["seen_by"].text() == "Lena Lead"
    assert page.boxes["seen_on"].text() == "24 November 2026"
    type_into(page.boxes["title"], "Approval log")
    type_into(page.boxes["where"], "PACS office")
    type_into(page.showed, "Four approvals this year.")
    click(page.record_button)
    (exhibit,) = walk.desk.record.exhibits()
    assert exhibit.seen is not None
    assert (exhibit.title, exhibit.seen.where, exhibit.seen.showed) == (
        "Approval log",
        "PACS office",
        "Four approvals this year.",
    )
    assert len(walk.desk.record.links(criterion=CODE)) == 1
    assert walk.desk.messages.texts == ["E-001 is recorded as seen."]


def test_a_title_is_asked_for_beside_its_box(walk: WalkScreen) -> None:
    press("S")
    page = opened_page(SeenPage)
    click(page.record_button)
    assert page.isVisible()
    assert page.boxes["title"].hasFocus()
    assert "empty" in page.boxes["title"].accessibleDescription()
    assert walk.desk.record.exhibits() == ()


def test_what_was_typed_is_there_again_after_esc(walk: WalkScreen) -> None:
    press("S")
    page = opened_page(SeenPage)
    type_into(page.boxes["title"], "Approval log")
    press("Escape", page)
    walk.activateWindow()
    QApplication.processEvents()
    walk.take_focus()
    press("S")
    again = opened_page(SeenPage)
    assert again.boxes["title"].text() == "Approval log"


# ---- citing what is there ---------------------------------------------------------------------------


@pytest.fixture
def stocked(walk: WalkScreen) -> WalkScreen:
    """E-001 is cited here, E-002 and E-003 elsewhere."""
    for title, code in (("Policy", CODE), ("Asset register", "IN-301.c"), ("Policy review", "IN-301.c")):
        walk.desk.act(
            lambda title=title, code=code: add_seen(  # type: ignore[misc]
                walk.desk.visit, SeenDocument(title=title), [Target(criterion=code)]
            )
        )
    return walk


def shown(page: CitePage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def test_an_exhibit_is_found_by_words_and_cited_with_its_place(stocked: WalkScreen) -> None:
    press("C")
    page = opened_page(CitePage)
    type_into(page.search.edit, "review pol")
    assert shown(page) == ["E-003  Policy review"]
    type_into(page.locator, "p. 2")
    click(page.cite_button)
    links = stocked.desk.record.links(criterion=CODE)
    assert [(link.exhibit == stocked.desk.record.exhibits()[2].id, link.locator) for link in links] == [
        (False, ""),
        (True, "p. 2"),
    ]


def test_one_that_is_cited_here_cannot_be_chosen_again(stocked: WalkScreen) -> None:
    press("C")
    page = opened_page(CitePage)
    assert shown(page)[0] == "E-001  Policy  (cited here already)"
    assert page.list.currentIndex().row() == 1
    press("Up", page.search.edit)
    assert page.list.currentIndex().row() == 1
    press("Down", page.search.edit)
    assert page.list.currentIndex().row() == 2


def test_enter_in_the_search_cites_the_marked_one(stocked: WalkScreen) -> None:
    press("C")
    page = opened_page(CitePage)
    type_into(page.search.edit, "asset")
    press("Return", page.search.edit)
    assert len(stocked.desk.record.links(criterion=CODE)) == 2


def test_nothing_marked_is_told(stocked: WalkScreen) -> None:
    press("C")
    page = opened_page(CitePage)
    type_into(page.search.edit, "no such thing")
    click(page.cite_button)
    assert "No exhibit holds “no such thing”. Choose an exhibit" in page.locator.accessibleDescription()
    assert page.isVisible()


def test_an_empty_list_says_why_it_is_empty(stocked: WalkScreen) -> None:
    press("C")
    page = opened_page(CitePage)
    assert not page.empty.isVisible()
    type_into(page.search.edit, "no such thing")
    assert page.empty.isVisible()
    assert not page.list.isVisible()
    assert page.empty._title.words == "No exhibit holds “no such thing”"
    page.search.edit.clear()
    assert page.list.isVisible()


def test_a_visit_without_exhibits_says_so_where_one_is_to_be_cited(walk: WalkScreen) -> None:
    press("C")
    page = opened_page(CitePage)
    assert page.empty.isVisible()
    assert page.empty._title.words == "No exhibits in this visit yet"


# ---- previews ---------------------------------------------------------------------------------------


def test_a_document_that_was_seen_tells_what_it_showed(stocked: WalkScreen) -> None:
    link = stocked.desk.record.links(criterion=CODE)[0].id
    stocked.right.exhibits.preview(link)
    page = opened_page(PreviewPage)
    assert page.nothing.isVisible()
    assert not page.save_button.isVisible()
    assert not page.size_button.isVisible()


def test_a_kind_without_a_picture_can_be_saved(walk: WalkScreen, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words", encoding="utf-8")
    walk.desk.act(lambda: attach(walk.desk.visit, path, [Target(criterion=CODE)]))
    walk.right.exhibits.preview(walk.desk.record.links(criterion=CODE)[0].id)
    page = opened_page(PreviewPage)
    assert page.nothing.isVisible()
    assert page.save_button.isVisible()
