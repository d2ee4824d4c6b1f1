"""The pages of a SQLCipher file and of its log, read one by one without SQLite, so that a bad one stops none.

A page has 4096 bytes: content, then 16 bytes of IV and 64 of HMAC-SHA512 (SQLCipher 4's design page). The
first one begins with the file's salt, from which only the HMAC's key follows, as our key is a raw one.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE_BYTES: Final = 4096
USABLE_BYTES: Final = 4016
SALT_BYTES: Final = 16
_IV_END: Final = USABLE_BYTES + 16
_MAC_SALT_MASK: Final = 0x3A
_MAC_PASSES: Final = 2
_LOG_HEAD: Final = 32
_FRAME_HEAD: Final = 24
_MAGIC: Final = {0x377F0682: "<", 0x377F0683: ">"}
_WORD: Final = 0xFFFFFFFF


class PageCipher:
    """Opens pages with a visit's database key; `salt` is the file's, or empty where it is lost."""

    def __init__(self, key: bytes, salt: bytes = b"") -> None:
        self._aes = AES(key)
        masked = bytes(byte ^ _MAC_SALT_MASK for byte in salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", key, masked, _MAC_PASSES, 32) if salt else b""

    def plain(self, raw: bytes, number: int) -> bytes:
        """What it decrypts to, whole or not: a changed byte spoils 16 to 32 of them, not the page."""
        raw = raw.ljust(PAGE_BYTES, b"\0")
        start = SALT_BYTES if number == 1 else 0
        reader = Cipher(self._aes, CBC(raw[USABLE_BYTES:_IV_END])).decryptor()
        return bytes(start) + reader.update(raw[start:USABLE_BYTES])

    def is_sealed(self, raw: bytes, number: int) -> bool:
        """Whether the page is as it was written, under this key, at this place."""
        start = SALT_BYTES if number == 1 else 0
        told = hmac.digest(self._mac_key, raw[start:_IV_END] + struct.pack("<I", number), "sha512")
        return len(raw) == PAGE_BYTES and hmac.compare_digest(told, raw[_IV_END:])


def salt_of(database: Path) -> bytes:
    """Empty when the file is too short to have one."""
    with database.open("rb") as file:
        salt = file.read(SALT_BYTES)
    return salt if len(salt) == SALT_BYTES else b""


def pages_of(database: Path) -> Iterator[tuple[int, bytes]]:
    """Number (from 1) and raw bytes of each page; the last may be cut short."""
    with database.open("rb") as file:
        number = 0
        while raw := file.read(PAGE_BYTES):
            number += 1
            yield number, raw


@dataclass(frozen=True)
class Frame:
    """One page in a log. `follows`: header and checksums are right from the log's beginning to here.

    `own`: it bears the marks of the log as it was last begun; the others are left of an earlier filling.
    """

    page: int
    raw: bytes
    commits: bool
    follows: bool
    own: bool


def frames_of(log: Path) -> Iterator[Frame]:
    """Every frame there is room for, whether or not SQLite would still take it."""
    with log.open("rb") as file:
        head = file.read(_LOG_HEAD)
        order, sums, salts = _begun(head)
        follows = bool(order)
        while len(frame := file.read(_FRAME_HEAD + PAGE_BYTES)) > _FRAME_HEAD:
            page, commits, first, second, *told = struct.unpack(">6I", frame[:_FRAME_HEAD])
            raw = frame[_FRAME_HEAD:]
            if follows:
                sums = _summed(frame[:8] + raw, order, sums)
                follows = (first, second) == salts and list(sums) == told and len(raw) == PAGE_BYTES
            yield Frame(page, raw, commits > 0, follows, bool(order) and (first, second) == salts)


def pages_taken(log: Path) -> dict[int, bytes]:
    """The newest raw bytes of each page that SQLite takes from a log in place of the file's own."""
    taken: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    for frame in frames_of(log):
        if not frame.follows:
            break
        waiting[frame.page] = frame.raw
        if frame.commits:
            taken |= waiting
            waiting = {}
    return taken


def is_no_log(log: Path) -> bool:
    """Whether it begins as no log of SQLite's does.

    Its head is on the disk before anything follows it. What a power cut leaves of the very first one is
    short, or zeros, or has its beginning.
    """
    with log.open("rb") as file:
        head = file.read(_LOG_HEAD)
    begins = any(struct.pack(">I", magic).startswith(head[:4]) for magic in _MAGIC)
    return not begins and bool(head.strip(b"\0"))


def _begun(head: bytes) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """Byte order of the sums (empty for a bad header), the sums so far, the salts."""
    if len(head) < _LOG_HEAD:
        return "", (0, 0), (0, 0)
    magic, _, size, _, first, second, *told = struct.unpack(">8I", head)
    order = _MAGIC.get(magic, "")
    sums = _summed(head[:24], order, (0, 0)) if order else (0, 0)
    good = order and size == PAGE_BYTES and list(sums) == told
    return order if good else "", sums, (first, second)


def _summed(content: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """SQLite's checksum of a log, over words of 4 bytes taken in pairs."""
    first, second = sums
    if len(content) % 8:
        return -1, -1
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for at in range(0, len(words), 2):
        first = (first + words[at] + second) & _WORD
        second = (second + words[at + 1] + first) & _WORD
    return first, second
