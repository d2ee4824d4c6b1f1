"""A person's credential, from a PKCS#12 file or a PKCS#11 token, looked at before anything is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from qsin_desktop.domain.signatures import CredentialFacts
from qsin_desktop.signing.certificates import facts_of, in_time, is_self_signed, key_fault, may_sign
from qsin_desktop.signing.refusals import (
    CredentialUnusable,
    KeyUnfit,
    NoCredential,
    NoPrivateKey,
    NotForSigning,
    NotInTime,
    PemGiven,
    SeveralKeys,
    WrongPassword,
)

if TYPE_CHECKING:
    from pyhanko.sign import Signer

LARGEST = 1024 * 1024  # bytes of a PKCS#12 file


@dataclass(frozen=True)
class Credential:
    """`facts` may be shown to anybody. `signer` gives pyHanko's signer for as long as its context is open."""

    name: str  # of the file or token, for sentences
    certificate: x509.Certificate = field(repr=False)
    chain: tuple[x509.Certificate, ...] = field(repr=False)
    signer: Callable[[], AbstractContextManager[Signer]] = field(repr=False, compare=False)
    key: Any = field(default=None, repr=False, compare=False)  # the private key, where it is in memory

    @property
    def facts(self) -> CredentialFacts:
        return facts_of(self.certificate)


def open_file(path: Path, password: str | None) -> Credential:
    """Raises `NoCredential`, `WrongPassword`, `NoPrivateKey` or another `CredentialUnusable`.

    Whether it may sign, and now, is for `check`.
    """
    content = _content(path)
    secret = password.encode("utf-8") if password else None
    try:
        store = pkcs12.load_pkcs12(content, secret)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise _closed(path.name, content, given=bool(password)) from fault
    if store.key is None:
        raise NoPrivateKey(path.name)
    keys = _keys_in(content)
    if keys > 1:
        raise SeveralKeys(path.name, keys)
    if store.cert is None:
        raise CredentialUnusable(path.name, "holds a private key without its certificate")
    key, certificate = store.key, store.cert.certificate
    chain = tuple(cert.certificate for cert in store.additional_certs)
    _refuse_key(path.name, certificate)
    if _public(key) != _public(certificate):
        raise CredentialUnusable(path.name, "holds a private key and the certificate of another key")
    return Credential(
        path.name, certificate, chain, lambda: nullcontext(_in_memory(key, certificate, chain)), key
    )


def check(credential: Credential, now: datetime) -> None:
    """Raises `NotInTime`, `NotForSigning` or `KeyUnfit`."""
    _refuse_key(credential.name, credential.certificate)
    why = in_time(credential.certificate, now)
    if why:
        raise NotInTime(credential.name, why, "Renew it, or check the clock of this laptop.")
    if not may_sign(credential.certificate):
        raise NotForSigning(credential.name)


def registered(certificates: Iterable[x509.Certificate]) -> Any:
    """A heap of certificates as pyHanko wants it."""
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([as_asn1(certificate) for certificate in certificates])
    return store


def as_asn1(certificate: x509.Certificate) -> Any:
    from asn1crypto import x509 as asn1

    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def _in_memory(key: Any, certificate: x509.Certificate, chain: Iterable[x509.Certificate]) -> Signer:
    """The signature brings what leads to its issuer, but no root: trust in that comes by another way.

    No hash covers what else it would bring, so that a byte changed there could not be told.
    """
    from asn1crypto.keys import PrivateKeyInfo
    from pyhanko.sign import SimpleSigner

    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        signing_cert=as_asn1(certificate),
        signing_key=PrivateKeyInfo.load(der),
        cert_registry=registered(one for one in chain if not is_self_signed(one)),
    )


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise CredentialUnusable(path.name, "is not a file that is there", "Choose another file.")
        if path.stat().st_size > LARGEST:
            raise NoCredential(path.name)
        return path.read_bytes()
    except OSError as fault:
        raise CredentialUnusable(path.name, f"could not be read ({fault.strerror})") from fault


def _closed(name: str, content: bytes, *, given: bool) -> CredentialUnusable:
    """The library says the same of a wrong password and of a file that is none: the outer shell tells."""
    from asn1crypto.pkcs12 import Pfx

    if b"-----BEGIN " in content:
        return PemGiven(name)
    try:
        shell = Pfx.load(content, strict=True)
        protected = shell["version"].native == "v3" and shell["auth_safe"]["content_type"].native in (
            "data",
            "signed_data",
        )
    except (ValueError, TypeError, KeyError):
        protected = False
    return WrongPassword(name, given=given) if protected else NoCredential(name)


def _refuse_key(name: str, certificate: x509.Certificate) -> None:
    fault = key_fault(certificate)
    if fault:
        raise KeyUnfit(name, fault)


def _keys_in(content: bytes) -> int:
    """How many private keys a file holds, as far as that is told outside what its password hides."""
    from asn1crypto.pkcs12 import Pfx, SafeContents

    return sum(
        str(bag["bag_id"].native).endswith("key_bag")
        for part in Pfx.load(content).authenticated_safe
        if part["content_type"].native == "data"
        for bag in SafeContents.load(part["content"].native)
    )


def _public(holder: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import PublicFormat

    public: bytes = holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return public
