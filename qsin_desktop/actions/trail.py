"""The trail: who did what, when, from what to what and why; and the check that nobody altered it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.snapshot import TrailRow
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import FIRST, Entry, EntryRefused, read_entry


@dataclass(frozen=True)
class TrailVerdict:
    """`fault` names the first broken entry and what is wrong with it, or is empty."""

    entries: int
    devices: int
    fault: str = ""
    device: str = ""
    seq: int = 0

    @property
    def intact(self) -> bool:
        return not self.fault


def trail_rows(visit: OpenVisit) -> tuple[TrailRow, ...]:
    """Every entry in causal order (n, then id), with what the same field said before it."""
    entries = sorted(visit.store.entries(), key=lambda e: (e.n, e.id))
    by_id = {entry.id: entry for entry in entries}
    before: dict[FieldKey, Any] = defaultdict(lambda: None)
    rows = []
    for entry in entries:
        after = _after(entry, by_id)
        rows.append(_row(visit, entry, before[entry.key], after))
        before[entry.key] = after
    return tuple(rows)


def _after(entry: Entry, by_id: dict[str, Entry]) -> Any:
    """What the entry leaves behind; an undo leaves what stood before the entry it takes back."""
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
            if name not in ("packed", "pieces", "seen")
        )
        return "; ".join(part for part in parts if not part.endswith(": "))
    return json.dumps(value, ensure_ascii=False)


def verify_trail(visit: OpenVisit) -> TrailVerdict:
    """Check every hash, link and signature of every device's log; stops at the first that is broken."""
    count, device, seq, prev = 0, "", 0, FIRST
    devices: set[str] = set()
    for stored_device, stored_seq, head, sig, body in visit.store.stored_bytes():
        if stored_device != device:
            device, seq, prev = stored_device, 0, FIRST
            devices.add(device)
        fault, entry = _check(visit.visit_id, device, seq, prev, head, sig, body)
        if entry is None or fault:
            return TrailVerdict(count, len(devices), fault, device, stored_seq)
        count, seq, prev = count + 1, entry.seq, entry.chain_hash
    return TrailVerdict(count, len(devices))


def _check(
    visit_id: str, device: str, seq: int, prev: str, head: bytes, sig: bytes, body: bytes | None
) -> tuple[str, Entry | None]:
    try:
        entry = read_entry(head, sig, body)
    except EntryRefused as refusal:
        return refusal.sentence, None
    if entry.visit != visit_id or entry.device != device:
        return "It belongs to another visit or laptop.", None
    if entry.seq != seq + 1:
        return f"It does not follow entry {seq}; entries in between are gone.", None
    if entry.prev != prev:
        return "It is not linked to the entry before it.", None
    if not entry.signed_by_device():
        return "Its signature does not match.", None
    return "", entry
