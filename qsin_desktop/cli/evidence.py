"""Write notes, attach files and folders, record documents seen, write exhibits out."""

from __future__ import annotations

import argparse
from pathlib import Path

from qsin_desktop.actions import evidence, notes
from qsin_desktop.actions.texts import needed
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.evidence import SeenDocument


def note(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = notes.add_note(
            visit,
            criterion=given.criterion,
            kind=given.kind,
            text=needed(given.text, "note"),
            heard=given.heard,
            role=given.in_role,
            when=given.when,
            site=given.site,
            stage=given.stage,
        )
        terminal.changed(change, note=change.entity)


def attach(given: argparse.Namespace, terminal: Terminal) -> None:
    """Each file is attached by itself: a refused one leaves the ones before it attached, and is named."""
    with terminal.writing(given.visit) as visit:
        attached = []
        for path in _files(given.files):
            known = {exhibit.id for exhibit in visit.record.exhibits()}
            change = evidence.attach(
                visit, path, _targets(given), locator=given.locator, caption=given.caption
            )
            exhibit = evidence.exhibit_named(visit, change.entity)
            attached.append(
                {
                    "exhibit": exhibit.number,
                    "name": exhibit.name,
                    "sha256": exhibit.sha256,
                    "size": exhibit.size,
                    "kind": exhibit.kind,
                    "known": exhibit.id in known,
                }
            )
            if not terminal.as_json:
                again = " (the same bytes as before)" if exhibit.id in known else ""
                print(f"{exhibit.number} {path.name}: {exhibit.kind}{again}")
        if terminal.as_json:
            terminal.answer("", {"attached": attached})


def _files(given: list[Path]) -> list[Path]:
    files: list[Path] = []
    for path in given:
        files += evidence.files_in(path) if path.is_dir() else [path]
    return files


def _targets(given: argparse.Namespace) -> list[evidence.Target]:
    return [
        *(evidence.Target(criterion=name) for name in given.to),
        *(evidence.Target(finding=name) for name in given.to_finding),
    ]


def seen(given: argparse.Namespace, terminal: Terminal) -> None:
    document = SeenDocument(
        number=given.number,
        title=given.title,
        dated=given.dated,
        where=given.where,
        seen_by=given.seen_by,
        seen_on=given.seen_on,
        showed=given.showed,
    )
    with terminal.writing(given.visit) as visit:
        change = evidence.add_seen(visit, document, _targets(given), caption=given.caption)
        terminal.changed(change, exhibit=evidence.exhibit_named(visit, change.entity).number)


def copy_out(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        exhibit = evidence.exhibit_named(visit, given.exhibit)
        evidence.copy_out(visit, exhibit, given.out)
        terminal.answer(
            f"Wrote {exhibit.number} to {given.out}; this copy is not protected",
            {"exhibit": exhibit.number, "file": str(given.out), "sha256": exhibit.sha256},
        )
