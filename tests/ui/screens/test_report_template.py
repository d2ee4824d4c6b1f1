"""The template card: a folder is taken over or its errors are listed, and the preview is the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.reporting import DocumentKind, draw, take_snapshot
from qsin_desktop.actions.templates import template_of
from qsin_desktop.domain.templates import PLAIN
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.screens.report import ReportScreen
from qsin_desktop.ui.screens.report_template import TemplateCard
from tests.report.pdf_reading import page_texts
from tests.ui.hands import click


class Folder(Asking):
    """Answers with this folder whatever is asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def folder(self, *_: object, **__: object) -> Path:
        return self._folder


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    folder.mkdir()
    (folder / "template.yaml").write_text("body: Our Body\ntexts: {closing: Appeals}\n", encoding="utf-8")
    return folder


@pytest.fixture
def card(desk: Desk, ours: Path, show: Callable[[TemplateCard], TemplateCard]) -> TemplateCard:
    desk.asking = Folder(ours)
    return show(TemplateCard(desk, None))  # type: ignore[arg-type]


def test_a_folder_is_taken_over_and_taken_off_again(card: TemplateCard, desk: Desk) -> None:
    assert not card.drop.isVisible()
    click(card.choose)
    assert card.name.text() == "Our Body"
    assert "1 fixed text." in card.about.text()
    assert template_of(desk.record).body == "Our Body"
    click(card.drop)
    assert template_of(desk.record) is PLAIN
    assert not card.name.isVisible()
    desk.undo()
    card.refresh()
    assert card.name.text() == "Our Body"


def test_errors_are_listed_with_their_lines(card: TemplateCard, desk: Desk, ours: Path) -> None:
    (ours / "template.yaml").write_text("body: B\ncolour: 1\nlogo: no.png\n", encoding="utf-8")
    click(card.choose)
    assert "“ours” cannot be used; nothing was changed." in card.errors.text()
    assert "line 2: " in card.errors.text()
    assert "line 3: The logo “no.png” is a file that is not there" in card.errors.text()
    assert template_of(desk.record) is PLAIN
    (ours / "template.yaml").write_text("body: Mended\n", encoding="utf-8")
    click(card.choose)
    assert not card.errors.isVisible()
    assert card.name.text() == "Mended"


def test_an_example_to_begin_with_can_be_chosen(
    card: TemplateCard, desk: Desk, ours: Path, messages: Messages
) -> None:
    click(card.example)
    assert (ours / "report-template" / "template.yaml").is_file()
    click(card.example)
    assert "was not replaced" in messages.texts[-1]
    card.take(ours / "report-template")
    assert card.name.text() == "Name of your body"


def test_the_preview_shows_the_very_file(
    desk: Desk, ours: Path, show: Callable[[ReportScreen], ReportScreen], tmp_path: Path, qtbot: QtBot
) -> None:
    screen = show(ReportScreen(desk))
    screen.template.take(ours)
    seen: list[list[str]] = []

    def keep(pages: BinaryIO) -> None:
        with pages:
            (tmp_path / "preview.pdf").write_bytes(pages.read())
        seen.append(page_texts(tmp_path / "preview.pdf"))

    screen.hand_over.draw_pages(keep)
    qtbot.waitUntil(lambda: bool(seen))
    draw(take_snapshot(desk.visit), DocumentKind.REPORT, tmp_path / "file.pdf")
    assert seen[0] == page_texts(tmp_path / "file.pdf")
    assert "Our Body" in seen[0][0]
