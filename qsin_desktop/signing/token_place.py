"""Which card or key fob is meant, and what is seen on it before its PIN is given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qsin_desktop.domain.signatures import CredentialFacts


@dataclass(frozen=True)
class TokenPlace:
    """`label` names the token where the module knows several, `certificate` one of several on it.

    A certificate is named by its label, or by its id in hex.
    """

    module: Path
    label: str = ""
    certificate: str = ""

    @property
    def name(self) -> str:
        return self.label or self.module.name


class PinState(StrEnum):
    """What a token says of wrong PINs before this one."""

    FINE = "fine"
    LOW = "low"
    LAST = "last"
    LOCKED = "locked"


@dataclass(frozen=True)
class TokenCertificate:
    """`why_not` goes on after its name: why it cannot be signed with now; empty when it can."""

    label: str
    identifier: str
    facts: CredentialFacts
    why_not: str

    @property
    def key(self) -> str:
        """As `TokenPlace.certificate` names it."""
        return self.identifier or self.label


@dataclass(frozen=True)
class TokenSeen:
    """`certificates` are those it shows without a PIN; there may be more.

    `name` is as `TokenPlace.label` takes it: the label, or the serial number where that is needed.
    """

    label: str
    name: str
    maker: str
    pin: PinState
    certificates: tuple[TokenCertificate, ...]
