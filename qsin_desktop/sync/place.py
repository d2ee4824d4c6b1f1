"""Where laptops meet without meeting: write-once files under strict names. No index, no lock.

A `Place` gives and takes bytes by name; nothing read from it is trusted before it was checked.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.durable import (
    ASIDE_PREFIX,
    aside_for,
    flush_folder,
    flush_to_disk,
    hold,
    is_folder,
    open_new,
    put_in_place,
    sweep_own,
)
from qsin_desktop.store.faults import PlaceGone, full_if_no_room, refusal_for
from qsin_desktop.sync import names
from qsin_desktop.sync.limits import MOST_GROUPS, MOST_NAMES, PlaceOverfull
from qsin_desktop.sync.names import LogFile
from qsin_desktop.sync.refusals import AnotherVisit, BundleNewer, LeadsElsewhere

# age adds some hundred bytes a laptop and 16 a block to what it encrypts.
FILE_LIMIT: Final = (33 << 20) + (64 << 10)
_FORMAT_LIMIT: Final = 4096
_SAFE: Final = "What is on this laptop is safe, and what was handed over before stays."
BAD_SUFFIX: Final = ".bad"


class Place(Protocol):
    """A folder or a bundle. Reading and writing raise a disk's refusal."""

    @property
    def title(self) -> str:
        """What a person calls it."""

    @property
    def takes(self) -> bool:
        """Whether anything can be written to it."""

    @property
    def ignored(self) -> int:
        """Files met so far whose names are not exactly ours."""

    def logs(self) -> list[LogFile]:
        """Every file of entries, by name; its content is not looked at."""

    def groups(self) -> list[str]: ...

    def has(self, path: str) -> bool: ...

    def read(self, path: str) -> bytes | None:
        """The whole file, or None when there is none or it is larger than any of ours."""

    def write(self, path: str, content: bytes) -> None:
        """Durably and whole or not at all; a file that is there stays."""

    def put_off(self, path: str) -> None:
        """Take a damaged file out of the way, so that who has it whole writes it again."""


