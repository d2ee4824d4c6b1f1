"""The trail: who did what, when, from what to what and why; and the check that nobody altered it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.snapshot import TrailRow
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.withdrawals import PURGED_WORDS
from qsin_desktop.journal.entry import Entry, EntryRefused, read_entry
from qsin_desktop.journal.purging import covers
from qsin_desktop.store.journal_log import NO_TIP, StoredRow, Tip


@dataclass(frozen=True)
class TrailVerdict:
    """`fault` names the first broken entry and what is wrong with it, or is empty.

    `purged`: entries whose words are gone, as a purge says.
    """

    entries: int
    devices: int
    fault: str = ""
    device: str = ""
    seq: int = 0
    purged: int = 0

    @property
    def intact(self) -> bool:
        return not self.fault


def trail_rows(visit: OpenVisit) -> tuple[TrailRow, ...]:
    """Every entry in causal order (n, then id), with what the same field said before it."""
    entries = sorted(visit.store.entries(), key=lambda e: (e.n, e.id))
    by_id = {entry.id: entry for entry in entries}
    before: dict[FieldKey, Any] = defaultdict(lambda: None)
    rows: list[TrailRow] = []
    for entry in entries:
        after = _after(entry, by_id)
        rows.append(_row(visit, entry, before[entry.key], after))
        before[entry.key] = after
    return tuple(rows)


def _after(entry: Entry, by_id: dict[str, Entry]) -> Any:
    """What the entry leaves behind; an undo leaves what stood before the entry it takes back."""
    if entry.body is None:
        return PURGED_WORDS
    undone = by_id.get(entry.undo)
    if undone is None:
        return entry.value
    if undone.undo:  # a redo: the first entry's value is back
        first = by_id.get(undone.undo)
        return first.value if first else None
    earlier = [by_id[i] for i in undone.over if i in by_id]
    return max(earlier, key=lambda e: (e.n, e.id)).value if earlier else None


def _row(visit: OpenVisit, entry: Entry, before: Any, after: Any) -> TrailRow:
    kind = {"undo": "Undo: ", "redo": "Redo: "}.get(entry.act.kind, "")
    return TrailRow(
        entry=entry.id,
        device=entry.device,
        seq=entry.seq,
        n=entry.n,
        at=entry.at,
        by=visit.record.person_name(entry.by),
        act=kind + entry.act.name,
        type=entry.key.type,
        entity=entry.key.entity,
        field=entry.key.field,
        before=in_words(before),
        after=in_words(after),
        why=entry.why,
    )


def in_words(value: Any) -> str:
    """A recorded value as a person reads it; long ones such as the pack are named, not shown."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        parts = (
            f"{name}: {in_words(part)}"
            for name, part in value.items()
            if name not in ("packed", "pieces", "seen", "id", "entries", "ratings", "findings")
        )
        return "; ".join(part for part in parts if not part.endswith(": "))
    return json.dumps(value, ensure_ascii=False)


def verify_trail(visit: OpenVisit) -> TrailVerdict:
    """Check every hash, link and signature of every device's log, and that none ends early.

    Stops at the first that is broken.
    """
    ends = {device: tip.seq for device, tip in visit.store.tips.items()}
    purges = visit.store.purges
    count, devices, purged = 0, 0, 0
    for device, rows in groupby(visit.store.stored_rows(), key=lambda row: row.device):
        tip, devices = NO_TIP, devices + 1
        for row in rows:
            fault, entry = _check(visit.visit_id, row, tip)
            if entry is not None and entry.body is None and not fault:
                fault = "" if any(covers(purge, entry) for purge in purges) else _WORDS_GONE
            if entry is None or fault:
                return TrailVerdict(count, devices, fault, device, row.seq)
            count, tip = count + 1, Tip.of(entry)
            purged += entry.body is None
        if tip.seq < ends.pop(device, 0):
            return TrailVerdict(count, devices, _ENDS_EARLY, device, tip.seq + 1)
    if ends:
        return TrailVerdict(count, devices, _ENDS_EARLY, min(ends), 1)
    return TrailVerdict(count, devices, purged=purged)


_WORDS_GONE = "Its words are gone, and no purge says so."
_ENDS_EARLY = "It is gone, and what this laptop wrote after it."


def _check(visit_id: str, row: StoredRow, tip: Tip) -> tuple[str, Entry | None]:
    try:
        entry = read_entry(row.head, row.sig, row.body)
    except EntryRefused as refusal:
        return refusal.sentence, None
    if entry.visit != visit_id or entry.device != row.device:
        return "It belongs to another visit or laptop.", None
    if entry.seq != tip.seq + 1:
        return f"It does not follow entry {tip.seq}; entries in between are gone.", None
    if entry.prev != tip.chain_hash:
        return "It is not linked to the entry before it.", None
    if not entry.signed_by_device():
        return "Its signature does not match.", None
    if not row.is_of(entry):
        return "What the table says of it is not what it says itself.", None
    return "", entry
