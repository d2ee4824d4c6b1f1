from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import openpyxl
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.reporting import DocumentKind, report_version
from qsin_desktop.actions.responding import answer_response
from qsin_desktop.actions.sealing import seal
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.closing import PointKind
from qsin_desktop.domain.responses import Verdict
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.dialogs.point_reasons import PointReasons
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.report import ReportScreen
from qsin_desktop.ui.screens.report_closing import seen_words
from qsin_desktop.ui.screens.report_preview import ReportPreview
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.label import Label
from tests.founding import PEER, copy_of, opened
from tests.ui.hands import button, click, press, type_into, visible


@pytest.fixture
def screen(desk: Desk, show: Callable[[ReportScreen], ReportScreen]) -> ReportScreen:
    return show(ReportScreen(desk))


def dialog() -> Page:
    page = QApplication.activeModalWidget()
    assert isinstance(page, Page)
    return page


def sealed(desk: Desk) -> bool:
    return desk.record.seal is not None


# ---- where it stands and what is missing ----------------------------------------------------------


def test_the_map_leads_to_the_walk(screen: ReportScreen, desk: Desk) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    site = desk.record.sites[1].id
    screen.map.map.setFocus()
    screen.map.map.set_current("IN-301", site)
    press("Return", screen.map.map)
    (place,) = went
    assert (place.screen, place.site) == ("walk", site)
    assert place.criterion.startswith("IN-301.")


def test_the_other_stage_has_a_map_of_its_own(screen: ReportScreen, desk: Desk) -> None:
    click(button(screen.map, "Documents"))
    assert screen.map.chosen_stage.value == "documents"


def test_what_is_missing_opens_and_leads_there(screen: ReportScreen, desk: Desk) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    rows = screen.missing.list.rows
    at = next(n for n, row in enumerate(rows.rows) if row.kind == PointKind.RATING)
    screen.missing.list.setFocus()
    screen.missing.list.setCurrentIndex(rows.index(at))
    press("Return", screen.missing.list)
    assert rows.rows[at + 1].words.startswith("IN-101 ")
    press("Down", screen.missing.list)
    press("Return", screen.missing.list)
    assert (went[0].screen, went[0].criterion) == ("walk", "IN-101.a")
    press("Up", screen.missing.list)
    press("Space", screen.missing.list)
    assert rows.rows[at + 1].is_group


def test_a_change_is_counted_a_moment_later(screen: ReportScreen, desk: Desk, qtbot: QtBot) -> None:
    def ratings() -> int:
        rows = screen.missing.list.rows.rows
        return next(int(row.detail.replace(",", "")) for row in rows if row.kind == PointKind.RATING)

    before = ratings()
    for site in desk.record.sites:
        desk.act(lambda site=site: rate(desk.visit, criterion="IN-101.a", rating="met", site=site.id))  # type: ignore[misc]
    qtbot.waitUntil(lambda: ratings() < before)


def test_nothing_is_counted_while_the_screen_is_hidden(
    screen: ReportScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.hide()
    desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="met"))
    assert not screen.soon.isActive()
    assert screen.stale
    screen.show()
    assert not screen.stale


def test_the_model_is_sound(screen: ReportScreen, qtmodeltester: ModelTester) -> None:
    screen.missing.list.rows.turn(PointKind.RATING)
    qtmodeltester.check(screen.missing.list.rows, force_py=True)  # type: ignore[no-untyped-call]


# ---- the words at the end -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["summary", "conclusion", "recommendation_words"])
def test_words_are_saved_as_typed(screen: ReportScreen, desk: Desk, name: str) -> None:
    type_into(screen.words.boxes[name], "Well led.")
    screen.flush()
    assert getattr(desk.record.facts, name) == "Well led."


def test_a_recommendation_is_chosen_and_undone(screen: ReportScreen, desk: Desk) -> None:
    choice = screen.words.choices["defer"]
    choice.setFocus()
    press("Space", choice)
    assert desk.record.facts.recommendation == "defer"
    desk.undo()
    assert screen.words.choices[""].isChecked()


def test_what_stands_in_the_way_is_said_until_it_is_closed(
    screen: ReportScreen, desk: Desk, qtbot: QtBot
) -> None:
    def said() -> str:
        return " ".join(label.text() for label in visible(screen.words, Label))

    def act(do: Callable[[], Change]) -> str:
        change = desk.act(do)
        assert change is not None
        return change.entity

    assert "only when" not in said()
    raised = [
        act(lambda: raise_finding(desk.visit, criteria=["IN-301.b"], grade="mandatory")) for _ in range(2)
    ]
    qtbot.waitUntil(lambda: "only when they are closed" in said())
    for finding, left in zip(raised, ("only when it is closed", ""), strict=True):
        act(lambda f=finding: answer_response(desk.visit, finding=f, verdict=Verdict.CLOSE, words="Seen."))  # type: ignore[misc]
        qtbot.waitUntil(lambda left=left: left in said() and (bool(left) or "only when" not in said()))  # type: ignore[misc]


