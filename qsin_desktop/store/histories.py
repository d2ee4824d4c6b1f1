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

    def keep(self, histories: Histories, new: Iterable[Entry]) -> None:
        for key in {entry.key for entry in new}:
            known = histories.read.get(key)
            if known is None:
                self.by_key.pop(key, None)
                continue
            here = {entry.id for entry in known}
            self.by_key[key] = [*known, *(e for e in new if e.key == key and e.id not in here)]
            self.by_key.move_to_end(key)
        while len(self.by_key) > self.MOST:
            self.by_key.popitem(last=False)


class Histories:
    """All entries of the fields that one commit touches, as they were before it."""

    def __init__(self, connection: Connection, recent: Recent) -> None:
        self._connection = connection
        self._recent = recent
        self.read: dict[FieldKey, list[Entry]] = {}

    def of(self, key: FieldKey) -> list[Entry]:
        if key not in self.read:
            kept = self._recent.by_key.get(key)
            self.read[key] = kept if kept is not None else journal_log.entries_for(self._connection, key)
        return self.read[key]
