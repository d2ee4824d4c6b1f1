"""Entries that a repair found behind a gap: they wait in the visit folder until what is before them comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.aside import SALVAGED, Aside, Kept
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.sync import ranges
from qsin_desktop.sync.refusals import RangeRefused

_AT_A_TIME: Final = 500


def keep_salvaged(folder: VisitFolder, data_key: DataKey, beyond: Mapping[str, Sequence[Entry]]) -> None:
    """Durably, stretch by stretch. Raises a disk's refusal."""
    aside = Aside(folder, data_key)
    for device, entries in beyond.items():
        for stretch in _stretches(entries):
            kept = Kept(
                SALVAGED, device, stretch[0].seq, stretch[-1].seq, stretch[-1].chain_hash[:12], "behind a gap"
            )
            aside.keep(kept, ranges.packed(stretch))


def salvaged(aside: Aside) -> Iterator[tuple[Kept, list[Entry]]]:
    """What still waits, by device and place; what cannot be read any more is passed over."""
    found = [(kept, content) for kept, content in aside.all() if kept.kind == SALVAGED]
    for kept, content in sorted(found, key=lambda each: (each[0].device, each[0].first)):
        with suppress(RangeRefused):
            yield kept, ranges.unpacked(content)


def _stretches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Runs that hang together."""
    run: list[Entry] = []
    for entry in entries:
        if run and (entry.prev != run[-1].chain_hash or len(run) == _AT_A_TIME):
            yield run
            run = []
        run.append(entry)
    if run:
        yield run
