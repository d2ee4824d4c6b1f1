"""Make the report and the workbook; tell what a report, or a visit, is worth."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qsin_desktop.actions import checking
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.actions.reporting import export as make_document
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.writer_lock import LockedByOther


class NothingAsked(Refusal):
    def __init__(self) -> None:
        super().__init__("Say what to make: --pdf FILE, --xlsx FILE, or both.")


def export(given: argparse.Namespace, terminal: Terminal) -> None:
    wanted = [(DocumentKind.REPORT, given.pdf), (DocumentKind.WORKBOOK, given.xlsx)]
    chosen = [(kind, path) for kind, path in wanted if path is not None]
    if not chosen:
        raise NothingAsked
    with _opened(given.visit, terminal) as visit:
        made = {}
        for kind, path in chosen:
            document = make_document(visit, kind, path)
            word = "pages" if kind is DocumentKind.REPORT else "rows"
            made[kind.value] = {
                "file": str(path),
                "sha256": document.sha256,
                word: document.extent,
                "version": document.version,
            }
            if not terminal.as_json:
                print(f"{path}: {document.extent} {word}, SHA-256 {document.sha256}")
        if terminal.as_json:
            terminal.answer("", made)


@contextmanager
def _opened(path: Path, terminal: Terminal) -> Iterator[OpenVisit]:
    """For work; beside another program for reading, and then the trail cannot keep that it was made."""
    try:
        with terminal.writing(path) as visit:
            yield visit
            return
    except LockedByOther as refusal:
        terminal.tell(
            f"{refusal.sentence} The documents are made all the same; the trail does not name them."
        )
    with terminal.reading(path) as visit:
        yield visit


def verify(given: argparse.Namespace, terminal: Terminal) -> int:
    """A visit's folder: its trail. A report: its signatures, and with --visit whether it was made from it."""
    if given.file.is_dir():
        with terminal.reading(given.file) as visit:
            verdict = verify_trail(visit)
        words = (
            "The trail is intact."
            if verdict.intact
            else f"The trail is broken at entry {verdict.seq}: {verdict.fault}"
        )
        terminal.answer(words, {"file": str(given.file), "kind": "visit", "intact": verdict.intact})
        return 0 if verdict.intact else 1
    return _verify_report(given, terminal)


def _verify_report(given: argparse.Namespace, terminal: Terminal) -> int:
    from qsin_desktop.report.reading import read_report

    facts = read_report(given.file)
    sha256 = checking.file_hash(given.file)
    made = None
    if given.visit is not None:
        with terminal.reading(given.visit) as visit:
            made = checking.made_here(visit, sha256)
    lines = [
        f"{given.file.name}: {facts.pages} pages, {'signed' if facts.signatures else 'not signed'}.",
        facts.title,
    ]
    if given.visit is not None:
        lines.append(
            f"The same bytes as the {made['kind']} {made['file']} made on {made['at']} by {made['by']}."
            if made
            else "It is not the same bytes as any document that the trail of this visit names."
        )
    else:
        lines.append("Give --visit to compare it with what the visit's trail says.")
    values = {
        "file": str(given.file),
        "kind": "report",
        "sha256": sha256,
        "pages": facts.pages,
        "title": facts.title,
        "signatures": facts.signatures,
        "made_from_visit": made,
    }
    terminal.answer("\n".join(lines), values)
    return 0 if given.visit is None or made else 1
