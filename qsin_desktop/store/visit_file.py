"""visit.db: opened with its key, one writer, durable commits, a version gate."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import sqlcipher3
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, insert, select, text
from sqlalchemy.exc import DBAPIError

from qsin_desktop.domain.errors import Damage, ReadOnlyVisit, Refusal
from qsin_desktop.store import tables
from qsin_desktop.store.cipher_pages import pages_taken
from qsin_desktop.store.durable import aside_for, is_there, open_new
from qsin_desktop.store.faults import DiskFull, FileInUse, PlaceForbidden, PlaceGone
from qsin_desktop.store.names import visit_title

CACHE_KIB = 64 * 1024
_VFS = "win32" if os.name == "nt" else "unix"
_PATIENCE = 5_000  # ms with another program that holds the file, where no window stands still meanwhile
_PATIENCE_AT_WORK = 700
_INDEX_BYTES = 32 * 1024  # of the index that SQLite lays beside the log, at the least


class VisitDamaged(Damage):
    """visit.db is not what it should be; it was left as it is."""

    brief = "visit damaged"


class TablesDamaged(VisitDamaged):
    """What was made of the journal is not what the journal says; the journal may be whole."""

    def __init__(self) -> None:
        super().__init__(
            "The tables of this visit do not say what its journal says. Nothing was changed; “Repair” makes "
            "them anew from the journal."
        )


class VisitNewer(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This visit was written by a newer version of QSIN Desktop. It can be read here; "
            "to go on with it, install that version."
        )


class VisitFile:
    """The open database. `connection` is the only one that writes.

    `copied` names the copy in memory that is meant instead of the file, see `copy_in_memory`.
    Raises `VisitDamaged` when the file is not a visit or the key does not fit it.
    """

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False, copied: str = "") -> None:
        self.path = path
        self.read_only = read_only
        self._key, self._copied = key, copied
        self.cut_off = False  # the last write failed because its place was gone or closed
        self._engine = _engine(path, key, read_only=read_only, copied=copied)
        try:
            with database_faults(self.path.parent):
                self.connection: Connection = self._engine.connect()
                self.version = self._version()
        except BaseException:
            self._engine.dispose()
            raise

    @property
    def _title(self) -> str:
        return visit_title(self.path.parent)

    @property
    def driver_connection(self) -> sqlite3.Connection:
        """The raw connection, for the backup API."""
        return cast("sqlite3.Connection", self.connection.connection.driver_connection)

    def _version(self) -> int:
        try:
            version = int(self.connection.execute(text("PRAGMA user_version")).scalar_one())
            self.connection.execute(text("SELECT count(*) FROM sqlite_master"))
        finally:
            self.connection.rollback()
        return version

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One durable commit, or nothing. The disk's refusals come out as one sentence."""
        if self.read_only:
            raise ReadOnlyVisit("it was opened for reading.")
        try:
            with database_faults(self.path.parent):
                if self.connection.in_transaction():
                    self.connection.rollback()  # ends a read, so that this one begins as a writer
                try:
                    with self.connection.begin():
                        yield self.connection
                except BaseException:
                    self._give_up()
                    raise
        except (PlaceGone, PlaceForbidden):
            self.cut_off = True
            raise
        self.cut_off = False

    def _give_up(self) -> None:
        """A commit that failed may leave the driver in the middle of it."""
        if self.driver_connection.in_transaction:
            self.driver_connection.rollback()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with database_faults(self.path.parent):
            try:
                yield self.connection
            finally:
                if self.connection.in_transaction():
                    self.connection.rollback()

    def is_sound(self) -> bool:
        """Reads the whole file: every page's seal and the order of tables and indexes. Slow."""
        with self.reading() as connection:
            told = connection.execute(text("PRAGMA cipher_integrity_check")).scalars().all()
            found = connection.execute(text("PRAGMA integrity_check(1)")).scalars().all()
        return found == ["ok"] and (not told or self._all_in_log(told))

    def _all_in_log(self, told: Sequence[str]) -> bool:
        """Whether each page that was told bad is whole in the log, which is read in its place.

        So it is when the power went while the log was being played into the file: that is done again.
        """
        log = self.path.with_name(self.path.name + "-wal")
        bad = [re.search(r"page (\d+)", line) for line in told]
        with suppress(OSError):
            whole = pages_taken(log)
            return all(page is not None and int(page[1]) in whole for page in bad)
        return False

    def visit_id(self) -> str:
        """The visit this file belongs to; raises `VisitDamaged` where it does not say."""
        with self.reading() as connection:
            found = connection.execute(
                select(tables.about.c.value).where(tables.about.c.name == "visit")
            ).scalar_one_or_none()
        if not found:
            raise VisitDamaged(f"The database of “{self._title}” does not say which visit it is.")
        return str(found)

    def noted(self, name: str) -> str:
        """A remark about this file, or empty."""
        with self.reading() as connection:
            found = connection.execute(select(tables.about.c.value).where(tables.about.c.name == name))
            return str(found.scalar_one_or_none() or "")

    def note(self, connection: Connection, name: str, value: str) -> None:
        """Within a commit."""
        connection.execute(tables.about.delete().where(tables.about.c.name == name))
        connection.execute(insert(tables.about), {"name": name, "value": value})

    def copy_in_memory(self) -> VisitFile:
        """What is committed now, in this process's memory and enciphered there by the same key, to write to.

        The file is left alone. The copy is gone with its last connection.
        """
        copy = VisitFile(self.path, self._key, copied=secrets.token_hex(16))
        try:
            with database_faults(self.path.parent):
                uri, alone = _uri_to_read(self.path, self._copied)
                driver = copy.driver_connection
                driver.execute(f"ATTACH ? AS source KEY \"x'{self._key.hex()}'\"", (uri,))
                if alone:
                    driver.execute("PRAGMA source.locking_mode = EXCLUSIVE")
                driver.execute("SELECT sqlcipher_export('main', 'source')")
                driver.execute("DETACH source")
                driver.execute("PRAGMA writable_schema = RESET")  # the search index came as a row only
                driver.execute(f"PRAGMA user_version = {self.version:d}")
        except BaseException:
            copy.close()
            raise
        copy.version = self.version
        return copy

    def connect_anew(self) -> None:
        """Where its drive was away and is back: what was open then leads nowhere."""
        with suppress(DBAPIError, sqlcipher3.Error):
            self.close()
        self._engine = _engine(self.path, self._key, read_only=self.read_only, copied=self._copied)
        with database_faults(self.path.parent):
            self.connection = self._engine.connect()

    def to_read(self) -> VisitFile:
        """One more connection to the same, file or copy, that only reads."""
        return VisitFile(self.path, self._key, read_only=True, copied=self._copied)

    def create_tables(self, visit: str) -> None:
        """Lay out an empty file at the present schema version."""
        with self.writing() as connection:
            tables.metadata.create_all(connection)
            connection.execute(text(tables.SEARCH_DDL))
            connection.execute(insert(tables.about), {"name": "visit", "value": visit})
            connection.execute(text(f"PRAGMA user_version = {tables.SCHEMA_VERSION:d}"))
        self.version = tables.SCHEMA_VERSION

    def make_pages_anew(self) -> None:
        """Copy everything that holds into fresh pages and empty the log: what was deleted is in neither."""
        if self.read_only:
            raise ReadOnlyVisit("it was opened for reading.")
        with database_faults(self.path.parent):
            if self.connection.in_transaction():
                self.connection.rollback()
            driver = self.driver_connection
            driver.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
            try:
                driver.execute("VACUUM")
                busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                driver.execute(f"PRAGMA busy_timeout = {_PATIENCE_AT_WORK}")
            if busy:
                raise sqlcipher3.OperationalError("database is locked")

    def leave_as_it_is(self) -> None:
        """Close without folding in the log: who refuses to open it changes nothing.

        Only the last connection folds it in, and one that reads cannot.
        """
        last = None
        if _size(self.path.with_name(self.path.name + "-wal")):
            with suppress(Refusal):
                last = self.to_read()
        self.close()
        if last is not None:
            last.close()

    def close(self) -> None:
        """Leave one file behind: the write-ahead log is folded in where that can be done."""
        try:
            self.connection.close()
        finally:
            self._engine.dispose()


