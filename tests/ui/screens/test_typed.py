from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.planning import set_facts
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.faults import DiskFull
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.screens.typed import IdleLine, Typed
from qsin_desktop.ui.widgets.growing_text_edit import GrowingTextEdit
from tests.ui.hands import press, type_into


class Page(QWidget):
    def __init__(self, desk: Desk, box: GrowingTextEdit | IdleLine) -> None:
        super().__init__()
        self.box, self.button = box, QPushButton("Elsewhere")
        self.field = Field("Scope", box)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.refusal: Refusal | None = None
        self.written: list[str] = []
        self.typed = Typed(desk, box, self.field, lambda: desk.record.facts.scope, self._write)
        self._desk = desk

    def _write(self, text: str) -> Change:
        if self.refusal is not None:
            raise self.refusal
        self.written.append(text)
        return set_facts(self._desk.visit, {"scope": text}, typing=True)


@pytest.fixture(params=["line", "text"])
def page(request: pytest.FixtureRequest, desk: Desk, show: Callable[[Page], Page]) -> Page:
    box = IdleLine("Scope") if request.param == "line" else GrowingTextEdit("Scope")
    return show(Page(desk, box))


def test_words_are_recorded_a_moment_after_the_last_key(page: Page, desk: Desk, qtbot: QtBot) -> None:
    press("Ctrl+A", page.box)
    type_into(page.box, "CT only")
    assert page.written == []
    qtbot.waitUntil(lambda: desk.record.facts.scope == "CT only", timeout=20_000)
    assert set(page.written) == {"CT only"}, "kept while typing, then recorded"


def test_words_are_recorded_on_leaving_and_on_flush(page: Page, desk: Desk) -> None:
    press("Ctrl+A", page.box)
    type_into(page.box, "CT")
    page.button.setFocus()
    assert desk.record.facts.scope == "CT"
    type_into(page.box, " and MR")
    page.typed.flush()
    assert desk.record.facts.scope.replace(" ", "") in ("CTandMR", "andMRCT")


def test_a_stretch_of_typing_is_one_act_to_undo(page: Page, desk: Desk) -> None:
    before = desk.record.facts.scope
    for words in ("C", "T", "!"):
        type_into(page.box, words)
        page.typed.flush()
    desk.undo()
    assert desk.record.facts.scope == before


def test_the_record_is_shown_but_never_over_what_is_being_typed(page: Page, desk: Desk) -> None:
    page.button.setFocus()
    set_facts(desk.visit, {"scope": "By a colleague"})
    page.typed.refresh()
    assert page.box.text() == "By a colleague"
    type_into(page.box, "X")
    set_facts(desk.visit, {"scope": "Another time"})
    page.typed.refresh()
    assert "X" in page.box.text()


def test_a_refusal_is_said_beside_the_box_and_the_words_stay(page: Page, desk: Desk) -> None:
    page.refusal = Refusal("That cannot be.")
    type_into(page.box, "X")
    page.typed.flush()
    assert page.field.refused == "That cannot be."
    page.typed.refresh()
    assert "X" in page.box.text()
    page.refusal = None
    type_into(page.box, "Y")
    page.typed.flush()
    assert page.field.refused == ""
    assert "Y" in desk.record.facts.scope


def test_words_that_a_full_disk_refused_are_tried_again(page: Page, desk: Desk) -> None:
    told: list[str] = []
    desk.unsaved.connect(told.append)
    page.refusal = DiskFull("The disk is full.")
    type_into(page.box, "X")
    page.typed.flush()
    assert set(told) == {"The disk is full."}
    page.refusal = None
    page.typed.flush()
    assert "X" in desk.record.facts.scope


def test_another_subject_replaces_what_stood_in_the_box(page: Page, desk: Desk) -> None:
    type_into(page.box, "X")
    page.typed.show_other()
    assert page.box.text() == desk.record.facts.scope


def test_a_box_that_may_only_be_read_takes_no_typing(page: Page) -> None:
    page.typed.set_writable(False)
    before = page.box.text()
    type_into(page.box, "X")
    assert page.box.text() == before
