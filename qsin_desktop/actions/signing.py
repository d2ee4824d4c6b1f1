"""Sign a report: the lead certifies the sealed visit's report, the others add their signatures in any order.

For a window, in three steps: `job = prepare(visit, pdf, …)` on the visit's thread, `signed = carry_out(job)`
on any other, `record(visit, signed)` on the visit's thread again; `sign_report` is all three. Before the
lead's signature there must be a final report: `seal_for_signing` gives the snapshot to draw it from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from qsin_desktop.actions.credentials import Credential
from qsin_desktop.actions.known_reports import KnownReport, known_reports, later_state, recognise
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.actions.reporting import take_snapshot
from qsin_desktop.actions.sealing import seal
from qsin_desktop.actions.signing_fields import (
    field_for,
    fields_of,
    hindrance_of,
    plain_name,
    slot_for,
)
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import (
    Appearance,
    CredentialFacts,
    SignatureField,
    SignatureSlot,
    signature_slots,
)
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.report.placing import What, put_in_place
from qsin_desktop.report.wording import day
from qsin_desktop.signing.asking import find_out
from qsin_desktop.signing.credentials import check
from qsin_desktop.signing.fields import SignedReport, read_fields
from qsin_desktop.signing.refusals import CannotSign
from qsin_desktop.signing.signer import SigningOrder, sign
from qsin_desktop.store.faults import refusal_for

_BLOCK = 1 << 20

Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class SigningJob:
    """Everything that signing needs and no visit any more. `signer` is a field, a person's name or a role."""

    source: Path
    out: Path
    signer: str
    credential: Credential
    appearance: Appearance
    at: datetime
    visit: str
    seal: str
    i_lead: bool
    known: KnownReport
    whole: bool  # the trail names these very bytes; else they begin with bytes that it names
    sha256: str


@dataclass(frozen=True)
class SignedFile:
    """What was written. `signatures` counts all in the file, this one too."""

    path: Path
    sha256: str
    signatures: int
    slot: SignatureSlot
    name: str
    credential: CredentialFacts
    known: KnownReport


def seal_for_signing(
    visit: OpenVisit,
    credential: Credential,
    *,
    to: Path | None = None,
    in_spite_of: str = "",
    reasons: Mapping[str, str] | None = None,
) -> VisitSnapshot:
    """Signing seals: the snapshot to draw the final report from, of the visit sealed now or before.

    Everything that could keep the lead from signing is looked at before the seal, also `to`, where the report
    is to be put; `in_spite_of` and `reasons` are the lead's for sealing a visit that is not complete, see
    `seal`. Raises `LeadOnly`, `CannotSeal`, `PointsOpen`, `CredentialUnusable` or `CannotWriteThere`.
    """
    visit.require_lead("certify the report")
    visit.require_writable()
    check(credential, visit.clock())
    if to is not None:
        refuse_target(to)
    if visit.record.seal is None:
        seal(visit, in_spite_of=in_spite_of, reasons=reasons)
    return take_snapshot(visit)


def signable_fields(visit: OpenVisit, pdf: Path) -> tuple[SignatureField, ...]:
    """The signature fields of a report of this visit: whose, signed by whom, and why not now where not.

    Empty for a draft. Raises `CannotSign` for a file that is none that the visit's trail names.
    """
    _known(visit, pdf)
    report = _fields(pdf)
    seal_entry = visit.record.seal.entry if visit.record.seal else ""
    return tuple(
        SignatureField(
            slot,
            report.signer_of(slot.field) or "",
            hindrance.words if hindrance else "",
        )
        for slot in fields_of(report)
        for hindrance in [hindrance_of(report, slot, seal=seal_entry, i_lead=visit.i_lead)]
    )


