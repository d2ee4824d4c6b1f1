"""Many rows in one go, as tuples, in the driver's own words.

An exchange brings twenty thousand entries; a dictionary and a copy of it for each row took as long as to
write them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, FromClause


def insert_rows(
    connection: Connection, table: FromClause, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Each row has its values in the order of the columns, of types that SQLite itself has."""
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    words = f'INSERT INTO "{table.description}" ({names}) VALUES ({marks})'  # noqa: S608  # the schema's names
    connection.exec_driver_sql(words, list(rows))
