"""An exhibit read back: a seekable stream that proves each piece before it gives out a byte of it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, cast

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.piece_format import PIECE_BYTES, PieceUnsound, unsealed
from qsin_desktop.store.piece_places import PiecePlaces, PieceState

_LOOK_AHEAD: Final = 64 * 1024


class ExhibitDamaged(Refusal):
    """A piece is damaged or missing: the `part`-th (from 1) of `parts`."""

    def __init__(self, name: str, part: int, parts: int, state: PieceState) -> None:
        self.part = part
        self.state = state
        exhibit = f"“{name}”" if name else "this exhibit"
        which = f"Part {part} of {parts} of {exhibit}" if parts > 1 else exhibit
        super().__init__(
            f"{which[0].upper()}{which[1:]} is {state} in this visit's folder, so it cannot be "
            "shown or copied; what was written about it is safe. Attach the same file again, "
            "or take it in from a colleague."
        )


def opened(places: PiecePlaces, pieces: Sequence[str], size: int, *, name: str) -> BinaryIO:
    """A buffered, seekable reader of `size` bytes. Its reads raise `ExhibitDamaged` or a disk's refusal."""
    if len(pieces) != -(-size // PIECE_BYTES):
        raise ExhibitDamaged(name, max(1, len(pieces)), max(1, len(pieces)), PieceState.DAMAGED)
    return cast("BinaryIO", io.BufferedReader(_PieceReader(places, pieces, size, name), _LOOK_AHEAD))


def proved_chunks(places: PiecePlaces, pieces: Sequence[str], *, name: str) -> Iterator[memoryview]:
    """All plain bytes in order; a piece is fully proved only when the next begins or the end is reached."""
    for index, sha256 in enumerate(pieces):
        yield from _chunks_of(places, sha256, name=name, part=index + 1, parts=len(pieces))


def _chunks_of(places: PiecePlaces, sha256: str, *, name: str, part: int, parts: int) -> Iterator[memoryview]:
    plain = hashlib.sha256()
    try:
        for chunk in unsealed(places.path_of(sha256), places.key_of(sha256)):
            plain.update(chunk)
            yield chunk
    except FileNotFoundError:
        raise ExhibitDamaged(name, part, parts, PieceState.MISSING) from None
    except (PieceUnsound, ValueError):
        raise ExhibitDamaged(name, part, parts, PieceState.DAMAGED) from None
    except OSError as fault:
        raise refusal_for(fault, f"“{name or 'The exhibit'}” could not be read") from fault
    if plain.hexdigest() != sha256:
        raise ExhibitDamaged(name, part, parts, PieceState.DAMAGED)


class _PieceReader(io.RawIOBase):
    """Keeps the one piece that was read last."""

    def __init__(self, places: PiecePlaces, pieces: Sequence[str], size: int, name: str) -> None:
        super().__init__()
        self._places = places
        self._pieces = tuple(pieces)
        self._size = size
        self._name = name
        self._at = 0
        self._kept = -1
        self._plain = bytearray()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, room: object) -> int:
        view = memoryview(room).cast("B")  # type: ignore[arg-type]  # a writable buffer, by the protocol
        if self._at >= self._size or not view:
            return 0
        index, offset = divmod(self._at, PIECE_BYTES)
        given = self._piece(index)[offset : offset + len(view)]
        view[: len(given)] = given
        self._at += len(given)
        return len(given)

    def close(self) -> None:
        self._plain = bytearray()
        self._kept = -1
        super().close()

    def _piece(self, index: int) -> memoryview:
        if index != self._kept:
            self._plain, self._kept = bytearray(), -1  # never two pieces in memory
            part, parts = index + 1, len(self._pieces)
            chunks = _chunks_of(self._places, self._pieces[index], name=self._name, part=part, parts=parts)
            expected = min(PIECE_BYTES, self._size - index * PIECE_BYTES)
            plain, filled = bytearray(expected), 0
            for chunk in chunks:
                filled += len(chunk)
                if filled <= expected:
                    plain[filled - len(chunk) : filled] = chunk
            if filled != expected:
                raise ExhibitDamaged(self._name, part, parts, PieceState.DAMAGED)
            self._plain, self._kept = plain, index
        return memoryview(self._plain)
