from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.findings import raise_finding, write_finding
from qsin_desktop.actions.reporting import DocumentKind, export
from qsin_desktop.actions.returning import Difference
from qsin_desktop.actions.sealing import seal
from qsin_desktop.domain.responses import Response
from qsin_desktop.store.backups import backups_of
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.places import FINDINGS, REPORT, RETURN, Place
from qsin_desktop.ui.screens import returned_model
from qsin_desktop.ui.screens.returned import ReturnScreen
from qsin_desktop.ui.screens.returned_model import ANSWER, NUMBER, TICK
from qsin_desktop.ui.type import TextSize
from tests.actions.answering import come_home, read_in, two_answers
from tests.founding import found_small_visit, opened
from tests.report.returned.returning import FIRST, Findings
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


def listed(screen: ReturnScreen) -> list[tuple[str, str]]:
    model = screen.page.differences.model
    return [
        (str(model.index(n, NUMBER).data()), str(model.index(n, NUMBER + 1).data()))
        for n in range(model.rowCount())
    ]


# ---- looking ----------------------------------------------------------------------------------------


def test_before_a_file_it_says_what_to_do_and_what_went_out(screen: ReturnScreen, desk: Desk) -> None:
    assert screen.start.isVisible()
    assert QApplication.focusWidget() is screen.start.drop
    assert not screen.start.refused.isVisible()


def test_the_file_is_chosen_by_key_and_shown_difference_by_difference(
    screen: ReturnScreen, desk: Desk, findings: list[str], back: Path, qtbot: QtBot
) -> None:
    desk.asking.file = lambda *_args, **_kw: back  # type: ignore[method-assign]
    before = desk.visit.store.entry_count()
    press("Ctrl+E")
    qtbot.waitUntil(screen.page.isVisible)
    assert listed(screen) == [("F-001", "Root cause"), ("F-001", "Planned date"), ("F-002", "Owner")]
    assert screen.page.apply.text() == "Read in 3 answers"
    assert QApplication.focusWidget() is screen.page.differences.view
    press("Down")
    assert "31 January 2027" in screen.page.differences.whole._after.words
    assert desk.visit.store.entry_count() == before


def test_read_in_by_keys_as_one_act_that_undo_takes_back(
    screen: ReturnScreen, desk: Desk, findings: list[str], back: Path, qtbot: QtBot
) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    look(screen, back, qtbot)
    kept = len(backups_of(desk.visit.folder))
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert len(backups_of(desk.visit.folder)) == kept + 1, "what was there before is kept"
    assert texts(desk, findings[0]) == {
        Response.ROOT_CAUSE: "Nobody was named",
        Response.PLANNED: "2027-01-31",
    }
    assert texts(desk, findings[1]) == {Response.OWNER: "R. Patel"}
    assert went == [Place(FINDINGS, finding=findings[0])]
    assert desk.messages.notices[-1].text == "Read in return 1: 3 answers to 2 findings."
    assert desk.messages.notices[-1].action == "Undo"
    desk.undo()
    assert texts(desk, findings[0]) == texts(desk, findings[1]) == {}


def test_what_is_unticked_stays_out_and_is_there_the_next_time(
    screen: ReturnScreen, desk: Desk, findings: list[str], back: Path, qtbot: QtBot
) -> None:
    look(screen, back, qtbot)
    press("Down")
    press("Space")
    assert screen.page.apply.text() == "Read in 2 answers"
    view = screen.page.differences.view
    click(view.viewport(), view.visualRect(view.model().index(2, TICK)).center())
    assert screen.page.apply.text() == "Read in 1 answer"
    click(screen.page.apply)
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert texts(desk, findings[0]) == {Response.ROOT_CAUSE: "Nobody was named"}
    look(screen, back, qtbot)
    assert listed(screen) == [("F-001", "Planned date"), ("F-002", "Owner")]
    assert "read in before" in screen.page._head._about.text()
    assert screen.page.notice.isVisible()


def test_all_or_none_of_what_is_listed(screen: ReturnScreen, back: Path, qtbot: QtBot) -> None:
    look(screen, back, qtbot)
    page = screen.page
    press("A")
    assert page.apply.text() == "Nothing chosen"
    assert not page.apply.isEnabled()
    press("Ctrl+Return")
    assert screen.read_now is not None
    type_into(page.differences.search.edit, "patel")
    assert listed(screen) == [("F-002", "Owner")]
    click(page.differences.all)
    assert page.differences.model.chosen[0].after == "R. Patel"
    assert page.apply.text() == "Read in 1 answer"


