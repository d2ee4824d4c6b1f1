"""What an exchange brought to this laptop: the fields that changed, and the exhibits that are here now."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.store.faults import PlaceGone
from qsin_desktop.store.pieces import Pieces
from qsin_desktop.sync import names
from qsin_desktop.sync.bundle import SUFFIX as BUNDLE_SUFFIX

__all__ = [
    "BUNDLE_SUFFIX",
    "PlaceGone",
    "arrived_since",
    "folders_written",
    "here_of",
    "known_so_far",
    "pieces_of_exhibits",
]

_MOST_FOLDERS: Final = 200
_DEEP: Final = 3  # group, log or piece, laptop

_DECIDES = "device"  # confirms a laptop or cuts it off, so that what it wrote counts or does not


def known_so_far(visit: OpenVisit) -> dict[str, int]:
    """Laptop → how many of its entries are here."""
    return {device: tip.seq for device, tip in visit.store.tips.items()}


def arrived_since(visit: OpenVisit, before: Mapping[str, int], keys: Iterable[FieldKey] = ()) -> Change:
    """What was written or came since, for screens that are open; `keys` are known to have changed besides.

    Needs no summary, so it also tells what came before an exchange was cut.
    """
    found = set(keys)
    for device in visit.store.tips:
        found |= {entry.key for entry in visit.store.log_of(device, before.get(device, 0))}
    if any(key.type == _DECIDES and key.field != "seen" for key in found):
        found |= {entry.key for entry in visit.store.entries()}
    return Change("", "Receive", tuple(sorted(found)))


def pieces_of_exhibits(visit: OpenVisit) -> dict[str, tuple[str, ...]]:
    """Exhibit → its pieces, without documents that were seen and not copied."""
    return {
        exhibit.id: tuple(exhibit.pieces)
        for exhibit in visit.record.exhibits(withdrawn=True)
        if exhibit.pieces
    }


def here_of(pieces: Pieces, exhibits: Mapping[str, Iterable[str]]) -> set[str]:
    """Those whose every piece is on this laptop; looks at the disk only, so any thread may ask."""
    return {exhibit for exhibit, names in exhibits.items() if all(pieces.has(name) for name in names)}


def folders_written(visit_id: str, folder: Path) -> list[str]:
    """The folder and those in it that exchanges of this visit write to, a bounded number of them."""
    level = [folder / names.root_name(visit_id)]
    found = [folder, *(each for each in level if each.is_dir())]
    for _ in range(_DEEP):
        inner: list[Path] = []
        for each in level:
            with suppress(OSError), os.scandir(each) as entries:
                inner += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        found += inner
        level = inner
    return [str(path) for path in found[:_MOST_FOLDERS]]
