"""Purge an exhibit or a text for good; delete a whole visit, its keys first."""

from __future__ import annotations

import argparse
import os

from qsin_desktop.actions import deleting, purging
from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.opening import Unlocking, now
from qsin_desktop.actions.problem_report import Surroundings, problem_report, write_report
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.crashes import CRASH_NAME
from qsin_desktop.domain.counting import count
from qsin_desktop.logs import LOG_NAME
from qsin_desktop.settings import SettingsFile
from qsin_desktop.system.child import PASSPHRASE_VARIABLE


def purge(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        target = purging.target_of(visit, given.what)
        change = purging.purge(visit, given.what, reason=given.reason)
        done = purging.finish_purges(visit)
        second = SettingsFile(terminal.home).load().second_backups_folder
        there = purging.purge_there(visit, second) if second is not None else ""
    waiting = done.waiting if done else ""
    lines = [f"Purged {target.words}: {count(len(target.entries), 'entry', 'entries')} lost their words"]
    if target.whole:
        lines[0] += f", {count(done.pieces if done else 0, 'file', 'files')} removed"
    lines += purging.consequences(target)
    if waiting:
        lines.append(f"Not finished: {waiting}")
    if there:
        lines.append(there)
    terminal.answer(
        "\n".join(lines),
        {
            "done": change.name,
            "act": change.act,
            "at": change.at,
            "entries": len(target.entries),
            "pieces": done.pieces if done else 0,
            "shared": target.shared,
            "citations": target.citations,
            "left": list(target.left),
            "waiting": waiting,
            "second_place": there,
        },
    )


def delete(given: argparse.Namespace, terminal: Terminal) -> None:
    identity = terminal.identity()
    unlocking = Unlocking(os.environ.get(PASSPHRASE_VARIABLE), terminal.key_file)
    target = deleting.look_to_delete(given.visit, identity=identity, unlocking=unlocking)
    done = deleting.delete(
        target,
        confirm=given.confirm,
        reason=given.reason,
        today=now().date(),
        home=terminal.home,
        identity=identity,
    )
    file = SettingsFile(terminal.home)
    file.save(file.load().without_recent(target.path))
    lines = [f"Deleted {target.name}: its keys first, then everything else in {target.path}", deleting.COPIES]
    if done.left:
        lines.append(f"Files that are none of the visit's were left there: {', '.join(done.left)}")
    terminal.answer(
        "\n".join(lines), {"deleted": str(target.path), "visit": target.visit, "left": list(done.left)}
    )


def report_problem(given: argparse.Namespace, terminal: Terminal) -> None:
    where = Surroundings(terminal.home, LOG_NAME, CRASH_NAME)
    if given.visit is None:
        text = problem_report(where)
    else:
        with terminal.reading(given.visit) as visit:
            text = problem_report(where, visit, check_visit(visit))
    write_report(text, given.out)
    terminal.answer(
        f"Wrote {given.out}. Read it before you send it; nothing is sent by the program.",
        {"file": str(given.out), "lines": text.count("\n")},
    )
