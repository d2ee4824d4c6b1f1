"""Evidence that came with a return: chosen by its folder, ticked file by file, attached in the same act."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import RETURN, Place
from qsin_desktop.ui.screens.returned import ReturnScreen
from tests.actions.answering import come_home, two_answers
from tests.ui.hands import button, click, press, type_into
from tests.ui.screens.answering import look, raise_three, texts


@pytest.fixture
def findings(desk: Desk) -> list[str]:
    return raise_three(desk.visit)


@pytest.fixture
def screen(desk: Desk, findings: list[str], show: Callable[[ReturnScreen], ReturnScreen]) -> ReturnScreen:
    made = show(ReturnScreen(desk))
    made.show_place(Place(RETURN))
    return made


@pytest.fixture
def back(desk: Desk, findings: list[str], tmp_path: Path) -> Path:
    """Three answers to two findings."""
    return come_home(desk.visit, tmp_path / "findings.xlsx", two_answers)


def test_evidence_is_chosen_by_its_folder_and_attached_in_the_same_act(
    screen: ReturnScreen, desk: Desk, findings: list[str], back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    for name in ("F-001 policy.txt", "F-002 register.txt", "stray.txt"):
        (sent / name).write_text(f"seen: {name}", encoding="utf-8")
    starts: list[object] = []

    def chosen(*asked: object, **_more: object) -> Path:
        starts.append(asked[-1])
        return sent

    desk.asking.folder = chosen  # type: ignore[method-assign]
    look(screen, back, qtbot)
    click(button(screen.page, "Evidence 0"))
    click(button(screen.page, "Choose the folder"))
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert screen.page.apply.text() == "Read in 3 answers and 2 files"
    assert screen.page.evidence.isVisible()
    assert starts == [back.parent], "evidence lies beside the workbook, as a rule"
    files = screen.page.evidence.list
    assert files.hasFocus(), "the keys go on at the first file"
    press("Down", files)
    press("Space", files)
    assert screen.page.apply.text() == "Read in 3 answers and 1 file"
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(desk.record.exhibits()))
    assert [e.name for e in desk.record.exhibits()] == ["F-001 policy.txt"]
    assert len(desk.record.links(finding=findings[0])) == 1
    desk.undo()
    assert desk.record.exhibits() == ()
    assert texts(desk, findings[0]) == {}


def test_a_folder_without_files_is_refused_in_place(
    screen: ReturnScreen, back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "empty").mkdir()
    look(screen, back, qtbot)
    screen.take((tmp_path / "empty",))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)
    assert screen.page.isVisible()
    assert "no file in “empty”" in screen.page.refused._text.words
    assert screen.page.apply.isEnabled()


def test_an_archive_dropped_beside_the_preview_is_refused_and_the_preview_stays(
    screen: ReturnScreen, back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "F-001 policy.txt").write_text("seen", encoding="utf-8")
    archive = Path(shutil.make_archive(str(tmp_path / "evidence"), "zip", folder))
    look(screen, back, qtbot)
    screen.take((folder,))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)
    screen.page.differences.model.turn(0)
    screen.take((archive,))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)
    assert "“evidence.zip” was not read: it is an archive" in screen.page.refused._text.words
    assert "unpack it first" in screen.page.refused._text.words
    assert screen.page.apply.text() == "Read in 2 answers and 1 file"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder with two files, one of them named to look like another kind."""
    folder = tmp_path / "sent"
    folder.mkdir()
    for name in ("F-001 policy.txt", "F-002 \u202egpj.exe.txt"):
        (folder / name).write_text(f"seen: {name}", encoding="utf-8")
    return folder


def test_what_was_unticked_stays_so_when_evidence_is_added(
    screen: ReturnScreen, back: Path, sent: Path, qtbot: QtBot
) -> None:
    look(screen, back, qtbot)
    press("Down", screen.page.differences.view)
    press("Space", screen.page.differences.view)
    type_into(screen.page.differences.search, "r")
    chosen = screen.page.differences.model.chosen
    assert len(chosen) == 2
    screen.take((sent,))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)
    assert screen.page.apply.text() == "Read in 2 answers and 2 files"
    assert screen.page.differences.model.chosen == chosen
    assert screen.page.differences.search.text() == "r"
    files = screen.page.evidence.list.rows
    files.turn(0)
    screen.take((sent,))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)
    assert [file.numbers for file in files.chosen] == [("F-002",)]


def test_another_file_begins_with_all_ticked(
    screen: ReturnScreen, back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    look(screen, back, qtbot)
    screen.page.differences.model.tick_shown(on=False)
    other = shutil.copy(back, tmp_path / "other.xlsx")
    look(screen, Path(other), qtbot)
    assert screen.page.apply.text() == "Read in 3 answers"


def test_a_name_that_turns_reading_round_is_shown_as_it_is(
    screen: ReturnScreen, back: Path, sent: Path, qtbot: QtBot
) -> None:
    look(screen, back, qtbot)
    screen.take((sent,))
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)
    rows = screen.page.evidence.list.rows
    assert rows.data(rows.index(1)) == "F-002 □gpj.exe.txt, for F-002"


def test_some_chosen_looks_neither_like_all_nor_like_none(
    screen: ReturnScreen, back: Path, qtbot: QtBot
) -> None:
    def looks() -> bytes:
        image = screen.page.differences.all.grab().toImage().copy(0, 0, 22, 30)
        return bytes(image.constBits())

    look(screen, back, qtbot)
    model = screen.page.differences.model
    every = looks()
    model.tick_shown(on=False)
    none = looks()
    model.turn(0)
    some = looks()
    assert len({every, none, some}) == 3
