"""Make the report and the workbook; a report may be signed as soon as it is made."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qsin_desktop.actions import help_page
from qsin_desktop.actions.closing import refuse_a_draft
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import Document, DocumentKind
from qsin_desktop.actions.reporting import export as make_document
from qsin_desktop.actions.templates import choose_template
from qsin_desktop.cli import signing
from qsin_desktop.cli.progress import progress_line
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal, shown


class NothingAsked(Refusal):
    def __init__(self) -> None:
        super().__init__("Say what to make: --pdf FILE, --xlsx FILE, or both.")


class NothingToSign(Refusal):
    def __init__(self) -> None:
        super().__init__("Signing needs the report: give --pdf FILE as well. Nothing was made.")


def export(given: argparse.Namespace, terminal: Terminal) -> None:
    wanted = [(DocumentKind.REPORT, given.pdf), (DocumentKind.WORKBOOK, given.xlsx)]
    chosen = [(kind, path) for kind, path in wanted if path is not None]
    if not chosen:
        raise NothingAsked
    if given.sign:
        _export_signed(given, terminal)
        return
    made: dict[str, Any] = {}
    otherwise = "The documents are made all the same; the trail does not name them."
    with terminal.writing_if_free(given.visit, otherwise) as visit:
        if given.final:
            refuse_a_draft(visit)
        if given.template is not None:
            choose_template(visit, given.template)
        try:
            for kind, path in chosen:
                made[kind.value] = _make(visit, kind, path, terminal)
            _save_help_page(given, terminal)
        finally:
            if terminal.as_json and made:
                terminal.answer("", made)


def _export_signed(given: argparse.Namespace, terminal: Terminal) -> None:
    """The report sealed, made and signed; then the workbook of the sealed visit, where it is wanted too."""
    if given.pdf is None:
        raise NothingToSign
    made: dict[str, Any] = {}
    with terminal.writing(given.visit) as visit:
        if given.template is not None:
            choose_template(visit, given.template)
        try:
            hands = signing.hands_of(given, visit)
            document, signed = signing.export_signed(visit, given.pdf, hands, in_spite_of=given.in_spite_of)
            made["report"] = _told(document, terminal) | {
                "sha256": signed[-1].sha256,
                "signatures": [signing.signature_json(one) for one in signed],
            }
            if not terminal.as_json:
                terminal.say("\n".join(signing.signed_words(signed)))
            if given.xlsx is not None:
                made["workbook"] = _make(visit, DocumentKind.WORKBOOK, given.xlsx, terminal)
            _save_help_page(given, terminal)
        finally:
            if terminal.as_json and made:
                terminal.answer("", made)


def _save_help_page(given: argparse.Namespace, terminal: Terminal) -> None:
    if given.help_page is not None:
        help_page.save(given.help_page)
        if not terminal.as_json:
            terminal.say(f"{given.help_page}: how to verify the report, for those who get it")


def _make(visit: OpenVisit, kind: DocumentKind, path: Path, terminal: Terminal) -> dict[str, Any]:
    return _told(make_document(visit, kind, path, progress=_progress(path)), terminal)


def _progress(path: Path) -> Callable[[int, int], None] | None:
    """Photos of which no copy was made yet take a while."""
    told = progress_line()
    return None if told is None else lambda done, total: told(done, total, f"“{shown(path.name)}” is made:")


def _told(document: Document, terminal: Terminal) -> dict[str, Any]:
    word = "pages" if document.kind is DocumentKind.REPORT else "rows"
    if not terminal.as_json:
        terminal.say(f"{document.path}: {document.extent} {word}, SHA-256 {document.sha256}")
    return {
        "file": str(document.path),
        "sha256": document.sha256,
        word: document.extent,
        "version": document.version,
    }
