"""The bytes of exhibits, piece by piece, both ways; each is proved by its hash before it is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.store.piece_reading import ExhibitDamaged
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.sync import names
from qsin_desktop.sync.envelope import Envelope, Unreadable
from qsin_desktop.sync.holder import Course, Holder, place_key
from qsin_desktop.sync.place import Place
from qsin_desktop.sync.summary import Summary


@dataclass(frozen=True)
class Wanted:
    """A piece that the journal names, and what it is called on a place."""

    sha256: str
    name: str


def _pieces_in(store: VisitStore) -> list[str]:
    made = store.entries_of_fields([("exhibit", "made")])
    return list(dict.fromkeys(piece for entry in made for piece in pieces_of(entry)))


def take_pieces(
    holder: Holder,
    place: Place,
    envelope: Envelope,
    course: Course,
    summary: Summary,
    named: Iterable[Wanted],
) -> None:
    """Fetch every piece that is not here and is there."""
    missing = [piece for piece in named if not holder.pieces.has(piece.sha256)]
    groups = _own_first(names.group_of(envelope.devices), place.groups()) if missing else []
    for done, piece in enumerate(missing):
        course.heed()
        course.tell(done, len(missing), "Taking evidence")
        if not _take(holder, place, envelope, groups, piece, summary):
            summary.pieces_wanted += 1


def give_pieces(
    holder: Holder,
    place: Place,
    envelope: Envelope,
    course: Course,
    summary: Summary,
    named: Iterable[Wanted],
) -> None:
    """Write every piece that is here and not there."""
    group = names.group_of(envelope.devices)
    lacking = [
        piece
        for piece in named
        if not place.has(names.piece_path(group, piece.name)) and holder.pieces.has(piece.sha256)
    ]
    for done, piece in enumerate(lacking):
        course.heed()
        course.tell(done, len(lacking), "Giving evidence")
        try:
            content = holder.pieces.read(piece.sha256)
        except ExhibitDamaged as refusal:
            summary.add_fault(refusal.sentence)
            continue
        place.write(names.piece_path(group, piece.name), envelope.sealed(content))
        summary.pieces_given += 1
        summary.bytes_given += len(content)


def _take(
    holder: Holder, place: Place, envelope: Envelope, groups: list[str], piece: Wanted, summary: Summary
) -> bool:
    for group in groups:
        path = names.piece_path(group, piece.name)
        sealed = place.read(path)
        if sealed is None:
            continue
        content = _proved(envelope, sealed, piece.sha256)
        if content is None:
            if group == names.group_of(envelope.devices):
                place.put_off(path)
                summary.add_fault(
                    f"A piece of evidence on “{place.title}” is damaged ({path}); it was passed over and is "
                    "written again by the next laptop that has it."
                )
            continue
        holder.pieces.add(content)
        summary.pieces_taken += 1
        summary.bytes_taken += len(content)
        return True
    return False


def _proved(envelope: Envelope, sealed: bytes, sha256: str) -> bytes | None:
    try:
        content = envelope.opened(sealed)
    except Unreadable:
        return None
    fits = 1 <= len(content) <= PIECE_BYTES and hashlib.sha256(content).hexdigest() == sha256
    return content if fits else None


def named_pieces(holder: Holder, course: Course) -> list[Wanted]:
    """Every piece of every exhibit ever recorded, counted or waiting, in the order of recording."""

    def look() -> list[Wanted]:
        key = place_key(holder.store)
        return [Wanted(sha256, names.piece_name(key, sha256)) for sha256 in _pieces_in(holder.store)]

    found: list[Wanted] = course.owner(look)
    return found


def pieces_of(entry: Entry) -> Iterator[str]:
    """The SHA-256 of the pieces that an exhibit's entry names."""
    given = entry.value.get("pieces", ()) if isinstance(entry.value, dict) else ()
    if isinstance(given, list):
        yield from (piece for piece in given if isinstance(piece, str) and _is_hash(piece))


def _is_hash(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")


def _own_first(own: str, groups: list[str]) -> list[str]:
    return [own, *(group for group in groups if group != own)] if own in groups else groups
