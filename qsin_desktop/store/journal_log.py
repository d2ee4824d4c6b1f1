"""The entries in visit.db: appended as the bytes they are, read back as entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, select, text, tuple_
from sqlalchemy.dialects.sqlite import insert as upsert

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import FIRST, Act, Entry, stored_entry
from qsin_desktop.store.many_rows import insert_rows
from qsin_desktop.store.tables import acts, entries, tips
from qsin_desktop.store.visit_file import TablesDamaged

_STORED = (entries.c.head, entries.c.sig, entries.c.body)
_BY_KEY = select(*_STORED).where(
    and_(
        entries.c.entity == bindparam("entity"),
        entries.c.type == bindparam("type"),
        entries.c.field == bindparam("field"),
    )
)


# By leaps through the index: a look at every entry would make opening a large visit slow.
_DEVICES = text(
    "WITH RECURSIVE found(device) AS (SELECT min(device) FROM entries UNION ALL "
    "SELECT (SELECT min(device) FROM entries WHERE device > found.device) FROM found "
    "WHERE found.device IS NOT NULL) SELECT device FROM found WHERE device IS NOT NULL"
)


@dataclass(frozen=True)
class Tip:
    """How far a device's log is known: last sequence number, that entry's n and its chain hash."""

    seq: int
    n: int
    chain_hash: str

    @classmethod
    def of(cls, entry: Entry) -> Tip:
        return cls(entry.seq, entry.n, entry.chain_hash)


NO_TIP = Tip(0, 0, FIRST)


class StoredRow(NamedTuple):
    """An entry's bytes, and what the table says of it beside them."""

    id: str
    device: str
    seq: int
    n: int
    type: str
    entity: str
    field: str
    act: str
    head: bytes
    sig: bytes
    body: bytes | None

    def is_of(self, entry: Entry) -> bool:
        return tuple(self) == _row(entry)


def add_entries(connection: Connection, new: Sequence[Entry]) -> None:
    """With the tips and acts that follow from them."""
    if not new:
        return
    insert_rows(connection, entries, StoredRow._fields, [_row(entry) for entry in new])
    _note_tips_and_acts(connection, new)


def _note_tips_and_acts(connection: Connection, new: Iterable[Entry]) -> None:
    last, first = _ends(new)
    put = upsert(tips)
    put = put.on_conflict_do_update(
        index_elements=[tips.c.device],
        set_={"seq": put.excluded.seq, "n": put.excluded.n, "chain_hash": put.excluded.chain_hash},
    )
    connection.execute(put, [_tip_row(entry) for entry in last])
    connection.execute(upsert(acts).on_conflict_do_nothing(), [_act_row(entry) for entry in first])


