"""Small pictures of exhibits: made once in a child process, kept encrypted, made again when lost."""

from __future__ import annotations

import hmac
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import write_aside
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.picture_child import PictureChild
from qsin_desktop.store.pieces import Pieces

PREVIEWS_NAME = "previews"
PICTURED = frozenset({"photo", "image", "pdf"})  # groups of exhibits that a picture can be made of
LARGEST_EDGE = 4096  # pixels; no picture is asked for that is larger
LARGEST = 256 * 1024**2  # bytes of a file that is looked into
_JPEG = b"\xff\xd8"
_NONCE = 12


class Previews:
    """Pictures of one visit's exhibits. Safe to use from several threads; one child serves them all."""

    def __init__(self, folder: VisitFolder, data_key: DataKey, pieces: Pieces) -> None:
        self._place = folder.path / PREVIEWS_NAME
        self._key = data_key
        self._pieces = pieces
        self._worker: PictureChild | None = None
        self._lock = threading.Lock()

    def picture(self, sha256: str, pieces: Sequence[str], size: int, group: str, edge: int) -> bytes | None:
        """A JPEG of at most `edge` pixels a side, or None where there is none to be had."""
        if group not in PICTURED or not 0 < size <= LARGEST or edge > LARGEST_EDGE:
            return None
        kept = self._kept(sha256, edge)
        if kept is not None:
            return kept or None
        with self._lock:
            made = self._make(pieces, size, group, edge)
        if made is None:
            return None
        with suppress(Refusal):  # a preview that cannot be kept is made again
            self._keep(sha256, edge, made)
        return made or None

    def kept(self, sha256: str, edge: int) -> bytes | None:
        """The picture if it was made before; quick, never starts a child."""
        return self._kept(sha256, edge) or None

    def paths_of(self, sha256: str) -> Iterator[Path]:
        """Where pictures of a file are, of whatever size."""
        there = {path.name: path for path in self._place.glob("??/*")}  # asked for once, not for each size
        key = self._key.derived("preview names")
        for edge in range(1, LARGEST_EDGE + 1) if there else ():
            path = there.get(_name(key, sha256, edge))
            if path is not None:
                yield path

    def _make(self, pieces: Sequence[str], size: int, group: str, edge: int) -> bytes | None:
        """Empty when the file gives no picture; None when its bytes could not be read just now."""
        try:
            with self._pieces.open(pieces, size) as exhibit:
                content = exhibit.read()
        except Refusal:
            return None
        self._worker = self._worker or PictureChild()
        made = self._worker.ask(content, group, edge)
        if made is None:
            self._worker.end()
            self._worker = None
            return b""
        return made if made.startswith(_JPEG) else b""

    def _path(self, sha256: str, edge: int) -> Path:
        name = _name(self._key.derived("preview names"), sha256, edge)
        return self._place / name[:2] / name

    def _kept(self, sha256: str, edge: int) -> bytes | None:
        try:
            stored = self._path(sha256, edge).read_bytes()
            key = AESGCM(self._key.derived(f"preview {sha256}"))
            return key.decrypt(stored[:_NONCE], stored[_NONCE:], str(edge).encode())
        except (OSError, InvalidTag, ValueError):
            return None

    def _keep(self, sha256: str, edge: int, made: bytes) -> None:
        path = self._path(sha256, edge)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        nonce = os.urandom(_NONCE)
        sealed = AESGCM(self._key.derived(f"preview {sha256}")).encrypt(nonce, made, str(edge).encode())
        write_aside(path, nonce + sealed)

    def close(self) -> None:
        with self._lock:
            if self._worker is not None:
                self._worker.end()
                self._worker = None


def _name(key: bytes, sha256: str, edge: int) -> str:
    return hmac.new(key, f"{sha256} {edge}".encode(), "sha256").hexdigest()
