"""Words in the middle of being typed: on the disk at once, in the journal when the person pauses.

They never leave this laptop and are no part of the projection. What a crash leaves here is written into the
journal when the visit is opened next. Two kinds, each under a name in the table of remarks:

    a draft     of one field, ready to be written: `keep_draft`, `kept_drafts`
    loose words that no entry can hold yet, e.g. a reason without a rating: `keep_loose`, `loose_words`
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.store import tables

_DRAFT, _LOOSE = "typing|", "loose|"


@dataclass(frozen=True)
class KeptDraft:
    """`draft.over` names what the writer saw; `act` is what it is to be called."""

    draft: Draft
    by: str
    act: str


def keep_draft(connection: Connection, draft: Draft, *, by: str, act: str) -> None:
    """The newest words of a field replace those kept before."""
    said = {"value": draft.value, "why": draft.why, "over": draft.over or (), "by": by, "act": act}
    _put(connection, _name_of(draft.key), json.dumps(said, ensure_ascii=False))


def kept_drafts(connection: Connection) -> tuple[KeptDraft, ...]:
    return tuple(_draft(name, value) for name, value in _all(connection, _DRAFT))


def drop_drafts(connection: Connection, keys: Iterable[FieldKey]) -> None:
    for key in keys:
        _drop(connection, _name_of(key))


def keep_loose(connection: Connection, name: str, words: str) -> None:
    """Empty words are dropped."""
    if words:
        _put(connection, _LOOSE + name, words)
    else:
        _drop(connection, _LOOSE + name)


def loose_words(connection: Connection) -> dict[str, str]:
    return {name.removeprefix(_LOOSE): words for name, words in _all(connection, _LOOSE)}


def _name_of(key: FieldKey) -> str:
    return _DRAFT + json.dumps([key.type, key.entity, key.field], ensure_ascii=False)


def _draft(name: str, value: str) -> KeptDraft:
    said = json.loads(value)
    key = FieldKey(*json.loads(name.removeprefix(_DRAFT)))
    return KeptDraft(
        Draft(key, said["value"], said["why"], over=tuple(said["over"])), said["by"], said["act"]
    )


def _all(connection: Connection, prefix: str) -> list[tuple[str, str]]:
    about = tables.about
    wanted = about.c.name.startswith(prefix, autoescape=True)
    rows = connection.execute(select(about.c.name, about.c.value).where(wanted).order_by(about.c.name))
    return [(row.name, row.value) for row in rows]


def _put(connection: Connection, name: str, value: str) -> None:
    _drop(connection, name)
    connection.execute(tables.about.insert(), {"name": name, "value": value})


def _drop(connection: Connection, name: str) -> None:
    connection.execute(tables.about.delete().where(tables.about.c.name == name))