# ---- handing over ---------------------------------------------------------------------------------


def test_the_report_is_exported_and_recorded(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "Report.pdf"
    desk.asking.save_as = lambda *_args, **_kw: out  # type: ignore[method-assign]
    press("Ctrl+E", screen)
    qtbot.waitUntil(lambda: report_version(desk.visit) == 2, timeout=30_000)
    assert out.read_bytes().startswith(b"%PDF-")
    notice = desk.messages.notices[-1]
    assert notice.text.startswith("“Report.pdf” is made, with ")
    assert notice.action == "Open the folder"
    assert screen.hand_over.report.isEnabled()
    made = screen.hand_over.made
    assert made.isVisible()
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    click(made.open)
    click(made.show_folder)
    assert shown == [str(out), str(tmp_path)]


def test_each_workbook_is_a_round_of_its_own(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in (1, 2):
        screen.hand_over.export_to(DocumentKind.WORKBOOK, tmp_path / f"Findings {number}.xlsx")
        qtbot.waitUntil(lambda number=number: len(desk.record.rounds) == number, timeout=30_000)  # type: ignore[misc]
    assert screen.hand_over.made._about.text() == "Round 2, 0 findings"
    qtbot.waitUntil(lambda: "Round 2" in [label.text() for label in visible(screen.rounds, Label)])


def test_what_is_previewed_is_what_is_exported(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = desk.visit.clock()
    monkeypatch.setattr(desk.visit, "clock", lambda: at)
    shown: list[bytes] = []
    kept = ReportPreview.show_pdf

    def show_pdf(page: ReportPreview, content: BinaryIO) -> None:
        shown.append(content.read())
        kept(page, content)

    monkeypatch.setattr(ReportPreview, "show_pdf", show_pdf)
    screen.make_preview()
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    screen.hand_over.export_to(DocumentKind.REPORT, tmp_path / "Report.pdf")
    qtbot.waitUntil(lambda: report_version(desk.visit) == 2, timeout=30_000)
    assert (tmp_path / "Report.pdf").read_bytes() == shown[0]


def test_a_preview_says_that_the_visit_has_changed_since_and_is_drawn_anew(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    screen.make_preview()
    qtbot.waitUntil(lambda: screen.preview is not None and screen.preview.isVisible(), timeout=30_000)
    assert screen.preview is not None
    preview, view = screen.preview, screen.preview.view
    assert not preview.again.isVisible()
    screen.hand_over.export_to(DocumentKind.REPORT, tmp_path / "Report.pdf")
    qtbot.waitUntil(lambda: report_version(desk.visit) == 2, timeout=30_000)
    assert not preview.again.isVisible()  # what it shows is what was handed over
    view.go_to(3)
    view.enlarge(-1)
    page, zoom = view.page, view.zoom
    desk.act(lambda: rate(desk.visit, criterion="IN-703.a", rating="met"), None)
    assert preview.again.isVisible()
    click(preview.again)
    qtbot.waitUntil(lambda: not preview.again.isVisible(), timeout=30_000)
    assert (view.page, view.zoom) == (page, zoom)
    press("Escape", view)


def test_an_export_from_the_preview_is_seen_and_cancelled_there(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    screen.make_preview()
    qtbot.waitUntil(lambda: screen.preview is not None and screen.preview.isVisible(), timeout=30_000)
    assert screen.preview is not None
    screen.hand_over.export_to(DocumentKind.REPORT, tmp_path / "Report.pdf")
    cancel = button(screen.preview, "Cancel")
    assert screen.preview._under_way.isVisible()
    press("Escape", screen.preview.view)
    assert button(screen.hand_over, "Cancel") is cancel  # it goes on where it belongs
    assert screen.preview._under_way.isHidden()
    click(cancel)
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=30_000)
    assert not (tmp_path / "Report.pdf").exists()


def test_the_workbook_is_exported(screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    screen.hand_over.export_to(DocumentKind.WORKBOOK, tmp_path / "Findings.xlsx")
    qtbot.waitUntil(lambda: bool(desk.messages.notices), timeout=30_000)
    assert openpyxl.load_workbook(tmp_path / "Findings.xlsx").sheetnames


def test_a_place_that_cannot_be_written_is_one_sentence(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    screen.hand_over.export_to(DocumentKind.REPORT, tmp_path / "gone" / "Report.pdf")
    qtbot.waitUntil(lambda: bool(desk.messages.notices), timeout=30_000)
    assert report_version(desk.visit) == 1
    assert screen.hand_over.preview.isEnabled()


def test_how_far_an_export_is_comes_into_view(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    screen.window().resize(1100, 420)
    bar = screen._page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(0)
    screen.hand_over.export_to(DocumentKind.REPORT, tmp_path / "Report.pdf")
    cancel = button(screen.hand_over, "Cancel")
    port = screen._page.viewport()
    qtbot.waitUntil(lambda: port.rect().contains(cancel.mapTo(port, cancel.rect().center())))
    click(cancel)
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=30_000)


def test_an_export_can_be_cancelled_and_leaves_nothing(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    job = screen.hand_over.export_to(DocumentKind.REPORT, tmp_path / "Report.pdf")
    assert job is not None
    assert not screen.hand_over.report.isEnabled()
    click(button(screen.hand_over, "Cancel"))
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=30_000)
    assert list(tmp_path.glob("*.pdf*")) == []
    assert screen.hand_over.report.isEnabled()
    assert report_version(desk.visit) == 1


def test_the_preview_shows_the_report_and_leaves_no_copy(
    screen: ReportScreen, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    press("P", screen)
    qtbot.waitUntil(lambda: screen.preview is not None and screen.preview.view.count > 0, timeout=30_000)
    assert screen.preview is not None
    assert screen.preview.isVisible()
    assert screen.preview.page_words == f"Page 1 of {screen.preview.view.count}"
    assert report_version(desk.visit) == 1
    assert list(tmp_path.glob("qsin-*")) == []
    press("Escape", screen.preview)
    assert screen.map.isVisible()
    assert screen.preview.view.count == 0


def test_single_points_get_a_reason_of_their_own(screen: ReportScreen, desk: Desk) -> None:
    box = screen.missing.sealing
    click(box.each)
    page = dialog()
    assert isinstance(page, PointReasons)
    many = len(page.model.points)
    page.table.selectRow(1)
    type_into(page.box, "Closed for works")
    click(page.give)
    assert page.model.data(page.model.index(1, 1)) == "Closed for works"
    press("Escape", page)
    assert box.each.text() == f"1 of {many:,} points with a reason of its own…"
    click(box.seal)
    assert "Without a reason still" in box.field.refused
    click(box.each)
    page = dialog()
    assert isinstance(page, PointReasons)
    click(page.all)
    assert len(page.chosen) == many - 1
    type_into(page.box, "Only one day")
    click(button(page, "Done"))
    click(box.seal)
    made = desk.record.seal
    assert made is not None
    assert len(made.reasons) == many
    assert dict(made.reasons)[page.model.points[1]] == "Closed for works"
    assert made.reason == ""
    assert "Closed for works" in seen_words(desk, made)


def test_a_visit_is_sealed_in_spite_of_open_points_and_reopened_with_a_reason(
    screen: ReportScreen, desk: Desk
) -> None:
    box = screen.missing.sealing
    click(box.seal)
    assert "not complete" in box.field.refused
    type_into(box.reason, "Only the first day is judged")
    click(box.seal)
    assert sealed(desk)
    assert desk.record.seal is not None
    assert desk.record.seal.reason == "Only the first day is judged"
    assert screen.words.boxes["summary"].isReadOnly()
    screen.missing.refresh()
    click(button(box, "Reopen the visit…"))
    click(box.really)
    assert "empty" in box.field.refused
    type_into(box.reason, "A finding was missing")
    click(box.really)
    assert not sealed(desk)
    assert not screen.words.boxes["summary"].isReadOnly()


def test_only_the_lead_may_seal(
    theme: Theme,
    founded: Path,
    tmp_path: Path,
    messages: Messages,
    jobs: Jobs,
    show: Callable[[ReportScreen], ReportScreen],
) -> None:
    with opened(copy_of(founded, tmp_path / "peer"), PEER) as visit:
        screen = show(ReportScreen(Desk(visit, messages, jobs)))
        assert not screen.missing.sealing.seal.isVisible()
        assert screen.missing.sealing.words.words == "Only the lead assessor can seal the visit: Lena Lead."


def test_a_visit_opened_for_reading_can_still_be_drawn(
    theme: Theme,
    founded: Path,
    tmp_path: Path,
    messages: Messages,
    jobs: Jobs,
    show: Callable[[ReportScreen], ReportScreen],
    qtbot: QtBot,
) -> None:
    with opened(copy_of(founded, tmp_path / "read"), reading=True) as visit:
        screen = show(ReportScreen(Desk(visit, messages, jobs)))
        screen.hand_over.export_to(DocumentKind.REPORT, tmp_path / "Report.pdf")
        qtbot.waitUntil(lambda: bool(messages.notices), timeout=30_000)
        assert (tmp_path / "Report.pdf").exists()
        assert "is made" in messages.texts[0]
        assert report_version(visit) == 1


def test_a_final_report_is_told_apart(screen: ReportScreen, desk: Desk, qtbot: QtBot) -> None:
    assert screen.hand_over.state == "DRAFT 1"
    desk.act(lambda: seal(desk.visit, in_spite_of="Tried on a young visit"))
    qtbot.waitUntil(lambda: screen.hand_over.state == "FINAL")
