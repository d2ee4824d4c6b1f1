"""Purge an exhibit or a text, such as a patient in a photo: for good, here and on the team's laptops.

The purge is an entry of its own: who, when, what and why stay in the trail, the words and bytes go.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qsin_desktop.actions.backing_up import (
    SecondPlaceGone,
    claimed_pieces,
    drop_purged,
    holdings,
    own_place,
)
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.purge_targets import PurgeTarget, target_of
from qsin_desktop.actions.texts import needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.journal.entry import Draft, EntryRefused
from qsin_desktop.store import purging
from qsin_desktop.store.purged_copies import remake_backups, remove_pieces, remove_previews
from qsin_desktop.sync import ranges
from qsin_desktop.sync.refusals import RangeRefused

log = logging.getLogger(__name__)

_IDS_AT_A_TIME = 4_000  # so that the entry stays within its limit


@dataclass(frozen=True)
class Purged:
    """What went here. `waiting`: why something is still to be removed, which the next opening does."""

    pieces: int = 0
    waiting: str = ""


def purge(visit: OpenVisit, what: str, *, reason: str) -> Change:
    """Take the words now, in one commit; `finish_purges` then removes bytes and older copies.

    Raises the refusals of `target_of`, `TextMissing` without a reason, and those of writing.
    """
    why = needed(reason, "reason for the purge", limit=2_000)
    target = target_of(visit, what)
    ids = [entry.id for entry in target.entries]
    drafts = [
        Draft(target.key, _value(target, ids[start : start + _IDS_AT_A_TIME]), why)
        for start in range(0, len(ids), _IDS_AT_A_TIME)
    ]
    return visit.write(f"Purge {target.words}", drafts, entity=target.entity, lasting=True)


def _value(target: PurgeTarget, ids: list[str]) -> dict[str, Any]:
    return {
        "what": target.what,
        "number": target.number,
        "fields": list(target.fields),
        "entries": ids,
        "pieces": list(target.pieces),
    }


def finish_purges(
    visit: OpenVisit, *, owner: Callable[[Callable[[], Any]], Any] = lambda act: act()
) -> Purged | None:
    """Remove what purges have left to be removed here; None when there is nothing.

    Index and free pages first, then files, then every older copy; a fault leaves the rest to the next time.
    `owner` brings what touches the journal to the visit's own thread.
    """
    if visit.read_only:
        return None
    pieces = 0
    try:
        left = owner(lambda: purging.to_remove(visit.store.file))
        if left is None:
            return None
        purging.clean_pages(visit.folder.database, visit.data_key.database_key)
        _clean_aside(visit, left)
        claimed: set[str] = owner(lambda: claimed_pieces(visit))
        pieces = remove_pieces(visit.folder, visit.data_key, left.pieces, claimed)
        remove_previews(visit.previews, left.files, visit.folder.title)
        with visit.copying:
            remake_backups(visit.folder, visit.data_key, visit.clock())
        owner(lambda: purging.done(visit.store.file))
    except Refusal as refusal:
        log.info("a purge is not finished: %s", type(refusal).__name__)
        return Purged(pieces, refusal.sentence)
    return Purged(pieces)


def purge_there(visit: OpenVisit, second: Path) -> str:
    """In a second place too; answers what the person should know of it. Fit for the visit's own thread."""
    holds = holdings(visit)
    try:
        gone = drop_purged(visit, own_place(visit, second), holds)
    except SecondPlaceGone:
        return (
            f"The second place for backups, “{second}”, is not connected: what it holds of this is replaced "
            "by the next backup there."
        )
    except Refusal as refusal:
        return f"The second place for backups still holds it: {refusal.sentence}"
    if holds.cleaning:
        return "The second place for backups follows once this is finished here."
    return "The backups in the second place were replaced too." if gone else ""


def _clean_aside(visit: OpenVisit, left: purging.ToRemove) -> None:
    """Files of entries that were kept aside hold the words too: they are kept again without them."""
    for kept, content in list(visit.aside.all()):
        if not any(device == kept.device and kept.first <= seq <= kept.last for device, seq in left.places):
            continue
        without = _without(content, set(left.places))
        visit.aside.remove(kept)
        if without is not None:
            visit.aside.keep(kept, without)


def _without(content: bytes, places: Iterable[tuple[str, int]]) -> bytes | None:
    """None where it cannot be read, so that it goes whole."""
    gone = set(places)
    try:
        return ranges.packed(
            ranges.bare(entry) if (entry.device, entry.seq) in gone else entry
            for entry in ranges.unpacked(content)
        )
    except (RangeRefused, EntryRefused):
        return None


def consequences(target: PurgeTarget) -> list[str]:
    """What a person should know of a purge besides that it cannot be undone."""
    lines = []
    if target.citations:
        times = "once" if target.citations == 1 else f"{target.citations} times"
        lines.append(f"It is cited {times}; there it says that it was purged.")
    if target.shared:
        lines.append(
            "Part of the file is also part of another exhibit and stays for that one, until it is purged too."
        )
    if target.left:
        lines.append(
            f"Words that {' and '.join(target.left)} wrote about it stay; they, or the lead, can purge them."
        )
    lines.append(
        "Colleagues' laptops remove theirs at the next exchange, and a second place for backups once it is "
        "connected. Reports, workbooks, bundles and copies made before are not reached: delete them yourself."
    )
    return lines


def purged_words(visit: OpenVisit, entity: str) -> str:
    """“Purged by Ann Baker on …: a patient's face” for a thing that was purged, or empty."""
    purges = [p for p in visit.store.purges if p.key.entity == entity]
    if not purges:
        return ""
    first = min(purges, key=lambda p: (p.n, p.id))
    return f"Purged by {visit.record.person_name(first.by)} on {first.at[:10]}: {first.why}"


__all__ = [
    "PurgeTarget",
    "Purged",
    "consequences",
    "finish_purges",
    "purge",
    "purge_there",
    "purged_words",
    "target_of",
]
