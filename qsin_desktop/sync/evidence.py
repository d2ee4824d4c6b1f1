"""The bytes of exhibits, piece by piece, both ways; each is proved by its hash before it is kept."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.purging import pieces_named
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.store.piece_reading import ExhibitDamaged
from qsin_desktop.sync import names
from qsin_desktop.sync.envelope import Envelope, Unreadable
from qsin_desktop.sync.holder import Course, Holder, invited_devices, place_key
from qsin_desktop.sync.limits import SPARE_BYTES, STRANGERS_PIECES
from qsin_desktop.sync.place import Place
from qsin_desktop.sync.summary import Summary

TAKING, GIVING = "Taking evidence", "Giving evidence"  # what is told with how far it is, in bytes


@dataclass(frozen=True)
class Wanted:
    """A piece that the journal names, and what it is called on a place.

    `size`: its bytes at most; `stranger`: named only by laptops that no lead has confirmed or invited.
    """

    sha256: str
    name: str
    size: int = PIECE_BYTES
    stranger: bool = False


def take_pieces(
    holder: Holder,
    place: Place,
    envelope: Envelope,
    course: Course,
    summary: Summary,
    named: Sequence[Wanted],
) -> None:
    """Fetch every piece that is not here and is there, as far as this laptop's disk has room for it."""
    missing = [piece for piece in named if not holder.pieces.has(piece.sha256)]
    groups = _own_first(names.group_of(envelope.devices), place.groups()) if missing else []
    there = [piece for piece in missing if any(place.has(names.piece_path(g, piece.name)) for g in groups)]
    summary.pieces_wanted = len(missing) - len(there)
    strangers_here = sum(piece.stranger for piece in named) - sum(piece.stranger for piece in missing)
    fetched = _with_room(holder, there, STRANGERS_PIECES - strangers_here, summary)
    summary.pieces_wanted += len(there) - len(fetched)
    done, total = 0, sum(piece.size for piece in fetched)
    for piece in fetched:
        course.heed()
        course.tell(done, total, TAKING)
        done += piece.size
        if not _take(holder, place, envelope, groups, piece, summary):
            summary.pieces_wanted += 1


def _with_room(holder: Holder, there: list[Wanted], of_strangers: int, summary: Summary) -> list[Wanted]:
    """What may be fetched, at most so many pieces of strangers: the rest is told, and comes another time."""
    strangers = [piece for piece in there if piece.stranger]
    left = {piece.sha256 for piece in strangers[max(0, of_strangers) :]}
    if left:
        summary.add_fault(
            f"{len(left)} pieces of evidence of laptops that no lead has confirmed were not fetched; they "
            "come once the laptop is confirmed."
        )
    chosen = [piece for piece in there if piece.sha256 not in left]
    needed = sum(piece.size for piece in chosen)
    free = shutil.disk_usage(holder.folder.path).free
    if not chosen or needed + SPARE_BYTES <= free:
        return chosen
    summary.add_fault(
        f"The evidence that is still to come needs {_mib(needed)} MiB and this computer has {_mib(free)} MiB "
        "free, so none was fetched. The records came and are safe; free some space and exchange again."
    )
    return []


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
    done, total = 0, sum(piece.size for piece in lacking)
    for piece in lacking:
        course.heed()
        course.tell(done, total, GIVING)
        done += piece.size
        try:
            content = holder.pieces.read(piece.sha256)
        except ExhibitDamaged as refusal:
            holder.pieces.put_off(piece.sha256)  # so that it comes anew from whoever has it whole
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
        content = proved(envelope, sealed, piece.sha256)
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


def proved(envelope: Envelope, sealed: bytes, sha256: str) -> bytes | None:
    """A piece's bytes, or None where they are not what its hash says, or not for this laptop."""
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
        known = {device for device, _ in holder.store.authority.members} | invited_devices(holder.store)
        found: dict[str, Wanted] = {}
        for entry in holder.store.entries_of_fields([("exhibit", "made")]):
            for sha256, size in _sized(entry):
                first = found.get(sha256)
                if first is None or (first.stranger and entry.device in known):
                    name = names.piece_name(key, sha256)
                    found[sha256] = Wanted(sha256, name, size, entry.device not in known)
        return list(found.values())

    named: list[Wanted] = course.owner(look)
    return named


def _sized(entry: Entry) -> Iterator[tuple[str, int]]:
    """The pieces that an exhibit's entry names, with the bytes that each has at most by its word."""
    pieces = list(pieces_of(entry))
    told = entry.value.get("size", 0) if pieces else 0
    last = told - PIECE_BYTES * (len(pieces) - 1) if type(told) is int else PIECE_BYTES
    for at, piece in enumerate(pieces, 1):
        yield piece, PIECE_BYTES if at < len(pieces) else min(max(1, last), PIECE_BYTES)


def pieces_of(entry: Entry) -> Iterator[str]:
    """The SHA-256 of the pieces that an exhibit's entry names; none once it was purged."""
    yield from pieces_named(entry.value)


def _mib(size: int) -> str:
    return f"{-(-size >> 20):,}"


def _own_first(own: str, groups: list[str]) -> list[str]:
    return [own, *(group for group in groups if group != own)] if own in groups else groups
