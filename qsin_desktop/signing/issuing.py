"""Make a credential: self-signed, an issuing body's own, or one that the body issues. All offline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from qsin_desktop.domain.joiners import JOINERS
from qsin_desktop.domain.signatures import CredentialFacts
from qsin_desktop.signing.certificates import facts_of, in_time, may_issue
from qsin_desktop.signing.credentials import Credential
from qsin_desktop.signing.refusals import CannotMakeCredential

MOST_DAYS = 3660
SHORTEST_PASSWORD = 10
_BITS = 3072  # every reader of PDFs verifies RSA; elliptic curves want a newer kind of PDF
_JOINED = dict.fromkeys(map(ord, JOINERS))
_EARLIER = timedelta(hours=1)  # laptops' clocks differ


@dataclass(frozen=True)
class Made:
    """`file` is the PKCS#12 file, to be kept secret; `certificate` is PEM text, to be given to others."""

    file: bytes
    certificate: str
    facts: CredentialFacts


def make_self_signed(name: str, organisation: str, *, password: str, days: int, now: datetime) -> Made:
    """Vouched for by nobody: others compare its fingerprint with what its owner tells them."""
    key = _new_key()
    subject = _subject(name, organisation)
    certificate = _signing(subject, subject, key, days, now, key)
    return _made(name, key, certificate, (), password)


def make_authority(name: str, *, password: str, days: int, now: datetime) -> Made:
    """For a body that issues credentials to its assessors. It signs certificates and no report."""
    key = _new_key()
    subject = _subject(name, name)
    builder = _builder(subject, subject, key, days, now, key)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    certificate = builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True).sign(
        key, hashes.SHA256()
    )
    return _made(name, key, certificate, (), password)


def issue(
    authority: Credential, name: str, organisation: str, *, password: str, days: int, now: datetime
) -> Made:
    """Vouched for by the body, and never for longer than the body's own credential lasts."""
    issuer = authority.certificate
    if authority.key is None or not may_issue(issuer):
        raise CannotMakeCredential(f"“{authority.name}” is not the credential of an issuing body.")
    why = in_time(issuer, now)
    if why:
        raise CannotMakeCredential(f"“{authority.name}” {why}.")
    key = _new_key()
    left = (issuer.not_valid_after_utc - now).days
    certificate = _signing(
        _subject(name, organisation), issuer.subject, key, min(days, left), now, authority.key
    )
    return _made(name, key, certificate, (issuer, *authority.chain), password)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_BITS)


def _signing(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    days: int,
    now: datetime,
    by: rsa.RSAPrivateKey,
) -> x509.Certificate:
    builder = _builder(subject, issuer, key, days, now, by)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    usage = _usage("digital_signature", "content_commitment")
    return builder.add_extension(usage, critical=True).sign(by, hashes.SHA256())


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    days: int,
    now: datetime,
    by: rsa.RSAPrivateKey,
) -> x509.CertificateBuilder:
    if not 1 <= days <= MOST_DAYS:
        raise CannotMakeCredential(f"A credential lasts from 1 to {MOST_DAYS:,} days.")
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )


def _subject(name: str, organisation: str) -> x509.Name:
    parts = [(NameOID.COMMON_NAME, name, "name"), (NameOID.ORGANIZATION_NAME, organisation, "organisation")]
    attributes = []
    for oid, given, what in parts:
        words = " ".join(given.split())
        if not words:
            if oid is NameOID.COMMON_NAME:
                raise CannotMakeCredential("A credential needs the name of the person or body it is for.")
            continue
        if len(words) > 64 or not words.translate(_JOINED).isprintable():
            raise CannotMakeCredential(f"The {what} of a credential has at most 64 printable characters.")
        attributes.append(x509.NameAttribute(oid, words))
    return x509.Name(attributes)


def _usage(*allowed: str) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in allowed for name in names})


def _made(
    name: str,
    key: rsa.RSAPrivateKey,
    certificate: x509.Certificate,
    chain: tuple[x509.Certificate, ...],
    password: str,
) -> Made:
    if len(password) < SHORTEST_PASSWORD:
        raise CannotMakeCredential(
            f"The password of a credential has at least {SHORTEST_PASSWORD} characters, for whoever knows "
            "it can sign in its owner’s name."
        )
    file = pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, chain or None, BestAvailableEncryption(password.encode())
    )
    return Made(file, certificate.public_bytes(Encoding.PEM).decode("ascii"), facts_of(certificate))
