"""Asks a child process of this program to check a file, and ends it when it takes too long or too much."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import FileState
from qsin_desktop.signing.findings import Findings
from qsin_desktop.signing.worker import SECONDS, WORKER_WORD

_LOOK_AGAIN = 0.1  # seconds between two looks whether somebody cancelled


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
    child = subprocess.Popen(  # noqa: S603  # this program itself
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    watch = threading.Timer(SECONDS, child.kill)
    watch.daemon = True
    watch.start()
    question: bytes | None = json.dumps(asked).encode() + b"\n"
    answer = b""
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                answer, _ = child.communicate(question, timeout=_LOOK_AGAIN)
                break
            question = None
            if cancelled is not None and cancelled():
                raise CheckStopped(path.name)
    finally:
        watch.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
    return _read(answer)


def _read(answer: bytes) -> Findings:
    try:
        return Findings.from_json(json.loads(answer))
    except (ValueError, KeyError, TypeError):
        return Findings(FileState.INVALID)


def _command() -> list[str]:
    """The program itself as the child; a frozen one is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_WORD]
    return [sys.executable, "-m", "qsin_desktop", WORKER_WORD]
