"""Takes purged words off this laptop: bodies in the commit that learns of the purge, the rest after.

What is still to be removed is noted in the same commit, so that a crash in between leaves a note, and the
next opening goes on: search index and free pages, exhibits' pieces, previews, and every older copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select, text, update

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.purging import (
    PURGE_FIELDS,
    is_purge,
    named_in,
    pieces_named,
    purgeable,
    purged_by,
)
from qsin_desktop.store import journal_log
from qsin_desktop.store.tables import about, entries
from qsin_desktop.store.visit_file import VisitFile

NOTE: Final = "purging"
_DROP: Final = update(entries).where(entries.c.id == bindparam("gone")).values(body=None)


@dataclass(frozen=True)
class ToRemove:
    """What a purge has still to remove here: SHA-256 of pieces and of whole files; places in the logs."""

    pieces: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()

    def with_entries(self, gone: Iterable[Entry]) -> ToRemove:
        pieces, files, places = dict.fromkeys(self.pieces), dict.fromkeys(self.files), set(self.places)
        for entry in gone:
            places.add((entry.device, entry.seq))
            if entry.key.type == "exhibit" and entry.key.field == "made":
                pieces.update(dict.fromkeys(pieces_named(entry.value)))
                files[entry.key.entity] = None
        return ToRemove(tuple(pieces), tuple(files), tuple(sorted(places)))


def purges_in(connection: Connection) -> list[Entry]:
    """Every purge in the journal that can be followed, counted or not."""
    return [entry for entry in journal_log.entries_of_fields(connection, PURGE_FIELDS) if is_purge(entry)]


def follow(
    connection: Connection,
    purges: Sequence[Entry],
    new: Iterable[Entry],
    authority: Authority,
    *,
    all_anew: bool,
) -> set[FieldKey]:
    """Drop the bodies that these purges cover, within the commit; answers the fields they were of.

    Only what is new can have changed anything, a purge or an entry it is about, unless `all_anew`.
    """
    if not purges:
        return set()
    fresh = [entry for entry in new if purgeable(entry.key)]
    looked = purges if all_anew else [entry for entry in new if is_purge(entry)]
    ids, exhibits = named_in(looked)
    known = journal_log.entries_of_ids(connection, ids)
    known += journal_log.entries_of_things(connection, "exhibit", exhibits)
    found = {entry.id: entry for entry in (*known, *fresh) if entry.body is not None}
    gone = [entry for entry in found.values() if purged_by(purges, entry, authority)]
    if gone:
        connection.execute(_DROP, [{"gone": entry.id} for entry in gone])
        _note(connection, _noted(connection).with_entries(gone))
    return {entry.key for entry in gone}


def without_words(connection: Connection, purges: Sequence[Entry]) -> list[tuple[str, int]]:
    """Device and seq of every entry that these purges are about and that has no body any more."""
    ids, exhibits = named_in(purges)
    known = journal_log.entries_of_ids(connection, ids)
    known += journal_log.entries_of_things(connection, "exhibit", exhibits)
    return sorted({(entry.device, entry.seq) for entry in known if entry.body is None})


def to_remove(file: VisitFile) -> ToRemove | None:
    """What is still to be removed, or None."""
    return _read(file.noted(NOTE))


def clean_pages(path: Path, key: bytes) -> None:
    """Make index, tables and free pages anew: nothing purged is left, for the holder of the key either.

    Through a connection of its own, so it may run on any thread beside the writer, who waits for it when he
    writes. Raises the refusals of `VisitFile`, e.g. while another program reads the visit.
    """
    file = VisitFile(path, key)
    try:
        with file.writing() as connection:
            connection.execute(text("INSERT INTO search (search) VALUES ('rebuild')"))
        file.make_pages_anew()
    finally:
        file.close()


def done(file: VisitFile) -> None:
    """Nothing is left to be removed."""
    with file.writing() as connection:
        connection.execute(about.delete().where(about.c.name == NOTE))


def _noted(connection: Connection) -> ToRemove:
    found = connection.execute(select(about.c.value).where(about.c.name == NOTE)).scalar_one_or_none()
    return _read(str(found or "")) or ToRemove()


def _read(noted: str) -> ToRemove | None:
    with suppress(ValueError, TypeError, KeyError):
        given: Any = json.loads(noted)
        places = tuple((str(device), int(seq)) for device, seq in given["places"])
        return ToRemove(tuple(given["pieces"]), tuple(given["files"]), places)
    return None


def _note(connection: Connection, left: ToRemove) -> None:
    connection.execute(about.delete().where(about.c.name == NOTE))
    connection.execute(about.insert(), {"name": NOTE, "value": json.dumps(asdict(left))})
