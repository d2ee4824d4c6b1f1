"""Words in the middle of being typed: on the disk at once, in the journal when the person pauses.

They never leave this laptop and are no part of the projection. What a crash leaves here is written into the
journal when the visit is opened next. Two kinds, each under a name in the table of remarks:

    a draft     of one field, ready to be written: `keep_draft`, `drafts`, `drop_drafts`
    loose words that no entry can hold yet, e.g. a reason without a rating: `keep_loose`, `loose`
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.store import tables
from qsin_desktop.store.visit_file import VisitFile

_DRAFT, _LOOSE = "typing|", "loose|"
_WHOLE = ("exhibit", "link", "note")  # purged in one, with words that no entry has yet


@dataclass(frozen=True)
class KeptDraft:
    """`draft.over` names what the writer saw; `act` is what it is to be called."""

    draft: Draft
    by: str
    act: str


class KeptWords:
    """Those of one open visit, each change a durable commit. Raises the refusals of `VisitFile`.

    `seen(connection, draft, by)` answers the draft with `over` filled in: what its writer sees now.
    """

    def __init__(self, file: VisitFile, seen: Callable[[Connection, Draft, str], Draft]) -> None:
        self._file, self._seen = file, seen
        self._fields = {kept.draft.key for kept in self.drafts()}

    def keep_draft(self, draft: Draft, *, by: str, act: str) -> None:
        """Durable now; the journal has it with the field's next entry. Newer words replace older ones."""
        with self._file.writing() as connection:
            seen = self._seen(connection, draft, by)
            said = {"value": seen.value, "why": seen.why, "over": seen.over or (), "by": by, "act": act}
            _put(connection, _name_of(seen.key), json.dumps(said, ensure_ascii=False))
        self._fields.add(draft.key)

    def drafts(self) -> tuple[KeptDraft, ...]:
        with self._file.reading() as connection:
            return tuple(_draft(name, value) for name, value in _all(connection, _DRAFT))

    def drop_drafts(self, fields: Iterable[FieldKey]) -> None:
        """They were taken back before they came into the journal."""
        if gone := self._fields.intersection(fields):
            with self._file.writing() as connection:
                self.let_go(connection, gone)
            self.gone(gone)

    def let_go(self, connection: Connection, fields: Iterable[FieldKey]) -> None:
        """Within a commit that writes these fields; when it is through, call `gone`."""
        for key in self._fields.intersection(fields):
            _drop(connection, _name_of(key))

    def gone(self, fields: Iterable[FieldKey]) -> None:
        self._fields.difference_update(fields)

    def let_go_of_purged(self, connection: Connection, purged: Iterable[FieldKey]) -> None:
        """Within a commit that follows a purge: what is kept of what lost its words goes too."""
        keys = set(purged)
        things = {key[:2] for key in keys if key.type in _WHOLE}
        for name, _ in _all(connection, _DRAFT):
            key = _key_in(name)
            if key in keys or key[:2] in things:
                _drop(connection, name)
        spots = tuple(f"|{key.entity}" for key in keys if key.type == "rating")
        for name, _ in _all(connection, _LOOSE) if spots else ():
            if name.endswith(spots):
                _drop(connection, name)

    def keep_loose(self, name: str, words: str) -> None:
        """Empty words are forgotten."""
        with self._file.writing() as connection:
            if words:
                _put(connection, _LOOSE + name, words)
            else:
                _drop(connection, _LOOSE + name)

    def loose(self) -> dict[str, str]:
        with self._file.reading() as connection:
            return {name.removeprefix(_LOOSE): words for name, words in _all(connection, _LOOSE)}


def _name_of(key: FieldKey) -> str:
    return _DRAFT + json.dumps([key.type, key.entity, key.field], ensure_ascii=False)


def _key_in(name: str) -> FieldKey:
    return FieldKey(*json.loads(name.removeprefix(_DRAFT)))


def _draft(name: str, value: str) -> KeptDraft:
    said = json.loads(value)
    key = _key_in(name)
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
