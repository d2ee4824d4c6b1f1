"""Give a place what it lacks of each laptop's log, encrypted for the team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.aside import FORKED
from qsin_desktop.sync import names, ranges
from qsin_desktop.sync.envelope import Envelope
from qsin_desktop.sync.holder import Course, Holder
from qsin_desktop.sync.names import MARK, LogFile, short
from qsin_desktop.sync.place import Place
from qsin_desktop.sync.summary import Summary


def give_logs(
    holder: Holder,
    place: Place,
    envelope: Envelope,
    course: Course,
    summary: Summary,
    *,
    there: Iterable[LogFile] = (),
    after: Mapping[str, int] | None = None,
) -> None:
    """Write every stretch that the place has not; with `after` (device → seq) only what lies beyond."""
    group = names.group_of(envelope.devices)
    by_device: dict[str, list[LogFile]] = defaultdict(list)
    for file in there:
        if file.group == group:
            by_device[file.device].append(file)
    tips = course.owner(lambda: holder.store.tips)
    for done, device in enumerate(sorted(tips), 1):
        course.heed()
        start = max(_covered(holder, course, device, by_device[short(device)]), (after or {}).get(device, 0))
        if start < tips[device].seq:
            log: list[Entry] = course.owner(partial(holder.store.log_of, device, start))
            _give(place, group, log, envelope, course)
            found = summary.of(device)
            found.given += len(log)
            found.person = found.person or log[-1].by
        course.tell(done, len(tips), "Writing entries")
    give_other_stories(holder, place, envelope, course)


def give_other_stories(holder: Holder, place: Place, envelope: Envelope, course: Course) -> None:
    """Hand on what is kept aside of keys that two laptops wrote under, so that neither story vanishes."""
    group = names.group_of(envelope.devices)
    for kept, content in holder.aside.all():
        course.heed()
        file = LogFile(group, short(kept.device), kept.first, kept.last, kept.mark)
        if kept.kind == FORKED and not place.has(file.path):
            place.write(file.path, envelope.sealed(content))


def _give(place: Place, group: str, log: list[Entry], envelope: Envelope, course: Course) -> None:
    for stretch in ranges.stretches(log):
        course.heed()
        first, last = stretch[0], stretch[-1]
        file = LogFile(group, short(first.device), first.seq, last.seq, last.chain_hash[:MARK])
        place.write(file.path, envelope.sealed(ranges.packed(stretch)))


def _covered(holder: Holder, course: Course, device: str, files: list[LogFile]) -> int:
    """How far, without a gap, the place's files tell the same log as is known here."""
    if not files:
        return 0
    hashes = course.owner(lambda: holder.store.chain_hashes(device, {file.last for file in files}))
    covered = 0
    for file in sorted(files, key=lambda f: f.first):
        same = hashes.get(file.last, "")[:MARK] == file.mark
        if same and file.first <= covered + 1:
            covered = max(covered, file.last)
    return covered
