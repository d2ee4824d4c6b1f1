"""How a visit's database is, found without writing to it; and what a sound one holds."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import FIRST, Entry, stored_entry
from qsin_desktop.store import journal_log, tables
from qsin_desktop.store.backups import backups_of, strays_of
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.high_water import HighWater, Reached
from qsin_desktop.store.looking import LogForeign, LogSpoiled, LogTorn, Looked, look
from qsin_desktop.store.schema import opened_to_read
from qsin_desktop.store.visit_file import TablesDamaged, VisitDamaged, VisitFile
from qsin_desktop.store.visit_store import VisitStore


class DatabaseState(StrEnum):
    WHOLE = "whole"
    MISSING = "missing"
    EMPTY = "empty"
    DAMAGED = "damaged"
    LOG_DAMAGED = "log damaged"
    BEHIND = "behind its backup"
    TABLES = "tables differ"
    SHORT = "holds less than it did"


def state_of(folder: VisitFolder, data_key: DataKey, home: Path | None = None) -> DatabaseState:
    """Reads every page, every entry with its signatures' chain, the newest backup's tips, what was noted."""
    outside = _state_of_file(folder.database)
    return _state_inside(folder, data_key, home) if outside is DatabaseState.WHOLE else outside


def _state_of_file(database: Path) -> DatabaseState:
    try:
        found = database.lstat()
    except FileNotFoundError:
        return DatabaseState.MISSING
    except OSError:
        return DatabaseState.DAMAGED
    if not stat.S_ISREG(found.st_mode):
        return DatabaseState.DAMAGED
    return DatabaseState.WHOLE if found.st_size else DatabaseState.EMPTY


def _state_inside(folder: VisitFolder, data_key: DataKey, home: Path | None) -> DatabaseState:
    try:
        looked = look(folder.database, data_key.database_key, folder.title)
        tips = _sound_tips(folder.database, data_key.database_key)
    except TablesDamaged:
        return DatabaseState.TABLES
    except LogForeign:
        return DatabaseState.LOG_DAMAGED
    except Refusal:
        return DatabaseState.DAMAGED
    if looked.no_log or any(entry.seq > tips.get(entry.device, 0) for entry in looked.beyond):
        return DatabaseState.LOG_DAMAGED
    if ask_backups(folder, data_key, tips).behind:
        return DatabaseState.BEHIND
    known = HighWater.of(folder, data_key, home).known()
    return DatabaseState.SHORT if known and known.entries > sum(tips.values()) else DatabaseState.WHOLE


@dataclass(frozen=True)
class Testimony:
    """`behind`: a backup knows more than the database; `bad`: names of those that can tell nothing."""

    behind: bool = False
    bad: tuple[str, ...] = ()


def ask_backups(folder: VisitFolder, data_key: DataKey, tips: dict[str, int]) -> Testimony:
    """The newest two, whether they know more of any log than the database does."""
    bad = [path.name for path in strays_of(folder)]
    for backup in backups_of(folder)[:2]:
        try:
            known = tips_in(backup.path, data_key.database_key)
        except Damage:
            bad.append(backup.path.name)
            continue
        except Refusal:
            continue
        if any(seq > tips.get(device, 0) for device, seq in known.items()):
            return Testimony(behind=True)
    return Testimony(bad=tuple(sorted(bad)))


def missing_after(looked: Looked, tips: dict[str, int], known: Reached | None) -> int:
    """How many entries were noted of which neither the database nor what its log still holds knows."""
    ends = dict(tips)
    for entry in looked.beyond:
        ends[entry.device] = max(ends.get(entry.device, 0), entry.seq)
    return max(0, known.entries - sum(ends.values())) if known is not None else 0


def refuse_spoiled(folder: VisitFolder, data_key: DataKey, looked: Looked, known: Reached | None) -> None:
    """Raises `LogSpoiled` where something else lies in the log's place and nobody can say that all is there.

    By a connection that only reads: another one, when it is closed, removes the log.
    """
    if looked.no_log:
        tips = tips_in(folder.database, data_key.database_key)
        if known is None or missing_after(looked, tips, known):
            raise LogSpoiled(folder.title)


def refuse_torn(folder: VisitFolder, data_key: DataKey, looked: Looked) -> None:
    """Raises `LogTorn` where entries in a damaged log could not follow what SQLite would take of it.

    Not for the one write that a power cut left unfinished: whoever opens keeps what is whole of it.
    By a connection that only reads: another one, when it is closed, removes the log.
    """
    if not looked.beyond or looked.unfinished:
        return
    file = opened_to_read(folder.database, data_key.database_key)
    try:
        with file.reading() as connection:
            tips = journal_log.known_tips(connection)
    finally:
        file.close()
    ends = {device: (tip.seq, tip.chain_hash) for device, tip in tips.items()}
    for entry in sorted(looked.beyond, key=lambda each: each.seq):
        seq, chain_hash = ends.get(entry.device, (0, FIRST))
        if entry.seq == seq + 1 and entry.prev == chain_hash:
            ends[entry.device] = (entry.seq, entry.chain_hash)
    if any(entry.seq > ends.get(entry.device, (0, FIRST))[0] for entry in looked.beyond):
        raise LogTorn(folder.title)


def tips_in(database: Path, key: bytes) -> dict[str, int]:
    """Device → last seq, as the file's own table says. Raises the refusals of `VisitFile`."""
    file = VisitFile(database, key, read_only=True)
    try:
        return tips_of(file)
    finally:
        file.close()


