"""Make the report and the workbook; tell what a report, or a visit, is worth."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qsin_desktop.actions import checking
from qsin_desktop.actions.closing import refuse_a_draft
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import is_folder
from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.actions.reporting import export as make_document
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from qsin_desktop.report.reading import ReportFacts


class NothingAsked(Refusal):
    def __init__(self) -> None:
        super().__init__("Say what to make: --pdf FILE, --xlsx FILE, or both.")


def export(given: argparse.Namespace, terminal: Terminal) -> None:
    wanted = [(DocumentKind.REPORT, given.pdf), (DocumentKind.WORKBOOK, given.xlsx)]
    chosen = [(kind, path) for kind, path in wanted if path is not None]
    if not chosen:
        raise NothingAsked
    made: dict[str, Any] = {}
    otherwise = "The documents are made all the same; the trail does not name them."
    with terminal.writing_if_free(given.visit, otherwise) as visit:
        if given.final:
            refuse_a_draft(visit)
        try:
            for kind, path in chosen:
                made[kind.value] = _make(visit, kind, path, terminal)
        finally:
            if terminal.as_json and made:
                terminal.answer("", made)


def _make(visit: OpenVisit, kind: DocumentKind, path: Path, terminal: Terminal) -> dict[str, Any]:
    document = make_document(visit, kind, path)
    word = "pages" if kind is DocumentKind.REPORT else "rows"
    if not terminal.as_json:
        terminal.say(f"{path}: {document.extent} {word}, SHA-256 {document.sha256}")
    return {
        "file": str(path),
        "sha256": document.sha256,
        word: document.extent,
        "version": document.version,
    }


def verify(given: argparse.Namespace, terminal: Terminal) -> int:
    """A visit's folder: its trail. A report or workbook: with --visit whether it was made from it."""
    if is_folder(given.file):
        return _verify_visit(given, terminal)
    from qsin_desktop.report.reading import read_report

    made, facts = None, None
    if given.visit is not None and given.file.is_file():
        with terminal.reading(given.visit) as visit:
            made = checking.made_here(visit, checking.file_hash(given.file))
    if made is None or made["kind"] == DocumentKind.REPORT:
        facts = read_report(given.file)
    values = {
        "file": str(given.file),
        "kind": made["kind"] if made else DocumentKind.REPORT.value,
        "sha256": checking.file_hash(given.file),
        "pages": facts.pages if facts else None,
        "title": facts.title if facts else "",
        "signatures": facts.signatures if facts else 0,
        "made_from_visit": made,
    }
    terminal.answer("\n".join([*_told(given.file, facts), _origin(given.visit, made)]), values)
    if given.visit is None or made:
        return 0
    terminal.tell("This file is none that was made from this visit, or it was changed since.")
    return 1


def _verify_visit(given: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.reading(given.file) as visit:
        verdict = verify_trail(visit)
    broken = f"The trail is broken at entry {verdict.seq}: {verdict.fault}"
    words = "The trail is intact." if verdict.intact else broken
    terminal.answer(words, {"file": str(given.file), "kind": "visit", "intact": verdict.intact})
    if verdict.intact:
        return 0
    terminal.tell("The trail does not pass its check; a backup of the visit may be whole.")
    return 1


def _told(path: Path, facts: ReportFacts | None) -> list[str]:
    if facts is None:
        return [f"{path.name}: a workbook."]
    return [
        f"{path.name}: {facts.pages} pages, {'signed' if facts.signatures else 'not signed'}.",
        facts.title,
    ]


def _origin(visit: Path | None, made: dict[str, str] | None) -> str:
    if visit is None:
        return "Give --visit to compare it with what the visit's trail says."
    if made is None:
        return "It is not the same bytes as any document that the trail of this visit names."
    return f"The same bytes as the {made['kind']} {made['file']} made on {made['at']} by {made['by']}."
