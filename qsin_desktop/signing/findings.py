"""What the check of a file found, as plain values that pass from the child process to its parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from qsin_desktop.domain.people import Role
from qsin_desktop.domain.signatures import (
    CredentialFacts,
    CredentialKind,
    FileState,
    SignatureSlot,
    SignatureState,
)
from qsin_desktop.signing.fields import ReportMark

_UNALTERED = {
    SignatureState.GOOD,
    SignatureState.UNTRUSTED,
    SignatureState.EXPIRED,
    SignatureState.NOT_YET_VALID,
}


@dataclass(frozen=True)
class SignatureFinding:
    """One signature. `trusted_by` names the root that its chain ends in. Moments are ISO, in UTC.

    `pretends`: it names as its issuer somebody who is trusted, and who did not issue it.
    """

    field: str
    state: SignatureState
    credential: CredentialFacts | None = None
    signed_at: str = ""
    stamped_at: str = ""
    trusted_by: str = ""
    later_updates: int = 0  # of the file, after this signature
    pretends: bool = False


@dataclass(frozen=True)
class StampFinding:
    """A timestamp over the file as it then was. `authority` is who gave it, vouched for or not."""

    at: str
    authority: str
    trusted: bool
    whole: bool


@dataclass(frozen=True)
class Findings:
    """`problem` is set where the file could not be looked into; the rest is then empty."""

    problem: FileState | None = None
    mark: ReportMark = field(default_factory=ReportMark)
    pages: int = 0
    title: str = ""  # as it was when it was first signed
    renamed: str = ""  # what it calls itself since, where that is something else
    signatures: tuple[SignatureFinding, ...] = ()
    stamps: tuple[StampFinding, ...] = ()
    appended: int = 0  # bytes after the document's end
    others: tuple[int, int] = (0, 0)  # updates that are no signatures: since the first one, after the last

    @property
    def unaltered(self) -> bool:
        """Whether all that was ever signed is as it was, with nothing after it; of trust it says nothing."""
        whole = not self.problem and not self.has_more
        return whole and all(one.state in _UNALTERED for one in self.signatures)

    @property
    def has_more(self) -> bool:
        """Something stands after all that was signed."""
        return bool(self.appended or self.others[1])

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Raises `KeyError`, `TypeError` or `ValueError` for what no check of ours wrote."""
        mark = dict(values["mark"])
        mark["slots"] = tuple(SignatureSlot(**{**s, "role": Role(s["role"])}) for s in mark["slots"])
        return cls(
            problem=FileState(values["problem"]) if values["problem"] else None,
            mark=ReportMark(**mark),
            pages=int(values["pages"]),
            title=str(values["title"]),
            renamed=str(values["renamed"]),
            signatures=tuple(_signature(s) for s in values["signatures"]),
            stamps=tuple(StampFinding(**s) for s in values["stamps"]),
            appended=int(values["appended"]),
            others=(int(values["others"][0]), int(values["others"][1])),
        )


def _signature(values: Mapping[str, Any]) -> SignatureFinding:
    credential = values["credential"]
    return SignatureFinding(
        **{
            **values,
            "state": SignatureState(values["state"]),
            "credential": CredentialFacts(**{**credential, "kind": CredentialKind(credential["kind"])})
            if credential
            else None,
        }
    )
