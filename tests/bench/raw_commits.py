"""The floor of every write: one row in one durable commit of a bare SQLCipher file with a write-ahead log."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlcipher3

from tests.bench.timing import Sample, clocked

NAME = "one commit of a 1 KiB row, bare SQLCipher, WAL, synchronous=FULL"
_ROW = os.urandom(1024)


class RawCommits:
    """Commits to `path`; each call is one commit, timed."""

    def __init__(self, path: Path) -> None:
        self._connection: Any = sqlcipher3.connect(str(path), isolation_level=None)
        self._connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, held BLOB)")

    def __call__(self) -> Sample:
        return clocked(self._commit)

    def _commit(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO row(held) VALUES (?)", (_ROW,))
        self._connection.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()


def read_only(path: Path, key: bytes) -> Any:
    """A bare connection to a visit's database, for floors that read what the program reads."""
    connection: Any = sqlcipher3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection
