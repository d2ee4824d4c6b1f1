"""The entries of an invitation, read before there is a visit to take them into."""

from __future__ import annotations

from collections import defaultdict

from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import FIRST, Entry, EntryRefused
from qsin_desktop.sync import ranges
from qsin_desktop.sync.bundle import BundlePlace
from qsin_desktop.sync.envelope import Envelope, KeyHolder, Unreadable
from qsin_desktop.sync.limits import FIRST_BYTES, PlaceOverfull, weight
from qsin_desktop.sync.names import LogFile
from qsin_desktop.sync.refusals import BundleDamaged, ForOthers, NoInvitation, RangeRefused


def first_taken(place: BundlePlace, laptop: KeyHolder) -> dict[str, list[Entry]]:
    """Device → its log from the first entry on. Raises `ForOthers`, `BundleDamaged` or `NoInvitation`."""
    envelope = Envelope(laptop, ())
    logs: dict[str, list[Entry]] = defaultdict(list)
    held = 0
    for file in sorted(place.logs(), key=lambda f: (f.device, f.first, f.last)):
        entries = _read(place, envelope, file)
        held += weight(entries)
        if held > FIRST_BYTES:
            raise PlaceOverfull(place.title, FIRST_BYTES >> 20, "MiB of entries")
        log = logs[entries[0].device]
        if entries[0].seq == len(log) + 1:
            log.extend(entries)
    whole = {device: log for device, log in logs.items() if log}
    if not whole:
        raise NoInvitation(place.title)
    _check(place, whole)
    return whole


def _read(place: BundlePlace, envelope: Envelope, file: LogFile) -> list[Entry]:
    try:
        return ranges.unpacked(envelope.opened(place.read(file.path) or b""))
    except Unreadable as refusal:
        raise (ForOthers if refusal.for_others else BundleDamaged)(place.title) from None
    except RangeRefused:
        raise BundleDamaged(place.title) from None


def _check(place: BundlePlace, logs: dict[str, list[Entry]]) -> None:
    for device, log in logs.items():
        try:
            check_range(log, visit=place.visit, device=device, after=0, tip=FIRST)
        except EntryRefused:
            raise BundleDamaged(place.title) from None
