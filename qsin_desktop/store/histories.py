"""All entries of one field: read when a commit touches it, and kept for the fields written last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from sqlalchemy import Connection

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Entry
from qsin_desktop.store import journal_log


class Recent:
    """The histories of the fields written last, so that typing on does not read them again and again."""

    MOST = 64

    def __init__(self) -> None:
        self.by_key: OrderedDict[FieldKey, list[Entry]] = OrderedDict()

    def forget(self) -> None:
        self.by_key.clear()

    def keep(self, histories: Histories, new: Iterable[Entry]) -> None:
        by_key: dict[FieldKey, list[Entry]] = {}
        for entry in new:
            by_key.setdefault(entry.key, []).append(entry)
        for key, of_key in by_key.items():
            known = histories.read.get(key)
            if known is None:
                self.by_key.pop(key, None)
                continue
            here = {entry.id for entry in known}
            self.by_key[key] = [*known, *(entry for entry in of_key if entry.id not in here)]
            self.by_key.move_to_end(key)
        while len(self.by_key) > self.MOST:
            self.by_key.popitem(last=False)


class Histories:
    """All entries of the fields that one commit touches, as they were before it."""

    def __init__(self, connection: Connection, recent: Recent, keys: Iterable[FieldKey]) -> None:
        self._connection = connection
        self._recent = recent
        self.read: dict[FieldKey, list[Entry]] = {}
        self._read_ahead(set(keys))

    def of(self, key: FieldKey) -> list[Entry]:
        if key not in self.read:
            kept = self._recent.by_key.get(key)
            self.read[key] = kept if kept is not None else journal_log.entries_for(self._connection, key)
        return self.read[key]

    def _read_ahead(self, keys: set[FieldKey]) -> None:
        """Many fields in few questions."""
        wanted = [key for key in keys if key not in self._recent.by_key]
        if len(wanted) > 1:
            self.read.update(journal_log.entries_for_all(self._connection, wanted))
