"""What stands, as rows: kept up to date with each commit, and identical when rebuilt from the journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import field_of
from qsin_desktop.journal.rules import standing_of
from qsin_desktop.store import journal_log, search
from qsin_desktop.store.many_rows import insert_rows
from qsin_desktop.store.tables import standing
from qsin_desktop.store.visit_file import TablesDamaged

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_AT_A_TIME = 5_000  # rows

_OF_KEY = (
    (standing.c.entity == bindparam("b_entity"))
    & (standing.c.type == bindparam("b_type"))
    & (standing.c.field == bindparam("b_field"))
)
_DELETE_KEY = delete(standing).where(_OF_KEY)
_FORGET_KEY = delete(search.table).where(search.table.c.rowid.in_(select(standing.c.id).where(_OF_KEY)))
_LAST_ID = select(func.coalesce(func.max(standing.c.id), 0))
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
_NAMES = ("id", *(column.name for column in _COLUMNS))


def stands_for(key: FieldKey, entries: Iterable[Entry], authority: Authority) -> tuple[Standing, ...]:
    """What stands for one field, given all its entries."""
    row = field_of(key.type, key.field)
    return () if row is None else tuple(entry.standing() for entry in standing_of(row, entries, authority))


def replace(
    connection: Connection,
    stands: Mapping[FieldKey, tuple[Standing, ...]],
    *,
    first: Collection[FieldKey] = (),
) -> None:
    """Put the rows of these fields right; the `first` are fields of which nothing ever stood."""
    named = [
        {"b_entity": key.entity, "b_type": key.type, "b_field": key.field}
        for key in stands
        if key not in first
    ]
    if named:
        connection.execute(_FORGET_KEY, named)
        connection.execute(_DELETE_KEY, named)
    if stands:
        _insert(connection, stands, 1 + connection.execute(_LAST_ID).scalar_one())


def replace_all(connection: Connection, stands: Mapping[FieldKey, tuple[Standing, ...]]) -> None:
    """Drop every row and make these."""
    connection.execute(delete(standing))
    search.start_anew(connection)
    _insert(connection, stands, 1)


def _insert(connection: Connection, stands: Mapping[FieldKey, tuple[Standing, ...]], first: int) -> None:
    numbered = enumerate(((key, one) for key, of_key in stands.items() for one in of_key), first)
    while some := list(islice(numbered, _AT_A_TIME)):
        insert_rows(connection, standing, _NAMES, [(row, *_row(key, one)) for row, (key, one) in some])
        search.learn(connection, [(row, key, one.value) for row, (key, one) in some])


def rows(connection: Connection) -> Iterator[tuple[FieldKey, Standing]]:
    """Every standing value, in the order it was projected: a plain scan, for opening a visit quickly.

    Raises `TablesDamaged` where a row says what no entry can have said.
    """
    try:
        for type_, entity, field, entry, by, at, n, value, why in connection.execute(select(*_COLUMNS)):
            one = Standing(entry, by, at, n, json.loads(value), why)
            if not _can_stand(type_, entity, field, one):
                raise TablesDamaged
            yield FieldKey(type_, entity, field), one
    except (ValueError, TypeError, RecursionError):
        raise TablesDamaged from None


def _can_stand(type_: Any, entity: Any, field: Any, one: Standing) -> bool:
    """By the table of fields; what only a newer program knows is looked at by that one."""
    if {*map(type, (type_, entity, field, one.entry, one.by, one.at, one.why))} != {str}:
        return False
    row = field_of(type_, field)
    return type(one.n) is int and (row is None or one.value is None or row.shape(one.value))


def view_digest(connection: Connection, without: set[tuple[str, str]], authority: Authority) -> str:
    """Of the set of entries that count. An id covers its key and value, so their sum tells sets apart."""
    chosen = select(standing.c.entry)
    for type_, field in without:
        chosen = chosen.where((standing.c.type != type_) | (standing.c.field != field))
    ids = set(connection.execute(chosen).scalars())
    if authority.own is not None:
        ids = _that_count(connection, ids, without, authority)
    total = sum(int(entry, 16) for entry in ids)
    return hashlib.sha256(total.to_bytes(40, "big")).hexdigest()


def _that_count(
    connection: Connection, ids: set[str], without: set[tuple[str, str]], authority: Authority
) -> set[str]:
    """Without what this laptop wrote before a lead confirmed it, and with what that took the place of."""
    device = authority.own[0] if authority.own is not None else ""
    left = ids - journal_log.ids_of(connection, device)
    for key in journal_log.shared_keys(connection, device):
        if (key.type, key.field) not in without:
            entries = journal_log.entries_for(connection, key)
            left -= {one.entry for one in stands_for(key, entries, authority)}
            left |= {one.entry for one in stands_for(key, entries, authority.seen_on(None))}
    return left


def digest(connection: Connection) -> str:
    """SHA-256 over all rows, texts to search, tips and acts, apart from their numbering and order."""
    found = [tuple(row) for row in connection.execute(select(*_COLUMNS))]
    return _digest(found, search.all_texts(connection), journal_log.counted(connection))


def expected_digest(entries: Iterable[Entry], stands: Mapping[FieldKey, tuple[Standing, ...]]) -> str:
    """What `digest` must be when these are all entries and this is what stands by them."""
    pairs = [(key, one) for key, of_key in stands.items() for one in of_key]
    wanted = [_row(key, one) for key, one in pairs]
    texts = [(*key, words) for key, one in pairs if (words := search.words_of(key, one.value))]
    return _digest(wanted, texts, journal_log.counts_of(entries))


def _digest(*tables: Iterable[tuple[Any, ...]]) -> str:
    total = hashlib.sha256()
    for table in tables:
        for row in sorted(map(repr, table)):
            total.update(row.encode())
    return total.hexdigest()


def _row(key: FieldKey, one: Standing) -> tuple[Any, ...]:
    """In the order of `_COLUMNS`."""
    return (*key, one.entry, one.by, one.at, one.n, _as_json(one.value), one.why)
