"""The exhibits' bytes: stored encrypted as they stream in, read back proved, never half there."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import flush_folder, is_there, make_folder, sweep_asides, writing_aside
from qsin_desktop.store.faults import DiskFull, refusal_for
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.folder_gone import refuse_moved
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.store.piece_places import PiecePlaces, PieceState, is_piece_name
from qsin_desktop.store.piece_reading import ExhibitDamaged, opened, proved_chunks
from qsin_desktop.store.piece_writing import PieceWriting
from qsin_desktop.store.sources import CannotAttach, Source
from qsin_desktop.store.sources import opened as opened_source

__all__ = [
    "FILE_LIMIT",
    "PIECE_BYTES",
    "CannotAttach",
    "CopyCancelled",
    "ExhibitDamaged",
    "PieceState",
    "Pieces",
    "StoredFile",
]

FILE_LIMIT: Final = 2 << 30
_STEP: Final = 1 << 20
# What the database needs to record the exhibit once it is stored.
_SPARE: Final = 16 << 20

Progress = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]


class CopyCancelled(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"Copying “{name}” was cancelled; nothing was kept of it.")


@dataclass(frozen=True)
class StoredFile:
    """What is known of stored bytes: SHA-256 in hex of the whole and of each piece of 8 MiB, in order."""

    sha256: str
    size: int
    pieces: tuple[str, ...]


class Pieces:
    """The exhibits folder of one visit under its data key. Safe to use from several threads at once."""

    def __init__(self, folder: VisitFolder, data_key: DataKey) -> None:
        self._exhibits = folder.exhibits
        self._places = PiecePlaces(folder.exhibits, data_key)

    def store(
        self,
        source: Path | BinaryIO,
        *,
        name: str | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        limit: int = FILE_LIMIT,
    ) -> StoredFile:
        """Everything is on the disk when this returns; before that, and after a refusal, nothing is visible.

        `name` stands in refusals only. Raises `CannotAttach`, `CopyCancelled` or a disk's refusal.
        """
        refuse_moved(self._exhibits.parent)
        with (
            opened_source(source, name=name, limit=limit) as read,
            self._writing(read.name, read.total) as out,
        ):
            whole = hashlib.sha256()
            steps = _Steps(read, limit, progress, cancelled)
            while length := steps.fill(buffer := out.buffer(), whole):
                out.add(buffer, length)
            read.check(steps.done, limit=limit, ended=True)
            return StoredFile(whole.hexdigest(), steps.done, out.finish())

    def open(self, pieces: Sequence[str], size: int, *, name: str = "") -> BinaryIO:
        """A seekable reader that decrypts and proves each piece; reads raise `ExhibitDamaged`."""
        return opened(self._places, pieces, size, name=name)

    def check(self, pieces: Sequence[str]) -> PieceState:
        """Reads every piece through: `damaged` if one is, else `missing` if one is, else `here`."""
        states = {state for _, state in self.faults(pieces)}
        worst = (PieceState.DAMAGED, PieceState.MISSING)
        return next((state for state in worst if state in states), PieceState.HERE)

    def faults(self, pieces: Sequence[str]) -> Iterator[tuple[str, PieceState]]:
        """The pieces that are not sound, one by one as they are read."""
        for sha256 in dict.fromkeys(pieces):
            state = self._places.state(sha256)
            if state is not PieceState.HERE:
                yield sha256, state

    def has(self, sha256: str) -> bool:
        """Whether a piece's file is there; quick, proves nothing."""
        return any(path.is_file() for path in self._places.paths_of([sha256]))

    def copy_out(
        self,
        pieces: Sequence[str],
        path: Path,
        *,
        name: str = "",
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> None:
        """A decrypted copy at `path`, whole or not at all. It is no longer protected."""
        with writing_aside(path) as out:
            done = 0
            for chunk in proved_chunks(self._places, pieces, name=name):
                if cancelled is not None and cancelled():
                    raise CopyCancelled(name or path.name)
                out.write(chunk)
                done += len(chunk)
                if progress is not None:
                    progress(done, None)

    def read(self, sha256: str, *, name: str = "") -> bytes:
        """One piece whole, at most 8 MiB, for handing it on. Raises `ExhibitDamaged`."""
        return b"".join(chunk.tobytes() for chunk in proved_chunks(self._places, [sha256], name=name))

    def add(self, content: bytes) -> str:
        """Store one piece that came from elsewhere, 1 byte to 8 MiB, durably; returns its SHA-256."""
        if not 1 <= len(content) <= PIECE_BYTES:
            raise ValueError("a piece has 1 byte to 8 MiB")
        with self._writing("A part of an exhibit", len(content)) as out:
            buffer = out.buffer()
            buffer[: len(content)] = content
            out.add(buffer, len(content))
            return out.finish()[0]

    def remove(self, pieces: Sequence[str]) -> int:
        """Delete pieces for good; for those that no other exhibit has. Returns how many were there."""
        gone = 0
        try:
            for path in self._places.paths_of(pieces):
                with suppress(FileNotFoundError):
                    path.unlink()
                    gone += 1
                    flush_folder(path.parent)
        except OSError as fault:
            raise refusal_for(fault, "A file of an exhibit could not be removed", safe="") from fault
        return gone

    def put_off(self, sha256: str) -> None:
        """Take a damaged piece out of the way, under a name that is no piece's, so that it can come anew."""
        path = self._places.path_of(sha256)
        if not is_there(path):  # as below a link to itself
            return
        try:
            with suppress(FileNotFoundError):
                path.replace(path.with_name(f"{path.name}.bad"))
        except OSError as fault:
            raise refusal_for(fault, "A damaged file of an exhibit could not be put aside") from fault

    def was_put_off(self, sha256: str) -> bool:
        """Whether a damaged file of this piece was put out of the way, and none has come anew."""
        paths = self._places.paths_of([sha256])
        return any(path.with_name(f"{path.name}.bad").is_file() and not path.is_file() for path in paths)

    def sweep(self) -> int:
        """Remove what a crash left half written; only for the holder of the writer's lock."""
        return sweep_asides(self._exhibits)

    def sweep_unclaimed(self, claimed: Iterable[str]) -> int:
        """Remove whole pieces that none of `claimed` (all pieces of all exhibits) is; a crash leaves such.

        Reads every name, so it is for the check of a visit, not for opening; never while something is stored.
        """
        kept = self._places.paths_of(claimed)
        gone = 0
        for path in self._exhibits.glob("??/*"):
            if is_piece_name(path.name) and path not in kept:
                with suppress(OSError):
                    path.unlink()
                    gone += 1
        return gone

    @contextmanager
    def _writing(self, name: str, size: int | None) -> Iterator[PieceWriting]:
        try:
            make_folder(self._exhibits)
            self._refuse_full(name, size or 0)
            with PieceWriting(self._places, size) as out:
                yield out
        except OSError as fault:
            raise refusal_for(fault, f"“{name}” could not be stored", safe="Nothing was added.") from fault

    def _refuse_full(self, name: str, size: int) -> None:
        free = shutil.disk_usage(self._exhibits).free
        if free < size + _SPARE:
            raise DiskFull(
                f"“{name}” could not be stored: it needs {(size + _SPARE) >> 20} MiB and the disk has "
                f"{free >> 20} MiB free. Nothing was added. Free some space and try again."
            )


class _Steps:
    """Reads a source a step at a time, so that progress moves and cancelling is heard."""

    def __init__(
        self, source: Source, limit: int, progress: Progress | None, cancelled: Cancelled | None
    ) -> None:
        self.done = 0
        self._source = source
        self._limit = limit
        self._progress = progress
        self._cancelled = cancelled

    def fill(self, buffer: bytearray, whole: hashlib._Hash) -> int:
        """Bytes put into the buffer; fewer than it holds only at the end."""
        room = memoryview(buffer)
        filled = 0
        while filled < len(room):
            self._refuse_cancelled()
            got = self._source.read_into(room[filled : filled + _STEP])
            if not got:
                break
            whole.update(room[filled : filled + got])
            filled += got
            self._count(got)
        return filled

    def _refuse_cancelled(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise CopyCancelled(self._source.name)

    def _count(self, got: int) -> None:
        self.done += got
        self._source.check(self.done, limit=self._limit)
        if self._progress is not None:
            self._progress(self.done, self._source.total)
