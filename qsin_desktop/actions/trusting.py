"""Whose certificates this person trusts when a signature is checked: plain files in the home folder."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.signatures import CredentialFacts
from qsin_desktop.signing.certificates import NotACertificate, facts_of, read_certificates
from qsin_desktop.store.durable import write_aside
from qsin_desktop.store.faults import refusal_for

FOLDER = "trusted"
_SHORTEST = 8  # letters of a fingerprint that name a certificate


class NotTrusted(Refusal):
    def __init__(self, fingerprint: str) -> None:
        super().__init__(
            f"No one trusted certificate has a fingerprint that begins with “{shown(fingerprint)}”."
        )


def trust(home: Path, certificate: Path) -> tuple[CredentialFacts, ...]:
    """Keep the certificates of a file: an issuing body's, a person's own. Raises `NotACertificate`."""
    found = read_certificates(certificate)
    folder = home / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise refusal_for(fault, f"“{shown(str(folder))}” could not be made") from fault
    for one in found:
        write_aside(_place(home, facts_of(one)), one.public_bytes(Encoding.PEM))
    return tuple(facts_of(one) for one in found)


def distrust(home: Path, fingerprint: str) -> CredentialFacts:
    """Take one back, named by its fingerprint or the beginning of it. Raises `NotTrusted`."""
    wanted = "".join(fingerprint.split()).casefold()
    found = [facts for facts in trusted(home) if facts.fingerprint.startswith(wanted)]
    if len(wanted) < _SHORTEST or len(found) != 1:
        raise NotTrusted(fingerprint)
    try:
        _place(home, found[0]).unlink()
    except OSError as fault:
        raise refusal_for(fault, "The certificate could not be removed") from fault
    return found[0]


def trusted(home: Path) -> tuple[CredentialFacts, ...]:
    return tuple(facts_of(one) for path in trusted_files(home) for one in read_certificates(path))


def trusted_files(home: Path) -> tuple[Path, ...]:
    """For `verify_report`; a file that is no certificate any more is passed over."""
    folder = home / FOLDER
    return tuple(sorted(path for path in folder.glob("*.cer") if _is_whole(path)))


def _is_whole(path: Path) -> bool:
    try:
        return bool(read_certificates(path))
    except NotACertificate:
        return False


def _place(home: Path, facts: CredentialFacts) -> Path:
    return home / FOLDER / f"{facts.fingerprint}.cer"
