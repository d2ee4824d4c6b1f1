"""Tell what a file is worth: a report, a workbook, a bundle, or a whole visit."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from qsin_desktop.actions import checking, help_page, trusting
from qsin_desktop.actions.exchanging import bundle_visit, is_bundle
from qsin_desktop.actions.outside import is_folder
from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.verifying import Question, prepare
from qsin_desktop.cli.credentials import credential_json
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import FileState, SignatureVerdict, Verdict

_ADVICE = {
    FileState.UNTRUSTED: "The file was not altered; who signed it has still to be made sure of.",
    FileState.EXPIRED: "The file was not altered; whether a credential was used in time cannot be shown.",
    FileState.UNSIGNED: "Without a signature nothing can be shown; ask for the signed report.",
    FileState.ROLLED_BACK: "Ask the lead assessor for the report with all its signatures.",
    FileState.WRONG_VISIT: "Give the visit that this report is of.",
    FileState.UNKNOWN: "Ask for the report as it was made, or meet the laptop that made it.",
}
_DO_NOT_RELY = "Do not rely on this file; ask whoever sent it for the original."


class NothingAsked(Refusal):
    def __init__(self) -> None:
        super().__init__("Say what to verify: a file, or a visit’s folder.")


def verify(given: argparse.Namespace, terminal: Terminal) -> int:
    """A visit's folder: its trail. A bundle: whether it is whole. Anything else: its worth as a report."""
    if given.help_page is not None:
        help_page.save(given.help_page)
        if given.file is None:
            terminal.answer(f"Wrote {given.help_page}", {"help_page": str(given.help_page)})
            return 0
    if given.file is None:
        raise NothingAsked
    if is_folder(given.file):
        return _verify_visit(given, terminal)
    if is_bundle(given.file):
        visit = bundle_visit(given.file)
        words = f"{given.file.name}: a bundle, whole and unaltered, of the visit {visit}."
        terminal.answer(words, {"file": str(given.file), "kind": "bundle", "intact": True, "visit": visit})
        return 0
    return _verify_document(given, terminal)


def _verify_document(given: argparse.Namespace, terminal: Terminal) -> int:
    trust = [*given.trust, *trusting.trusted_files(terminal.home)]
    made: dict[str, str] | None = None
    if given.visit is None:
        asked = prepare(given.file, trust=trust, full=given.full)
    else:
        with terminal.reading(given.visit) as visit:
            asked = prepare(given.file, visit=visit, trust=trust, full=given.full)
            made = checking.made_here(visit, checking.file_hash(given.file))
    if made is not None and made["kind"] == DocumentKind.WORKBOOK:
        return _told_workbook(given, made, terminal)
    return _told_report(given.file, asked, made, terminal)


def _told_workbook(given: argparse.Namespace, made: dict[str, str], terminal: Terminal) -> int:
    values = {
        "file": str(given.file),
        "kind": DocumentKind.WORKBOOK.value,
        "sha256": made["sha256"],
        "made_from_visit": made,
    }
    terminal.answer(f"{given.file.name}: a workbook.\n{_origin(made)}", values)
    return 0


def _told_report(path: Path, asked: Question, made: dict[str, str] | None, terminal: Terminal) -> int:
    if sys.stderr.isatty() and not asked.known:
        terminal.tell("Looking at every signature; a long report takes up to a minute.")
    verdict = asked.answer()
    pages = f"{verdict.pages} pages. " if verdict.pages else ""
    head = f"{path.name}: {pages}{verdict.title}".strip()
    more = [_origin(made)] if made else []
    values = verdict_json(path, verdict) | {"made_from_visit": made}
    terminal.answer("\n".join([head, *verdict.lines, *more]), values)
    if verdict.good:
        return 0
    terminal.tell(_ADVICE.get(verdict.state, _DO_NOT_RELY))
    return 1


def _origin(made: dict[str, str]) -> str:
    return f"The same bytes as the {made['kind']} {made['file']} made on {made['at']} by {made['by']}."


def verdict_json(path: Path, verdict: Verdict) -> dict[str, Any]:
    return {
        "file": str(path),
        "kind": DocumentKind.REPORT.value,
        "good": verdict.good,
        "state": verdict.state.value,
        "headline": verdict.headline,
        "lines": list(verdict.lines),
        "quick": verdict.quick,
        "sha256": verdict.sha256,
        "pages": verdict.pages or None,
        "title": verdict.title,
        "signatures": len(verdict.signatures),
        "signed": [_signature_json(one) for one in verdict.signatures],
    }


def _signature_json(one: SignatureVerdict) -> dict[str, Any]:
    return {
        "field": one.slot.field,
        "role": one.slot.role.value,
        "name": one.slot.name,
        "state": one.state.value,
        "signed_at": one.signed_at,
        "stamped_at": one.stamped_at,
        "trusted_by": one.trusted_by,
        "words": one.words,
        "credential": credential_json(one.credential) if one.credential else None,
    }


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
