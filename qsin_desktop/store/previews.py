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
    """Pictures of one visit's exhibits. Safe to use from several threads.

    One child makes those that somebody waits for, a second one, at low priority, those made beforehand.
    """

    def __init__(self, folder: VisitFolder, data_key: DataKey, pieces: Pieces) -> None:
        self._place = folder.path / PREVIEWS_NAME
        self._key = data_key
        self._pieces = pieces
        self._bench, self._beside = _Bench(), _Bench(quiet=True)
        self._gone: set[str] = (
            set()
        )  # files whose pictures were asked for to be removed: no new ones are kept
        self._keeping = threading.Lock()

    def picture(
        self,
        sha256: str,
        pieces: Sequence[str],
        size: int,
        group: str,
        edge: int,
        *,
        beforehand: bool = False,
    ) -> bytes | None:
        """A JPEG of at most `edge` pixels a side, or None where there is none to be had.

        Nobody waits for one that is made `beforehand`, and `stop_beforehand` breaks it off.
        """
        if group not in PICTURED or not 0 < size <= LARGEST or edge > LARGEST_EDGE:
            return None
        kept = self._kept(sha256, edge)
        if kept is not None:
            return kept or None
        made = self._make(pieces, size, group, edge, self._beside if beforehand else self._bench)
        if made is None:
            return None
        with suppress(Refusal):  # a preview that cannot be kept is made again
            self._keep(sha256, edge, made)
        return made or None

    def kept(self, sha256: str, edge: int) -> bytes | None:
        """The picture if it was made before; quick, never starts a child."""
        return self._kept(sha256, edge) or None

    def has(self, sha256: str, edge: int) -> bool:
        """Whether it was made before, told by its file alone."""
        return self._path(sha256, edge).exists()

    def stop_beforehand(self) -> None:
        """Break off what is made beforehand, from any thread; what is asked for so from now on is None."""
        self._beside.stop()

    def paths_of(self, sha256: str) -> Iterator[Path]:
        """Where pictures of a file are, of whatever size, for them to be removed: no more are kept of it."""
        with self._keeping:
            self._gone.add(sha256)
        there = {path.name: path for path in self._place.glob("??/*")}  # asked for once, not for each size
        key = self._key.derived("preview names")
        for edge in range(1, LARGEST_EDGE + 1) if there else ():
            path = there.get(_name(key, sha256, edge))
            if path is not None:
                yield path

    def _make(self, pieces: Sequence[str], size: int, group: str, edge: int, bench: _Bench) -> bytes | None:
        """Empty when the file gives no picture; None when its bytes could not be read just now."""
        try:
            with self._pieces.open(pieces, size) as exhibit:
                content = exhibit.read()
        except Refusal:
            return None
        made = bench.ask(content, group, edge)
        if made is None:
            return None
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
        with self._keeping:
            if sha256 not in self._gone:
                write_aside(path, nonce + sealed)

    def close(self) -> None:
        self._beside.stop()
        self._beside.close()
        self._bench.close()


class _Bench:
    """One child, and who may speak with it."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._lock = threading.Lock()
        self._child: PictureChild | None = None
        self._quiet = quiet
        self._stopped = threading.Event()

    def ask(self, content: bytes, group: str, edge: int) -> bytes | None:
        """Empty where there is no picture to be had; None once it was stopped."""
        with self._lock:
            if self._stopped.is_set():
                return None
            child = self._child = self._child or PictureChild(quiet=self._quiet)
            made = child.ask(content, group, edge)
            if made is None:
                self._end()
                return None if self._stopped.is_set() else b""
            return made

    def stop(self) -> None:
        self._stopped.set()
        child = self._child
        if child is not None:
            child.interrupt()

    def close(self) -> None:
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _name(key: bytes, sha256: str, edge: int) -> str:
    return hmac.new(key, f"{sha256} {edge}".encode(), "sha256").hexdigest()
