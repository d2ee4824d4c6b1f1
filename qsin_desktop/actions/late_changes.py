"""What came after the seal: kept and shown, never part of what was signed; and the visit as it was signed.

The network's answers come after a seal by nature. They are no late changes of the judgement and are listed
apart, with the evidence that came in the same act.
"""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import NotSealed
from qsin_desktop.actions.texts import needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.late_changes import LateChange
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal.entry import Draft, Entry
from qsin_desktop.journal.fields import PURGED
from qsin_desktop.journal.view import view_of

# Meetings, confirmed laptops and exports go on after a seal and change nothing that it covers. A purge takes
# away and judges nothing: it needs no decision, and what was signed shows it too.
_OUTSIDE = {"device", "seal", "export"}
_ANSWERS = {"round", "response"}
_WITH_A_RETURN = {"exhibit", "link"}


class NothingLate(Refusal):
    def __init__(self) -> None:
        super().__init__("Nothing that came after the seal waits for a decision; nothing was changed.")


@dataclass(frozen=True)
class _After:
    """The acts that the seal in force had not seen, in causal order."""

    late: tuple[tuple[Entry, ...], ...] = ()
    answers: tuple[tuple[Entry, ...], ...] = ()


def late_changes(visit: OpenVisit) -> tuple[LateChange, ...]:
    """Changes of the judgement that the seal had not seen; none while the visit is not sealed.

    Of each the lead decides: `reopen`, or `leave_late_changes`. Those left are listed too, with the reason.
    """
    return tuple(_told(visit, entries) for entries in _after(visit).late)


def returns_after_seal(visit: OpenVisit) -> tuple[LateChange, ...]:
    """The network's answers, and the assessors' words to them, that came after the seal."""
    return tuple(_told(visit, entries) for entries in _after(visit).answers)


def leave_late_changes(visit: OpenVisit, *, reason: str) -> Change:
    """The lead leaves what has come late out of the signed visit, with a reason that the report states.

    Raises `NotSealed` or `NothingLate`. What comes later still waits for another decision.
    """
    visit.require_lead("leave late changes")
    why = needed(reason, "reason")
    in_force = visit.record.seal
    if in_force is None:
        raise NotSealed
    if all(change.left for change in late_changes(visit)):
        raise NothingLate
    value = {"seal": in_force.entry, "seen": {device: tip.seq for device, tip in visit.store.tips.items()}}
    draft = Draft(FieldKey("seal", visit.visit_id, "left"), value, why=why)
    return visit.write("Leave the late changes", [draft], lasting=True)


def signed_record(visit: OpenVisit) -> VisitRecord:
    """The visit as the seal in force had seen it, with what may follow one; unsealed, the live record."""
    after = _after(visit)
    if not after.late:
        return visit.record
    seen = _seen_by_seal(visit)
    record = VisitRecord(visit.visit_id, visit.pack, visit.rules)
    signed = view_of(visit.store.entries(), seen=seen).standing
    for key, entries in signed.items():
        record.apply(key, tuple(entry.standing() for entry in entries))
    brought = {entry.key for act in after.answers for entry in act}
    there = {(key.type, key.entity) for key in signed}
    for key, stands in visit.store.standing():
        new = key in brought and (key.type, key.entity) not in there
        if key.type in _OUTSIDE | _ANSWERS or new or key.field == PURGED:
            record.apply(key, stands)
    return record


def _after(visit: OpenVisit) -> _After:
    seen = _seen_by_seal(visit)
    if seen is None:
        return _After()
    acts: dict[tuple[str, str], list[Entry]] = {}
    entries = [e for device in visit.store.tips for e in visit.store.log_of(device, seen.get(device, 0))]
    for entry in sorted(entries, key=lambda e: (e.n, e.id)):
        acts.setdefault((entry.device, entry.act.id), []).append(entry)
    late: list[tuple[Entry, ...]] = []
    answers: list[tuple[Entry, ...]] = []
    for of_act in acts.values():
        types = {entry.key.type for entry in of_act}
        if types <= _OUTSIDE or all(entry.key.field == PURGED for entry in of_act):
            continue
        with_it = _WITH_A_RETURN if "round" in types else set()
        (answers if types <= _OUTSIDE | _ANSWERS | with_it else late).append(tuple(of_act))
    return _After(tuple(late), tuple(answers))


def _told(visit: OpenVisit, entries: tuple[Entry, ...]) -> LateChange:
    last = entries[-1]
    left = _left(visit, last)
    return LateChange(
        keys=tuple(dict.fromkeys(entry.key for entry in entries if entry.key.type not in _OUTSIDE)),
        by=last.by,
        name=visit.record.person_name(last.by),
        at=last.at,
        act=last.act.name,
        counts=visit.store.authority.counts(last),
        left=left.why if left else "",
        left_by=visit.record.person_name(left.by) if left else "",
    )


def _left(visit: OpenVisit, entry: Entry) -> Standing | None:
    """The first word of a lead that left this entry out of the seal in force."""
    in_force, leads = visit.record.seal, visit.store.authority.leads
    said = visit.record.standing(FieldKey("seal", visit.visit_id, "left"))
    return next(
        (
            one
            for one in sorted(said, key=lambda s: (s.n, s.entry))
            if one.by in leads
            and in_force is not None
            and one.value["seal"] == in_force.entry
            and entry.seq <= one.value["seen"].get(entry.device, 0)
        ),
        None,
    )


def _seen_by_seal(visit: OpenVisit) -> dict[str, int] | None:
    in_force = visit.record.seal
    return None if in_force is None else {log.device: log.entries for log in in_force.seen}
