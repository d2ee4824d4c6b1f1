"""Entries found in the bytes of a damaged database, its log or a backup, page by page, whatever else is lost.

Each entry proves itself: its head's hash is its id, the device signed that, the head holds the body's hash.
So nothing that is found can be a guess, and old versions of a page serve as well as new ones.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.journal.entry import MAX_BODY, MAX_HEAD, Entry, EntryRefused, read_entry
from qsin_desktop.store.cipher_pages import PAGE_BYTES, USABLE_BYTES, PageCipher, frames_of, pages_of, salt_of

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_LEAF: Final = 0x0D
_MOST_LOCAL: Final = USABLE_BYTES - 35
_LEAST_LOCAL: Final = (USABLE_BYTES - 12) * 32 // 255 - 23
_OVERFLOW: Final = USABLE_BYTES - 4
_LONGEST: Final = MAX_HEAD + MAX_BODY + 8 * 1024
_SIGNATURE: Final = 64
_HEAD: Final = re.compile(rb'\{"v":\d+,"visit":"[^"]*",.{1,8000}?"body":"([0-9a-f]{64})"\}', re.DOTALL)
_TOLD_EVERY: Final = 256  # pages
_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


class CarvingStopped(Refusal):
    def __init__(self) -> None:
        super().__init__("The repair was stopped; the visit is as it was before.")


@dataclass
class Carved:
    """Entries by id; `heads` are those whose text is lost: signed, in their place, but without a body."""

    entries: dict[str, Entry] = field(default_factory=dict)
    heads: dict[str, Entry] = field(default_factory=dict)
    purged: dict[str, Entry] = field(default_factory=dict)
    """Those that a table holds without a text: it was removed on purpose and must not come back."""

    def take(self, head: bytes, sig: bytes, body: bytes | None, *, purged: bool = False) -> bool:
        """Whether it is an entry; one without a body that was not purged on purpose is a head only."""
        try:
            entry = read_entry(head, sig, body)
        except EntryRefused:
            return body is not None and self.take(head, sig, None)
        known = any(entry.id in place for place in (self.entries, self.heads, self.purged))
        if not known and not entry.signed_by_device():
            return False
        place = self.purged if purged else self.heads if body is None else self.entries
        place.setdefault(entry.id, entry)
        return True

    def add(self, other: Iterable[Entry]) -> None:
        """Entries of a file that is sound."""
        for entry in other:
            (self.purged if entry.body is None else self.entries).setdefault(entry.id, entry)

    def best(self) -> dict[str, Entry]:
        """Each entry once: without its text where that was removed on purpose or is lost."""
        return {**self.heads, **self.entries, **self.purged}


def carve(
    database: Path,
    key: bytes,
    into: Carved,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """All of a file and of the log beside it. Raises `CarvingStopped`; an unreadable file gives nothing."""
    with suppress(FileNotFoundError, IsADirectoryError, PermissionError):
        source = _Source(database, key)
        source.carve(into, progress, cancelled)


def carve_frames(raw_pages: Iterable[tuple[int, bytes]], key: bytes, into: Carved) -> None:
    """The same for pages that came out of a log."""
    cipher = PageCipher(key)
    pages = {number: cipher.plain(raw, number) for number, raw in raw_pages}
    for plain in list(pages.values()):
        _carve_page(plain, pages.get, into)


class _Source:
    """The file's pages with those of its log laid over them; older versions are looked into as well."""

    def __init__(self, database: Path, key: bytes) -> None:
        self._database = database
        self._log = database.with_name(database.name + "-wal")
        self._cipher = PageCipher(key, salt_of(database) if database.is_file() else b"")
        self._file: BinaryIO | None = None
        self._logged: dict[int, list[bytes]] = {}
        with suppress(OSError):
            for frame in frames_of(self._log):
                self._logged.setdefault(frame.page, []).append(frame.raw)

    def carve(self, into: Carved, progress: Progress | None, cancelled: Cancelled | None) -> None:
        if self._database.is_file():
            with self._database.open("rb") as self._file:
                self._carve_file(into, progress, cancelled)
                self._carve_log(into)
            self._file = None
        else:
            self._carve_log(into)

    def _carve_log(self, into: Carved) -> None:
        for number, versions in self._logged.items():
            for raw in versions:
                _carve_page(self._cipher.plain(raw, number), self._page, into)

    def _carve_file(self, into: Carved, progress: Progress | None, cancelled: Cancelled | None) -> None:
        total = -(-self._database.stat().st_size // PAGE_BYTES)
        for number, raw in pages_of(self._database):
            if number % _TOLD_EVERY == 0:
                if cancelled is not None and cancelled():
                    raise CarvingStopped
                if progress is not None:
                    progress(number, total)
            if number > 1:
                _carve_page(self._cipher.plain(raw, number), self._page_in_file, into)

    def _page_in_file(self, number: int) -> bytes | None:
        """As the file has it, else as the log."""
        if self._file is None or not 1 < number <= 1 << 31:
            return None
        self._file.seek((number - 1) * PAGE_BYTES)
        raw = self._file.read(PAGE_BYTES)
        return self._cipher.plain(raw, number) if raw else self._from_log(number)

    def _page(self, number: int) -> bytes | None:
        return self._from_log(number) or self._page_in_file(number)

    def _from_log(self, number: int) -> bytes | None:
        versions = self._logged.get(number)
        return self._cipher.plain(versions[-1], number) if versions else None


def _carve_page(plain: bytes, page: Callable[[int], bytes | None], into: Carved) -> None:
    for payload in _payloads(plain, page):
        parts = _entry_in(payload)
        if parts is not None:
            into.take(*parts, purged=parts[2] is None)
    _scan(plain, into)


# ---- as SQLite lays a table's leaf out -----------------------------------------------------------------


def _payloads(plain: bytes, page: Callable[[int], bytes | None]) -> Iterator[bytes]:
    """The records of a table's leaf, each followed through its overflow pages."""
    if plain[0] != _LEAF:
        return
    count = struct.unpack(">H", plain[3:5])[0]
    for at in range(8, min(8 + 2 * count, USABLE_BYTES - 1), 2):
        with suppress(IndexError, struct.error):
            payload = _payload(plain, struct.unpack(">H", plain[at : at + 2])[0], page)
            if payload is not None:
                yield payload


def _payload(plain: bytes, at: int, page: Callable[[int], bytes | None]) -> bytes | None:
    length, at = _varint(plain, at)
    _, at = _varint(plain, at)
    if not _SIGNATURE < length <= _LONGEST:
        return None
    if length <= _MOST_LOCAL:
        return plain[at : at + length]
    local = _LEAST_LOCAL + (length - _LEAST_LOCAL) % _OVERFLOW
    local = local if local <= _MOST_LOCAL else _LEAST_LOCAL
    parts, left = [plain[at : at + local]], length - local
    following = struct.unpack(">I", plain[at + local : at + local + 4])[0]
    while left > 0:
        overflow = page(following)
        if overflow is None:
            break
        following = struct.unpack(">I", overflow[:4])[0]
        parts.append(overflow[4 : 4 + min(left, _OVERFLOW)])
        left -= _OVERFLOW
    return b"".join(parts)


def _entry_in(payload: bytes) -> tuple[bytes, bytes, bytes | None] | None:
    """Head, signature and body of a row of the journal, whatever columns stand before them."""
    with suppress(IndexError):
        columns = _columns(payload)
        for number, (kind, start, end) in enumerate(columns[:-2]):
            sig, body = columns[number + 1], columns[number + 2]
            is_one = kind >= 12 and kind % 2 == 0 and sig[2] - sig[1] == _SIGNATURE and sig[0] % 2 == 0
            if is_one and payload[start : start + 2] == b'{"':
                text = payload[body[1] : body[2]] if body[0] else None
                return payload[start:end], payload[sig[1] : sig[2]], text
    return None


def _columns(payload: bytes) -> list[tuple[int, int, int]]:
    """Serial type, start and end of each."""
    head_end, at = _varint(payload, 0)
    start, found = head_end, []
    while at < head_end:
        kind, at = _varint(payload, at)
        size = (kind - 12) // 2 if kind >= 12 else _SIZES[kind]
        found.append((kind, start, start + size))
        start += size
    return found


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(9):
        byte = content[at + step]
        if step == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    raise IndexError


# ---- where the page's own order is lost ----------------------------------------------------------------


def _scan(plain: bytes, into: Carved) -> None:
    """By the form of an entry alone, in the order in which a row holds its parts."""
    for match in _HEAD.finditer(plain):
        sig = plain[match.end() : match.end() + _SIGNATURE]
        known = hashlib.sha256(match[0]).hexdigest()
        if known not in into.entries:
            into.take(match[0], sig, _body_at(plain, match.end() + _SIGNATURE, match[1].decode()))


def holds_an_entry(plain: bytes) -> bool:
    """Whether something of an entry's form is in a page: no other key makes such text of it."""
    return _HEAD.search(plain) is not None


def _body_at(plain: bytes, start: int, told: str) -> bytes | None:
    end = plain.find(b'"}', start)
    while end >= 0:
        if hashlib.sha256(plain[start : end + 2]).hexdigest() == told:
            return plain[start : end + 2]
        end = plain.find(b'"}', end + 1)
    return None
