"""Put a damaged visit together again: keys from a copy, the journal from backups and all that is readable.

    look_over(path, unlocking)      what is wrong, what is safe, what a repair would do; writes nothing
    repair(path, unlocking, ...)    does it; damaged originals go into the visit's folder “damaged”

A repaired file is made aside and takes its place only when it is whole and checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.opening import Unlocking, now
from qsin_desktop.actions.repair_words import Account, account_of, outcome_lines
from qsin_desktop.actions.salvaged import keep_salvaged
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.backups import backups_of, check_backup, strays_of
from qsin_desktop.store.carving import Carved, CarvingStopped, carve
from qsin_desktop.store.damaged import LOG_ENDINGS, DamagedFolder, damaged_databases
from qsin_desktop.store.database_state import DatabaseState, entries_in, notes_in, state_of, tips_in
from qsin_desktop.store.durable import aside_for, flush_folder, is_there, make_folder, put_in_place
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import FolderReadOnly, NotAVisit, VisitFolder, VisitMissing, WriterLock
from qsin_desktop.store.high_water import HighWater, Reached
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.key_search import KeysFound, find_keys
from qsin_desktop.store.keys_file import KEYS_NAME, read_keys, write_keys
from qsin_desktop.store.places import blocked_files, blocked_places, free_files, free_places
from qsin_desktop.store.rebuilding import Logs, logs_of, write_database
from qsin_desktop.store.renamed import renamed_copies

__all__ = ["Account", "CarvingStopped", "Repaired", "look_over", "repair"]

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class CannotRepair(Refusal):
    """Nothing was found that a visit could be made of, or its folder cannot be written."""


@dataclass(frozen=True)
class Repaired:
    """`lines` tell a person what was done, what is back and what is not; `place` holds the originals."""

    lines: tuple[str, ...]
    place: Path | None = None
    entries: int = 0
    texts_lost: int = 0
    entries_missing: int = 0
    database: bool = False
    keys: bool = False
    backups: int = 0


def look_over(
    path: Path,
    unlocking: Unlocking | None = None,
    *,
    more: Sequence[Path] = (),
    home: Path | None = None,
) -> Account:
    """`home` may hold a note of how much the visit had.

    Raises the refusals of a folder that is no visit, and those that ask for a passphrase.
    """
    folder = _folder(path)
    found = _keys(folder, unlocking or Unlocking(), more)
    bad = tuple(path.name for path in _unsound(folder, found))
    blocked = (*blocked_files(folder), *blocked_places(folder))
    through = not any(folder.database.name in name for name in blocked)
    state = state_of(folder, found.data_key, home) if through else DatabaseState.WHOLE
    return account_of(folder, found, state, bad, blocked)


def repair(
    path: Path,
    *,
    identity: Identity,
    unlocking: Unlocking | None = None,
    more: Sequence[Path] = (),
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    clock: Callable[[], datetime] = now,
) -> Repaired:
    """`more` are folders of backups elsewhere. Long: for a thread of its own.

    Raises `LockedByOther`, `KeysLost`, `CannotRepair`, `CarvingStopped`, a disk's refusal, and what asks for
    a key; the visit is then as it was.
    """
    folder = _folder(path)
    found = _keys(folder, unlocking or Unlocking(), more)
    aside = DamagedFolder(folder, clock())
    lock = WriterLock(folder.path, person=identity.name)
    try:
        free_files(folder, aside)
        lock.acquire()
    except FolderReadOnly as fault:
        raise CannotRepair(
            f"“{folder.title}” cannot be repaired where it lies, because its folder cannot be written. "
            "Copy it to this computer and repair the copy. Nothing was changed."
        ) from fault
    try:
        return _Repair(folder, found, more, progress, cancelled, aside, identity.home).run()
    finally:
        lock.release()


@dataclass
class _Repair:
    folder: VisitFolder
    found: KeysFound
    more: Sequence[Path]
    progress: Progress | None
    cancelled: Cancelled | None
    aside: DamagedFolder
    home: Path | None
    sources: list[str] = field(default_factory=list)

    def run(self) -> Repaired:
        key = self.found.data_key.database_key
        aside = self.aside
        free_places(self.folder, aside)
        high_water = HighWater.of(self.folder, self.found.data_key, self.home)
        noted, short = high_water.known(), 0
        state = state_of(self.folder, self.found.data_key, self.home)
        logs, carved = Logs(""), Carved()
        if state is not DatabaseState.WHOLE:
            logs, carved = self._collected()
            if not logs.whole:
                raise CannotRepair(
                    f"Neither the database of “{self.folder.title}” nor any backup holds a readable entry, "
                    "so there is nothing to make it of. Nothing was changed; a colleague's bundle can bring "
                    "the visit back."
                )
            if not _holds_pack(logs):
                raise CannotRepair(
                    f"What is left of “{self.folder.title}” has lost its standards pack, without which its "
                    "judgements say nothing, and no backup holds it. Nothing was changed; a colleague's "
                    "bundle can bring the visit back."
                )
            self._put_database(key, logs, aside)
            beyond = sum(map(len, logs.beyond.values()))
            short = max(0, noted.entries - logs.entries - beyond) if noted else 0
            high_water.start_anew(Reached(logs.entries, max(log[-1].at for log in logs.whole.values())))
        keys_mended = self._mend_keys(aside)
        bad = self._bad_backups(aside)
        if logs.beyond:
            keep_salvaged(self.folder, self.found.data_key, logs.beyond)
        whole = [entry for log in logs.whole.values() for entry in log]
        lost = sum(entry.body is None and entry.id in carved.heads for entry in whole)
        last = max((log[-1].at for log in logs.whole.values()), default="")
        return Repaired(
            lines=outcome_lines(
                logs,
                self.sources,
                lost,
                last,
                bad,
                aside,
                keys_mended=keys_mended,
                short=max(0, short - sum(logs.missing.values())),
            ),
            place=aside.path if aside.moved else None,
            entries=logs.entries,
            texts_lost=lost,
            entries_missing=max(short, sum(logs.missing.values())),
            database=bool(logs.whole),
            keys=keys_mended,
            backups=bad,
        )

    # ---- the journal --------------------------------------------------------------------------------

    def _collected(self) -> tuple[Logs, Carved]:
        """The damaged database first, then backups until no more is missing."""
        key, carved = self.found.data_key.database_key, Carved()
        renamed = renamed_copies(self.folder.database)
        own = [self.folder.database, *renamed]
        if not is_there(self.folder.database):
            own += damaged_databases(self.folder)
        for database in own:
            self._tell(0, 0, f"Reading what is left in {database.name}")
            before = len(carved.best())
            carve(database, key, carved, progress=self._pages(database.name), cancelled=self.cancelled)
            if len(carved.best()) > before:
                self.sources.append(f"“{database.name}”" if database in renamed else "the damaged database")
        logs = logs_of(carved.best().values())
        for number, backup in enumerate(self._backups()):
            enough = number and logs.whole and not logs.beyond and not carved.heads
            if enough and not self._knows_more(backup, key, logs):
                continue
            self._heed()
            self._tell(0, 0, f"Reading the backup {backup.name}")
            before = len(carved.entries)
            self._take_backup(backup, key, carved)
            if len(carved.entries) > before:
                self.sources.append(f"the backup {backup.name}")
            logs = logs_of(carved.best().values())
        return logs, carved

    @staticmethod
    def _knows_more(backup: Path, key: bytes, logs: Logs) -> bool:
        """The newest by its name need not be: a clock may have been set back."""
        try:
            tips = tips_in(backup, key)
        except Refusal:
            return False
        return any(seq > len(logs.whole.get(device, ())) for device, seq in tips.items())

    def _take_backup(self, backup: Path, key: bytes, carved: Carved) -> None:
        try:
            check_backup(backup, self.found.data_key)
            carved.add(entries_in(backup, key))
        except Refusal:
            carve(backup, key, carved, cancelled=self.cancelled)

    def _backups(self) -> list[Path]:
        known = [backup.path for backup in backups_of(self.folder)]
        for place in self.more:
            with suppress(OSError):
                known += sorted(place.glob("visit-*.db"), reverse=True)
        return known

    def _put_database(self, key: bytes, logs: Logs, aside: DamagedFolder) -> None:
        database = self.folder.database
        made = aside_for(database)
        self._tell(0, 0, "Writing the repaired database")
        try:
            write_database(made, key, logs, notes_in([database, *self._backups()], key))
            self._heed()
            logs_beside = (database.with_name(database.name + end) for end in LOG_ENDINGS)
            for path in (*logs_beside, database, *renamed_copies(database)):
                aside.move_in(path)
            put_in_place(made, database)
            flush_folder(database.parent)
        except OSError as fault:
            raise refusal_for(fault, f"“{self.folder.title}” could not be repaired") from fault
        finally:
            for end in ("", *LOG_ENDINGS):
                with suppress(OSError):
                    made.with_name(made.name + end).unlink(missing_ok=True)

    # ---- keys and backups ---------------------------------------------------------------------------

    def _mend_keys(self, aside: DamagedFolder) -> bool:
        copy = self.folder.backups / KEYS_NAME
        mended = not self.found.in_place
        if mended:
            aside.move_in(self.folder.keys)
            write_keys(self.folder.keys, self.found.held)
            for path in renamed_copies(self.folder.keys):
                aside.move_in(path)
        try:
            fits = read_keys(copy).key_id == self.found.held.key_id
        except Refusal:
            fits = False
        if not fits:
            aside.move_in(copy)
            with suppress(OSError):
                make_folder(self.folder.backups)
                write_keys(copy, self.found.held)
        return mended

    def _bad_backups(self, aside: DamagedFolder) -> int:
        """Out of the way, so that nobody relies on them."""
        bad = _unsound(self.folder, self.found)
        for path in bad:
            aside.move_in(path)
        return len(bad)

    # ---- how far it is ------------------------------------------------------------------------------

    def _pages(self, name: str) -> Callable[[int, int], None] | None:
        if self.progress is None:
            return None
        return lambda done, total: self._tell(done, total, f"Reading what is left in {name}")

    def _tell(self, done: int, total: int, words: str) -> None:
        if self.progress is not None:
            self.progress(done, total, words)

    def _heed(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise CarvingStopped


def _holds_pack(logs: Logs) -> bool:
    packs = (entry for log in logs.whole.values() for entry in log if entry.key.field == "pack")
    return any(entry.key.type == "visit" and entry.body is not None for entry in packs)


def _unsound(folder: VisitFolder, found: KeysFound) -> list[Path]:
    known = [backup.path for backup in backups_of(folder) if not _is_sound(backup.path, found)]
    return [*known, *strays_of(folder)]


def _is_sound(backup: Path, found: KeysFound) -> bool:
    try:
        check_backup(backup, found.data_key)
    except Refusal:
        return False
    return True


def _keys(folder: VisitFolder, given: Unlocking, more: Sequence[Path]) -> KeysFound:
    return find_keys(
        folder,
        passphrase=given.passphrase,
        key_file=given.key_file,
        use_keyring=given.use_keyring,
        more=more,
    )


def _folder(path: Path) -> VisitFolder:
    """Anything that was a visit: a database, keys or backups are left."""
    folder = VisitFolder(path.absolute())
    if not is_there(folder.path):
        raise VisitMissing(folder.path)
    parts = (folder.database, folder.keys, folder.backups, *folder.renamed)
    if not any(is_there(part) for part in parts):
        raise NotAVisit(folder.path, "is not a visit folder: nothing of one is in it.")
    return folder
