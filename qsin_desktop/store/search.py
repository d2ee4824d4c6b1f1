"""Full-text search over what stands: titles, notes, reasons, findings, captions, names of exhibits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, column, text
from sqlalchemy import table as sql_table

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.store.many_rows import insert_rows
from qsin_desktop.store.tables import SEARCH_DDL

# Which fields are words that somebody may look for, and where in the value the words are.
_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("rating", "rating"): ("reason",),
    ("exhibit", "made"): ("name", "number"),
    ("exhibit", "mark"): ("text",),
    ("exhibit", "seen"): ("number", "title", "where", "seen_by", "showed", "dated"),
    ("note", "about"): ("heard", "role"),
    ("finding", "made"): ("number",),
    ("criterion", "flag"): ("words",),
}
_PLAIN = {
    ("exhibit", "title"),
    ("exhibit", "withdrawn"),
    ("note", "text"),
    ("link", "locator"),
    ("link", "caption"),
    ("finding", "requirement"),
    ("finding", "evidence"),
    ("finding", "gap"),
    ("finding", "withdrawn"),
    ("site", "name"),
    ("person", "name"),
    *(("visit", name) for name in ("network", "scope", "objectives", "summary", "conclusion", "not_covered")),
}


# FTS5 makes it, see `SEARCH_DDL`; its rows bear the numbers of the rows that stand.
table = sql_table("search", *(column(name) for name in ("rowid", "text", "type", "entity", "field")))

MOST_WORDS = 32  # more are no search, and the engine has its own limit


@dataclass(frozen=True)
class Hit:
    """A field in which the words were found; the found words in `excerpt` stand between U+2E22 and U+2E23."""

    key: FieldKey
    excerpt: str


def words_of(key: FieldKey, value: Any) -> str:
    if (key.type, key.field) in _PLAIN:
        return str(value)
    names = _WORDS.get((key.type, key.field), ())
    return " ".join(str(value[name]) for name in names if isinstance(value, dict) and value.get(name))


def learn(connection: Connection, values: Iterable[tuple[int, FieldKey, Any]]) -> None:
    """Of rows that stand, by their ids, the words that somebody may look for."""
    told = [(row, words, *key) for row, key, value in values if (words := words_of(key, value))]
    insert_rows(connection, table, ("rowid", "text", *FieldKey._fields), told)


def start_anew(connection: Connection) -> None:
    """An empty index; deleting from a full one would take it apart word by word."""
    connection.execute(text("DROP TABLE search"))
    connection.execute(text(SEARCH_DDL))


def all_texts(connection: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text("SELECT type, entity, field, text FROM search"))]


def find(connection: Connection, words: str, limit: int = 100) -> tuple[Hit, ...]:
    """Fields that hold every word, or a longer one beginning with it, the best first."""
    query = fts_query(words)
    if not query:
        return ()
    found = connection.execute(
        text(
            "SELECT type, entity, field, snippet(search, 0, '\u2e22', '\u2e23', '…', 16) FROM search "
            "WHERE search MATCH :query ORDER BY rank, rowid LIMIT :limit"
        ),
        {"query": query, "limit": limit},
    )
    return tuple(Hit(FieldKey(type_, entity, field), excerpt) for type_, entity, field, excerpt in found)


def fts_query(words: str) -> str:
    """Every word quoted, so that nothing a user types is taken for the query language."""
    found = list(dict.fromkeys(re.findall(r"\w+", unicodedata.normalize("NFC", words))))[:MOST_WORDS]
    return " ".join(f'"{word}"*' for word in found)