def prepare(
    visit: OpenVisit,
    pdf: Path,
    *,
    signer: str,
    credential: Credential,
    appearance: Appearance | None = None,
    out: Path | None = None,
) -> SigningJob:
    """Look at what the visit says of the file; nothing is written. `out` None signs the file where it is.

    Raises `CannotSign`, `CredentialUnusable`, `CannotWriteThere` or `ReadOnlyVisit`.
    """
    visit.require_writable()
    now = visit.clock()
    check(credential, now)
    target = out or pdf
    known, whole, sha256 = _known(visit, pdf)
    if whole:
        _refuse_earlier(visit, known, pdf)
    refuse_target(target)
    return SigningJob(
        source=pdf,
        out=target,
        signer=signer,
        credential=credential,
        appearance=appearance or Appearance(),
        at=now.replace(microsecond=0),
        visit=visit.visit_id,
        seal=visit.record.seal.entry if visit.record.seal else "",
        i_lead=visit.i_lead,
        known=known,
        whole=whole,
        sha256=sha256,
    )


def carry_out(job: SigningJob, *, cancelled: Cancelled | None = None) -> SignedFile:
    """Write the signed file, whole or not at all; earlier signatures stay valid. Touches no journal.

    A file that was signed elsewhere since is checked through and through before anything is added to it.
    """
    if not job.whole:
        _refuse_altered(job, cancelled)
    try:
        with put_in_place(job.out, What.REPORT) as new, job.source.open("rb") as source:
            return _signed(job, source, new)
    except OSError as fault:
        raise _unread(job.source, fault) from fault


def _signed(job: SigningJob, source: BinaryIO, new: BinaryIO) -> SignedFile:
    if _hash_of(source) != job.sha256:
        raise CannotSign(f"“{shown(job.source.name)}” changed while it was being looked at", "Try again.")
    report = read_fields(source)
    slot = field_for(report, job.signer)
    hindrance = hindrance_of(report, slot, seal=job.seal, i_lead=job.i_lead)
    if hindrance is not None:
        raise CannotSign(*hindrance)
    order = _order(job, report, slot)
    sign(source, new, order, job.credential)
    return SignedFile(
        job.out,
        _hash_of(new),
        report.signatures + 1,
        slot,
        order.name,
        job.credential.facts,
        job.known,
    )


def record(visit: OpenVisit, signed: SignedFile) -> Change:
    """Keep in the trail that the report was signed: the new file's hash, how many signatures, whose."""
    from qsin_desktop.actions.evidence import recorded_name

    value = {
        "file": recorded_name(signed.path.name),
        "sha256": signed.sha256,
        "version": signed.known.version,
        "signatures": signed.signatures,
        "field": signed.slot.field,
        "person": signed.slot.person,
        "name": signed.name,
        "role": signed.slot.role.value,
        "certificate": signed.credential.fingerprint,
        "credential": signed.credential.words,
    }
    draft = Draft(FieldKey("export", signed.known.export, "signed"), value)
    return visit.write(f"Sign the report as {signed.name}", [draft], lasting=True)


def sign_report(
    visit: OpenVisit,
    pdf: Path,
    *,
    signer: str,
    credential: Credential,
    appearance: Appearance | None = None,
    out: Path | None = None,
    cancelled: Cancelled | None = None,
) -> SignedFile:
    """`prepare`, `carry_out` and `record` in one go."""
    job = prepare(visit, pdf, signer=signer, credential=credential, appearance=appearance, out=out)
    signed = carry_out(job, cancelled=cancelled)
    record(visit, signed)
    return signed


def signer_for(visit: OpenVisit, credential: Credential) -> str:
    """The field a credential is for, by the name in its certificate; empty where it fits none."""
    wanted = plain_name(credential.facts.name)
    fitting = [
        s.field for s in signature_slots(visit.record.people) if s.name and plain_name(s.name) == wanted
    ]
    return fitting[0] if len(fitting) == 1 else ""


