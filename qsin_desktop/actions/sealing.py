"""Seal a visit: the lead's sign-off over what was seen; reopen it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.closing_reasons import LONGEST, keep_reasons, own_reasons
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.texts import kept, needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.closing import ClosingPoint, PointKind, counts_of, summed_up
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.journal.view import view_of

_MOST_POINTS = 200  # that a seal names in words; it counts all


class CannotSeal(Refusal):
    """Something stands in the way of a seal, named."""


class PointsOpen(CannotSeal):
    """Nothing blocks the seal, but the lead must give a reason for sealing with these `points` open."""

    def __init__(self, points: tuple[ClosingPoint, ...], *, some: bool = False) -> None:
        self.points = points
        what = "Without a reason still" if some else "This visit is not complete"
        super().__init__(
            f"{what}: {summed_up(counts_of(points))}. Mend that, or seal the visit in spite of it with a "
            "reason, which the report states. Nothing was sealed."
        )


class NotSealed(Refusal):
    def __init__(self) -> None:
        super().__init__("This visit is not sealed, so there is nothing to reopen.")


def seal(visit: OpenVisit, *, in_spite_of: str = "", reasons: Mapping[str, str] | None = None) -> Change:
    """Sign the visit off as it stands; `in_spite_of` is the lead's reason where soft points are open.

    `reasons` gives single points, by their words, a reason of their own; the other one is for the rest.
    Reasons, points and what had been seen become part of the seal. Raises `LeadOnly`, `PointsOpen` where a
    reason is wanted, `CannotSeal` where something blocks.
    """
    visit.require_lead("seal a visit")
    points = closing_points(visit)
    refuse_what_blocks(visit, points)
    reason = kept(in_spite_of, "reason", limit=LONGEST).strip()
    own = own_reasons(points, reasons or {})
    rest = tuple(point for point in points if point.words not in own)
    if rest and not reason:
        raise PointsOpen(rest, some=bool(own))
    draft = Draft(_key(visit), _value(visit, points, own), why=reason if rest else "")
    change = visit.write("Seal the visit", [draft], lasting=True)
    keep_reasons(visit, {})
    return change


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


def _value(visit: OpenVisit, points: tuple[ClosingPoint, ...], own: Mapping[str, str]) -> dict[str, Any]:
    owners = dict(visit.store.authority.members)
    others = [point.words for point in points if point.words not in own]
    return {
        "digest": view_of(visit.store.entries()).digest,
        "seen": {device: [tip.seq, tip.chain_hash] for device, tip in visit.store.tips.items()},
        "of": {device: owners[device] for device in visit.store.tips if device in owners},
        "open": {kind.value: count for kind, count in counts_of(points).items()},
        "points": [*own, *others[: max(0, _MOST_POINTS - len(own))]],
        **({"reasons": dict(own)} if own else {}),
    }


def refuse_what_blocks(visit: OpenVisit, points: tuple[ClosingPoint, ...]) -> None:
    """Raises `CannotSeal` for what no reason passes over."""
    if visit.record.seal is not None:
        raise CannotSeal("This visit is sealed already.")
    counts = counts_of(point for point in points if point.blocks)
    if count := counts.get(PointKind.DISAGREEMENT):
        words = "a disagreement is" if count == 1 else f"{count} disagreements are"
        raise CannotSeal(f"This visit cannot be sealed while {words} open; settle first.")
    if PointKind.FORK in counts:
        raise CannotSeal(
            "This visit cannot be sealed while two laptops write under one key; cut that key off where their "
            "entries part, and confirm the new keys."
        )
    if PointKind.NEWER in counts:
        words = next(point.words for point in points if point.kind is PointKind.NEWER)
        raise CannotSeal(f"This visit cannot be sealed here: {words}; seal it with that version.")
