"""Take what a place knows of each laptop's log: a whole file of entries or nothing, in the log's own order.

A file that is refused stops that laptop's log only, and a copy of it is kept aside.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import FIRST, Entry, EntryRefused
from qsin_desktop.store.aside import FORKED, REFUSED, Kept
from qsin_desktop.store.journal_log import NO_TIP, Tip
from qsin_desktop.sync import names, ranges
from qsin_desktop.sync.envelope import Envelope, Unreadable
from qsin_desktop.sync.holder import Course, Holder, team_devices
from qsin_desktop.sync.limits import refused_for_size, weight
from qsin_desktop.sync.names import MARK, LogFile, short
from qsin_desktop.sync.place import Place
from qsin_desktop.sync.refusals import RangeRefused
from qsin_desktop.sync.summary import LaptopSummary, Summary


@dataclass(frozen=True)
class Known:
    """A laptop's log as far as it is known here, and its chain hash at the ends of a place's files."""

    device: str
    tip: Tip
    hashes: dict[int, str]

    def holds(self, file: LogFile) -> bool:
        """Whether the file's entries are here already, told by its name alone."""
        return self.hashes.get(file.last, "")[:MARK] == file.mark


def take_logs(
    holder: Holder, place: Place, course: Course, summary: Summary, before: Callable[[], str]
) -> list[LogFile]:
    """Receive all that is new at the place; returns the files of entries it has.

    `before` is called once, when the first of it is about to be received.
    """
    files = place.logs()
    by_device: dict[str, list[LogFile]] = defaultdict(list)
    for file in files:
        by_device[file.device].append(file)
    own_group = _own_group(holder, course)
    course.tell(0, len(by_device), "Reading entries")
    first = _First(before, summary)
    with _no_collecting():
        for done, (device, of_device) in enumerate(_own_log_first(holder, by_device), 1):
            course.heed()
            _Log(holder, place, course, summary, own_group, first).take(device, of_device)
            course.tell(done, len(by_device), "Reading entries")
    summary.ignored = place.ignored
    return files


class _First:
    """What is to be done once before anything is received."""

    def __init__(self, act: Callable[[], str], summary: Summary) -> None:
        self._act, self._summary, self._done = act, summary, False

    def __call__(self) -> None:
        if not self._done:
            self._done = True
            self._summary.not_backed_up = self._act()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Python's search for cycles finds none among entries and takes a quarter of the time to receive them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _own_log_first(
    holder: Holder, by_device: dict[str, list[LogFile]]
) -> Iterable[tuple[str, list[LogFile]]]:
    """What the place knows of this laptop's own log is taken back before anything is written."""
    own = short(holder.identity.device)
    return sorted(by_device.items(), key=lambda item: (item[0] != own, item[0]))


def _own_group(holder: Holder, course: Course) -> str:
    devices = course.owner(lambda: team_devices(holder.store))
    return names.group_of({*devices, holder.identity.device})


