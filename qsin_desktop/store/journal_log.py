"""The entries in visit.db: appended as the bytes they are, read back as checked entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import FIRST, Act, Entry, read_entry
from qsin_desktop.store.tables import entries

_STORED = (entries.c.head, entries.c.sig, entries.c.body)
_BY_KEY = select(*_STORED).where(
    and_(
        entries.c.entity == bindparam("entity"),
        entries.c.type == bindparam("type"),
        entries.c.field == bindparam("field"),
    )
)


@dataclass(frozen=True)
class Tip:
    """How far a device's log is known: its last sequence number and that entry's chain hash."""

    seq: int
    chain_hash: str


NO_TIP = Tip(0, FIRST)


def add_entries(connection: Connection, new: Sequence[Entry]) -> None:
    connection.execute(insert(entries), [_row(entry) for entry in new])


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "device": entry.device,
        "seq": entry.seq,
        "n": entry.n,
        "type": entry.key.type,
        "entity": entry.key.entity,
        "field": entry.key.field,
        "act": entry.act.id,
        "act_name": entry.act.name,
        "act_kind": entry.act.kind,
        "act_of": entry.act.of,
        "head": entry.head,
        "sig": entry.sig,
        "body": entry.body,
    }


def _read(row: Any) -> Entry:
    return read_entry(row.head, row.sig, row.body)


def entries_for(connection: Connection, key: FieldKey) -> list[Entry]:
    """Every entry ever written for one field."""
    return [_read(row) for row in connection.execute(_BY_KEY, key._asdict())]


def entries_of_act(connection: Connection, device: str, act: str) -> list[Entry]:
    """In the order they were written."""
    chosen = select(*_STORED).where(entries.c.device == device, entries.c.act == act).order_by(entries.c.seq)
    return [_read(row) for row in connection.execute(chosen)]


def acts_of(connection: Connection, device: str) -> list[Act]:
    """Every act of this device, in order; one that was written in several goes stands where it began."""
    rows = connection.execute(
        select(entries.c.act, entries.c.act_name, entries.c.act_kind, entries.c.act_of)
        .where(entries.c.device == device)
        .group_by(entries.c.act)
        .order_by(func.min(entries.c.seq))
    )
    return [Act(*row) for row in rows]


def entries_of_fields(connection: Connection, fields: Iterable[tuple[str, str]]) -> list[Entry]:
    """All entries for these (type, field) pairs, whichever thing they are about."""
    found: list[Entry] = []
    for type_, field in fields:
        rows = connection.execute(select(*_STORED).where(entries.c.type == type_, entries.c.field == field))
        found.extend(_read(row) for row in rows)
    return found


def log_of(connection: Connection, device: str, after: int = 0) -> Iterator[Entry]:
    """One device's log in its own order."""
    rows = connection.execute(
        select(*_STORED).where(entries.c.device == device, entries.c.seq > after).order_by(entries.c.seq)
    )
    return (_read(row) for row in rows)


def all_entries(connection: Connection) -> Iterator[Entry]:
    """Every entry in the order of arrival."""
    return (_read(row) for row in connection.execute(select(*_STORED).order_by(entries.c.pos)))


def stored_bytes(connection: Connection) -> Iterator[tuple[int, str, int, bytes, bytes, bytes | None]]:
    """(pos, device, seq, head, sig, body) of each row in order of device and seq, unchecked."""
    rows = connection.execute(
        select(entries.c.pos, entries.c.device, entries.c.seq, *_STORED).order_by(
            entries.c.device, entries.c.seq
        )
    )
    return (tuple(row) for row in rows)


def tips(connection: Connection) -> dict[str, Tip]:
    """The tip of every device that ever wrote here."""
    last = (
        select(entries.c.device, func.max(entries.c.seq).label("seq")).group_by(entries.c.device).subquery()
    )
    rows = connection.execute(
        select(*_STORED).join(last, and_(entries.c.device == last.c.device, entries.c.seq == last.c.seq))
    )
    return {entry.device: Tip(entry.seq, entry.chain_hash) for entry in map(_read, rows)}


def greatest_n(connection: Connection) -> int:
    return int(connection.execute(select(func.max(entries.c.n))).scalar() or 0)


def count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(entries)).scalar_one())


def known_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are here already."""
    wanted: list[str] = list(ids)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found.update(connection.execute(select(entries.c.id).where(entries.c.id.in_(part))).scalars())
    return found
