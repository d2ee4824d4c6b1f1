"""A day of work full of markers, in the real program: commands, then the window, closed or killed.

python -m tests.faults.marked_day commands PLAN.json
python -m tests.faults.marked_day window PLAN.json       says “seen” when all was looked at
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from qsin_desktop.actions import evidence, notes
from qsin_desktop.actions.checking import back_up
from qsin_desktop.actions.exchanging import exchange_with
from qsin_desktop.actions.undo import History
from qsin_desktop.app import open_window
from qsin_desktop.cli import run
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.places import SCREENS, Place

_CRITERION = "IN-301.a"


def work_by_commands(plan: dict[str, Any]) -> None:
    """Found, judge, attach, cite, search, hand over, export, check: each refusal ends the day."""
    mark, visit, files = plan["words"], plan["visit"], plan["files"]
    opened = ["--home", plan["home"], "--key-file", plan["key_file"]]
    new = ["new", visit, "--network", mark["network"], "--pack", "qsin-outline", "--assessor", "A. Person"]
    new += ["--site", mark["site"], "--member", f"{mark['person']}:peer", "--scope", mark["scope"]]
    cited = ["--to", _CRITERION, "--caption", mark["caption"], "--locator", mark["place"]]
    raised = ["--to", _CRITERION, "--grade", "mandatory", "--requirement", mark["requirement"]]
    raised += ["--evidence", mark["evidence"], "--gap", mark["gap"]]
    commands: list[list[str]] = [
        new,
        ["rate", visit, _CRITERION, "not-met", "--reason", mark["reason"]],
        ["note", visit, _CRITERION, "--kind", "interview", mark["note"], "--heard", mark["heard"]],
        ["flag", visit, _CRITERION, "--words", mark["flag"]],
        *(["attach", visit, file, *cited] for file in files),
        ["finding", visit, *raised],
        ["seen", visit, "--title", mark["seen"], "--to", _CRITERION],
        ["search", visit, mark["note"]],
        ["undo", visit],
        ["redo", visit],
        ["backup", visit, "--to", plan["second"]],
        ["exchange", visit, plan["stick"]],
        ["bundle", visit, str(Path(plan["stick"]) / "all.qsinx")],
        ["check", visit],
        ["trail", visit, "--verify"],
        ["report-problem", str(Path(plan["home"]) / "problem.txt"), "--visit", visit],
        ["export", visit, "--pdf", plan["pdf"], "--xlsx", plan["xlsx"]],
        # refusals, whose sentences must not leak either
        ["attach", visit, str(Path(plan["home"]) / mark["file"]), "--to", _CRITERION],
        ["rate", visit, mark["note"], "met"],
    ]
    for words in commands[:-2]:
        code = run([*opened, *words])
        assert code == 0, (words, code)
    for words in commands[-2:]:
        assert run([*opened, *words]) == 1, words


def work_in_window(plan: dict[str, Any]) -> None:
    """Look at every screen, preview, search, write, hand over; then linger until closed or killed."""
    show = MainWindow._show_visit

    def shown(self: MainWindow, visit: Any) -> None:
        show(self, visit)
        QTimer.singleShot(0, lambda: _look_at_all(self, plan))

    MainWindow._show_visit = shown  # type: ignore[method-assign]
    open_window(visit=Path(plan["visit"]), key_file=Path(plan["key_file"]), home=Path(plan["home"]))


def _look_at_all(window: MainWindow, plan: dict[str, Any]) -> None:
    assert window.frame is not None
    desk, mark = window.frame.desk, plan["words"]
    for name in SCREENS:
        window.frame.show_place(Place(name))
        QTest.qWait(300)
    for _ in range(200):  # until the small pictures are made
        QTest.qWait(100)
        if not desk.jobs.running:
            break
    for exhibit in desk.record.exhibits():
        window.frame.show_place(Place("evidence", exhibit=exhibit.id))
        QTest.qWait(100)
        evidence.title_exhibit(desk.visit, exhibit=exhibit.id, title=f"{mark['title']} {exhibit.number}")
    window.frame.top.search.edit.setText(mark["gap"])
    QTest.qWait(300)
    notes.add_note(desk.visit, criterion=_CRITERION, kind=NoteKind.SAMPLE, text=mark["typed"])
    History(desk.visit).undo()
    History(desk.visit).redo()
    back_up(desk.visit)
    exchange_with(desk.visit, Path(plan["stick"]))
    _back_up_twice(window, desk, Path(plan["second"]))
    print("seen", flush=True)
    if plan["close"]:
        window.close()


def _back_up_twice(window: MainWindow, desk: Desk, second: Path) -> None:
    """As the preferences do, and look at them."""
    window.workplace.change_settings(lambda settings: settings.with_second_backups(second))
    window.show_preferences()
    done: list[Any] = []
    desk.backups.make_now(done.append)
    for _ in range(600):
        QTest.qWait(100)
        if done:
            break
    assert done[0].there.whole, done


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    {"commands": work_by_commands, "window": work_in_window}[sys.argv[1]](given)
