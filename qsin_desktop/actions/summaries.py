"""How far each visit was when last open here, kept in the home folder under a key only this laptop has.

A visit is encrypted; what a start screen shows of it must not lie about in plain text.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.folder import DATABASE_NAME, write_aside
from qsin_desktop.store.identity import Identity

FILE_NAME: Final = "summaries.bin"

_PURPOSE: Final = b"QSIN Desktop summaries of visits, format 1"
_NONCE: Final = 12
_MOST: Final = 200
_LONGEST: Final = 1 << 20

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Summary:
    network: str = ""
    starts: str = ""
    ends: str = ""
    lead: str = ""
    rated: int = 0
    criteria: int = 0
    disagreements: int = 0
    missing: int = 0
    sealed: bool = False
    answered: int = 0  # findings whose answer awaits the assessors' word
    due_days: tuple[str, ...] = ()  # ISO days of the findings that await the network's
    awaited: int = 0  # findings that await the network's answer, with a day or without
    closed: int = 0
    visit: str = ""  # its id, by which a bundle finds it


class Summaries:
    """A convenience: what cannot be read or written is left out, and the visit is looked at anew."""

    def __init__(self, home: Path, identity: Identity) -> None:
        self._path = home / FILE_NAME
        # An Ed25519 signature is the same each time and only this laptop can make it.
        secret = identity.sign(_PURPOSE)
        self._cipher = ChaCha20Poly1305(HKDF(SHA256(), 32, None, _PURPOSE).derive(secret))
        self._kept: dict[str, dict[str, Any]] = self._read()

    def get(self, visit: Path) -> Summary | None:
        """None too when the visit's file is not the one that was looked at."""
        kept = self._kept.get(str(visit))
        if kept is None or kept.get("file") != _mark_of(visit):
            return None
        try:
            given = kept["summary"]
            return Summary(**given | {"due_days": tuple(given.get("due_days", ()))})
        except (KeyError, TypeError):
            return None

    def paths_of(self, visit: str) -> tuple[Path, ...]:
        """Where a visit of this id was when it was last open here, the newest first."""
        found = [
            Path(path)
            for path, kept in self._kept.items()
            if isinstance(kept.get("summary"), dict) and kept["summary"].get("visit") == visit
        ]
        return tuple(reversed(found)) if visit else ()

    def keep(self, visit: Path, summary: Summary) -> None:
        self._kept.pop(str(visit), None)
        self._kept[str(visit)] = {"file": _mark_of(visit), "summary": asdict(summary)}
        while len(self._kept) > _MOST:
            self._kept.pop(next(iter(self._kept)))
        self._write()

    def forget(self, visit: Path) -> None:
        """Nothing is kept of a visit that was deleted."""
        if self._kept.pop(str(visit), None) is not None:
            self._write()

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            with self._path.open("rb") as file:
                content = file.read(_LONGEST)
            opened = self._cipher.decrypt(content[:_NONCE], content[_NONCE:], _PURPOSE)
            held = json.loads(opened)
        except FileNotFoundError:
            return {}
        except (OSError, InvalidTag, ValueError) as fault:
            log.info("summaries not read: %s", type(fault).__name__)
            return {}
        return {str(name): kept for name, kept in held.items() if isinstance(kept, dict)}

    def _write(self) -> None:
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, json.dumps(self._kept).encode(), _PURPOSE)
        try:
            write_aside(self._path, nonce + sealed, private=True)
        except Refusal as refusal:
            log.info("summaries not kept: %s", type(refusal).__name__)


def _mark_of(visit: Path) -> list[int]:
    """Size and time of the visit's database and its log: another program's work shows in them."""
    marks = []
    for name in (DATABASE_NAME, f"{DATABASE_NAME}-wal"):
        try:
            seen = (visit / name).stat()
        except OSError:
            marks += [0, 0]
        else:
            marks += [seen.st_size, seen.st_mtime_ns if seen.st_size else 0]
    return marks
