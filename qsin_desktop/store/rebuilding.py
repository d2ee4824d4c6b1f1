"""A new database from entries that prove themselves: each laptop's log as far as it hangs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from qsin_desktop.journal.authority import authority_of
from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import FIRST, Entry
from qsin_desktop.journal.purging import is_purge, purged_by
from qsin_desktop.store import journal_log
from qsin_desktop.store.visit_file import VisitDamaged
from qsin_desktop.store.visit_store import VisitStore


@dataclass(frozen=True)
class Logs:
    """`whole` by device from its first entry on; `beyond` are entries behind a gap, sorted by seq."""

    visit: str
    whole: Mapping[str, list[Entry]] = field(default_factory=dict)
    beyond: Mapping[str, list[Entry]] = field(default_factory=dict)

    @property
    def entries(self) -> int:
        return sum(map(len, self.whole.values()))

    @property
    def missing(self) -> dict[str, int]:
        """How many entries of a device are known to be missing between its log and what lies beyond."""
        return {
            device: entries[-1].seq - len(self.whole.get(device, ())) - len(entries)
            for device, entries in self.beyond.items()
        }


def logs_of(entries: Iterable[Entry]) -> Logs:
    """Sort entries into logs; those of other visits are left out."""
    given = list(entries)
    if not given:
        return Logs("")
    visit = Counter(entry.visit for entry in given).most_common(1)[0][0]
    by_device: dict[str, list[Entry]] = defaultdict(list)
    for entry in given:
        if entry.visit == visit:
            by_device[entry.device].append(entry)
    whole = {device: log for device, of in by_device.items() if (log := _linked(of))}
    beyond = {}
    for device, of in by_device.items():
        left = _behind(of, whole.get(device, []))
        if left:
            beyond[device] = left
    return Logs(visit, whole, beyond)


def _linked(entries: Iterable[Entry]) -> list[Entry]:
    """From the first entry on, each naming the one before it; where two do, the one that goes on."""
    by_prev: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_prev[entry.prev].append(entry)
    log: list[Entry] = []
    tip = FIRST
    while following := [each for each in by_prev[tip] if each.seq == len(log) + 1]:
        entry = next((each for each in following if each.chain_hash in by_prev), following[0])
        log.append(entry)
        tip = entry.chain_hash
    return log


def _behind(entries: Iterable[Entry], log: list[Entry]) -> list[Entry]:
    by_seq = {entry.seq: entry for entry in entries if entry.seq > len(log) + 1}
    return [by_seq[seq] for seq in sorted(by_seq)]


def _without_purged(entries: list[Entry]) -> list[Entry]:
    """A damaged file or a backup may hold words still that a purge took away: they do not come back."""
    purges = [entry for entry in entries if entry.body is not None and is_purge(entry)]
    if not purges:
        return entries
    authority = authority_of(entries)
    return [replace(e, body=None) if purged_by(purges, e, authority) else e for e in entries]


def write_database(path: Path, key: bytes, logs: Logs, notes: Mapping[str, str]) -> None:
    """A whole database at `path`, where nothing is yet. Raises `VisitDamaged` when no entry is given."""
    if not logs.whole:
        raise VisitDamaged("Nothing of the journal could be found; the visit was left as it is.")
    for device, log in logs.whole.items():
        check_range(log, visit=logs.visit, device=device, after=0, tip=FIRST)
    store = VisitStore.create(path, key, logs.visit)
    try:
        known = _without_purged([entry for log in logs.whole.values() for entry in log])
        in_order = sorted(known, key=lambda e: (e.n, e.device, e.seq))
        with store.file.writing() as connection:
            journal_log.add_entries(connection, in_order)
            for name, value in notes.items():
                store.file.note(connection, name, value)
        store.rebuild()
        if not store.file.is_sound():
            raise VisitDamaged("The repaired database does not pass its check; the drive may be failing.")
    finally:
        store.close()
