"""How many entries a visit has reached, noted outside its database: a witness for when that went back.

The database, its log and its backups can be damaged together, and then nothing in them says that there was
more. So every commit is followed by a note of the new count in a small file beside the database and in one
in the home folder, which knows the visit by its path. Neither is flushed: after a power cut a note may be
older than the database, never newer. Two places take turns, so that a torn write leaves the other whole.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
import struct
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import make_folder, write_aside
from qsin_desktop.store.folder import REACHED_NAME, VisitFolder
from qsin_desktop.store.identity import REACHED_FOLDER
from qsin_desktop.store.journal_log import Tip

_SUBJECT: Final = b"QSIN reached 1\0\0"
_NOTE: Final = struct.Struct(">16sQ32s")  # subject, entries, time of the last one as its laptop's clock was
_MAC_BYTES: Final = 32
_PLACE_BYTES: Final = 512  # a sector each
_PLACES: Final = 2


@dataclass(frozen=True, order=True)
class Reached:
    """`at`: the time of the last entry, ISO, as its laptop's clock showed it; may be empty."""

    entries: int
    at: str = ""

    @classmethod
    def by(cls, tips: Mapping[str, Tip], at: str = "") -> Self:
        """As many as the logs' ends say."""
        return cls(sum(tip.seq for tip in tips.values()), at)


class HighWater:
    """The notes of one visit. A note that cannot be written or read is none: work never waits for it."""

    def __init__(self, data_key: DataKey, paths: Sequence[Path]) -> None:
        self._key = data_key.derived("reached")
        self._paths = tuple(paths)
        self._turn = 0

    @classmethod
    def of(cls, folder: VisitFolder, data_key: DataKey, home: Path | None) -> Self:
        """`home` is None for who has none, e.g. an example's invented lead."""
        paths = [folder.path / REACHED_NAME]
        return cls(data_key, paths if home is None else [*paths, path_in_home(home, folder.path)])

    def known(self) -> Reached | None:
        """The most that any whole note tells."""
        return max((note for path in self._paths for note in self._notes_in(path)), default=None)

    def begin(self, reached: Reached) -> None:
        """Before the first `put` of an opened visit: what is no whole file of notes is made anew."""
        for path in self._paths:
            notes = list(self._notes_in(path))
            if not notes:
                self._make(path, reached)
            elif max(notes) != reached:
                self._put(path, reached)
        self._turn += 1

    def start_anew(self, reached: Reached) -> None:
        """After a repair that could not bring everything back: this is what there is to go on from."""
        for path in self._paths:
            self._make(path, reached)

    def follow(self, tips: Mapping[str, Tip], new: Sequence[Entry]) -> None:
        """After a commit; takes some hundredths of a millisecond."""
        if new:
            self.put(Reached.by(tips, new[-1].at))

    def put(self, reached: Reached) -> None:
        for path in self._paths:
            self._put(path, reached)
        self._turn += 1

    def _put(self, path: Path, reached: Reached) -> None:
        with suppress(OSError), open(_existing(path), "r+b", buffering=0) as file:
            file.seek(self._turn % _PLACES * _PLACE_BYTES)
            file.write(self._sealed(reached))

    def _make(self, path: Path, reached: Reached) -> None:
        with suppress(OSError, Refusal):
            make_folder(path.parent)
            write_aside(path, self._sealed(reached).ljust(_PLACE_BYTES, b"\0") * _PLACES)

    def _sealed(self, reached: Reached) -> bytes:
        note = _NOTE.pack(_SUBJECT, reached.entries, reached.at.encode()[:32])
        return note + hmac.digest(self._key, note, "sha256")

    def _notes_in(self, path: Path) -> Iterable[Reached]:
        content = b""
        with suppress(OSError), open(_existing(path, os.O_RDONLY), "rb") as file:
            content = file.read(_PLACES * _PLACE_BYTES)
        for start in range(0, len(content), _PLACE_BYTES):
            note = content[start : start + _NOTE.size]
            seal = content[start + _NOTE.size : start + _NOTE.size + _MAC_BYTES]
            if hmac.compare_digest(hmac.digest(self._key, note, "sha256"), seal):
                _, entries, at = _NOTE.unpack(note)
                yield Reached(entries, at.rstrip(b"\0").decode(errors="replace"))


def path_in_home(home: Path, visit: Path) -> Path:
    """Two copies of a visit have a note each, so that who goes back to an older copy elsewhere may."""
    place = os.path.normcase(os.path.realpath(visit))
    return home / REACHED_FOLDER / hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def forget_in_home(home: Path, visit: Path) -> None:
    """Of a visit that is deleted."""
    with suppress(OSError):
        path_in_home(home, visit).unlink(missing_ok=True)


def _existing(path: Path, flags: int = os.O_RDWR) -> int:
    """A plain file, opened; raises OSError for anything else, e.g. a link that leads to another's file."""
    number = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | _NONBLOCK)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError
    return number


_NONBLOCK: Final = getattr(os, "O_NONBLOCK", 0)  # a pipe in its place is not waited for
