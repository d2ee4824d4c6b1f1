"""A look at a visit's database before anything is written to it: its key, its log, its newest backup.

SQLite takes what it finds beside a database for its log, plays it in and writes on. A log that is damaged
ends for it where the damage is, and one of another file spoils what it is played into. So it is read first.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.carving import Carved, carve_frames
from qsin_desktop.store.cipher_pages import (
    PAGE_BYTES,
    Frame,
    PageCipher,
    frames_of,
    is_no_log,
    pages_of,
    pages_taken,
    salt_of,
)
from qsin_desktop.store.visit_file import VisitDamaged


@dataclass(frozen=True)
class Looked:
    """`beyond`: entries in frames of the log that SQLite will not take; most are in the visit already.

    `unfinished`: whatever is new among them belongs to one write that the power cut off; it was never told
    to anybody as saved. `no_log`: what lies in the log's place is none, and has nothing of ours in it.
    """

    log: bytes = field(default=b"", repr=False)
    beyond: tuple[Entry, ...] = ()
    unfinished: bool = False
    no_log: bool = False


class LogForeign(VisitDamaged):
    def __init__(self, title: str) -> None:
        super().__init__(
            f"Beside the database of “{title}” lies the log of another file, and opening would mix the two. "
            "Nothing was changed; “Repair” moves it aside and keeps everything that is whole."
        )


class LogSpoiled(VisitDamaged):
    def __init__(self, title: str) -> None:
        super().__init__(
            f"The log of the last work in “{title}” holds something else, and opening would write over it. "
            "Nothing was changed; “Repair” moves it aside and keeps everything that is whole."
        )


class LogTorn(VisitDamaged):
    def __init__(self, title: str) -> None:
        super().__init__(
            f"The log of the last work in “{title}” is damaged, and opening would lose what lies behind the "
            "damaged spot. Nothing was changed; “Repair” brings back all that is still readable."
        )


class PageSpoiled(VisitDamaged):
    """The first page is not this visit's; told by the words of `VisitDamaged`."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"The database of “{title}” is damaged or does not fit its keys. It was left as it is; "
            "“Repair” puts together what its backups and the damaged file still hold."
        )


def look(database: Path, key: bytes, title: str) -> Looked:
    """Reads only. Raises `VisitDamaged` where opening could make it worse; a disk's faults are SQLite's."""
    with suppress(OSError):
        salt = salt_of(database)
        if 0 < database.stat().st_size < PAGE_BYTES:  # SQLite would begin a new one in its place
            raise VisitDamaged(f"The database of “{title}” was never finished; it was left as it is.")
        log = database.with_name(database.name + "-wal")
        if salt.strip(b"\0") and _has_a_page(database) and not _first_is_sealed(database, log, key, salt):
            raise PageSpoiled(title)
        if salt and log.is_file() and log.stat().st_size:
            return _look_at_log(log, PageCipher(key, salt), key, title)
    return Looked()


def sealed_pages(database: Path, key: bytes) -> tuple[int, int]:
    """How many pages are as they were written, and of how many."""
    cipher, good, total = PageCipher(key, salt_of(database)), 0, 0
    for number, raw in pages_of(database):
        total += 1
        good += cipher.is_sealed(raw, number)
    return good, total


def _has_a_page(database: Path) -> bool:
    return database.stat().st_size >= PAGE_BYTES


def _first_is_sealed(database: Path, log: Path, key: bytes, salt: bytes) -> bool:
    """In the file, or in the log: when the power goes while the log is played in, the file's may be half."""
    cipher = PageCipher(key, salt)
    _, raw = next(pages_of(database))
    if cipher.is_sealed(raw, 1):
        return True
    return log.is_file() and cipher.is_sealed(pages_taken(log).get(1, b""), 1)


def _look_at_log(log: Path, cipher: PageCipher, key: bytes, title: str) -> Looked:
    taken, beyond, waiting = 0, [], []
    for frame in frames_of(log):
        waiting.append(frame)
        if frame.follows and frame.commits:
            taken += len(waiting)
            if not all(cipher.is_sealed(each.raw, each.page) for each in waiting):
                raise LogForeign(title)
            waiting = []
    beyond = [(each.page, each.raw) for each in waiting if cipher.is_sealed(each.raw, each.page)]
    if not beyond and is_no_log(log):
        return Looked(log.read_bytes(), no_log=True)
    if not beyond:
        return Looked()
    carved = Carved()
    carve_frames(beyond, key, carved)
    return Looked(log.read_bytes(), tuple(carved.entries.values()), unfinished=_is_one_write(waiting))


def _is_one_write(frames: Sequence[Frame]) -> bool:
    """Nothing is written to a log after a write that was not safe on the disk: so it is the last in it."""
    own = [frame for frame in frames if frame.own]
    return bool(own) and not any(frame.commits for frame in own[:-1])