def _engine(path: Path, key: bytes, *, read_only: bool, copied: str) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: _connected(path, key, read_only=read_only, copied=copied),
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver leaves transactions to us: a writer takes the lock at once and never half way.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _connected(path: Path, key: bytes, *, read_only: bool, copied: str) -> Any:
    uri, alone = _uri_to_read(path, copied) if read_only else (_uri(path, copied, "mode=rwc"), False)
    patience = _PATIENCE if read_only else _PATIENCE_AT_WORK
    connection = sqlcipher3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=patience / 1000
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # before anything is read
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only and not copied:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # as SQLCipher has it; a purge rests on it
    except BaseException:
        connection.close()
        raise
    return connection


def _uri(path: Path, copied: str, way: str) -> str:
    # With the name of its file system: what is attached to a copy in memory would be looked for there.
    if copied:
        return f"file:/{copied}?vfs=memdb&{way}"
    return f"{path.absolute().as_uri()}?{way}" + ("" if "vfs=" in way else f"&vfs={_VFS}")


def _uri_to_read(path: Path, copied: str) -> tuple[str, bool]:
    way, alone = ("mode=ro", False) if copied else _way_to_read(path)
    return _uri(path, copied, way), alone


def _way_to_read(path: Path) -> tuple[str, bool]:
    """SQLite's words for opening to read, and whether as the only one.

    Beside a log it wants to lay an index. On media that take none, for being read-only or full, an index
    in memory serves, without which the work of a program that was cut off, still in its log, would not be
    seen.
    """
    log, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    if (log.exists() and _size(index) >= _INDEX_BYTES) or _takes_files(path):
        return "mode=ro", False
    if _size(log):
        return f"mode=ro&vfs={_VFS}-none", True
    return "mode=ro&immutable=1", False


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _takes_files(path: Path) -> bool:
    probe = aside_for(path)
    try:
        with open_new(probe, buffering=0) as out:
            return out.write(bytes(_INDEX_BYTES)) == _INDEX_BYTES
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


