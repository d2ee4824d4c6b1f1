"""Takes what was purged off a place too: files of entries are written again without the words, pieces go.

Whoever meets at the place next does it, for every file that this laptop can read. What it cannot change,
such as a bundle, is told, so that a person deletes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol, runtime_checkable

from qsin_desktop.journal.entry import Entry, EntryRefused
from qsin_desktop.journal.purging import pieces_named
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.sync import names, ranges
from qsin_desktop.sync.envelope import Envelope, Unreadable
from qsin_desktop.sync.holder import Course, Holder, place_key
from qsin_desktop.sync.names import LogFile, short
from qsin_desktop.sync.place import BAD_SUFFIX, Place
from qsin_desktop.sync.refusals import RangeRefused
from qsin_desktop.sync.summary import Summary


@runtime_checkable
class ErasingPlace(Protocol):
    """A place whose files can be written again and removed."""

    def replace(self, path: str, content: bytes) -> None:
        """Durably and whole or not at all, in place of what is there."""

    def remove(self, path: str) -> None:
        """Nothing happens where there is none."""

    def sweep(self, given_up: Iterable[str] = ()) -> None:
        """Remove what this laptop left half written there, and what those devices did."""


def clean_place(holder: Holder, place: Place, envelope: Envelope, course: Course, summary: Summary) -> None:
    """Remove from the place what was purged here; counts what was removed and what it could not."""
    gone: dict[str, set[int]] = course.owner(lambda: _gone(holder.store))
    if not gone and not course.owner(lambda: holder.store.purges):
        return
    eraser = place if isinstance(place, ErasingPlace) else None
    own = Envelope(holder.identity, ())
    for file in place.logs():
        seqs = {seq for seq in gone.get(file.device, ()) if file.first <= seq <= file.last}
        if seqs:
            course.heed()
            _clean_file(place, eraser, file, seqs, own, envelope, summary)
    _remove_pieces(holder, place, eraser, course, summary)


def _gone(store: VisitStore) -> dict[str, set[int]]:
    """Short name of a device → its entries that have no words here."""
    if not store.purges:
        return {}
    found: dict[str, set[int]] = defaultdict(set)
    for device, seq in store.without_words():
        found[short(device)].add(seq)
    return found


def _clean_file(
    place: Place,
    eraser: ErasingPlace | None,
    file: LogFile,
    seqs: set[int],
    own: Envelope,
    team: Envelope,
    summary: Summary,
) -> None:
    entries = _entries(place, file, own, summary)
    if not any(entry.seq in seqs and entry.body is not None for entry in entries):
        return
    if eraser is None:
        summary.purged_held += 1
        return
    bare = [ranges.bare(entry) if entry.seq in seqs else entry for entry in entries]
    eraser.replace(file.path, team.sealed(ranges.packed(bare)))
    eraser.remove(file.path + BAD_SUFFIX)
    summary.purged_there += 1


def _entries(place: Place, file: LogFile, own: Envelope, summary: Summary) -> list[Entry]:
    sealed = place.read(file.path)
    if sealed is None:
        return []
    try:
        return ranges.unpacked(own.opened(sealed))
    except Unreadable as refusal:
        summary.purged_unread += refusal.for_others
    except (RangeRefused, EntryRefused):
        pass  # told when it was read
    return []


def _remove_pieces(
    holder: Holder, place: Place, eraser: ErasingPlace | None, course: Course, summary: Summary
) -> None:
    wanted: Mapping[str, str] = course.owner(lambda: _names(holder.store))
    for group in place.groups():
        for name in wanted.values():
            path = names.piece_path(group, name)
            if eraser is not None:
                eraser.remove(path + BAD_SUFFIX)
            if not place.has(path):
                continue
            if eraser is None:
                summary.purged_held += 1
            else:
                eraser.remove(path)
                summary.purged_there += 1


def _names(store: VisitStore) -> dict[str, str]:
    """SHA-256 of each piece that a counted purge names and no exhibit has any more → its name on a place."""
    key = place_key(store)
    made = store.entries_of_fields([("exhibit", "made")])
    claimed = {piece for entry in made for piece in pieces_named(entry.value)}
    counted = [purge for purge in store.purges if store.authority.counts(purge)]
    gone = {piece for purge in counted for piece in pieces_named(purge.value)} - claimed
    return {piece: names.piece_name(key, piece) for piece in sorted(gone)}
