"""What somebody with the key, or a fault of ours, may leave inside a visit's database: any value in any row.

Each four bytes are one change: table, row, column, what is put there. What comes of it is opened, read
through, checked and worked in; where it cannot be, it is repaired and must then open.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3

from qsin_desktop.domain.errors import Damage, Refusal

_TABLES = ("standing", "standing", "entries", "about", "tips", "acts", "search")
_DEEP = "[" * 3000
_VALUES: tuple[object, ...] = (
    *(None, 0, -1, 2**63 - 1, 1.5, "", "null", "[]", "{}", '"x"', "1e999", "NaN", "true", _DEEP, "x" * 64),
    *(b"\xff\xfe", b"", "\x00", "\u202e\ufeff", "word " * 50_000, '{"rating": null}', '{"text": 7}', "[{}]"),
    *('{"made": "' + "9" * 400 + '"}', "rating", "visit", "exhibit", "note", "2026-99-99", "0" * 64),
)
_OWN_WAYS = 4  # of a change beside the values: another row's, cut text, a double, none at all


@cache
def _worked() -> tuple[Path, str]:
    """A visit with a little of everything and its key in hex. Never changed."""
    from qsin_desktop.actions import evidence, findings, notes, rating
    from qsin_desktop.actions.evidence import Target
    from qsin_desktop.actions.undo import History
    from qsin_desktop.domain.evidence import NoteKind
    from tests.founding import NAME, found_small_visit, opened

    path = found_small_visit(Path(tempfile.mkdtemp(prefix="fuzz-rows-")) / NAME)
    with opened(path) as visit:
        first, second = (criterion.code for criterion in visit.pack.criteria[:2])
        rating.rate(visit, criterion=first, rating="met")
        notes.add_note(visit, criterion=second, kind=NoteKind.DOCUMENT, text="The plan names two owners.")
        findings.raise_finding(visit, criteria=[second], grade=visit.rules.grades[0].id, requirement="Owners")
        attached = evidence.prepare_bytes(visit.pieces, b"minutes\n" * 40, "minutes.txt")
        evidence.attach_prepared(visit, attached, [Target(criterion=first)])
        rating.rate(visit, criterion=second, rating="met")
        History(visit).undo()
        key = visit.data_key.database_key.hex()
    with _database(path, key) as database:  # so that NULLs go in
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'")
    return path, key


@contextmanager
def _database(path: Path, key: str) -> Iterator[Any]:
    with closing(sqlcipher3.connect(str(path / "visit.db"), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        connection.execute("PRAGMA synchronous = OFF")
        yield connection


def row_seeds(_folder: Path) -> Iterable[bytes]:
    draw = random.Random(3)
    return [draw.randbytes(4 * changes) for changes in (1, 1, 2, 3, 8)]


def feed_rows(content: bytes, folder: Path) -> None:
    from tests.founding import copy_of

    path, key = _worked()
    place = Path(tempfile.mkdtemp(dir=folder))
    try:
        copy = copy_of(path, place)
        with _database(copy, key) as database:
            for at in range(0, min(len(content) - 3, 4 * 60), 4):
                _change(database, *content[at : at + 4])
        _used(copy)
    finally:
        shutil.rmtree(place)


def _change(database: Any, table_byte: int, row_byte: int, column_byte: int, way: int) -> None:
    table = _TABLES[table_byte % len(_TABLES)]
    rows = [row for (row,) in database.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]  # noqa: S608
    columns = [about[1] for about in database.execute(f"PRAGMA table_info({table})")]
    if not rows:
        return
    row, column = rows[row_byte * len(rows) // 256], columns[column_byte % len(columns)]
    way %= len(_VALUES) + _OWN_WAYS
    other = rows[(row_byte * 7 + column_byte) % len(rows)]
    changes = ("(SELECT {c} FROM {t} WHERE rowid = ?)", "substr({c}, 1, ? % 9)", "{c} || ?")
    with suppress(sqlcipher3.DatabaseError):  # what SQLite itself does not take
        if way == len(changes):
            database.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608
            return
        said = changes[way].format(c=f"[{column}]", t=table) if way < len(changes) else "?"
        value = other if way < len(changes) else _VALUES[way - _OWN_WAYS]
        database.execute(f"UPDATE {table} SET [{column}] = {said} WHERE rowid = ?", (value, row))  # noqa: S608


def _used(path: Path) -> None:
    """Raises the refusal that said why not, once a repair has made it open."""
    from qsin_desktop.actions.opening import Unlocking
    from qsin_desktop.actions.repairing import repair
    from tests.founding import ME, opened

    try:
        with opened(path, reading=True) as visit:
            _read_through(visit)
        with opened(path) as visit:
            _worked_in(visit)
    except Damage:
        repair(path, identity=ME, unlocking=Unlocking(use_keyring=False))
        try:
            with opened(path) as visit:
                _worked_in(visit)
        except Damage as damage:
            raise AssertionError(f"A repaired visit does not open: {damage.sentence}") from damage
        raise


def _read_through(visit: Any) -> None:
    from qsin_desktop.actions.reporting import take_snapshot
    from qsin_desktop.actions.trail import trail_rows, verify_trail

    record = visit.record
    assert isinstance(record.facts.network, str)
    assert {type(record.sites), type(record.people)} == {tuple}
    for asked in (record.notes, record.exhibits, record.findings):
        asked()
    for each in (lambda: take_snapshot(visit), lambda: trail_rows(visit), lambda: visit.store.search("plan")):
        with suppress(Refusal):
            each()
    verify_trail(visit)


def _worked_in(visit: Any) -> None:
    from qsin_desktop.actions import notes
    from qsin_desktop.actions.checking import check_visit
    from qsin_desktop.actions.undo import History
    from qsin_desktop.domain.evidence import NoteKind

    _read_through(visit)
    check_visit(visit)
    with suppress(Refusal):
        code = visit.pack.criteria[0].code
        notes.add_note(visit, criterion=code, kind=NoteKind.DOCUMENT, text="Written after all.")
        History(visit).undo()
    assert visit.store.projection_matches() or not check_visit(visit).sound
