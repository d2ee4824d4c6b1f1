"""One piece on disk: at most 8 MiB of an exhibit, encrypted in chunks that cannot be cut, moved or mixed.

A file is "QSP1", 7 random bytes, then chunks of 1 MiB by AES-256-GCM, each with its 16 byte tag. A chunk's
nonce is the 7 bytes, its number and whether it is the last (the STREAM construction). Each piece has its key.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE_BYTES: Final = 8 << 20
CHUNK_BYTES: Final = 1 << 20

_MAGIC: Final = b"QSP1"
_PREFIX_BYTES: Final = 7
_HEAD_BYTES: Final = len(_MAGIC) + _PREFIX_BYTES
_TAG_BYTES: Final = 16
_SEALED_CHUNK: Final = CHUNK_BYTES + _TAG_BYTES


class PieceUnsound(Exception):
    """The file is not a whole piece under this key; for this room only."""


def sealed_size(plain: int) -> int:
    """Bytes on disk of a piece with so many plain bytes."""
    return _HEAD_BYTES + plain + _TAG_BYTES * -(-plain // CHUNK_BYTES)


def seal(out: BinaryIO, key: bytes, plain: memoryview, scratch: bytearray) -> None:
    """Write `plain` (1 byte to 8 MiB) encrypted; `scratch` holds a sealed chunk; `out` may be unbuffered."""
    cipher, prefix = AESGCM(key), os.urandom(_PREFIX_BYTES)
    _write_all(out, memoryview(_MAGIC + prefix))
    for start in range(0, len(plain), CHUNK_BYTES):
        chunk = plain[start : start + CHUNK_BYTES]
        sealed = memoryview(scratch)[: len(chunk) + _TAG_BYTES]
        last = start + CHUNK_BYTES >= len(plain)
        cipher.encrypt_into(_nonce(prefix, start // CHUNK_BYTES, last=last), chunk, _MAGIC, sealed)
        _write_all(out, sealed)


def scratch_for(plain: int) -> bytearray:
    """Room for the largest sealed chunk of a piece with so many plain bytes."""
    return bytearray(min(plain, CHUNK_BYTES) + _TAG_BYTES)


def unsealed(path: Path, key: bytes) -> Iterator[memoryview]:
    """The plain chunks, each proved before it is handed out; the view is good until the next one.

    Raises `PieceUnsound`, also at the end when something is missing there; `OSError` from the disk.
    """
    with path.open("rb", buffering=0) as file:
        body = os.fstat(file.fileno()).st_size - _HEAD_BYTES
        count = -(-body // _SEALED_CHUNK)
        head = file.read(_HEAD_BYTES)
        if not 1 <= count <= PIECE_BYTES // CHUNK_BYTES or head[: len(_MAGIC)] != _MAGIC:
            raise PieceUnsound
        room = min(body, _SEALED_CHUNK)
        if room <= _TAG_BYTES:
            raise PieceUnsound
        sealed, plain = memoryview(bytearray(room)), memoryview(bytearray(room - _TAG_BYTES))
        cipher, prefix = AESGCM(key), head[len(_MAGIC) :]
        for number in range(count):
            last = number == count - 1
            chunk = sealed[: body - number * _SEALED_CHUNK] if last else sealed
            _fill(file, chunk)
            yield _opened(cipher, _nonce(prefix, number, last=last), chunk, plain)


def _opened(cipher: AESGCM, nonce: bytes, chunk: memoryview, plain: memoryview) -> memoryview:
    length = len(chunk) - _TAG_BYTES
    if length < 1:
        raise PieceUnsound
    try:
        cipher.decrypt_into(nonce, chunk, _MAGIC, plain[:length])
    except InvalidTag:
        raise PieceUnsound from None
    return plain[:length]


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">I?", number, last)


def _fill(file: BinaryIO, room: memoryview) -> None:
    done = 0
    while done < len(room):
        got = file.readinto(room[done:])  # type: ignore[attr-defined]  # every raw file has it
        if not got:
            raise PieceUnsound
        done += got


def _write_all(out: BinaryIO, content: memoryview) -> None:
    """An unbuffered file may take a part only, for example just before the disk is full."""
    done = 0
    while done < len(content):
        done += out.write(content[done:])