def test_an_answer_that_takes_the_place_of_another_is_found_by_its_filter(
    screen: ReturnScreen, desk: Desk, back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    read_in(desk.visit, back)

    def other(sheet: Findings) -> None:
        sheet[FIRST, Response.ROOT_CAUSE] = "No procedure"
        sheet[FIRST + 1, Response.EXTENT] = "All sites"
        sheet[FIRST + 1, Response.PLANNED] = "31/01/2027"

    look(screen, come_home(desk.visit, tmp_path / "second.xlsx", other), qtbot)
    assert len(listed(screen)) == 3
    click(screen.page.differences.over)
    assert listed(screen) == [("F-001", "Root cause")]
    click(screen.page.differences.over)
    click(screen.page.differences.remarked)
    assert listed(screen) == [("F-002", "Planned date")]


def test_cells_altered_elsewhere_and_remarks_are_told_and_not_taken(
    screen: ReturnScreen, desk: Desk, findings: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    def alter(sheet: Findings) -> None:
        sheet[FIRST, "Gap"] = "No gap at all"
        sheet[FIRST, Response.OWNER] = "=NOW()"
        sheet[FIRST + 2, Response.OWNER] = "Praise needs no owner"

    look(screen, come_home(desk.visit, tmp_path / "back.xlsx", alter), qtbot)
    page = screen.page
    click(button(page, "Altered elsewhere 1"))
    (row,) = page.altered.list.rows.rows
    assert row.head == "F-001, Gap"
    assert "No owner" in row.words
    assert "No gap at all" in row.words
    click(button(page, "To know 2"))
    formula, praise = (row.words for row in page.remarks.list.rows.rows)
    assert "not read" in formula
    assert "Owner: “Praise needs no owner”" in praise
    assert not page.apply.isEnabled()
    found = desk.record.finding(findings[0])
    assert found is not None
    assert found.gap == "No owner"


def test_on_half_a_screen_the_filters_are_whole(
    screen: ReturnScreen, desk: Desk, back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    read_in(desk.visit, back)

    def anew(sheet: Findings) -> None:
        sheet[FIRST, Response.ROOT_CAUSE] = "Somebody else was named"
        sheet[FIRST + 1, Response.PLANNED] = "3 April 2027"

    look(screen, come_home(desk.visit, tmp_path / "again.xlsx", anew), qtbot)
    screen.resize(885, 460)
    QApplication.processEvents()
    shown = screen.page.differences
    for chip in (shown.over, shown.remarked, shown.all):
        assert chip.isVisible()
        assert chip.width() >= chip.sizeHint().width()
        assert chip.geometry().right() < shown.whole.geometry().left()


def test_an_older_round_is_told_above_the_differences(
    screen: ReturnScreen, desk: Desk, back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    export(desk.visit, DocumentKind.WORKBOOK, tmp_path / "second.xlsx")
    look(screen, back, qtbot)
    assert screen.page.notice.isVisible()
    assert "round 2 has been sent since" in screen.page.notice._text.words


def test_where_no_difference_is_let_through_the_list_says_so(
    screen: ReturnScreen, back: Path, qtbot: QtBot
) -> None:
    look(screen, back, qtbot)
    shown = screen.page.differences
    assert not shown.nothing.isVisible()
    type_into(shown.search, "no such words")
    assert shown.nothing.isVisible()
    shown.search.set_text("")
    assert not shown.nothing.isVisible()


def test_what_changed_in_the_visit_meanwhile_is_compared_anew(
    screen: ReturnScreen, desk: Desk, findings: list[str], back: Path, qtbot: QtBot
) -> None:
    look(screen, back, qtbot)
    desk.act(lambda: write_finding(desk.visit, finding=findings[0], part="gap", text="Another gap"))
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert screen.page.remarks.list.rows.rows[0].words.startswith("F-001 has changed since")


# ---- evidence that came with it ---------------------------------------------------------------------


# ---- what cannot be read ----------------------------------------------------------------------------


def of_another_visit(tmp_path: Path) -> Path:
    other = found_small_visit(tmp_path / "Other.qsin")
    with opened(other) as visit:
        raise_three(visit)
        return come_home(visit, tmp_path / "other.xlsx", two_answers)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("answers.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "“answers.xls” was not read"),
        ("answers.ods", b"PK\x03\x04 no such archive", "“answers.ods” was not read"),
        ("answers.xlsx", b"Finding,Owner\nF-001,R. Patel\n", "“answers.xlsx” was not read"),
        ("empty.xlsx", b"", "the file is empty"),
    ],
)
def test_what_is_no_workbook_is_refused_in_place(
    screen: ReturnScreen, tmp_path: Path, qtbot: QtBot, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    look(screen, tmp_path / name, qtbot)
    assert screen.start.isVisible()
    assert said in screen.start.refused._text.words
    assert screen.start.refused._text.words.endswith("Nothing was changed.")
    assert screen.start.drop.isEnabled()


def test_another_visits_workbook_is_refused_in_place(
    screen: ReturnScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    look(screen, of_another_visit(tmp_path), qtbot)
    assert "belongs to another visit" in screen.start.refused._text.words


def test_reading_can_be_cancelled(screen: ReturnScreen, back: Path, qtbot: QtBot) -> None:
    screen.read(back)
    assert button(screen, "Cancel").hasFocus(), "by keys as well"
    press("Space")
    qtbot.waitUntil(lambda: not screen.desk.jobs.running)
    assert screen.read_now is None
    assert screen.start.drop.hasFocus()
    assert screen.start.isVisible()
    assert screen.start.drop.isEnabled()


def test_a_file_that_is_gone_is_told_and_nothing_is_read_in(
    screen: ReturnScreen, desk: Desk, back: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    sent = tmp_path / "sent"
    sent.mkdir()
    (sent / "F-001 policy.txt").write_text("words", encoding="utf-8")
    look(screen, back, qtbot)
    screen.take((sent,))
    qtbot.waitUntil(lambda: not desk.jobs.running)
    (sent / "F-001 policy.txt").unlink()
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert screen.page.refused.isVisible()
    assert screen.page.apply.text() == "Read in 3 answers and 1 file"
    assert desk.record.exhibits() == ()
    assert texts(desk, desk.record.findings()[0].id) == {}


# ---- who may, and how it is left --------------------------------------------------------------------


def test_a_sealed_visit_still_takes_the_networks_answers(
    screen: ReturnScreen, desk: Desk, findings: list[str], back: Path, qtbot: QtBot
) -> None:
    desk.act(lambda: seal(desk.visit, in_spite_of="Tried on a young visit"))
    look(screen, back, qtbot)
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert texts(desk, findings[1]) == {Response.OWNER: "R. Patel"}


def test_a_visit_that_is_only_read_shows_and_takes_nothing(
    desk: Desk,
    back: Path,
    visit_folder: Path,
    tmp_path: Path,
    show: Callable[[ReturnScreen], ReturnScreen],
    qtbot: QtBot,
) -> None:
    shutil.copytree(visit_folder, tmp_path / "copy" / visit_folder.name)
    shutil.copy(f"{visit_folder}.key", tmp_path / "copy" / f"{visit_folder.name}.key")
    with opened(tmp_path / "copy" / visit_folder.name, reading=True) as reading:
        reader = show(ReturnScreen(Desk(reading, desk.messages, desk.jobs)))
        look(reader, back, qtbot)
        assert len(listed(reader)) == 3
        assert not reader.page.apply.isEnabled()


def test_back_leads_to_the_report(screen: ReturnScreen, desk: Desk, back: Path, qtbot: QtBot) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    look(screen, back, qtbot)
    click(button(screen, "Back"))
    assert went == [Place(REPORT)]
    assert screen.read_now is None


def test_the_models_are_sound(
    screen: ReturnScreen, back: Path, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    look(screen, back, qtbot)
    qtmodeltester.check(screen.page.differences.model, force_py=True)  # type: ignore[no-untyped-call]


def test_many_thousand_differences_are_shown_at_once(screen: ReturnScreen, back: Path, qtbot: QtBot) -> None:
    """Rows are painted as they come into sight: none is made beforehand."""
    look(screen, back, qtbot)
    assert screen.read_now is not None
    one = screen.read_now.back.differences[0]
    many = tuple(Difference(f"{n}", f"F-{n:04d}", one.column, "", "x" * 200) for n in range(45_000))
    model = screen.page.differences.model
    asked: list[int] = []
    kept = returned_model.row_words

    def counted(difference: Difference, column: int) -> str:
        asked.append(column)
        return kept(difference, column)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(returned_model, "row_words", counted)
        screen.page.differences.show_differences(many)
        QApplication.processEvents()
    assert model.rowCount() == 45_000
    assert len(asked) < 5_000
    screen.page.differences.view.grab()


def test_a_dropped_workbook_is_looked_into(screen: ReturnScreen, back: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(back))])
    assert screen.start.drop.take(mime)
    qtbot.waitUntil(screen.page.isVisible)
    assert len(listed(screen)) == 3


def test_raised_after_the_sending_is_no_row_gone(
    screen: ReturnScreen, desk: Desk, back: Path, qtbot: QtBot
) -> None:
    desk.act(lambda: raise_finding(desk.visit, criteria=["IN-101.a"], grade="mandatory"))
    look(screen, back, qtbot)
    assert screen.page.remarks.list.rows.rows == []


def test_every_heading_of_an_answer_shows_whole(
    screen: ReturnScreen, desk: Desk, findings: list[str], back: Path, qtbot: QtBot
) -> None:
    look(screen, back, qtbot)
    view = screen.page.differences.view
    metrics = QFontMetrics(look_of().font(TextSize.BODY))
    room = view.columnWidth(ANSWER) - 2 * look_of().px(8)
    assert room >= max(metrics.horizontalAdvance(column.heading) for column in Response)
