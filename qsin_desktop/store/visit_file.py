"""visit.db: opened with its key, one writer, durable commits, a version gate."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import sqlcipher3
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, insert, select, text
from sqlalchemy.exc import DBAPIError

from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal
from qsin_desktop.store import tables
from qsin_desktop.store.faults import DiskFull, PlaceForbidden, PlaceGone

CACHE_KIB = 64 * 1024


class VisitDamaged(Refusal):
    """visit.db is not what it should be; it was left as it is."""


class VisitNewer(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This visit was written by a newer version of QSIN Desktop. It can be read here; "
            "to go on with it, install that version."
        )


class VisitFile:
    """The open database. `connection` is the only one that writes.

    Raises `VisitDamaged` when the file is not a visit or the key does not fit it.
    """

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._engine = _engine(path, key, read_only=read_only)
        with database_faults(path.parent.name):
            self.connection: Connection = self._engine.connect()
            self.version = self._version()

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
        with database_faults(self.path.parent.name):
            if self.connection.in_transaction():
                self.connection.rollback()  # ends a read, so that this one begins as a writer
            with self.connection.begin():
                yield self.connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with database_faults(self.path.parent.name):
            yield self.connection
            if self.connection.in_transaction():
                self.connection.rollback()

    def visit_id(self) -> str:
        """The visit this file belongs to; raises `VisitDamaged` where it does not say."""
        with self.reading() as connection:
            found = connection.execute(
                select(tables.about.c.value).where(tables.about.c.name == "visit")
            ).scalar_one_or_none()
        if not found:
            raise VisitDamaged(f"The database of “{self.path.parent.name}” does not say which visit it is.")
        return str(found)

    def create_tables(self, visit: str) -> None:
        """Lay out an empty file at the present schema version."""
        with self.writing() as connection:
            tables.metadata.create_all(connection)
            connection.execute(text(tables.SEARCH_DDL))
            connection.execute(insert(tables.about), {"name": "visit", "value": visit})
            connection.execute(text(f"PRAGMA user_version = {tables.SCHEMA_VERSION:d}"))
        self.version = tables.SCHEMA_VERSION

    def close(self) -> None:
        """Leave one file behind: the write-ahead log is folded in where that can be done."""
        try:
            self.connection.close()
        finally:
            self._engine.dispose()


def _engine(path: Path, key: bytes, *, read_only: bool) -> Engine:
    def connect() -> Any:
        mode = "ro" if read_only else "rwc"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        if read_only and not _log_can_be_shared(path):
            uri += "&immutable=1"
        connection = sqlcipher3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0
        )
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver leaves transactions to us: a writer takes the lock at once and never half way.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _log_can_be_shared(path: Path) -> bool:
    """Whether SQLite may lay its shared index beside the file; on read-only media it may not."""
    probe = path.with_name(path.name + "-shm")
    if probe.exists():
        return True
    try:
        with probe.open("xb"):
            pass
        probe.unlink()
    except OSError:
        return False
    return True


@contextmanager
def database_faults(visit: str) -> Iterator[None]:
    """Turn what SQLite says about disks and damage into the sentence for the user."""
    try:
        yield
    except (DBAPIError, sqlcipher3.DatabaseError) as fault:
        said = str(getattr(fault, "orig", None) or fault)
        raise _told(said, visit) from fault


def _told(said: str, visit: str) -> Exception:
    safe = "Everything saved before is safe."
    if "disk is full" in said:
        return DiskFull(
            f"The disk is full, so this was not saved in “{visit}”. {safe} Free some space and try again."
        )
    if "readonly" in said or "unable to open" in said:
        return PlaceForbidden(f"“{visit}” cannot be written: its folder is read-only or was moved. {safe}")
    if "disk I/O" in said:
        return PlaceGone(
            f"The drive that holds “{visit}” stopped answering. {safe} Check that it is connected."
        )
    if "locked" in said or "busy" in said:
        return PlaceForbidden(
            f"“{visit}” is being written by another program. Nothing was changed; try again."
        )
    if "not a database" in said or "malformed" in said or "no such table" in said or "encrypted" in said:
        return VisitDamaged(
            f"The database of “{visit}” is damaged or does not fit its keys. It was left as it is; "
            "its backups folder holds earlier copies."
        )
    return VisitDamaged(f"The database of “{visit}” could not be used ({said}). It was left as it is.")