class _Log:
    """One laptop's log on one place."""

    def __init__(
        self,
        holder: Holder,
        place: Place,
        course: Course,
        summary: Summary,
        own_group: str,
        first: Callable[[], None],
    ) -> None:
        self._holder = holder
        self._place = place
        self._course = course
        self._summary = summary
        self._own_group = own_group
        self._first = first
        self._envelope = Envelope(holder.identity, ())
        self._unread = 0
        self._brought = 0

    def take(self, device: str, files: Sequence[LogFile]) -> None:
        """Every file that brings something new, and each that tells another story than this laptop knows."""
        left = sorted(files, key=lambda f: (f.first, -f.last, f.group != self._own_group, f.group))
        while left:
            self._course.heed()
            known = self._known(device, left)
            left = [file for file in left if not known.holds(file)]
            file = _next(left, known.tip.seq)
            if file is None:
                break
            left.remove(file)
            self._take_file(file, known)
        self._count_known(device, files)
        left = self._keep_later_of_fork(device, left)
        self._note_gap(device, left)
        self._summary.for_others += self._unread

    def _known(self, device: str, files: Iterable[LogFile]) -> Known:
        def look() -> Known:
            store = self._holder.store
            whole = next((full for full in store.tips if short(full) == device), "")
            if not whole:
                return Known("", NO_TIP, {})
            tip = store.tip(whole)
            wanted = {file.last for file in files if file.last < tip.seq}
            hashes = store.chain_hashes(whole, wanted) if wanted else {}
            return Known(whole, tip, {**hashes, tip.seq: tip.chain_hash})

        found: Known = self._course.owner(look)
        return found

    def _take_file(self, file: LogFile, known: Known) -> None:
        content = self._opened(file)
        if content is None:
            return
        try:
            entries = ranges.unpacked(content)
            _check_name(file, entries)
        except RangeRefused as refusal:
            self._refuse(file, content, refusal.sentence, known.device)
            return
        self._receive(file, entries, content, known)

    def _opened(self, file: LogFile) -> bytes | None:
        sealed = self._place.read(file.path)
        if sealed is None:
            if self._place.has(file.path):  # else another laptop has just joined it to a larger one
                self._damaged(file)
            return None
        try:
            return self._envelope.opened(sealed)
        except Unreadable as refusal:
            if refusal.for_others and file.group != self._own_group:
                self._unread += 1
            else:
                self._damaged(file)
            return None

    def _damaged(self, file: LogFile) -> None:
        """Only what cannot be decrypted is put off: it is of no use to anybody, and is written again."""
        self._place.put_off(file.path)
        self._summary.add_fault(
            f"A file of entries on “{self._place.title}” is damaged or cut short ({file.path}); "
            "it was passed over and is written again by the next laptop that has those entries."
        )

    def _receive(self, file: LogFile, entries: list[Entry], content: bytes, known: Known) -> None:
        device = entries[0].device
        found = self._summary.of(device)
        found.person = found.person or entries[-1].by
        fork = self._forked_at(entries, known)
        if fork:
            self._keep_fork(file, entries, content, fork, found)
            return
        fresh = [entry for entry in entries if entry.seq > known.tip.seq]
        self._brought += weight(fresh)
        store = self._holder.store
        too_much = self._course.owner(lambda: refused_for_size(store, device, fresh, self._brought))
        if too_much:
            found.refused = found.refused or too_much
            return
        self._first()
        try:
            change = self._course.owner(lambda: self._holder.receive([fresh]))
        except EntryRefused as refusal:
            self._refuse(file, content, refusal.sentence, device)
            return
        found.new += len(fresh)
        self._summary.keys.update(change.keys)

    def _forked_at(self, entries: list[Entry], known: Known) -> int:
        """The first place where these entries differ from the log known here, or 0."""
        tip = known.tip

        def look() -> dict[int, str]:
            seqs = [entry.seq for entry in entries if entry.seq <= tip.seq]
            before = entries[0].seq - 1
            return self._holder.store.chain_hashes(known.device, [*seqs, before]) if known.device else {}

        here = self._course.owner(look)
        first = entries[0]
        if first.seq - 1 in here and first.prev != here[first.seq - 1]:
            return first.seq - 1
        return next((e.seq for e in entries if e.seq in here and here[e.seq] != e.chain_hash), 0)

    def _keep_fork(
        self, file: LogFile, entries: list[Entry], content: bytes, fork: int, found: LaptopSummary
    ) -> None:
        """Two logs under one key. A copy is kept, if the other story is signed and hangs together too."""
        try:
            first = entries[0]
            check_range(
                entries,
                visit=self._holder.store.visit,
                device=first.device,
                after=first.seq - 1,
                tip=first.prev if first.seq > 1 else FIRST,
            )
        except EntryRefused as refusal:
            self._refuse(file, content, refusal.sentence, first.device)
            return
        found.forked_at = min(fork, found.forked_at or fork)
        why = f"differs from entry {fork} on"
        kept = Kept(FORKED, first.device, first.seq, entries[-1].seq, file.mark, why)
        self._holder.aside.keep(kept, content)

    def _keep_later_of_fork(self, device: str, left: Sequence[LogFile]) -> list[LogFile]:
        """Of a key with two stories, what lies beyond the one known here is kept too; returns the rest."""
        known = self._known(device, ())
        found = self._summary.of(known.device) if known.device and left else None
        if found is None or not (parted := found.forked_at or self._parted_before(known.device)):
            return list(left)
        kept = [file for file in left if self._belongs_to_fork(file, parted, found)]
        return [file for file in left if file not in kept]

    def _parted_before(self, device: str) -> int:
        """Where its two stories part, as an earlier exchange found, or 0."""
        return min(
            (
                kept.first
                for kept, _ in self._holder.aside.all()
                if (kept.kind, kept.device) == (FORKED, device)
            ),
            default=0,
        )

    def _belongs_to_fork(self, file: LogFile, parted: int, found: LaptopSummary) -> bool:
        content = self._opened(file)
        try:
            entries = ranges.unpacked(content) if content is not None else []
        except RangeRefused:
            entries = []
        if content is None or not entries or entries[0].device != found.device:
            return False
        self._keep_fork(file, entries, content, parted, found)
        return True

    def _refuse(self, file: LogFile, content: bytes, why: str, device: str) -> None:
        found = self._summary.of(device or file.device)
        found.refused = found.refused or why
        self._holder.aside.keep(
            Kept(REFUSED, device or file.device, file.first, file.last, file.mark, why), content
        )

    def _count_known(self, device: str, files: Sequence[LogFile]) -> None:
        known = self._known(device, ())
        if not known.device:
            return
        found = self._summary.of(known.device)
        at_place = max((file.last for file in files), default=0)
        found.known = max(0, min(at_place, known.tip.seq) - found.new)

    def _note_gap(self, device: str, left: Sequence[LogFile]) -> None:
        known = self._known(device, ())
        beyond = [file for file in left if file.first > known.tip.seq + 1]
        if not beyond:
            return
        found = self._summary.of(known.device or device)
        found.gap = known.tip.seq + 1
        before = min(file.first for file in beyond) - 1
        found.refused = found.refused or (
            f"Entries {found.gap} to {before} of this laptop are missing, so the later ones wait "
            "until they come."
        )


def _next(left: Sequence[LogFile], tip: int) -> LogFile | None:
    """The file that goes on with the log, the farthest first; then any that contradicts what is known."""
    going_on = [file for file in left if file.first <= tip + 1 and file.last > tip]
    if going_on:
        return max(going_on, key=lambda file: file.last)
    return next((file for file in left if file.last <= tip), None)


def _check_name(file: LogFile, entries: list[Entry]) -> None:
    first, last = entries[0], entries[-1]
    named = (file.device, file.first, file.last, file.mark)
    if (short(first.device), first.seq, last.seq, last.chain_hash[:MARK]) != named:
        raise RangeRefused("A file of entries holds others than its name says.")
