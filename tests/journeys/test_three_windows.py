"""Three windows, three visit folders, one stick: in the end every screen shows the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import Target, add_seen, withdraw_exhibit
from qsin_desktop.actions.findings import raise_finding, write_finding
from qsin_desktop.actions.identifying import keep_identity
from qsin_desktop.actions.notes import add_note, take_back_note
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.team_state import team_state
from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.ui import team_folder
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.screens.evidence import EvidenceScreen
from qsin_desktop.ui.screens.findings import FindingsScreen
from qsin_desktop.ui.screens.report import ReportScreen
from qsin_desktop.ui.screens.team import TeamScreen
from qsin_desktop.ui.screens.team_settling import RatingSettling
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.founding import copy_of, key_file_of
from tests.sync.team import TEAM, found_team
from tests.ui.hands import button, click, press, type_into


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "Team stick"
    path.mkdir()
    return path


@pytest.fixture
def windows(
    theme: Theme, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[MainWindow]]:
    """The pauses of the quiet exchange are for people; here nobody waits for them."""
    monkeypatch.setattr(team_folder, "AFTER_NEWS", 20)
    monkeypatch.setattr(team_folder, "AFTER_WORK", 20)
    monkeypatch.setattr(team_folder, "EVERY", 500)
    founded = found_team(tmp_path / "founded")
    with ExitStack() as stack:
        yield [_window(stack, theme, founded, tmp_path / f"laptop-{n}", n, qtbot) for n in range(3)]


def _window(
    stack: ExitStack, theme: Theme, founded: Path, place: Path, number: int, qtbot: QtBot
) -> MainWindow:
    keep_identity(TEAM[number], place / "home")
    folder = copy_of(founded, place)
    workplace = Workplace(place / "home", theme)
    window = MainWindow(workplace, folder, key_file_of(folder))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    stack.callback(workplace.jobs.stop_all)
    stack.callback(window._put_visit_away)
    return window


def desk_of(window: MainWindow) -> Desk:
    assert window.frame is not None
    return window.frame.desk


def at(window: MainWindow, keys: str, qtbot: QtBot) -> object:
    """The screen that a person gets to with these keys."""
    with qtbot.waitActive(window):
        window.activateWindow()
    assert window.frame is not None
    press(keys, window.frame.screen)
    return window.frame.screen


def at_rest(windows: list[MainWindow], qtbot: QtBot) -> None:
    """Until every laptop has told the stick all, and knows all of it."""

    def same() -> bool:
        tips = [{d: t.seq for d, t in desk_of(w).visit.store.tips.items()} for w in windows]
        quiet = all(desk_of(w).team_folder.state.fault == "" for w in windows)
        return quiet and tips[0] == tips[1] == tips[2]

    qtbot.waitUntil(same, timeout=60_000)


def test_three_windows_show_the_same_after_a_ragged_day(
    windows: list[MainWindow], stick: Path, qtbot: QtBot
) -> None:
    lead, peer, _ = windows
    desks = [desk_of(window) for window in windows]

    # Apart: two rate one criterion differently, one raises a finding, nobody knows of the others.
    walk = at(peer, "Ctrl+2", qtbot)
    assert isinstance(walk, WalkScreen)
    desks[0].act(lambda: rate(desks[0].visit, criterion="IN-202.a", rating="met", reason="Lists seen"))
    desks[1].act(
        lambda: rate(desks[1].visit, criterion="IN-202.a", rating="partly-met", reason="Two had no list")
    )
    desks[2].act(
        lambda: raise_finding(desks[2].visit, criteria=["IN-301.a"], grade="mandatory", gap="No register")
    )

    # One after another they choose the stick; from then on nobody asks for anything.
    for window in windows:
        desk_of(window).team_folder.choose(stick)
    at_rest(windows, qtbot)
    for window in windows:
        team = at(window, "Ctrl+5", qtbot)
        assert isinstance(team, TeamScreen)
        assert len(team.cards) == 1
        assert team.foot_words == "1 disagreement to settle"

    # The lead settles it; the finding is written on by another laptop at the same time.
    team = at(lead, "Ctrl+5", qtbot)
    assert isinstance(team, TeamScreen)
    (card,) = team.cards.values()
    settling = card.settling
    assert isinstance(settling, RatingSettling)
    click(button(settling, "Partly met"))
    type_into(settling.reason, "The lists of two sites are missing")
    click(settling.button)
    seen = add_seen(desks[2].visit, SeenDocument(title="Rota"), [Target(criterion="IN-301.a")]).entity
    note = add_note(desks[1].visit, criterion="IN-301.a", kind=NoteKind.SAMPLE, text="Two of nine").entity
    desks[2].act(lambda: withdraw_exhibit(desks[2].visit, exhibit=seen, reason="Of last year"))
    desks[1].act(lambda: take_back_note(desks[1].visit, note=note))
    number = desks[1].record.findings()[0]
    desks[1].act(
        lambda: write_finding(desks[1].visit, finding=number.id, part="requirement", text="Records are kept")
    )
    at_rest(windows, qtbot)

    # The same on every screen.
    qtbot.waitUntil(lambda: _same_on_all(windows, qtbot), timeout=60_000)
    assert all(not desk.record.conflicts for desk in desks)
    for window, desk in zip(windows, desks, strict=True):
        evidence = at(window, "Ctrl+3", qtbot)
        assert isinstance(evidence, EvidenceScreen)
        assert evidence.foot_words == "0 exhibits, 1 withdrawn"
        assert [n.text for n in desk.record.notes(withdrawn=True) if n.withdrawal] == ["Two of nine"]
    qtbot.waitUntil(
        lambda: (
            len({desk.visit.store.view_digest() for desk in desks}) == 1
        ),  # what each has seen goes round too
        timeout=60_000,
    )
    assert all(not desk.messages.texts or "Settled" in desk.messages.texts[-1] for desk in desks)


def _same_on_all(windows: list[MainWindow], qtbot: QtBot) -> bool:
    shown = [_shown(window, qtbot) for window in windows]
    return shown[0] == shown[1] == shown[2]


def _shown(window: MainWindow, qtbot: QtBot) -> tuple[object, ...]:
    """What a person reads on Walk, Findings, Team and Report."""
    desk = desk_of(window)
    team = at(window, "Ctrl+5", qtbot)
    assert isinstance(team, TeamScreen)
    findings = at(window, "Ctrl+4", qtbot)
    assert isinstance(findings, FindingsScreen)
    report = at(window, "Ctrl+6", qtbot)
    assert isinstance(report, ReportScreen)
    rows = [(row.kind, row.words, row.detail) for row in report.missing.list.rows.rows]
    return (
        len(team.cards),
        team.nothing.isHidden(),
        [(p.name, p.role, p.exhibits, p.entries) for p in team_state(desk.visit).people],
        [(e.number, e.title, e.withdrawal) for e in desk.record.exhibits(withdrawn=True)],
        desk.record.notes(withdrawn=True),
        rows,
        desk.record.ratings,
        desk.record.findings(),
        desk.record.people,
    )
