"""Pieces on their way to the disk: hashed, sealed and flushed on other threads, put in place all together.

While one buffer is read and hashed, the other is sealed and written, and what was written is flushed. The
buffers are all the memory this takes. Nothing has its own name before everything is on the disk.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import BinaryIO, Final, Self

from qsin_desktop.store.durable import aside_for, flush_folder, flush_to_disk, open_new, put_in_place
from qsin_desktop.store.piece_format import PIECE_BYTES, scratch_for, seal
from qsin_desktop.store.piece_places import PiecePlaces, PieceState

_BUFFERS: Final = 2
# Pieces that wait for the flush: few, so that progress is honest and cancelling is heard on a slow stick.
_UNFLUSHED: Final = 4


class PieceWriting:
    """One file being stored. `size` in bytes, when it is known, keeps the buffers small.

    Faults of the disk come out of `buffer`, `add` and `finish` as `OSError`.
    """

    def __init__(self, places: PiecePlaces, size: int | None) -> None:
        self._places = places
        self._room = PIECE_BYTES if size is None else min(size + 1, PIECE_BYTES)
        self._free: SimpleQueue[bytearray] = SimpleQueue()
        self._buffers = 0
        self._sealer = ThreadPoolExecutor(1, "seal")
        self._flusher = ThreadPoolExecutor(1, "flush")
        self._sealing: deque[Future[str]] = deque()
        self._flushing: deque[Future[None]] = deque()
        self._scratch = scratch_for(self._room)
        self._pieces: list[str] = []
        self._asides: dict[str, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Whatever is not in place by now is dropped."""
        self._sealer.shutdown(cancel_futures=True)
        self._flusher.shutdown()
        for aside in self._asides.values():
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def buffer(self) -> bytearray:
        """A buffer to fill; waits for the sealer when both are in use, and hears of its faults."""
        self._collect(self._sealing, at_most=_BUFFERS - 1)
        if self._free.empty() and self._buffers < _BUFFERS:
            self._buffers += 1
            return bytearray(self._room)
        return self._free.get()

    def add(self, buffer: bytearray, length: int) -> None:
        """Hand over a buffer with the next piece in its first `length` bytes."""
        self._sealing.append(self._sealer.submit(self._seal, buffer, length))

    def finish(self) -> tuple[str, ...]:
        """The SHA-256 of the pieces in order, when all of them are on the disk under their names."""
        self._collect(self._sealing, at_most=0)
        self._collect(self._flushing, at_most=0)
        self._put_in_place()
        return tuple(self._pieces)

    def _collect(self, waiting: deque[Future[str]] | deque[Future[None]], *, at_most: int) -> None:
        while len(waiting) > at_most:
            waiting.popleft().result()

    def _seal(self, buffer: bytearray, length: int) -> str:
        """On the sealer's thread."""
        try:
            plain = memoryview(buffer)[:length]
            sha256 = hashlib.sha256(plain).hexdigest()
            self._pieces.append(sha256)
            if sha256 not in self._asides and self._places.state(sha256) is not PieceState.HERE:
                self._write(sha256, plain)
            return sha256
        finally:
            self._free.put(buffer)

    def _write(self, sha256: str, plain: memoryview) -> None:
        aside = aside_for(self._places.exhibits / "piece")
        self._asides[sha256] = aside
        out = open_new(aside, buffering=0)
        try:
            seal(out, self._places.key_of(sha256), plain, self._scratch)
        except BaseException:
            out.close()
            raise
        self._flushing.append(self._flusher.submit(_flush, out))
        self._collect(self._flushing, at_most=_UNFLUSHED)

    def _put_in_place(self) -> None:
        folders = {self._places.path_of(sha256).parent for sha256 in self._asides}
        for folder in folders:
            folder.mkdir(exist_ok=True)
        for sha256, aside in self._asides.items():
            put_in_place(aside, self._places.path_of(sha256))
        _flush_folders((*folders, self._places.exhibits) if folders else ())


def _flush(out: BinaryIO) -> None:
    with out:
        flush_to_disk(out.fileno())


def _flush_folders(folders: Iterable[Path]) -> None:
    for folder in folders:
        flush_folder(folder)
