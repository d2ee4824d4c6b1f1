"""The chain of one device: consecutive, linked by hash, signed."""

from __future__ import annotations

from collections.abc import Iterable

from qsin_desktop.journal.entry import FIRST, Entry, EntryRefused


def check_range(
    entries: Iterable[Entry], *, visit: str, device: str, after: int, tip: str, every_signature: bool = False
) -> None:
    """Check that entries continue a device's log after `after` with chain hash `tip`; raises `EntryRefused`.

    The last signature covers all before it through `prev`, so it alone is checked unless told otherwise.
    """
    seq, prev, last = after, tip if after else FIRST, None
    for entry in entries:
        if entry.visit != visit:
            raise EntryRefused("An entry belongs to another visit.")
        if entry.device != device:
            raise EntryRefused("An entry belongs to another laptop's log.")
        if entry.seq != seq + 1:
            raise EntryRefused(f"Entry {entry.seq} does not follow entry {seq} of this laptop's log.")
        if entry.prev != prev:
            raise EntryRefused(f"Entry {entry.seq} is not linked to the one before it.")
        if every_signature and not entry.signed_by_device():
            raise EntryRefused(f"Entry {entry.seq} is not signed by its laptop.")
        seq, prev, last = entry.seq, entry.chain_hash, entry
    if last is not None and not every_signature and not last.signed_by_device():
        raise EntryRefused(f"Entry {last.seq} is not signed by its laptop.")
