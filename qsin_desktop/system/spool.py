"""A file of the moment: enciphered on the disk, its key in memory only, and gone when it is closed.

    with spool() as file:      a BinaryIO; written at its end only, read anywhere

What is too large to lie in memory can lie here and be no copy that anyone finds, even after a power cut.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

_KEY_BYTES, _BLOCK = 32, 16
_READ_AHEAD = 1 << 16


def spool() -> BinaryIO:
    """An empty one in the folder for temporary files. Raises `OSError`, as does writing to it."""
    return cast(BinaryIO, io.BufferedRandom(_Enciphered(), _READ_AHEAD))


class _Enciphered(io.RawIOBase):
    """AES in counter mode: the cipher of a byte depends on its place only, so any stretch can be read.

    Two contents of one place would betray each other; hence it only grows.
    """

    def __init__(self) -> None:
        super().__init__()
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="qsin-", buffering=0)  # noqa: SIM115  # close()
        self._key = AES(os.urandom(_KEY_BYTES))
        self._at = self._size = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        self._at = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        self._file.seek(self._at)
        read = self._file.read(len(view))
        view[: len(read)] = self._cipher().update(read)
        self._at += len(read)
        return len(read)

    def write(self, content: ReadableBuffer, /) -> int:
        if self._at != self._size:
            raise io.UnsupportedOperation("a spool is written at its end only")
        self._file.seek(self._size)
        written = self._file.write(self._cipher().update(memoryview(content)))
        self._at = self._size = self._size + written
        return written

    def close(self) -> None:
        self._file.close()
        super().close()

    def _cipher(self) -> CipherContext:
        """Ready for the byte at the place where the file is now."""
        block, within = divmod(self._at, _BLOCK)
        cipher = Cipher(self._key, CTR(block.to_bytes(_BLOCK, "big"))).encryptor()
        cipher.update(bytes(within))
        return cipher