def _ends(new: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The last entry of each device and the first of each act, of entries in the order of their logs."""
    last: dict[str, Entry] = {}
    first: dict[tuple[str, str], Entry] = {}
    for entry in new:
        last[entry.device] = entry
        first.setdefault((entry.device, entry.act.id), entry)
    return list(last.values()), list(first.values())


def recount(connection: Connection, all_of_them: Iterable[Entry]) -> None:
    """Make tips and acts anew from all entries."""
    connection.execute(delete(tips))
    connection.execute(delete(acts))
    in_order = sorted(all_of_them, key=lambda entry: (entry.device, entry.seq))
    if in_order:
        _note_tips_and_acts(connection, in_order)


def _row(entry: Entry) -> tuple[Any, ...]:
    """In the order of `StoredRow`."""
    key = entry.key
    told = (entry.id, entry.device, entry.seq, entry.n, key.type, key.entity, key.field, entry.act.id)
    return (*told, entry.head, entry.sig, entry.body)


def _tip_row(entry: Entry) -> dict[str, Any]:
    return {"device": entry.device, "seq": entry.seq, "n": entry.n, "chain_hash": entry.chain_hash}


def _act_row(entry: Entry) -> dict[str, Any]:
    act = entry.act
    return {
        "device": entry.device,
        "seq": entry.seq,
        "act": act.id,
        "name": act.name,
        "kind": act.kind,
        "of": act.of,
    }


def _read(row: Any) -> Entry:
    return stored_entry(row.head, row.sig, row.body)


def entries_for(connection: Connection, key: FieldKey) -> list[Entry]:
    """Every entry ever written for one field."""
    return [_read(row) for row in connection.execute(_BY_KEY, key._asdict())]


def entries_for_all(connection: Connection, keys: Sequence[FieldKey]) -> dict[FieldKey, list[Entry]]:
    """The same for many fields at once."""
    found: dict[FieldKey, list[Entry]] = {key: [] for key in keys}
    name = tuple_(entries.c.entity, entries.c.type, entries.c.field)
    for start in range(0, len(keys), 200):
        some = [(key.entity, key.type, key.field) for key in keys[start : start + 200]]
        for row in connection.execute(select(*_STORED).where(name.in_(some)).order_by(entries.c.pos)):
            entry = _read(row)
            found[entry.key].append(entry)
    return found


def entries_of_act(connection: Connection, device: str, act: str) -> list[Entry]:
    """In the order they were written."""
    chosen = select(*_STORED).where(entries.c.device == device, entries.c.act == act).order_by(entries.c.seq)
    return [_read(row) for row in connection.execute(chosen)]


def acts_of(connection: Connection, device: str) -> list[Act]:
    """Every act of this device in order; one that was written in several goes stands where it began.

    Raises `TablesDamaged` where a row is none.
    """
    rows = connection.execute(
        select(acts.c.act, acts.c.name, acts.c.kind, acts.c.of)
        .where(acts.c.device == device)
        .order_by(acts.c.seq)
    )
    found = [Act(*row) for row in rows]
    if any({type(act.id), type(act.name), type(act.kind), type(act.of)} != {str} for act in found):
        raise TablesDamaged
    return found


def entries_of_fields(connection: Connection, fields: Iterable[tuple[str, str]]) -> list[Entry]:
    """All entries for these (type, field) pairs, whichever thing they are about."""
    found: list[Entry] = []
    for type_, field in fields:
        rows = connection.execute(select(*_STORED).where(entries.c.type == type_, entries.c.field == field))
        found.extend(_read(row) for row in rows)
    return found


def fields_met(connection: Connection) -> list[tuple[str, str]]:
    """Every (type, field) pair that some entry is for; read from the index alone."""
    rows = connection.execute(select(entries.c.type, entries.c.field).distinct())
    return [(row.type, row.field) for row in rows]


def entries_of_ids(connection: Connection, ids: Iterable[str]) -> list[Entry]:
    """Those of these entries that are here."""
    wanted: list[str] = list(ids)
    found: list[Entry] = []
    for start in range(0, len(wanted), 500):
        rows = connection.execute(select(*_STORED).where(entries.c.id.in_(wanted[start : start + 500])))
        found.extend(_read(row) for row in rows)
    return found


def entries_of_things(connection: Connection, type_: str, things: Iterable[str]) -> list[Entry]:
    """Every entry about these things of one type."""
    wanted: list[str] = list(things)
    found: list[Entry] = []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = connection.execute(select(*_STORED).where(entries.c.entity.in_(some), entries.c.type == type_))
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


def stored_rows(connection: Connection) -> Iterator[StoredRow]:
    """Every row in order of device and seq, unchecked."""
    columns = (entries.c[name] for name in StoredRow._fields)
    rows = connection.execute(select(*columns).order_by(entries.c.device, entries.c.seq))
    return (StoredRow(*row) for row in rows)


def known_tips(connection: Connection) -> dict[str, Tip]:
    """The tip of every device that ever wrote here. Raises `TablesDamaged` where a row is none."""
    rows = list(connection.execute(select(tips.c.device, tips.c.seq, tips.c.n, tips.c.chain_hash)))
    if any(tuple(map(type, row)) != (str, int, int, str) for row in rows):
        raise TablesDamaged
    return {device: Tip(seq, n, chain_hash) for device, seq, n, chain_hash in rows}


def ends_agree(connection: Connection, known: Mapping[str, Tip]) -> bool:
    """Whether each log ends in the very entry that its tip names; what is written next is linked to it."""
    if set(connection.execute(_DEVICES).scalars()) != set(known):
        return False
    last = select(entries.c.seq, entries.c.head, entries.c.sig).order_by(entries.c.seq.desc()).limit(1)
    for device, tip in known.items():
        row = connection.execute(last.where(entries.c.device == device)).one_or_none()
        if row is None or {type(row.head), type(row.sig)} != {bytes} or row.seq != tip.seq:
            return False
        if hashlib.sha256(row.head + row.sig).hexdigest() != tip.chain_hash:
            return False
    return True


def counted(connection: Connection) -> list[tuple[Any, ...]]:
    """All tips and acts."""
    return [tuple(row) for table in (tips, acts) for row in connection.execute(select(table))]


def counts_of(all_of_them: Iterable[Entry]) -> list[tuple[Any, ...]]:
    """What `counted` must be when these are all entries."""
    last, first = _ends(sorted(all_of_them, key=lambda entry: (entry.device, entry.seq)))
    return [tuple(row.values()) for row in (*map(_tip_row, last), *map(_act_row, first))]


def count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(entries)).scalar_one())


def weight_of(connection: Connection, devices: Sequence[str]) -> int:
    """Bytes of the entries of these devices, signatures included; reads all of them."""
    size = func.length(entries.c.head) + func.coalesce(func.length(entries.c.body), 0) + 72
    total = 0
    for start in range(0, len(devices), 500):
        chosen = select(func.sum(size)).where(entries.c.device.in_(devices[start : start + 500]))
        total += int(connection.execute(chosen).scalar_one() or 0)
    return total


def chain_hashes(connection: Connection, device: str, seqs: Iterable[int]) -> dict[int, str]:
    """The chain hash at each of these places of a device's log, as far as they are known."""
    wanted, found = list(seqs), {}
    for start in range(0, len(wanted), 500):
        chosen = select(entries.c.seq, *_STORED).where(
            entries.c.device == device, entries.c.seq.in_(wanted[start : start + 500])
        )
        found.update({row.seq: _read(row).chain_hash for row in connection.execute(chosen)})
    return found


def ids_of(connection: Connection, device: str) -> set[str]:
    """Of every entry of one device."""
    return set(connection.execute(select(entries.c.id).where(entries.c.device == device)).scalars())


def shared_keys(connection: Connection, device: str) -> list[FieldKey]:
    """The fields that this device and another have both written to."""
    own, other = entries.alias(), entries.alias()
    same = and_(own.c.entity == other.c.entity, own.c.type == other.c.type, own.c.field == other.c.field)
    rows = connection.execute(
        select(own.c.type, own.c.entity, own.c.field)
        .distinct()
        .join(other, and_(same, other.c.device != device))
        .where(own.c.device == device)
    )
    return [FieldKey(row.type, row.entity, row.field) for row in rows]


def known_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are here already."""
    wanted: list[str] = list(ids)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found.update(connection.execute(select(entries.c.id).where(entries.c.id.in_(part))).scalars())
    return found