def tips_of(file: VisitFile) -> dict[str, int]:
    """The same of a file that is open, of whatever schema: these two columns stand in each."""
    with file.reading() as connection:
        rows = connection.execute(select(tables.tips.c.device, tables.tips.c.seq)).all()
        return {str(device): int(seq) for device, seq in rows}


def entries_in(database: Path, key: bytes) -> list[Entry]:
    """Every entry of a sound database. Raises the refusals of `VisitFile` and `EntryRefused`."""
    file = opened_to_read(database, key)
    try:
        with file.reading() as connection:
            return list(journal_log.all_entries(connection))
    finally:
        file.close()


def notes_in(databases: Iterable[Path], key: bytes) -> dict[str, str]:
    """The remarks of the first database that still gives them, apart from which visit it is."""
    for database in databases:
        with suppress(Refusal):
            file = VisitFile(database, key, read_only=True)
            try:
                with file.reading() as connection:
                    rows = connection.execute(select(tables.about.c.name, tables.about.c.value)).all()
            finally:
                file.close()
            return {str(name): str(value) for name, value in rows if name != "visit"}
    return {}


def _refuse_other_tables(file: VisitFile, visit: str) -> None:
    """Raises `TablesDamaged`. A newer version's tables may lawfully differ."""
    if file.version > tables.SCHEMA_VERSION:
        return
    store = VisitStore(file, visit)
    for row in store.stored_rows():
        entry = stored_entry(row.head, row.sig, row.body)
        if not row.is_of(entry) or entry.visit != visit:
            raise TablesDamaged
    if store.is_projected_here() and not store.projection_matches():
        raise TablesDamaged


def _sound_tips(database: Path, key: bytes) -> dict[str, int]:
    file = VisitFile(database, key, read_only=True)
    try:
        if not file.is_sound():
            raise VisitDamaged("A page is damaged.")
    finally:
        file.close()
    file = opened_to_read(database, key)
    try:
        visit = file.visit_id()
        with file.reading() as connection:
            tips = journal_log.known_tips(connection)
            for device, tip in tips.items():
                log = list(journal_log.log_of(connection, device))
                check_range(log, visit=visit, device=device, after=0, tip=FIRST)
                if len(log) < tip.seq:
                    raise VisitDamaged("A log ends early.")
        _refuse_other_tables(file, visit)
        return {device: tip.seq for device, tip in tips.items()}
    finally:
        file.close()
