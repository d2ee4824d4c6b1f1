"""A stretch of one laptop's log as bytes: the entries exactly as first written, compressed, within limits.

Each entry is the length of its head and of its body (4 bytes each, big-endian; 0xFFFFFFFF for a purged
body), then head, signature (64 bytes) and body. There is one spelling only.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from qsin_desktop.journal.entry import MAX_BODY, MAX_HEAD, Entry, EntryRefused, read_entry
from qsin_desktop.sync.refusals import RangeRefused

MOST_ENTRIES: Final = 2_000
MOST_BYTES: Final = 32 << 20
# Few bytes a file, so that little is read again after a cut.
_USUAL_BYTES: Final = 8 << 20
_LENGTHS: Final = struct.Struct(">II")
_SIGNATURE: Final = 64
_PURGED: Final = 0xFFFFFFFF
_LEVEL: Final = 3


def packed(entries: Iterable[Entry]) -> bytes:
    out = zlib.compressobj(_LEVEL)
    parts = [out.compress(_as_bytes(entry)) for entry in entries]
    return b"".join([*parts, out.flush()])


def bare(entry: Entry) -> Entry:
    """The same entry without its body, as after a purge."""
    return read_entry(entry.head, entry.sig, None)


def unpacked(content: bytes) -> list[Entry]:
    """The entries, each checked by itself; the chain is checked on receiving. Raises `RangeRefused`."""
    entries = list(_entries_in(_inflated(content)))
    if not entries:
        raise RangeRefused("A file of entries is empty.")
    return entries


def stretches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Cut a log into stretches that a file can hold."""
    held: list[Entry] = []
    size = 0
    for entry in entries:
        if held and (len(held) == MOST_ENTRIES or size + _size(entry) > _USUAL_BYTES):
            yield held
            held, size = [], 0
        held.append(entry)
        size += _size(entry)
    if held:
        yield held


def _size(entry: Entry) -> int:
    return _LENGTHS.size + len(entry.head) + _SIGNATURE + len(entry.body or b"")


def _as_bytes(entry: Entry) -> bytes:
    length = _PURGED if entry.body is None else len(entry.body)
    return _LENGTHS.pack(len(entry.head), length) + entry.head + entry.sig + (entry.body or b"")


def _inflated(content: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        found = inflater.decompress(content, MOST_BYTES)
    except zlib.error:
        raise RangeRefused("A file of entries is damaged.") from None
    if inflater.unconsumed_tail:
        raise RangeRefused(f"A file of entries is larger than {MOST_BYTES >> 20} MiB.")
    if not inflater.eof or inflater.unused_data:
        raise RangeRefused("A file of entries is cut short or has something after its end.")
    return found


def _entries_in(content: bytes) -> Iterator[Entry]:
    at, count = 0, 0
    while at < len(content):
        count += 1
        if count > MOST_ENTRIES:
            raise RangeRefused(f"A file holds more than {MOST_ENTRIES:,} entries.")
        entry, at = _entry_at(content, at)
        yield entry


def _entry_at(content: bytes, at: int) -> tuple[Entry, int]:
    try:
        head_length, body_length = _LENGTHS.unpack_from(content, at)
    except struct.error:
        raise RangeRefused("A file of entries ends in the middle of one.") from None
    purged = body_length == _PURGED
    if head_length > MAX_HEAD or (not purged and body_length > MAX_BODY):
        raise RangeRefused("A file holds an entry that is too large.")
    head_at = at + _LENGTHS.size
    sig_at = head_at + head_length
    body_at = sig_at + _SIGNATURE
    end = body_at + (0 if purged else body_length)
    if end > len(content):
        raise RangeRefused("A file of entries ends in the middle of one.")
    body = None if purged else content[body_at:end]
    try:
        return read_entry(content[head_at:sig_at], content[sig_at:body_at], body), end
    except EntryRefused as refusal:
        raise RangeRefused(refusal.sentence) from None
