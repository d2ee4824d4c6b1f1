"""Credentials: made, looked at, refused with the reason, and always called what they are."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto.pkcs12 import AuthenticatedSafe, Pfx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from qsin_desktop.actions import credentials, trusting
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.signatures import CredentialKind
from tests.signing.conftest import NOW, PASSWORD, Wallet


def test_a_self_signed_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ida.p12"
    facts = credentials.make_self_signed(path, name="Ida Ŵyn", password=PASSWORD, now=NOW)
    opened = credentials.open_credential(path, PASSWORD, now=NOW)
    assert opened.facts == facts
    assert (facts.kind, facts.words) == (CredentialKind.SELF_SIGNED, "a self-signed credential")
    assert "nobody vouches that it is theirs" in credentials.worth(facts)
    assert credentials.describe(tmp_path / "ida.cer") == facts
    assert isinstance(opened.certificate.public_key(), rsa.RSAPublicKey)


@pytest.mark.skipif(os.name == "nt", reason="there the system's own list of owners holds")
def test_the_secret_file_is_its_owners_alone(wallet: Wallet) -> None:
    assert wallet.path("lead").stat().st_mode & 0o077 == 0


def test_what_the_body_issued_is_vouched_for_by_the_body(wallet: Wallet) -> None:
    facts = wallet.open("lead").facts
    assert (facts.kind, facts.words) == (CredentialKind.ISSUED, "a credential issued by Quality Body")
    assert credentials.describe(wallet.certificate("body")).kind is CredentialKind.AUTHORITY


def test_what_is_issued_lasts_no_longer_than_its_issuer(tmp_path: Path) -> None:
    body = tmp_path / "body.p12"
    credentials.make_authority(body, name="B", password=PASSWORD, days=100, now=NOW)
    facts = credentials.issue_credential(
        tmp_path / "a.p12", authority=body, authority_password=PASSWORD, name="A", password=PASSWORD, now=NOW
    )
    assert datetime.fromisoformat(facts.valid_until) <= NOW + timedelta(days=100)


def test_nothing_is_overwritten(wallet: Wallet) -> None:
    before = wallet.path("lead").read_bytes()
    with pytest.raises(Refusal, match="is there already"):
        credentials.make_self_signed(wallet.path("lead"), name="X", password=PASSWORD)
    assert wallet.path("lead").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "password", "days", "said"),
    [
        ("Ida", "short", 30, "at least 10 characters"),
        ("", PASSWORD, 30, "needs the name"),
        ("x" * 65, PASSWORD, 30, "at most 64"),
        ("Ida\x07", PASSWORD, 30, "printable"),
        ("Ida", PASSWORD, 0, "from 1 to 3,660 days"),
        ("Ida", PASSWORD, 10_000, "from 1 to 3,660 days"),
    ],
)
def test_what_makes_no_credential(name: str, password: str, days: int, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=said):
        credentials.make_self_signed(tmp_path / "x.p12", name=name, password=password, days=days)
    assert list(tmp_path.iterdir()) == []


def test_a_name_may_be_in_any_script(tmp_path: Path) -> None:
    name = "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627 \u0174yn"  # with a joiner that belongs to it
    made = credentials.make_self_signed(tmp_path / "x.p12", name=name, password=PASSWORD)
    assert made.name == name


def test_an_assessors_credential_issues_nothing(wallet: Wallet, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not the credential of an issuing body"):
        credentials.issue_credential(
            tmp_path / "x.p12",
            authority=wallet.path("lead"),
            authority_password=PASSWORD,
            name="X",
            password=PASSWORD,
            now=NOW,
        )


# ---- refused when opened --------------------------------------------------------------------------------


def test_the_password(wallet: Wallet) -> None:
    for password, said in (("wrong", "does not open with this password"), (None, "and none was given")):
        with pytest.raises(Refusal, match=said):
            credentials.open_credential(wallet.path("lead"), password, now=NOW)


def test_the_clock(wallet: Wallet) -> None:
    for name, said in (("old", "ran out on 31 January 2024"), ("early", "valid only from")):
        with pytest.raises(Refusal, match=said):
            wallet.open(name)


def test_the_issuing_body_signs_no_report(wallet: Wallet) -> None:
    with pytest.raises(Refusal, match="was not issued for signing documents"):
        wallet.open("body")


def certificate(key: object, *, usage: bool = True) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ida")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())  # type: ignore[attr-defined]
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=9))
    )
    if not usage:
        builder = builder.add_extension(
            x509.KeyUsage(
                digital_signature=False,
                content_commitment=False,
                key_encipherment=True,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(key, algorithm)  # type: ignore[arg-type]


def elliptic() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def stored(key: object, cert: x509.Certificate | None) -> bytes:
    locked = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"x", key, cert, None, locked)  # type: ignore[arg-type]


def only_certificates() -> bytes:
    locked = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"x", None, None, [certificate(elliptic())], locked)


def for_encryption() -> bytes:
    key = elliptic()
    return stored(key, certificate(key, usage=False))


def short_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505  # that is the case
    return stored(key, certificate(key))


def odd_key() -> bytes:
    key = ed25519.Ed25519PrivateKey.generate()
    return stored(key, certificate(key))


def a_curve_of_few_readers() -> bytes:
    key = ec.generate_private_key(ec.SECP256K1())
    return stored(key, certificate(key))


def two_keys() -> bytes:
    """As a store of a person's keys for signing and for encryption is."""
    one, other = (
        pkcs12.serialize_key_and_certificates(b"x", key, certificate(key), None, NoEncryption())
        for key in (elliptic(), elliptic())
    )
    parts = [*Pfx.load(one).authenticated_safe, *Pfx.load(other).authenticated_safe]
    safe = {"content_type": "data", "content": AuthenticatedSafe(parts).dump()}
    both: bytes = Pfx({"version": "v3", "auth_safe": safe}).dump()
    return both


