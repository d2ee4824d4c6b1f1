"""Full-text search over what stands: titles, notes, reasons, findings, captions, names of exhibits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from qsin_desktop.domain.standing import FieldKey

# Which fields are words that somebody may look for, and where in the value the words are.
_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("rating", "rating"): ("reason",),
    ("exhibit", "made"): ("name", "number"),
    ("exhibit", "seen"): ("number", "title", "where", "seen_by", "showed", "dated"),
    ("note", "about"): ("heard", "role"),
    ("finding", "made"): ("number",),
    ("criterion", "flag"): ("words",),
}
_PLAIN = {
    ("exhibit", "title"),
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


def learn(connection: Connection, row: int, key: FieldKey, value: Any) -> None:
    words = words_of(key, value)
    if words:
        connection.execute(
            text(
                "INSERT INTO search(rowid, text, type, entity, field) "
                "VALUES (:row, :text, :type, :entity, :field)"
            ),
            {"row": row, "text": words, **key._asdict()},
        )


def forget(connection: Connection, rows: Sequence[int]) -> None:
    for row in rows:
        connection.execute(text("DELETE FROM search WHERE rowid = :row"), {"row": row})


def forget_all(connection: Connection) -> None:
    connection.execute(text("DELETE FROM search"))


def all_texts(connection: Connection) -> list[tuple[Any, ...]]:
    found = connection.execute(
        text("SELECT type, entity, field, text FROM search ORDER BY type, entity, field, text")
    )
    return [tuple(row) for row in found]


def find(connection: Connection, words: str, limit: int = 100) -> tuple[Hit, ...]:
    """Fields that hold every word (the last one by its beginning), the best first."""
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
    found: Iterable[str] = re.findall(r"\w+", words)
    return " ".join(f'"{word}"*' for word in found)
