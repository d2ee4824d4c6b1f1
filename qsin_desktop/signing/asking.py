"""Asks a child process of this program to check a file, and ends it when it takes too long or too much."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import FileState
from qsin_desktop.signing.findings import Findings
from qsin_desktop.signing.worker import SECONDS, WORKER_WORD
from qsin_desktop.system.child import Cancelled, answer_of, end_child, never, start_child


class CheckStopped(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"The check of “{name}” was stopped; nothing can be said about the file.")


def find_out(
    path: Path,
    *,
    roots: Sequence[x509.Certificate],
    now: datetime,
    cancelled: Callable[[], bool] | None = None,
) -> Findings:
    """Raises `CheckStopped` when `cancelled` says so. A child that dies has found nothing in order."""
    asked = {
        "path": str(path.absolute()),
        "roots": [root.public_bytes(Encoding.DER).hex() for root in roots],
        "now": now.isoformat(),
    }
    question = json.dumps(asked).encode() + b"\n"
    child = start_child(WORKER_WORD)
    try:
        answer = answer_of(child, question, seconds=SECONDS, cancelled=cancelled or never)
    except Cancelled:
        raise CheckStopped(path.name) from None
    finally:
        end_child(child)
    return _read(answer or b"")


def _read(answer: bytes) -> Findings:
    try:
        return Findings.from_json(json.loads(answer))
    except (ValueError, KeyError, TypeError):
        return Findings(FileState.INVALID)
