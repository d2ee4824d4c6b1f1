"""Seal a visit: the lead's sign-off over what was seen; reopen it with a reason."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reissuing import forks
from qsin_desktop.actions.texts import needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.journal.view import view_of


class CannotSeal(Refusal):
    """Something stands in the way of a seal, named."""


class NotSealed(Refusal):
    def __init__(self) -> None:
        super().__init__("This visit is not sealed, so there is nothing to reopen.")


def seal(visit: OpenVisit) -> Change:
    """Sign the visit off as it stands; raises `LeadOnly` or `CannotSeal`."""
    visit.require_lead("seal a visit")
    _refuse_open_points(visit)
    seen = {device: [tip.seq, tip.chain_hash] for device, tip in visit.store.tips.items()}
    digest = view_of(visit.store.entries()).digest
    value = {"digest": digest, "seen": seen}
    return visit.write("Seal the visit", [Draft(_key(visit), value)], lasting=True)


def reopen(visit: OpenVisit, *, reason: str) -> Change:
    """The lead takes the seal off, with a reason that the trail keeps."""
    visit.require_lead("reopen a visit")
    if visit.record.seal is None and visit.record.conflict(_key(visit)) is None:
        raise NotSealed
    why = needed(reason, "reason for reopening")
    return visit.write("Reopen the visit", [Draft(_key(visit), None, why=why)], lasting=True)


def sealed_digest(visit: OpenVisit) -> str:
    """The digest of the view within what the seal in force had seen; equals the seal's own."""
    standing = visit.record.standing(_key(visit))
    if len(standing) != 1:
        raise NotSealed
    seen = {device: int(tip[0]) for device, tip in standing[0].value["seen"].items()}
    return view_of(visit.store.entries(), seen=seen).digest


def _key(visit: OpenVisit) -> FieldKey:
    return FieldKey("seal", visit.visit_id, "sealed")


def _refuse_open_points(visit: OpenVisit) -> None:
    if visit.record.seal is not None:
        raise CannotSeal("This visit is sealed already.")
    if visit.record.conflicts:
        count = len(visit.record.conflicts)
        words = "a disagreement is" if count == 1 else f"{count} disagreements are"
        raise CannotSeal(f"This visit cannot be sealed while {words} open; settle first.")
    if forks(visit):
        raise CannotSeal(
            "This visit cannot be sealed while two laptops write under one key; cut that key off where their "
            "entries part, and confirm the new keys."
        )
    unknown = [entry for entry in visit.store.unknown_entries() if entry.must]
    if unknown:
        raise CannotSeal(
            f"This visit holds {len(unknown)} entries that only a newer version of QSIN Desktop understands; "
            "seal it with that version."
        )
