"""Signatures on a report: whose they are, how they look on the page, and what a check says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qsin_desktop.domain.people import Person, Role

Stroke = tuple[tuple[float, float], ...]  # where the pen went; y counts downwards, in any unit


@dataclass(frozen=True)
class SignatureSlot:
    """A place for one signature. `name` and `person` are empty where nobody is named for it yet."""

    field: str  # the form field's name in the file, as `lead-1`
    role: Role
    person: str
    name: str

    @property
    def whom(self) -> str:
        """Whose it is, within a sentence, also where nobody is named yet."""
        if self.name:
            return self.name
        return (
            "the network’s representative" if self.role is Role.NETWORK else f"the {self.role.label.lower()}"
        )

    @property
    def purpose(self) -> str:
        """What the signature is given for, as it is printed above it."""
        if self.role is Role.LEAD:
            return "Lead assessor, for the team"
        if self.role is Role.NETWORK:
            return "For the network: received"
        return f"{self.role.label}, for their part"


@dataclass(frozen=True)
class SignatureField:
    """A slot as it is in a file. `why_not` says why it cannot be signed now; empty when it can."""

    slot: SignatureSlot
    signed_by: str = ""  # the name in the certificate that signed it
    why_not: str = ""

    @property
    def signed(self) -> bool:
        return bool(self.signed_by)

    @property
    def open(self) -> bool:
        return not self.why_not


def signature_slots(people: Iterable[Person]) -> tuple[SignatureSlot, ...]:
    """The lead, each assessor, the network's representative; a lead and a representative always."""
    people = tuple(people)
    chosen = [p for p in people if p.role is Role.LEAD] or [Person("", "", Role.LEAD)]
    chosen += [p for p in people if p.role.assesses and p.role is not Role.LEAD]
    chosen += [p for p in people if p.role is Role.NETWORK] or [Person("", "", Role.NETWORK)]
    counts: dict[Role, int] = {}
    slots = []
    for person in chosen:
        counts[person.role] = counts.get(person.role, 0) + 1
        name = f"{person.role.value}-{counts[person.role]}"
        slots.append(SignatureSlot(name, person.role, person.id, person.name))
    return tuple(slots)


@dataclass(frozen=True)
class Appearance:
    """How a signature looks: drawn strokes, else a picture (PNG or JPEG bytes), else the typed name.

    Whatever is given, the signer's name, role, the date and the kind of credential stand below it as text.
    """

    typed: str = ""  # the signer's own name unless given
    strokes: tuple[Stroke, ...] = ()
    image: bytes = b""


class CredentialKind(StrEnum):
    """What stands behind a certificate, told wherever one is named."""

    SELF_SIGNED = "self-signed"
    ISSUED = "issued"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class CredentialFacts:
    """A certificate in plain words. `fingerprint` is the SHA-256 of the certificate, hex."""

    name: str
    organisation: str
    issuer: str
    kind: CredentialKind
    valid_from: str  # ISO moments
    valid_until: str
    fingerprint: str

    @property
    def words(self) -> str:
        """`a self-signed credential`, `a credential issued by Quality Body`."""
        if self.kind is CredentialKind.SELF_SIGNED:
            return "a self-signed credential"
        if self.kind is CredentialKind.AUTHORITY:
            return "the credential of an issuing body"
        return f"a credential issued by {self.issuer or 'an unnamed issuer'}"


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four, as two people read it to each other."""
    return " ".join(fingerprint[at : at + 4].upper() for at in range(0, len(fingerprint), 4))


class SignatureState(StrEnum):
    """What one signature is worth."""

    GOOD = "good"
    UNTRUSTED = "untrusted"  # whole, but nothing here says whose the credential is
    EXPIRED = "expired"  # whole, but its credential has run out and no timestamp shows that it was in time
    NOT_YET_VALID = "not yet valid"
    REVOKED = "revoked"
    CHANGED = "changed"  # what it covers is whole, and the file was changed afterwards
    BROKEN = "broken"  # what it covers is not what was signed


@dataclass(frozen=True)
class SignatureVerdict:
    """One signature, checked. Moments are ISO; `stamped_at` is a timestamp authority's, or empty."""

    slot: SignatureSlot
    state: SignatureState
    credential: CredentialFacts | None
    signed_at: str
    stamped_at: str
    trusted_by: str  # who vouches for the credential, or empty
    words: str  # the whole of it in sentences


class FileState(StrEnum):
    """What the whole file is worth. Only `good` and `as made` are in order."""

    GOOD = "good"
    AS_MADE = "as made"  # not signed; the same bytes as the visit's trail names
    UNTRUSTED = "untrusted"
    EXPIRED = "expired"
    UNSIGNED = "unsigned"
    APPENDED = "appended"
    CHANGED = "changed"
    BROKEN = "broken"
    ROLLED_BACK = "rolled back"
    WRONG_VISIT = "wrong visit"
    UNKNOWN = "unknown to the visit"
    NOT_PDF = "not a PDF"
    LOCKED = "locked"
    INVALID = "invalid"  # the check itself could not be carried out


@dataclass(frozen=True)
class Verdict:
    """What a check of a report found. `lines` say all of it in plain words, the headline first.

    `quick`: told by the hash that the visit's trail has recorded, without looking at each signature.
    """

    state: FileState
    headline: str
    lines: tuple[str, ...] = ()
    signatures: tuple[SignatureVerdict, ...] = ()
    sha256: str = ""
    pages: int = 0
    title: str = ""
    quick: bool = False

    @property
    def good(self) -> bool:
        return self.state in (FileState.GOOD, FileState.AS_MADE)
