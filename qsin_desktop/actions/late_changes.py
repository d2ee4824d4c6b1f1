"""What came after the seal: kept and shown, never part of what was signed; and the visit as it was signed."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal.view import view_of

# Meetings, confirmed laptops, exports and answers go on after a seal and change nothing that it covers.
_OUTSIDE = {"device", "seal", "export", "round", "response"}


@dataclass(frozen=True)
class LateChange:
    """One entry that the seal had not seen. `counts` is False while its laptop waits or was cut off."""

    entry: str
    key: FieldKey
    by: str
    name: str
    at: str
    act: str
    counts: bool


def late_changes(visit: OpenVisit) -> tuple[LateChange, ...]:
    """In causal order; none while the visit is not sealed. The lead reopens, or leaves them."""
    seen = _seen_by_seal(visit)
    if seen is None:
        return ()
    late = [
        entry
        for device in visit.store.tips
        for entry in visit.store.log_of(device, seen.get(device, 0))
        if entry.key.type not in _OUTSIDE
    ]
    return tuple(
        LateChange(
            entry=entry.id,
            key=entry.key,
            by=entry.by,
            name=visit.record.person_name(entry.by),
            at=entry.at,
            act=entry.act.name,
            counts=visit.store.authority.counts(entry),
        )
        for entry in sorted(late, key=lambda e: (e.n, e.id))
    )


def signed_record(visit: OpenVisit) -> VisitRecord:
    """The visit as the seal in force had seen it, with what may follow one; unsealed, the live record."""
    seen = _seen_by_seal(visit)
    if seen is None or not late_changes(visit):
        return visit.record
    record = VisitRecord(visit.visit_id, visit.pack, visit.rules)
    for key, entries in view_of(visit.store.entries(), seen=seen).standing.items():
        record.apply(key, tuple(entry.standing() for entry in entries))
    for key, stands in visit.store.standing():
        if key.type in _OUTSIDE:
            record.apply(key, stands)
    return record


def _seen_by_seal(visit: OpenVisit) -> dict[str, int] | None:
    stands: tuple[Standing, ...] = visit.record.standing(FieldKey("seal", visit.visit_id, "sealed"))
    if visit.record.seal is None or len(stands) != 1:
        return None
    return {device: int(tip[0]) for device, tip in stands[0].value.get("seen", {}).items()}
