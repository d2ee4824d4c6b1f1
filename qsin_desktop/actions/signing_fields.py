"""Whose field of a report it is, and what keeps it from being signed now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qsin_desktop.domain.errors import shown
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import SignatureSlot
from qsin_desktop.signing.fields import SignedReport
from qsin_desktop.signing.refusals import CannotSign


class Hindrance(NamedTuple):
    """`words` without a full stop, then what to do."""

    words: str
    advice: str


_DRAFT = Hindrance(
    "This report is a draft, and drafts are not signed",
    "Seal the visit and make the report again; the lead’s signing does both.",
)


def fields_of(report: SignedReport) -> list[SignatureSlot]:
    """Those that are in the file; none in a draft."""
    return [slot for slot in report.mark.slots if report.signer_of(slot.field) is not None]


def field_for(report: SignedReport, signer: str) -> SignatureSlot:
    """As `slot_for`, of the fields in the file."""
    slots = fields_of(report)
    if not slots:
        raise CannotSign(*_DRAFT)
    return slot_for(slots, signer)


def slot_for(slots: Sequence[SignatureSlot], signer: str) -> SignatureSlot:
    """`signer` is a field, a person's name or a role; raises `CannotSign` unless it means exactly one."""
    wanted = plain_name(signer)
    for named in (
        [s for s in slots if s.field == wanted],
        [s for s in slots if s.name and plain_name(s.name) == wanted],
        [s for s in slots if wanted in (s.role.value, plain_name(s.role.label))],
    ):
        if len(named) == 1:
            return named[0]
    known = ", ".join(f"{s.name or s.role.label} ({s.field})" for s in slots)
    raise CannotSign(
        f"There is no one field for “{shown(signer)}” in this report, which has {known}", "Give one of these."
    )


def hindrance_of(report: SignedReport, slot: SignatureSlot, *, seal: str, i_lead: bool) -> Hindrance | None:
    """None where the field can be signed now; `seal` is the entry of the one in force, or empty."""
    signed_by = report.signer_of(slot.field)
    whose = slot.whom
    if not report.mark.final:
        return _DRAFT
    if signed_by:
        words = f"The field of {whose} is signed already, by {signed_by}"
        return Hindrance(words, "A field takes one signature.")
    if report.mark.seal != seal:
        words = f"This is version {report.mark.version} of the report, made under a seal no longer in force"
        return Hindrance(words, "Make the report again and sign that.")
    if slot.role is Role.LEAD and not i_lead:
        words = "The lead assessor certifies the report on a laptop of their own"
        return Hindrance(words, "Ask the lead to sign first.")
    if slot.role is not Role.LEAD and not report.certified:
        words = f"{whose} signs after the lead assessor, who certifies the report"
        return Hindrance(words[:1].upper() + words[1:], "Ask the lead to sign first.")
    return None


def plain_name(name: str) -> str:
    """For comparing: case and blanks make no other person."""
    return " ".join(name.split()).casefold()
