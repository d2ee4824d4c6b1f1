"""Certificates as people speak of them: whose, from whom, how long, and what they may be used for."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.signatures import CredentialFacts, CredentialKind

LARGEST = 256 * 1024  # bytes of a file of certificates
SMALLEST_RSA = 2048
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)  # pdfsig calls signatures on others invalid


class NotACertificate(Refusal):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{shown(name)}” {why}; give a certificate file (.cer, .crt, .pem).")


def facts_of(certificate: x509.Certificate) -> CredentialFacts:
    return CredentialFacts(
        name=_named(certificate.subject),
        organisation=_part(certificate.subject, NameOID.ORGANIZATION_NAME),
        issuer=_named(certificate.issuer),
        kind=kind_of(certificate),
        valid_from=certificate.not_valid_before_utc.isoformat(),
        valid_until=certificate.not_valid_after_utc.isoformat(),
        fingerprint=fingerprint_of(certificate),
    )


def facts_from(der: bytes) -> CredentialFacts:
    """Raises `ValueError` for what is no certificate."""
    return facts_of(x509.load_der_x509_certificate(der))


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, hex."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def kind_of(certificate: x509.Certificate) -> CredentialKind:
    """An issuing body's own certificate is self-signed too; that it is for issuing others tells it apart."""
    if is_authority(certificate):
        return CredentialKind.AUTHORITY
    return CredentialKind.SELF_SIGNED if is_self_signed(certificate) else CredentialKind.ISSUED


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Signed with its own key; the names alone could be anything."""
    if certificate.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def may_issue(certificate: x509.Certificate) -> bool:
    try:
        return bool(certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except (x509.ExtensionNotFound, ValueError):
        return False


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether it says that it is for issuing others.

    Many tools let a person's self-signed certificate issue others too, without naming that as its use.
    """
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    return usage.key_cert_sign and may_issue(certificate)


def may_sign(certificate: x509.Certificate) -> bool:
    """Without a key usage everything is allowed."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except ValueError:
        return False
    return usage.digital_signature or usage.content_commitment


def key_fault(certificate: x509.Certificate) -> str:
    """Why nobody could rely on signatures by its key, to go on after its name; empty where they can."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return "has a key of a kind that cannot be used here"
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < SMALLEST_RSA:
        return f"has an RSA key of {key.key_size} bits, too short to be relied on"
    usual = isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, _CURVES)
    if usual or isinstance(key, rsa.RSAPublicKey):
        return ""
    return "has a key of a kind that PDF readers do not verify"


def read_certificates(path: Path) -> list[x509.Certificate]:
    """One or several, as PEM or DER. Raises `NotACertificate`."""
    try:
        if not path.is_file():
            raise NotACertificate(path.name, "is not a file that is there")
        if path.stat().st_size > LARGEST:
            raise NotACertificate(path.name, "is too large to be a certificate")
        content = path.read_bytes()
    except OSError as fault:
        raise NotACertificate(path.name, f"could not be read ({fault.strerror})") from None
    try:
        if b"-----BEGIN CERTIFICATE" in content:
            return x509.load_pem_x509_certificates(content)
        return [x509.load_der_x509_certificate(content)]
    except (ValueError, UnsupportedAlgorithm):
        raise NotACertificate(path.name, "holds no certificate") from None


def day_words(when: datetime) -> str:
    """`24 November 2026`, in the day's own zone."""
    return f"{when.day} {when:%B %Y}"


def in_time(certificate: x509.Certificate, now: datetime) -> str:
    """Why it cannot be used now, to go on after its name; empty when it can."""
    now = now.astimezone(UTC)
    if now < certificate.not_valid_before_utc:
        return f"is valid only from {day_words(certificate.not_valid_before_utc)} on, by this laptop’s clock"
    if now > certificate.not_valid_after_utc:
        return f"ran out on {day_words(certificate.not_valid_after_utc)}"
    return ""


def _named(name: x509.Name) -> str:
    """The common name, else the organisation, else all of it; on one line whatever is in it."""
    words = _part(name, NameOID.COMMON_NAME) or _part(name, NameOID.ORGANIZATION_NAME)
    return words or shown(name.rfc4514_string())


def _part(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    parts = name.get_attributes_for_oid(oid)
    return shown(str(parts[0].value).strip()) if parts else ""