def a_key_as_pem() -> bytes:
    return elliptic().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


UNFIT: dict[str, tuple[Callable[[], bytes], str]] = {
    "no key": (only_certificates, "holds no private key"),
    "for encryption": (for_encryption, "was not issued for signing"),
    "a short key": (short_key, "1024 bits, too short"),
    "a key of another kind": (odd_key, "PDF readers do not verify"),
    "a curve of few readers": (a_curve_of_few_readers, "PDF readers do not verify"),
    "two keys": (two_keys, "holds 2 private keys, and which one is meant cannot be told"),
    "a key without a shell": (a_key_as_pem, "is a PEM file"),
    "nothing": (lambda: b"", "is not a credential"),
    "text": (lambda: b"hello", "is not a credential"),
    "a certificate": (lambda: certificate(elliptic()).public_bytes(Encoding.DER), "is not a credential"),
    "too much": (lambda: b"\x30" * 2_000_000, "is not a credential"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_is_no_credential_to_sign_with(case: str, tmp_path: Path) -> None:
    make, said = UNFIT[case]
    path = tmp_path / "x.p12"
    path.write_bytes(make())
    with pytest.raises(Refusal, match=said) as refused:
        credentials.open_credential(path, "" if case == "two keys" else PASSWORD, now=NOW)
    assert "Nothing was signed." in refused.value.sentence


def test_one_without_a_password_opens(tmp_path: Path) -> None:
    key = elliptic()
    path = tmp_path / "x.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"x", key, certificate(key), None, NoEncryption()))
    assert credentials.open_credential(path, now=NOW).facts.name == "Ida"


def test_a_persons_own_that_could_issue_others_is_called_self_signed(tmp_path: Path) -> None:
    """Other tools make them so unless told otherwise, and name no use; a body's names it."""
    key, path = elliptic(), tmp_path / "x.p12"
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ida")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(stored(key, made))
    facts = credentials.open_credential(path, PASSWORD, now=NOW).facts
    assert (facts.kind, facts.words) == (CredentialKind.SELF_SIGNED, "a self-signed credential")


def test_a_secret_shows_nowhere(wallet: Wallet) -> None:
    assert "private" not in repr(wallet.open("lead")).casefold()


# ---- whom to trust --------------------------------------------------------------------------------------


def test_trust_is_kept_and_taken_back(wallet: Wallet, tmp_path: Path) -> None:
    assert trusting.trusted(tmp_path) == ()
    (facts,) = trusting.trust(tmp_path, wallet.certificate("body"))
    assert trusting.trusted(tmp_path) == (facts,)
    with pytest.raises(Refusal, match="No one trusted certificate"):
        trusting.distrust(tmp_path, "")
    assert trusting.distrust(tmp_path, facts.fingerprint[:12].upper()) == facts
    assert trusting.trusted_files(tmp_path) == ()


def test_a_spoilt_file_among_the_trusted_trusts_nobody(wallet: Wallet, tmp_path: Path) -> None:
    trusting.trust(tmp_path, wallet.certificate("body"))
    next((tmp_path / "trusted").iterdir()).write_bytes(b"spoilt")
    assert trusting.trusted_files(tmp_path) == ()


def test_a_credential_is_no_certificate(wallet: Wallet, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="holds no certificate"):
        trusting.trust(tmp_path, wallet.path("lead"))
