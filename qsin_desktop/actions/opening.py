"""Open a visit: find its key, take the writer's place or say who has it, read what stands."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.purging import finish_purges
from qsin_desktop.actions.recovering import recover_words
from qsin_desktop.actions.reissuing import go_on
from qsin_desktop.actions.repair_words import bad_backups_told, moment_of
from qsin_desktop.actions.taking_back import take_back
from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Pack, Rules
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.packs.frozen import pack_from_bytes, pack_hash
from qsin_desktop.store import keys
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.database_state import (
    Testimony,
    ask_backups,
    missing_after,
    refuse_spoiled,
    refuse_torn,
    tips_of,
)
from qsin_desktop.store.folder import FolderReadOnly, VisitFolder, WriterLock
from qsin_desktop.store.high_water import HighWater, Reached
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.looking import Looked, look
from qsin_desktop.store.making import refuse_unfinished
from qsin_desktop.store.places import refuse_blocked_files
from qsin_desktop.store.projected_to_read import projected_here
from qsin_desktop.store.schema import bring_up_to_date, opened_to_read
from qsin_desktop.store.tables import SCHEMA_VERSION
from qsin_desktop.store.uncollected import uncollected
from qsin_desktop.store.visit_file import VisitDamaged, VisitFile, VisitNewer
from qsin_desktop.store.visit_store import VisitStore


def now() -> datetime:
    """The laptop's clock with its time zone; shown, never decisive."""
    return datetime.now().astimezone()


class DatabaseBehind(VisitDamaged):
    def __init__(self, title: str) -> None:
        super().__init__(
            f"The database of “{title}” is older than its newest backup, so something later is missing from "
            "it. Nothing was changed; “Repair” puts both together."
        )


class DatabaseShort(VisitDamaged):
    def __init__(self, title: str, there: int, noted: Reached) -> None:
        last = f", the last on {moment_of(noted.at)}" if noted.at else ""
        super().__init__(
            f"“{title}” holds {there:,} entries, and had {noted.entries:,} when it was last worked on{last}: "
            "what came last is missing. Nothing was changed. If its folder is still being copied or "
            "synchronised, wait for that; if this is an older copy, open the newer one; otherwise “Repair” "
            "brings back all that is still readable."
        )


@dataclass(frozen=True)
class Unlocking:
    """What the person gave to open a visit; nothing at all means the computer's keyring."""

    passphrase: str | None = None
    key_file: Path | None = None
    use_keyring: bool = True


def open_visit(
    path: Path,
    *,
    identity: Identity,
    unlocking: Unlocking | None = None,
    reading: bool = False,
    clock: Callable[[], datetime] = now,
    making: bool = False,
) -> OpenVisit:
    """Open for writing, or with `reading` (and where writing cannot be) for reading only.

    `making` is for who is just making it.

    Raises one-sentence refusals: no visit there, wrong passphrase, damaged, and `LockedByOther` when
    another program writes it; ask again with `reading` to look at it all the same.
    """
    if not making:
        refuse_unfinished(path)
    folder = VisitFolder.check(path)
    key = _unlock(folder, unlocking or Unlocking())
    refuse_blocked_files(folder, reading=reading)
    lock, why = (None, "it was opened for reading.") if reading else _writers_place(folder, identity)
    try:
        visit = _opened(folder, key, identity, clock, lock, why)
        if not visit.read_only:
            go_on(visit)
        return visit
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def open_beside(visit: OpenVisit) -> OpenVisit:
    """The same visit once more, to be read on another thread while work in it goes on. Close it."""
    file = visit.store.file.to_read()
    try:
        store = VisitStore(file, visit.visit_id)
        return OpenVisit(
            folder=visit.folder,
            store=store,
            record=read_record(store),
            data_key=visit.data_key,
            identity=visit.identity,
            clock=visit.clock,
            read_only="it is only looked at.",
            protected=visit.protected,
        )
    except BaseException:
        file.close()
        raise


def _unlock(folder: VisitFolder, given: Unlocking) -> DataKey:
    return keys.unlock(
        folder, passphrase=given.passphrase, key_file=given.key_file, use_keyring=given.use_keyring
    )


def _writers_place(folder: VisitFolder, identity: Identity) -> tuple[WriterLock | None, str]:
    """The lock, or why there is none: read-only media are opened for reading."""
    lock = WriterLock(folder.path, person=identity.name)
    try:
        lock.acquire()
    except FolderReadOnly:
        return None, "its folder cannot be written."
    return lock, ""