def refuse_order(visit: OpenVisit, signers: Sequence[str]) -> None:
    """Before a report is sealed and made for these to sign in a row: each has a field, the lead comes first.

    Raises `CannotSign`.
    """
    slots = signature_slots(visit.record.people)
    chosen = [slot_for(slots, signer) for signer in signers]
    if not chosen or chosen[0].role is not Role.LEAD:
        raise CannotSign("The lead assessor certifies the report", "Give the lead’s credential first.")
    if len({slot.field for slot in chosen}) < len(chosen):
        raise CannotSign("Two of the credentials are for one field", "Say whose field each is for.")


# ---- which file -----------------------------------------------------------------------------------------


def _known(visit: OpenVisit, pdf: Path) -> tuple[KnownReport, bool, str]:
    known = known_reports(visit)
    try:
        if not pdf.is_file():
            raise CannotSign(f"There is no file “{shown(pdf.name)}”", "Make the report first.")
        found = recognise(pdf, known)
    except OSError as fault:
        raise _unread(pdf, fault) from fault
    if found.begins_as is None:
        raise CannotSign(
            f"“{shown(pdf.name)}” is not a report that this visit’s trail names, or it was changed since",
            "If a colleague’s laptop made it, meet that laptop first; otherwise make the report again.",
        )
    return found.begins_as, found.exact is not None, found.sha256


def _refuse_earlier(visit: OpenVisit, report: KnownReport, pdf: Path) -> None:
    """Two people who sign copies of one state would leave two reports, each without the other's signature."""
    latest = later_state(known_reports(visit), report)
    if latest is not None:
        raise CannotSign(
            f"“{shown(pdf.name)}” is an earlier copy of this report: the trail knows one with "
            f"{latest.signatures} signatures, “{shown(str(latest.values['file']))}”",
            "Sign that one, or make the report again, and all sign anew.",
        )


def _hash_of(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _unread(path: Path, fault: OSError) -> Refusal:
    return refusal_for(fault, f"“{shown(path.name)}” could not be read", safe="Nothing was signed.")


def _fields(path: Path) -> SignedReport:
    try:
        with path.open("rb") as file:
            return read_fields(file)
    except OSError as fault:
        raise _unread(path, fault) from fault
    except Exception as fault:  # what was added elsewhere may be anything
        raise CannotSign(
            f"“{shown(path.name)}” was changed since it was made, and cannot be read any more",
            "Use a copy that is as it was, or make the report again.",
        ) from fault


def _refuse_altered(job: SigningJob, cancelled: Cancelled | None) -> None:
    found = find_out(job.source, roots=[], now=job.at, cancelled=cancelled)
    if not found.signatures or not found.unaltered:
        raise CannotSign(
            f"“{shown(job.source.name)}” was changed after it was made, and not only by signatures",
            "Use a copy that is as it was, or make the report again.",
        )


# ---- what is put into the field -------------------------------------------------------------------------


def _order(job: SigningJob, report: SignedReport, slot: SignatureSlot) -> SigningOrder:
    from qsin_desktop.report.signature_look import draw_look

    facts = job.credential.facts
    name = slot.name or facts.name
    role = "for the network" if slot.role is Role.NETWORK else slot.role.label.lower()
    of_whom = "" if plain_name(facts.name) == plain_name(name) else f" in the name of {facts.name}"
    lines = (
        f"Signed by {name}, {role}",
        f"{moment_words(job.at)}, by the signer’s clock",
        f"with {facts.words}{of_whom}",
    )
    return SigningOrder(
        field=slot.field,
        name=name,
        reason=f"{slot.purpose}. Report {report.mark.number}, version {report.mark.version}",
        look=draw_look(job.appearance, name, lines),
        at=job.at,
        certifies=not report.certified,
    )


def moment_words(at: datetime) -> str:
    """`24 November 2026, 10:42 UTC`."""
    offset = at.strftime("%z")
    zone = "UTC" if not offset.strip("+-0") else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{day(at)}, {at:%H:%M} {zone}"
