"""Write notes, attach files and folders, record documents seen, write exhibits out."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qsin_desktop.actions import evidence, notes
from qsin_desktop.actions.checking import file_hash
from qsin_desktop.actions.marking import copy_marked
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import files_in, is_folder
from qsin_desktop.actions.pictures import make_printed
from qsin_desktop.actions.texts import needed
from qsin_desktop.cli.progress import progress_line
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.evidence import SeenDocument
from qsin_desktop.domain.marks import redacted
from qsin_desktop.store.sources import CannotAttach


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


def attach(given: argparse.Namespace, terminal: Terminal) -> int:
    """Each file by itself: one that cannot be attached is named, and the others are attached all the same."""
    attached: list[dict[str, Any]] = []
    refused = 0
    with terminal.writing(given.visit) as visit:
        try:
            for path in _files(given.files):
                try:
                    attached.append(_attach_one(visit, path, given, terminal))
                except CannotAttach as refusal:
                    refused += 1
                    terminal.tell(refusal.sentence)
        finally:
            if terminal.as_json and attached:
                terminal.answer("", {"attached": attached})
        _picture_for_print(visit, {one["sha256"] for one in attached})
    return 1 if refused else 0


def _picture_for_print(visit: OpenVisit, attached: set[str]) -> None:
    """Now, as the window does beside the work, so that the first report need not make hundreds of copies."""
    exhibits = [one for one in visit.record.exhibits() if one.sha256 in attached]
    told = progress_line()
    for number, exhibit in enumerate(exhibits):
        if told is not None:
            told(number, len(exhibits), "Photos are made ready for the report:")
        make_printed(visit, exhibits=[exhibit])
    if told is not None and exhibits:
        told(len(exhibits), len(exhibits), "")


def _attach_one(
    visit: OpenVisit, path: Path, given: argparse.Namespace, terminal: Terminal
) -> dict[str, Any]:
    before = {exhibit.id for exhibit in visit.record.exhibits(withdrawn=True)}
    change = evidence.attach(visit, path, _targets(given), locator=given.locator, caption=given.caption)
    exhibit = visit.record.exhibit(change.entity)
    known, name = change.entity in before, evidence.recorded_name(path.name)
    if not terminal.as_json:
        what = f"{exhibit.number} {name}: {exhibit.kind}" if exhibit else f"{name}: kept, it waits"
        terminal.say(what + (" (the same bytes as before)" if known else ""))
    return {
        "exhibit": exhibit.number if exhibit else None,
        "name": exhibit.name if exhibit else name,
        "sha256": change.entity,
        "size": exhibit.size if exhibit else None,
        "kind": exhibit.kind if exhibit else None,
        "known": known,
    }


def _files(given: list[Path]) -> Iterator[Path]:
    for path in given:
        yield from files_in(path) if is_folder(path) else [path]


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
        exhibit = visit.record.exhibit(change.entity)
        terminal.changed(change, exhibit=exhibit.number if exhibit else None)


def copy_out(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        exhibit = evidence.exhibit_named(visit, given.exhibit)
        if given.marked:
            copy_marked(visit, exhibit, given.out)
        else:
            evidence.copy_out(visit, exhibit, given.out)
        written = file_hash(given.out) if given.marked else exhibit.sha256
        hidden = redacted(exhibit.marks) and not given.marked
        terminal.answer(
            f"Wrote {exhibit.number} to {given.out}; this copy is not protected"
            + (" and shows what is redacted in the report" if hidden else ""),
            {"exhibit": exhibit.number, "file": str(given.out), "sha256": written},
        )
