"""Keep a folder small: many small files of a log become few, and files for an earlier team go when doubled.

Nothing goes that anybody could lack. A file of entries goes only when the same entries stand on the place in
a file that was read back and proved, encrypted for everyone whom the old one was for; a piece of evidence
likewise. A second story under one key has other names and is never touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.faults import FileInUse, PlaceForbidden
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.sync import names, ranges
from qsin_desktop.sync.envelope import Envelope, Unreadable
from qsin_desktop.sync.evidence import Wanted, proved
from qsin_desktop.sync.holder import INVITED, Course, Holder, team_devices
from qsin_desktop.sync.names import MARK, LogFile, short
from qsin_desktop.sync.place import Place
from qsin_desktop.sync.purging import ErasingPlace
from qsin_desktop.sync.refusals import RangeRefused
from qsin_desktop.sync.summary import Summary

MOST_SMALL: Final = 24  # files of one log, before they are joined
_MOST_AT_ONCE: Final = 200  # pieces looked at in one exchange, so that it stays short
_TEAM: Final = (("device", "member"), ("device", "revoked"), INVITED)


def tidy(
    holder: Holder,
    place: Place,
    envelope: Envelope,
    course: Course,
    summary: Summary,
    there: Iterable[LogFile],
    named: Sequence[Wanted],
) -> None:
    """To be called last, when all was taken and given; `there` are the files of entries met at first."""
    if not isinstance(place, ErasingPlace):
        return
    group = names.group_of(envelope.devices)
    # What a laptop writes that nobody confirmed yet is for itself and the team. To it the team's own files
    # would be an earlier team's: it took them away, the team wrote them again, and so on without end.
    of_team = course.owner(lambda: team_devices(holder.store)) == envelope.devices
    known = course.owner(lambda: older_groups(holder.store, envelope.devices)) if of_team else set()
    older = known & set(place.groups())
    small = Counter(file.device for file in there if file.group == group)
    if not older and max(small.values(), default=0) <= MOST_SMALL:
        return
    run = _Tidying(holder, place, place, envelope, course, group, older)
    run.logs()
    run.pieces(named)
    summary.tidied = run.removed


def older_groups(store: VisitStore, devices: frozenset[str]) -> set[str]:
    """Names of the groups of earlier teams, each of which is part of this team but for who was cut off."""
    entries = sorted(store.entries_of_fields(_TEAM), key=lambda e: (e.n, e.id))
    cut = set(store.authority.cuts)
    team: set[str] = set()
    found: set[str] = set()
    for entry in [*_founding(store), *entries]:
        device = entry.device if entry.key.type == "visit" else entry.key.entity
        (team.discard if entry.key.field == "revoked" else team.add)(device)
        if team - cut <= devices:
            found |= {names.group_of(team), names.group_of(team - cut)}
    return found - {names.group_of(devices)}


def _founding(store: VisitStore) -> list[Entry]:
    return [e for e in store.entries_of_fields([("visit", "founded")]) if store.authority.counts(e)]


@dataclass
class _Tidying:
    """One time of it. `eraser` is the place too."""

    holder: Holder
    place: Place
    eraser: ErasingPlace
    envelope: Envelope
    course: Course
    group: str
    older: set[str]
    removed: int = 0

    def logs(self) -> None:
        by_device: dict[str, list[LogFile]] = defaultdict(list)
        for file in self.place.logs():
            if file.group == self.group or file.group in self.older:
                by_device[file.device].append(file)
        for device, files in by_device.items():
            self.course.heed()
            self._log(device, files)

    def _log(self, device: str, files: list[LogFile]) -> None:
        own = [file for file in files if file.group == self.group]
        if len(own) <= MOST_SMALL and len(own) == len(files):
            return
        log: list[Entry] = self.course.owner(lambda: _log_of(self.holder.store, device))
        known = {entry.seq: entry for entry in log}
        same = [file for file in files if file.last in known and _mark(known[file.last]) == file.mark]
        if len(own) > MOST_SMALL:
            own = self._joined(log)
        whole = [file for file in own if self._is_whole(file, known)]
        for file in same:
            if file not in whole and any(o.first <= file.first and file.last <= o.last for o in whole):
                self._remove(file.path)

    def _joined(self, log: Iterable[Entry]) -> list[LogFile]:
        """The log in as few files as can be, written anew."""
        made = []
        for stretch in ranges.stretches(log):
            self.course.heed()
            first, last = stretch[0], stretch[-1]
            file = LogFile(self.group, short(first.device), first.seq, last.seq, _mark(last))
            if not self.place.has(file.path):
                self.place.write(file.path, self.envelope.sealed(ranges.packed(stretch)))
            made.append(file)
        return made

    def _is_whole(self, file: LogFile, known: dict[int, Entry]) -> bool:
        """Whether it can be read back and holds, entry by entry, all words that this laptop holds too."""
        sealed = self.place.read(file.path)
        try:
            entries = ranges.unpacked(self.envelope.opened(sealed)) if sealed else []
        except (Unreadable, RangeRefused):
            return False
        if [entry.seq for entry in entries] != list(range(file.first, file.last + 1)):
            return False
        return all(
            (own := known.get(entry.seq)) is not None
            and entry.chain_hash == own.chain_hash
            and (entry.body is not None or own.body is None)
            for entry in entries
        )

    def pieces(self, named: Sequence[Wanted]) -> None:
        looked_at = 0
        for piece in named if self.older else ():
            paths = (names.piece_path(group, piece.name) for group in sorted(self.older))
            doubled = [path for path in paths if self.place.has(path)]
            if not doubled:
                continue
            self.course.heed()
            looked_at += 1
            if looked_at > _MOST_AT_ONCE:
                break
            sealed = self.place.read(names.piece_path(self.group, piece.name))
            if sealed is not None and proved(self.envelope, sealed, piece.sha256) is not None:
                for path in doubled:
                    self._remove(path)

    def _remove(self, path: str) -> None:
        with suppress(PlaceForbidden, FileInUse):  # it stays, and does no harm
            self.eraser.remove(path)
            self.removed += 1


def _log_of(store: VisitStore, device: str) -> list[Entry]:
    whole = next((full for full in store.tips if short(full) == device), "")
    return store.log_of(whole) if whole else []


def _mark(entry: Entry) -> str:
    return entry.chain_hash[:MARK]