def _opened(
    folder: VisitFolder,
    key: DataKey,
    identity: Identity,
    clock: Callable[[], datetime],
    lock: WriterLock | None,
    why: str,
) -> OpenVisit:
    looked = look(folder.database, key.database_key, folder.title)
    high_water = HighWater.of(folder, key, identity.home)
    noted = high_water.known()  # before the database is read, for another program may write on
    if lock is not None:
        refuse_torn(folder, key, looked)
        refuse_spoiled(folder, key, looked, noted)
    if lock is None:
        file = projected_here(opened_to_read(folder.database, key.database_key))
    else:
        file = VisitFile(folder.database, key.database_key)
    try:
        writable = lock is not None and 1 <= file.version <= SCHEMA_VERSION
        backups = _refuse_less(file, folder, key, looked, noted) if writable else Testimony()
        if file.version > SCHEMA_VERSION:
            if lock is not None:
                file.close()
                file = VisitFile(folder.database, key.database_key, read_only=True)
            why = VisitNewer().sentence
        elif file.version < SCHEMA_VERSION:
            bring_up_to_date(file, folder, key, clock())
        if lock is not None:
            folder.sweep()
            with suppress(OSError, Refusal):  # the next time will do
                keys.follow_in_backups(folder, clock())
        visit = _joined(folder, key, file, identity, clock, lock, why)
        visit.mended = _told_on_opening(visit, looked, noted, backups.bad)
        if not visit.read_only:
            _note_from_now_on(visit.store, high_water)
        return visit
    except Damage:
        file.leave_as_it_is()
        raise
    except BaseException:
        file.close()
        raise


def _refuse_less(
    file: VisitFile, folder: VisitFolder, key: DataKey, looked: Looked, noted: Reached | None
) -> Testimony:
    """Raises `DatabaseBehind` and `DatabaseShort` where something outside the database knows of more."""
    tips = tips_of(file)
    told = ask_backups(folder, key, tips)
    if told.behind:
        raise DatabaseBehind(folder.title)
    if noted is not None and missing_after(looked, tips, noted):
        raise DatabaseShort(folder.title, sum(tips.values()), noted)
    return told


def _told_on_opening(visit: OpenVisit, looked: Looked, noted: Reached | None, bad: Sequence[str]) -> str:
    """What was put right; to who only reads, what is missing."""
    if not visit.read_only:
        return take_back(visit, looked) or bad_backups_told(bad)
    tips = {device: tip.seq for device, tip in visit.store.tips.items()}
    if noted is None or not missing_after(looked, tips, noted):
        return ""
    return DatabaseShort(visit.folder.title, sum(tips.values()), noted).sentence


def _note_from_now_on(store: VisitStore, high_water: HighWater) -> None:
    here, noted = Reached.by(store.tips), high_water.known()
    high_water.begin(noted if noted is not None and noted.entries == here.entries else here)
    store.high_water = high_water


def _joined(
    folder: VisitFolder,
    key: DataKey,
    file: VisitFile,
    identity: Identity,
    clock: Callable[[], datetime],
    lock: WriterLock | None,
    why: str,
) -> OpenVisit:
    visit_id = file.visit_id()
    store = VisitStore(file, visit_id)
    if lock is not None and not why:
        store.catch_up()
        store.speak_for(identity.device, identity.person)
    record = read_record(store)
    visit = OpenVisit(
        folder=folder,
        store=store,
        record=record,
        data_key=key,
        identity=identity,
        clock=clock,
        lock=lock,
        read_only=why,
        protected=keys.is_protected(folder),
    )
    finish_purges(visit)  # where one was cut short
    recover_words(visit)
    return visit


def read_record(store: VisitStore) -> VisitRecord:
    """Everything that stands, with the visit's own copy of pack and rules; raises `VisitDamaged`."""
    with uncollected():
        return _record(store)


def _record(store: VisitStore) -> VisitRecord:
    standing = dict(store.standing())
    packed = standing.get(FieldKey("visit", store.visit, "pack"))
    if not packed:
        raise VisitDamaged("This visit holds no standards pack; it was left as it is. Try a backup of it.")
    record = VisitRecord(store.visit, *unpacked(packed[0]))
    for key, stands in standing.items():
        record.apply(key, stands)
    return record


def packed_value(content: bytes) -> dict[str, str]:
    """The pack's bytes as the journal holds them: compressed, with their hash."""
    return {"hash": pack_hash(content), "packed": base64.b64encode(zlib.compress(content, 9)).decode("ascii")}


def unpacked(stands: Standing) -> tuple[Pack, Rules]:
    limit = 16 * 1024 * 1024
    try:
        content = zlib.decompressobj().decompress(base64.b64decode(stands.value["packed"]), limit)
    except (ValueError, zlib.error):
        raise VisitDamaged("The standards pack inside this visit is damaged; try a backup of it.") from None
    if pack_hash(content) != stands.value["hash"]:
        raise VisitDamaged("The standards pack inside this visit was altered; try a backup of it.")
    return pack_from_bytes(content)
