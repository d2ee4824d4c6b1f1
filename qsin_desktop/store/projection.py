"""What stands, as rows: kept up to date with each commit, and identical when rebuilt from the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import field_of
from qsin_desktop.journal.rules import standing_of
from qsin_desktop.store import journal_log, search
from qsin_desktop.store.tables import standing

_OF_KEY = (
    (standing.c.entity == bindparam("b_entity"))
    & (standing.c.type == bindparam("b_type"))
    & (standing.c.field == bindparam("b_field"))
)
_ROWS_OF_KEY = select(standing.c.id).where(_OF_KEY)
_DELETE_KEY = delete(standing).where(_OF_KEY)
_COLUMNS = (
    standing.c.type,
    standing.c.entity,
    standing.c.field,
    standing.c.entry,
    standing.c.by,
    standing.c.at,
    standing.c.n,
    standing.c.value,
    standing.c.why,
)


def project(
    connection: Connection, key: FieldKey, entries: Iterable[Entry], authority: Authority
) -> tuple[Standing, ...]:
    """Put the rows of one field right, given all its entries, and tell what stands now."""
    clear(connection, key)
    return add(connection, key, stands_for(key, entries, authority))


def stands_for(key: FieldKey, entries: Iterable[Entry], authority: Authority) -> tuple[Standing, ...]:
    row = field_of(key.type, key.field)
    return () if row is None else tuple(entry.standing() for entry in standing_of(row, entries, authority))


def clear(connection: Connection, key: FieldKey) -> None:
    named = _named(key)
    search.forget(connection, connection.execute(_ROWS_OF_KEY, named).scalars().all())
    connection.execute(_DELETE_KEY, named)


def add(connection: Connection, key: FieldKey, stands: tuple[Standing, ...]) -> tuple[Standing, ...]:
    for one in stands:
        row = connection.execute(insert(standing), _row(key, one)).inserted_primary_key
        if row is not None:
            search.learn(connection, row[0], key, one.value)
    return stands


def clear_all(connection: Connection) -> None:
    connection.execute(delete(standing))
    search.forget_all(connection)


def rows(connection: Connection) -> Iterator[tuple[FieldKey, Standing]]:
    """Every standing value, in the order it was projected: a plain scan, for opening a visit quickly."""
    for type_, entity, field, entry, by, at, n, value, why in connection.execute(select(*_COLUMNS)):
        yield FieldKey(type_, entity, field), Standing(entry, by, at, n, json.loads(value), why)


def digest(connection: Connection) -> str:
    """SHA-256 over all rows, texts to search, tips and acts, apart from their numbering."""
    total = hashlib.sha256()
    ordered = select(*_COLUMNS).order_by(*(standing.c[name] for name in ("type", "entity", "field", "entry")))
    for row in connection.execute(ordered):
        total.update(repr(tuple(row)).encode())
    for text in (*search.all_texts(connection), *journal_log.counted(connection)):
        total.update(repr(text).encode())
    return total.hexdigest()


def _named(key: FieldKey) -> dict[str, str]:
    return {"b_entity": key.entity, "b_type": key.type, "b_field": key.field}


def _row(key: FieldKey, one: Standing) -> dict[str, Any]:
    return {
        **key._asdict(),
        "entry": one.entry,
        "by": one.by,
        "at": one.at,
        "n": one.n,
        "value": json.dumps(one.value, ensure_ascii=False, separators=(",", ":")),
        "why": one.why,
    }