class FolderPlace:
    """A folder on a stick, a network share, or one that a cloud client mirrors."""

    takes = True

    def __init__(self, folder: Path, visit: str, owner: str = "") -> None:
        """`owner` is the laptop that writes here, so that it knows later what it left half written.

        Raises `PlaceGone`, `AnotherVisit`, `BundleNewer` or a disk's refusal.
        """
        self.folder = folder
        self.root = folder / names.root_name(visit)
        self.visit = visit
        self._owner = names.short(owner)
        self.ignored = 0
        self._ready = False
        self._looked_at = 0
        self._made: set[Path] = set()
        if not is_folder(folder):
            raise PlaceGone(
                f"There is no folder “{folder}”. Check that the stick or the share is connected and try "
                f"again. {_SAFE}"
            )
        self._check_format()

    @property
    def title(self) -> str:
        return self.folder.name or str(self.folder)

    def groups(self) -> list[str]:
        found = sorted(name for name in self._names_in(self.root) if names.is_group(name))
        if len(found) > MOST_GROUPS:
            raise PlaceOverfull(self.title, MOST_GROUPS, "groups of files")
        return found

    def logs(self) -> list[LogFile]:
        self.ignored = self._looked_at = 0
        found: list[LogFile] = []
        self.groups()
        for group in self._names_in(self.root, known=(names.FORMAT_NAME,), fits=names.is_group):
            logs = self.root / group / "log"
            for device in self._names_in(logs, fits=names.is_device):
                for name in self._names_in(logs / device):
                    file = names.log_file(group, device, name)
                    if file is not None:
                        found.append(file)
                    else:
                        self._count_odd(name)
        return found

    def has(self, path: str) -> bool:
        try:
            return stat.S_ISREG((self.root / path).lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as fault:
            raise self._refusal(fault, "could not be read") from fault

    def read(self, path: str) -> bytes | None:
        try:
            with _opened_plain(self.root / path) as file:
                if os.fstat(file.fileno()).st_size > FILE_LIMIT:
                    return None
                return file.read(FILE_LIMIT)
        except (FileNotFoundError, _NotPlain):
            self._refuse_gone()
            return None
        except OSError as fault:
            raise self._refusal(fault, "could not be read") from fault

    def write(self, path: str, content: bytes) -> None:
        try:
            self._make_ready()
            target = self.root / path
            self._make_folder(target.parent)
            if not self.has(path):
                if target.is_dir():
                    self.put_off(path)
                self._write_aside(target, content)
        except OSError as fault:
            raise self._refusal(fault, "could not be written") from fault

    def replace(self, path: str, content: bytes) -> None:
        """Write a file anew, durably and whole or not at all: after a purge, without what was purged."""
        try:
            self._write_aside(self.root / path, content)
        except OSError as fault:
            raise self._refusal(fault, "could not be written") from fault

    def remove(self, path: str) -> None:
        """Take a file away that was purged or stands twice; nothing happens where there is none."""
        target = self.root / path
        try:
            target.unlink()
            flush_folder(target.parent)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as fault:
            raise self._refusal(fault, "could not be written") from fault

    def put_off(self, path: str) -> None:
        """Where the place cannot be written the file stays; who reads it is told all the same."""
        target = self.root / path
        with suppress(OSError):
            target.replace(target.with_name(target.name + BAD_SUFFIX))

    def sweep(self, given_up: Iterable[str] = ()) -> None:
        """Remove what this laptop left half written when it was interrupted; what others write stays.

        But for the laptops `given_up`: those a lead cut off, lost or broken, will not come to clear theirs.
        """
        for owner in {self._owner, *map(names.short, given_up)} - {""}:
            sweep_own(self.root, owner)

    # ---- the folder -------------------------------------------------------------------------------

    def _names_in(self, folder: Path, *, known: Iterable[str] = (), fits: object = None) -> Iterator[str]:
        """Names in a folder that is there; those that do not fit are counted, and so are links elsewhere."""
        try:
            with os.scandir(folder) as entries:
                found = sorted(entry.name for entry in self._counted(entries) if not entry.is_symlink())
        except (FileNotFoundError, NotADirectoryError):
            self._refuse_gone()
            return
        except OSError as fault:
            raise self._refusal(fault, "could not be read") from fault
        listed = set(found)
        for given in found:
            name = self._as_written(folder, given, listed)
            if not callable(fits) or fits(name):
                yield name
            elif name not in known:
                self._count_odd(name)

    def _as_written(self, folder: Path, name: str, listed: set[str]) -> str:
        """The name as it was first written, where a stick that knows no small letters upper-cased it.

        Such a drive finds the file under either name; on any other an upper-cased copy is somebody else's.
        """
        small = name.lower()
        if small == name or small in listed:
            return name
        try:
            (folder / small).lstat()
        except OSError:
            return name
        return small

    def _counted(self, entries: Iterable[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
        for entry in entries:
            self._looked_at += 1
            if self._looked_at > MOST_NAMES:
                raise PlaceOverfull(self.title, MOST_NAMES)
            if entry.is_symlink():
                self._count_odd(entry.name)
            yield entry

    def _count_odd(self, name: str) -> None:
        if not name.startswith(".") and not name.endswith(BAD_SUFFIX):
            self.ignored += 1

    def _refuse_gone(self) -> None:
        """A missing file is nothing; a missing folder is a stick that was pulled out."""
        if not is_folder(self.folder):
            raise PlaceGone(
                f"“{self.title}” is no longer there: the stick was pulled out or the share is gone. {_SAFE} "
                "Connect it and try again."
            )

    def _check_format(self) -> None:
        try:
            content = self.read(names.FORMAT_NAME)
            given = json.loads(content[:_FORMAT_LIMIT]) if content else None
        except (ValueError, RecursionError):
            given = None  # damaged, and nothing rests on it: every entry names its visit itself
        check_format(given, self.visit, self.title)

    def _make_ready(self) -> None:
        """The folder of this visit with its format file, before the first file is written."""
        if self._ready:
            return
        self.folder.stat()  # mkdir would make a vanished stick anew, on the disk below it
        self._make_folder(self.root)
        target = self.root / names.FORMAT_NAME
        if not target.exists():
            self._write_aside(target, format_bytes(self.visit))
        self._ready = True

    def _make_folder(self, folder: Path) -> None:
        if folder in self._made:
            return
        if folder != self.root:
            self._make_folder(folder.parent)
        if folder.is_symlink():
            raise LeadsElsewhere(self.title)
        with suppress(FileExistsError):
            folder.mkdir()
            flush_folder(folder.parent)
        self._made.add(folder)

    def _write_aside(self, target: Path, content: bytes) -> None:
        """Half written files lie at the top of the visit's folder, where their owner finds them at once."""
        aside = aside_for(self.root / target.name, self._owner)
        try:
            with open_new(aside) as out:
                hold(out.fileno())
                out.write(content)
                out.flush()
                flush_to_disk(out.fileno())
            put_in_place(aside, target)
            flush_folder(target.parent)
        except BaseException as fault:
            told = full_if_no_room(fault, self.root) if isinstance(fault, OSError) else fault
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            if told is fault:
                raise
            raise told from fault

    def _refusal(self, fault: OSError, what: str) -> Refusal:
        return refusal_for(fault, f"“{self.title}” {what}", safe=_SAFE)


def format_bytes(visit: str) -> bytes:
    return json.dumps({"format": names.FORMAT, "visit": visit}).encode()


def check_format(given: object, visit: str, title: str) -> None:
    """Raises `BundleNewer` or `AnotherVisit`; what says nothing readable is passed over."""
    if not isinstance(given, dict):
        return
    if isinstance(given.get("format"), int) and given["format"] > names.FORMAT:
        raise BundleNewer(title)
    if isinstance(given.get("visit"), str) and given["visit"] != visit:
        raise AnotherVisit(title)


class _NotPlain(Exception):  # never leaves this module
    """A link, or a folder, in the place of a file."""


def _opened_plain(path: Path) -> BinaryIO:
    """For reading, without following a link and without waiting for a pipe or a device."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        number = os.open(path, flags)
    except OSError as fault:
        if path.is_symlink() or is_folder(path):
            raise _NotPlain from fault
        raise
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise _NotPlain
    return os.fdopen(number, "rb")


__all__ = ["ASIDE_PREFIX", "FILE_LIMIT", "FolderPlace", "Place", "check_format", "format_bytes"]
