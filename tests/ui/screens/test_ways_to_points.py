"""Each kind of line in the closing gate leads to the very part of a screen where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.closing import PointKind
from qsin_desktop.domain.progress import Gap, missing_in_visit
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import FINDINGS, REPORT, TEAM, Place, place_of_missing, place_of_point
from qsin_desktop.ui.screens.findings import FindingsScreen
from qsin_desktop.ui.screens.report import ReportScreen
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.screens.team import TeamScreen
from tests.founding import PEER, copy_of, opened


def place_of(desk: Desk, kind: PointKind) -> Place:
    return next(place_of_point(point) for point in closing_points(desk.visit) if point.kind is kind)


def is_seen(part: QWidget, screen: Screen) -> bool:
    top = part.mapTo(screen, part.rect().topLeft()).y()
    return 0 <= top < screen.height() and not part.visibleRegion().isEmpty()


def test_the_recommendation_is_brought_into_view(
    desk: Desk, show: Callable[[ReportScreen], ReportScreen], qtbot: QtBot
) -> None:
    screen = show(ReportScreen(desk))
    screen.resize(1200, 420)
    choice = screen.words.choices[""]
    assert not is_seen(choice, screen)
    place = place_of(desk, PointKind.CONCLUSION)
    assert place.screen == REPORT
    screen.show_place(place)
    assert QApplication.focusWidget() is choice
    qtbot.waitUntil(lambda: is_seen(choice, screen))
    missing = [part for part in missing_in_visit(desk.record) if part.gap is Gap.CONCLUSION]
    assert {place_of_missing(part) for part in missing} == {place}


def test_a_finding_without_evidence_leads_to_its_exhibits(
    desk: Desk, show: Callable[[FindingsScreen], FindingsScreen], qtbot: QtBot
) -> None:
    screen = show(FindingsScreen(desk))
    screen.resize(1200, 420)
    desk.act(lambda: raise_finding(desk.visit, criteria=["IN-301.b"], grade="mandatory"))
    place = place_of(desk, PointKind.EVIDENCE)
    assert place.screen == FINDINGS
    screen.show_place(place)
    cite = screen.detail.exhibits.cite
    assert QApplication.focusWidget() is cite
    qtbot.waitUntil(lambda: is_seen(cite, screen))


def test_a_laptop_that_waits_leads_to_its_words_and_who_is_out_to_the_members(
    desk: Desk, tmp_path: Path, show: Callable[[TeamScreen], TeamScreen], qtbot: QtBot
) -> None:
    with opened(copy_of(desk.visit.folder.path, tmp_path / "peer"), PEER) as colleague:
        rate(colleague, criterion="IN-101.a", rating="met")
        desk.act(lambda: take_from(desk.visit, colleague))
    screen = show(TeamScreen(desk))
    screen.resize(1200, 420)
    place = place_of(desk, PointKind.WAITING)
    assert place.screen == TEAM
    screen.setFocus()  # as the window does
    screen.show_place(place)
    (box,) = screen.waiting.boxes.values()
    qtbot.waitUntil(lambda: is_seen(box, screen))
    assert QApplication.focusWidget() is not box.confirm, "Enter would confirm unread words"
    screen.resize(700, 300)  # the two halves stand one under the other
    qtbot.waitUntil(lambda: not is_seen(screen.members, screen))
    screen.show_place(place_of(desk, PointKind.NOT_IN))
    qtbot.waitUntil(lambda: not screen.members.visibleRegion().isEmpty())
