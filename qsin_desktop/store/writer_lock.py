"""One process at a time writes a visit; a second is told who has it."""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from filelock import BaseFileLock, FileLock, Timeout

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.durable import write_aside
from qsin_desktop.store.faults import PlaceGone, refusal_for
from qsin_desktop.store.names import visit_title

LOCK_NAME: Final = "visit.lock"
WRITER_NAME: Final = "visit.writer.json"

_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_NO_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK})
_LONGEST_NOTE: Final = 4096


@dataclass(frozen=True)
class Writer:
    """Who holds a visit; `since` is ISO 8601 with the holder's offset, `user` the name at the computer."""

    pid: int
    host: str
    user: str
    person: str
    since: str

    @property
    def said(self) -> str:
        """E.g. “by Ann Baker on LAPTOP-7 since 10:42 on 24 November”."""
        parts = [f"by {self.person or self.user}" if self.person or self.user else "", f"on {self.host}"]
        with suppress(ValueError):
            parts.append(f"since {_moment(datetime.fromisoformat(self.since))}")
        return " ".join(part for part in parts if part)


class LockedByOther(Refusal):
    """Another process writes this visit; `holder` is None when it did not say who it is."""

    def __init__(self, folder: Path, holder: Writer | None) -> None:
        self.holder = holder
        by = holder.said if holder else "in another window or program"
        super().__init__(
            f"“{visit_title(folder)}” is open for work {by}; "
            "close it there first, or open it here for reading only. Nothing was changed."
        )


class FolderReadOnly(Refusal):
    """The visit lies where nothing can be written or locked; it can be opened for reading."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"“{visit_title(folder)}” can only be read here because {why}; copy the folder to this computer "
            "to work on it."
        )


class DriveGone(PlaceGone):
    """The drive that holds the visit does not answer; tried again until it does."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The drive that holds “{visit_title(folder)}” stopped answering. Everything saved before is "
            "safe, and what you typed stays here and is saved as soon as the drive is back at its place."
        )


def _file_lock(folder: Path) -> BaseFileLock:
    # Without the soft fallback, whose stale locks would bar the way after a crash.
    return FileLock(folder / LOCK_NAME, timeout=0, thread_local=False, fallback_to_soft=False)


def _now() -> datetime:
    return datetime.now().astimezone()


class WriterLock:
    """The right to write the visit in `folder`; a crash or a power cut gives it back by itself."""

    def __init__(self, folder: Path, *, person: str = "", clock: Callable[[], datetime] = _now) -> None:
        self._folder = folder
        self._person = person
        self._clock = clock
        self._lock = _file_lock(folder)
        self._seen = -1  # the lock's file, held open: it tells when the folder it lies in is deleted

    @property
    def held(self) -> bool:
        return self._lock.is_locked

    @property
    def lost(self) -> bool:
        """Whether the folder was deleted, or moved to another disk: what is written to open files is lost.

        Where the system keeps open files from being removed that cannot be. Raises `PlaceGone` where the
        drive has stopped answering.
        """
        try:
            return self._seen >= 0 and os.fstat(self._seen).st_nlink == 0
        except OSError as fault:
            raise DriveGone(self._folder) from fault

    @property
    def replaced(self) -> bool:
        """Whether the file of its name is another than the one held: its drive was away and is back."""
        try:
            there = (self._folder / LOCK_NAME).stat()
        except OSError:
            return False
        try:
            return self._seen >= 0 and not os.path.samestat(os.fstat(self._seen), there)
        except OSError:
            return True

    def renew(self) -> None:
        """Take the right to write once more where the drive is back. Raises what `acquire` raises."""
        self.release()
        self._lock = _file_lock(self._folder)
        self.acquire()

    def acquire(self) -> None:
        """Raises `LockedByOther`, `FolderReadOnly`, or a disk's refusal."""
        if self.held:
            return
        try:
            self._folder.stat()  # the library would make a vanished folder anew
            self._lock.acquire()
        except Timeout:
            raise LockedByOther(self._folder, holder_of(self._folder)) from None
        except OSError as fault:
            raise self._refusal(fault) from fault
        if os.name == "posix":
            with suppress(OSError):
                self._seen = os.open(self._folder / LOCK_NAME, os.O_RDONLY)
        self._say_who()

    def release(self) -> None:
        """Harmless when it is not held."""
        if not self.held:
            return
        if self._seen >= 0:
            with suppress(OSError):
                os.close(self._seen)
            self._seen = -1
        with suppress(OSError):
            (self._folder / WRITER_NAME).unlink(missing_ok=True)
        with suppress(OSError):  # a drive that was pulled out takes the lock with it
            self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _say_who(self) -> None:
        writer = Writer(
            os.getpid(), platform.node() or "this computer", _user(), self._person, _iso(self._clock())
        )
        # The note is a courtesy: a full disk must not keep anybody from opening the visit.
        with suppress(Refusal):
            write_aside(self._folder / WRITER_NAME, json.dumps(asdict(writer), ensure_ascii=False).encode())

    def _refusal(self, fault: OSError) -> Refusal:
        if fault.errno in _READ_ONLY:
            return FolderReadOnly(self._folder, "nothing may be written there")
        if fault.errno in _NO_LOCKS:
            return FolderReadOnly(self._folder, "this drive cannot keep two programs apart")
        return refusal_for(fault, f"“{visit_title(self._folder)}” could not be opened for work")


def holder_of(folder: Path) -> Writer | None:
    """What the holder wrote about itself, or None when there is nothing readable."""
    try:
        with (folder / WRITER_NAME).open("rb") as note:
            return _writer_from(json.loads(note.read(_LONGEST_NOTE)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _writer_from(given: dict[str, Any]) -> Writer:
    texts = {name: _one_line(given[name]) for name in ("host", "user", "person", "since")}
    return Writer(pid=int(given["pid"]), **texts)


def _one_line(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError
    return "".join(sign for sign in given if sign.isprintable())[:120]


def _user() -> str:
    with suppress(
        Exception
    ):  # no name at all in some services and containers: OSError, KeyError or ImportError
        return getpass.getuser()
    return ""


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} on {moment.day} {moment:%B}"