# What only a mistake in this program can bring about.
_BUGS = (sqlcipher3.IntegrityError, sqlcipher3.ProgrammingError)


@contextmanager
def database_faults(folder: Path) -> Iterator[None]:
    """Turn what SQLite says about disks and damage into the sentence for the user."""
    try:
        yield
    except (DBAPIError, sqlcipher3.DatabaseError) as fault:
        original = getattr(fault, "orig", None) or fault
        if isinstance(original, _BUGS):
            raise
        raise _told(str(original), folder) from fault


def _is_full(folder: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(folder).free < 16 * _INDEX_BYTES
    return False


def _may_write(folder: Path) -> bool:
    """Without opening anything: to close a file would let go of the database's locks on it."""
    files = (folder, *(folder / f"visit.db{ending}" for ending in ("", "-wal")))
    return all(os.access(path, os.W_OK) for path in files if is_there(path))


_SIGNS_OF_DAMAGE = (
    *("not a database", "malformed", "no such table", "encrypted"),
    *("vtable constructor failed", "could not decode"),
)


def _told(said: str, folder: Path) -> Exception:
    visit = visit_title(folder)
    safe = "Everything saved before is safe."
    # A disk too full for the index beside the log is an “I/O error” to SQLite.
    if "disk is full" in said or ("disk I/O" in said and _is_full(folder)):
        return DiskFull(
            f"The disk is full, so this was not saved in “{visit}”. {safe} Free some space and try again."
        )
    if "readonly" in said or "unable to open" in said:
        return PlaceForbidden(
            f"“{visit}” cannot be opened or written: it was moved, its files are read-only or closed to you, "
            f"or something in its folder is in the way. {safe}"
        )
    if "disk I/O" in said and is_there(folder) and not _may_write(folder):
        return PlaceForbidden(
            f"“{visit}” takes no writing just now: permission was refused, or its place has become "
            f"read-only. {safe} It is tried again."
        )
    if "disk I/O" in said:
        return PlaceGone(
            f"The drive that holds “{visit}” stopped answering. {safe} Check that it is connected."
        )
    if "locked" in said or "busy" in said:
        return FileInUse(f"“{visit}” is being written by another program. Nothing was changed; try again.")
    if any(sign in said.casefold() for sign in _SIGNS_OF_DAMAGE):
        return VisitDamaged(
            f"The database of “{visit}” is damaged or does not fit its keys. It was left as it is; "
            "its backups folder holds earlier copies."
        )
    return VisitDamaged(f"The database of “{visit}” could not be used ({said}). It was left as it is.")
