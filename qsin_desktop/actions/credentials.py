"""Open a person's credential for signing, or make one and say what it is worth."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.opening import now as laptop_clock
from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.signatures import CredentialFacts, CredentialKind, grouped
from qsin_desktop.signing import issuing
from qsin_desktop.signing.certificates import facts_of, read_certificates
from qsin_desktop.signing.credentials import Credential, check
from qsin_desktop.signing.credentials import open_file as _open_file
from qsin_desktop.signing.issuing import SHORTEST_PASSWORD, Made
from qsin_desktop.signing.token_place import PinState, TokenCertificate, TokenPlace, TokenSeen
from qsin_desktop.signing.tokens import Cancelled, look_at
from qsin_desktop.signing.tokens import open_token as _open_token
from qsin_desktop.store.durable import is_there, write_aside
from qsin_desktop.system.child import never

__all__ = [
    "SHORTEST_PASSWORD",
    "Credential",
    "PinState",
    "TokenCertificate",
    "TokenPlace",
    "TokenSeen",
    "describe",
    "look_at_tokens",
    "open_credential",
    "open_token",
]

DAYS = 3 * 365  # that a person's credential lasts unless told otherwise
AUTHORITY_DAYS = 10 * 365
CERTIFICATE_SUFFIX = ".cer"


class ThereAlready(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{shown(path.name)}” is there already and is not overwritten, for it may be a credential; "
            "choose another name."
        )


def open_credential(path: Path, password: str | None = None, *, now: datetime | None = None) -> Credential:
    """A PKCS#12 file (.p12, .pfx), fit to sign with now. `password` None or empty: one without any.

    `.facts` of the answer may be shown. Raises `WrongPassword`, `NoCredential`, `NoPrivateKey`, `NotInTime`,
    `NotForSigning` or another `CredentialUnusable`.
    """
    credential = _open_file(path, password)
    check(credential, now or laptop_clock())
    return credential


def open_token(
    place: TokenPlace, pin: str, *, now: datetime | None = None, cancelled: Cancelled = never
) -> Credential:
    """A smart card or key fob, fit to sign with now; the key stays on it. Raises `TokenUnusable` besides.

    `cancelled` is asked while the token is waited for, now and when it signs; `TokenStopped` is raised then.
    """
    credential = _open_token(place, pin, cancelled=cancelled)
    check(credential, now or laptop_clock())
    return credential


def look_at_tokens(
    module: Path, *, now: datetime | None = None, cancelled: Cancelled = never
) -> tuple[TokenSeen, ...]:
    """The cards and key fobs that are put in, without a PIN. Raises `TokenUnusable` or `TokenStopped`."""
    return look_at(module, now or laptop_clock(), cancelled=cancelled)


def make_self_signed(
    out: Path,
    *,
    name: str,
    organisation: str = "",
    password: str,
    days: int = DAYS,
    now: datetime | None = None,
) -> CredentialFacts:
    """A credential that nobody vouches for; its certificate is put beside it, to be given to others."""
    _refuse(out)
    made = issuing.make_self_signed(
        name, organisation, password=password, days=days, now=now or laptop_clock()
    )
    return _keep(out, made)


def make_authority(
    out: Path, *, name: str, password: str, days: int = AUTHORITY_DAYS, now: datetime | None = None
) -> CredentialFacts:
    """The credential of a body that issues credentials to its assessors; its certificate is put beside it."""
    _refuse(out)
    return _keep(out, issuing.make_authority(name, password=password, days=days, now=now or laptop_clock()))


def issue_credential(
    out: Path,
    *,
    authority: Path,
    authority_password: str | None,
    name: str,
    organisation: str = "",
    password: str,
    days: int = DAYS,
    now: datetime | None = None,
) -> CredentialFacts:
    """A credential that the body vouches for, made with the body's own."""
    _refuse(out)
    body = _open_file(authority, authority_password)
    when = now or laptop_clock()
    return _keep(out, issuing.issue(body, name, organisation, password=password, days=days, now=when))


def describe(path: Path, password: str | None = None) -> CredentialFacts:
    """What a credential or a certificate file is. Raises as `open_credential` and `NotACertificate`."""
    if path.suffix.casefold() in (".p12", ".pfx"):
        return _open_file(path, password).facts
    return facts_of(read_certificates(path)[0])


def worth(facts: CredentialFacts) -> str:
    """What a credential is worth, in sentences."""
    fingerprint = grouped(facts.fingerprint)
    if facts.kind is CredentialKind.SELF_SIGNED:
        return (
            "It is self-signed: nobody vouches that it is theirs. Whoever checks a signature made with it "
            f"has to compare its fingerprint with what {facts.name} tells them by another way: "
            f"{fingerprint}"
        )
    if facts.kind is CredentialKind.AUTHORITY:
        return (
            f"It is the credential with which {facts.name} issues others. Whoever trusts its certificate "
            f"trusts every credential that it issued. Its fingerprint: {fingerprint}"
        )
    return (
        f"{facts.issuer} vouches for it. It is trusted wherever the certificate of {facts.issuer} is. "
        f"Its fingerprint: {fingerprint}"
    )


def certificate_beside(path: Path) -> Path:
    return path.with_suffix(CERTIFICATE_SUFFIX)


def _refuse(out: Path) -> None:
    refuse_target(out)
    for path in (out, certificate_beside(out)):
        if is_there(path):
            raise ThereAlready(path)


def _keep(out: Path, made: Made) -> CredentialFacts:
    write_aside(out, made.file, private=True)
    write_aside(certificate_beside(out), made.certificate.encode("ascii"))
    return made.facts
