"""A checked file in plain words: what it is worth as a whole, and what each signature says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from qsin_desktop.actions.signing import moment_words
from qsin_desktop.actions.signing_fields import plain_name
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import (
    CredentialFacts,
    CredentialKind,
    FileState,
    SignatureSlot,
    SignatureState,
    grouped,
)
from qsin_desktop.signing.findings import StampFinding

HEADLINES = {
    FileState.GOOD: "This report is in order: it is as it was signed, and every signature is trusted.",
    FileState.AS_MADE: "This is the report as it was made from this visit, unaltered. It is not signed.",
    FileState.UNTRUSTED: (
        "Nothing in this report was altered after it was signed. Whether every signature is really that of "
        "the person it names has still to be made sure of; it says below how."
    ),
    FileState.EXPIRED: (
        "Nothing in this report was altered after it was signed. But a credential has run out since, "
        "and no trusted timestamp shows that it was still valid when it was used."
    ),
    FileState.UNSIGNED: ("This file is not signed, so nothing shows whose it is or whether it was altered."),
    FileState.APPENDED: (
        "Something was added to the end of this file that is no part of the report. What stands before it "
        "was not altered."
    ),
    FileState.CHANGED: "Do not rely on this file: it was changed after it was signed.",
    FileState.BROKEN: "Do not rely on this file: it is not what was signed.",
    FileState.ROLLED_BACK: (
        "This is an earlier copy of the report: later signatures, which the visit’s trail knows of, are "
        "missing from it."
    ),
    FileState.WRONG_VISIT: "This is a report of another visit.",
    FileState.UNKNOWN: (
        "This visit does not know this file: it was changed since it was made, or made on a laptop that this "
        "one has not met."
    ),
    FileState.NOT_PDF: "This file is not a PDF document, so it is no signed report.",
    FileState.LOCKED: (
        "This PDF is locked with a password. Reports of QSIN Desktop never are, so it is not as it was made."
    ),
    FileState.INVALID: (
        "Do not rely on this file: it is damaged, or made so that its signatures cannot be checked."
    ),
}

_OF_ANOTHER = {
    FileState.UNKNOWN: "This visit does not know it.",
    FileState.GOOD: "The file is as it was signed, and every signature is trusted.",
    FileState.UNTRUSTED: (
        "Nothing in it was altered after it was signed. Whether every signature is really that of the person "
        "it names has still to be made sure of; it says below how."
    ),
}


def headline(state: FileState, *, of_ours: bool) -> str:
    """A file that another program made and somebody signed is told as one before anything else."""
    if of_ours or state not in _OF_ANOTHER:
        return HEADLINES[state]
    return f"This is not a report that QSIN Desktop made. {_OF_ANOTHER[state]}"


def doubt_words(name: str, *, revoked: bool, of_ours: bool) -> str:
    """Where a signature is worse than not confirmed, whoever reads one sentence reads it there."""
    what = (
        "Nothing in this report" if of_ours else "This is not a report that QSIN Desktop made. Nothing in it"
    )
    why = (
        f"But the credential of {name} was taken back by its issuer: do not rely on that signature."
        if revoked
        else f"But that of {name} is suspicious: it only bears the name of somebody whom you trust."
    )
    return f"{what} was altered after it was signed. {why}"


def borrowed_words(signers: Sequence[tuple[SignatureSlot, str]]) -> str:
    """Trusted credentials are not always the signers' own, and whoever reads one sentence reads it there.

    `signers` are the fields, each with the name in the certificate that signed it.
    """
    borrowed = [(slot.name, owner) for slot, owner in signers if _borrowed(slot, owner)]
    if len(borrowed) > 1:
        return f" But {len(borrowed)} were made with credentials in other names; it says below whose."
    return "".join(
        f" But that of {name} was made with a credential in the name of {owner}." for name, owner in borrowed
    )


def who_words(slot: SignatureSlot, owner: str) -> str:
    """A signer and their role, and whose the credential is where that is somebody else."""
    role = "for the network" if slot.role is Role.NETWORK else slot.role.label.lower()
    given = slot.name or owner or "somebody"
    who = f"{given}, {role}" if slot.field else given
    return f"{who} (the credential is in the name of {owner})" if _borrowed(slot, owner) else who


def _borrowed(slot: SignatureSlot, owner: str) -> bool:
    return bool(slot.name and owner) and plain_name(slot.name) != plain_name(owner)


def signature_words(
    slot: SignatureSlot,
    state: SignatureState,
    credential: CredentialFacts | None,
    signed_at: str,
    stamped_at: str,
    trusted_by: str,
    *,
    pretends: bool,
) -> str:
    """One signature: who, in what role, when, and what it is worth."""
    who = who_words(slot, credential.name if credential else "")
    when = _when(signed_at, stamped_at)
    if pretends and credential is not None:
        return f"{who}{when}: {_pretended(credential)}"
    return f"{who}{when}: {_worth(state, credential, trusted_by)}"


def _when(signed_at: str, stamped_at: str) -> str:
    said = f", signed {_moment(signed_at)} by the signer’s own clock" if signed_at else ", signed"
    return said + (f", and before {_moment(stamped_at)} by a timestamp" if stamped_at else "")


def _moment(iso: str) -> str:
    return moment_words(datetime.fromisoformat(iso))


def _worth(state: SignatureState, credential: CredentialFacts | None, trusted_by: str) -> str:
    if state is SignatureState.BROKEN:
        return "NOT VALID. What was signed is not what is in this file now, or the signature is damaged."
    if state is SignatureState.CHANGED:
        return "NOT VALID. The file was changed after this signature, and not only by further signatures."
    if credential is None:
        return "NOT VALID. Its certificate cannot be read."
    if state is SignatureState.GOOD:
        return f"valid. Made with {credential.words}; {_vouched(credential, trusted_by)}."
    if state is SignatureState.REVOKED:
        return (
            f"NOT TRUSTED. Made with {credential.words}, which its issuer has taken back: nobody may use it "
            "any more."
        )
    if state is SignatureState.NOT_YET_VALID:
        start = _moment(credential.valid_from)
        return f"NOT TRUSTED. Made with {credential.words}, which is not valid before {start}."
    if state is SignatureState.EXPIRED:
        end = _moment(credential.valid_until)
        return f"unaltered, but NOT TRUSTED any more. Made with {credential.words}, which ran out on {end}."
    return f"unaltered, but NOT CONFIRMED. Made with {credential.words}. {_advice(credential)}"


def _vouched(credential: CredentialFacts, trusted_by: str) -> str:
    if trusted_by == credential.name and credential.kind is not CredentialKind.ISSUED:
        return "you trust this very certificate"
    return f"confirmed by {trusted_by}"


_FINGERPRINT = "The fingerprint of the signer’s certificate:"


def _pretended(credential: CredentialFacts) -> str:
    """A name is easily copied; the key behind it is not."""
    if credential.kind is CredentialKind.ISSUED:
        return (
            f"NOT TRUSTED, and suspicious. It says that {credential.issuer} issued its credential, but the "
            f"{credential.issuer} that you trust did not. Ask {credential.issuer} about it. "
            f"{_FINGERPRINT} {grouped(credential.fingerprint)}"
        )
    return (
        f"NOT TRUSTED, and suspicious. Its credential bears the name of {credential.name}, but is not the "
        f"one that you trust. Ask {credential.name}. Fingerprint: {grouped(credential.fingerprint)}"
    )


def _advice(credential: CredentialFacts) -> str:
    if credential.kind is CredentialKind.ISSUED:
        return (
            f"You have not said that you trust {credential.issuer}. Get its certificate from "
            f"{credential.issuer} itself, not along with this file, and check again with it. "
            f"{_FINGERPRINT} {grouped(credential.fingerprint)}"
        )
    return (
        f"Anybody can make one in any name. Ring or meet {credential.name}, ask for the fingerprint of their "
        f"certificate, and compare: {grouped(credential.fingerprint)}"
    )


def renamed_words(now: str) -> list[str]:
    """Readers show it in their title bar."""
    return [f"Its title was changed after it was signed; it now calls itself “{now}”."] if now else []


def stamp_words(stamps: Sequence[StampFinding]) -> list[str]:
    lines = []
    for stamp in stamps:
        if not stamp.whole:
            lines.append("A timestamp in the file is NOT VALID.")
        elif stamp.trusted:
            lines.append(f"Timestamp of {_moment(stamp.at)} by {stamp.authority}, whom you trust.")
        else:
            lines.append(
                f"Timestamp of {_moment(stamp.at)} by {stamp.authority}. You have not said that you trust "
                "them, so it counts for nothing here."
            )
    return lines


def appended_words(appended: int, updates: int) -> list[str]:
    lines = []
    if appended:
        some = "1 byte stands" if appended == 1 else f"{appended:,} bytes stand"
        lines.append(f"{some} after the end of the document.")
    if updates:
        some = "An update stands" if updates == 1 else f"{updates} updates stand"
        lines.append(f"{some} after the last signature, and nobody signed what is in it.")
    return lines


def since_words(
    last_signer: str, empty: Sequence[SignatureSlot], *, later: bool, others: int = 0
) -> list[str]:
    """What was done to the file after it was first signed, and who has not signed.

    `others`: how many updates brought no signature and no timestamp.
    """
    if others:
        some = "1 update that alters" if others == 1 else f"{others} updates that alter"
        done = f"Since the first signature further signatures were added, and {some} nothing that is shown."
    elif later:
        done = "Since the first signature only further signatures and timestamps were added."
    else:
        done = f"Nothing was added to the file after the signature of {last_signer}."
    lines = [done]
    if empty:
        names = ", ".join(slot.whom for slot in empty)
        lines.append(f"Not signed by: {names}.")
    return lines
