"""Rate, raise, settle, undo, seal."""

from __future__ import annotations

import argparse
from contextlib import suppress

from qsin_desktop.actions import evidence, findings, notes, planning, rating, sealing
from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.closing_reasons import reasons_for
from qsin_desktop.actions.late_changes import leave_late_changes
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reinstating import NotWithdrawn
from qsin_desktop.actions.texts import needed
from qsin_desktop.actions.undo import History
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound


def rate(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = rating.rate(
            visit,
            criterion=given.criterion,
            rating=given.rating,
            site=given.site,
            stage=given.stage,
            reason=given.reason,
        )
        terminal.changed(change)


def clear(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = rating.clear_rating(visit, criterion=given.criterion, site=given.site, stage=given.stage)
        terminal.changed(change)


def settle(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = rating.settle(
            visit,
            criterion=given.criterion,
            rating=given.rating,
            reason=given.reason,
            site=given.site,
            stage=given.stage,
        )
        terminal.changed(change)


def finding(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = findings.raise_finding(
            visit,
            criteria=given.to,
            grade=given.grade,
            requirement=given.requirement,
            evidence=given.evidence,
            gap=given.gap,
            site=given.site,
        )
        raised = visit.record.finding(change.entity)
        due = raised.due.isoformat() if raised and raised.due else None
        terminal.changed(change, finding=raised.number if raised else None, due=due)


def withdraw(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(_withdrawn(visit, given.what, given.reason))


def reinstate(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(_reinstated(visit, given.what))


def _reinstated(visit: OpenVisit, what: str) -> Change:
    """A finding, an exhibit, or one's own note by its id; refuses what is not withdrawn."""
    with suppress(NotFound):
        _refuse_standing(findings.finding_named(visit, what).withdrawn, what)
        return findings.reinstate_finding(visit, finding=what)
    with suppress(NotFound):
        _refuse_standing(evidence.exhibit_named(visit, what).withdrawn, what)
        return evidence.reinstate_exhibit(visit, exhibit=what)
    note = visit.record.note(what)
    if note is None:
        raise NotFound("finding, exhibit or note", what)
    _refuse_standing(note.withdrawal, "This note")
    return notes.reinstate_note(visit, note=what)


def _refuse_standing(withdrawn: object, what: str) -> None:
    if not withdrawn:
        raise NotWithdrawn(what)


def _withdrawn(visit: OpenVisit, what: str, reason: str) -> Change:
    """A finding, or an exhibit where there is no such finding, or one's own note by its id."""
    with suppress(NotFound):
        return findings.withdraw_finding(visit, finding=what, reason=reason)
    with suppress(NotFound):
        return evidence.withdraw_exhibit(visit, exhibit=what, reason=reason)
    if visit.record.note(what) is not None:
        return notes.take_back_note(visit, note=what, reason=needed(reason, "reason for withdrawing it"))
    raise NotFound("finding or exhibit", what)


def state(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(planning.set_work_state(visit, criterion=given.criterion, state=given.state))


def flag(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = planning.set_flag(visit, criterion=given.criterion, flagged=not given.off, words=given.words)
        terminal.changed(change)


def undo(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        history = History(visit)
        change = history.undo()
        terminal.answer(
            f"Undone: {change.name}",
            {
                "undone": change.name,
                "act": change.act,
                "next_undo": history.undo_name,
                "next_redo": history.redo_name,
            },
        )


def redo(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        history = History(visit)
        change = history.redo()
        terminal.answer(
            f"Done again: {change.name}",
            {
                "redone": change.name,
                "act": change.act,
                "next_undo": history.undo_name,
                "next_redo": history.redo_name,
            },
        )


def seal(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        own = [(what, reason) for what, reason in given.reason_for]
        reasons = reasons_for(closing_points(visit), own) if own else {}
        change = sealing.seal(visit, in_spite_of=given.in_spite_of, reasons=reasons)
        made = visit.record.seal
        terminal.changed(change, digest=made.digest if made else "", open=dict(made.open) if made else {})


def leave(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(leave_late_changes(visit, reason=given.reason))


def reopen(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(sealing.reopen(visit, reason=given.reason))
