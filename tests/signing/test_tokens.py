"""A credential on a token, tried with a token in software that speaks the same language as a card."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from qsin_desktop.actions import credentials, signing, verifying
from qsin_desktop.actions.credentials import TokenPlace
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from tests.signing.conftest import NOW, PASSWORD, Signed, Wallet

PIN = "123456"
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
MODULE = next((Path(path) for path in MODULES if Path(path).is_file()), None)
pytestmark = pytest.mark.skipif(
    MODULE is None or shutil.which("softhsm2-util") is None,
    reason="softhsm2 is missing: no token tried",
)


@dataclass(frozen=True)
class Token:
    module: Path
    label: str


@pytest.fixture(scope="session")
def token(wallet: Wallet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    """Holds the peer assessor's credential. The module reads its settings when first loaded, once."""
    assert MODULE is not None
    place = tmp_path_factory.mktemp("token")
    (place / "tokens").mkdir()
    settings = place / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {place / 'tokens'}\nlog.level = ERROR\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings))
        run("--init-token", "--free", "--label", "assessor", "--so-pin", "0000", "--pin", PIN)
        store = pkcs12.load_pkcs12(wallet.path("peer").read_bytes(), PASSWORD.encode())
        assert store.key is not None
        assert store.cert is not None
        key = place / "key.pem"
        key.write_bytes(store.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        run("--import", str(key), "--token", "assessor", "--label", "signing", "--id", "a1", "--pin", PIN)
        put_certificate(store.cert.certificate.public_bytes(Encoding.DER))
        yield Token(MODULE, "assessor")


def run(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


def put_certificate(der: bytes) -> None:
    """As the token's issuer does."""
    from pkcs11 import Attribute, CertificateType, ObjectClass, lib

    with lib(str(MODULE)).get_token(token_label="assessor").open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.LABEL: "signing",
                Attribute.ID: b"\xa1",
                Attribute.SUBJECT: b"",
                Attribute.VALUE: der,
            }
        )


def test_the_peer_signs_with_a_token(
    token: Token, signed: Signed, earlier: OpenVisit, wallet: Wallet, tmp_path: Path
) -> None:
    credential = credentials.open_token(TokenPlace(token.module, token.label), PIN, now=NOW)
    assert credential.facts == wallet.open("peer").facts
    out = tmp_path / "r.pdf"
    signing.sign_report(earlier, signed.states[1], signer="peer", credential=credential, out=out)
    verdict = verifying.verify_report(out, trust=[wallet.certificate("body")], now=NOW)
    assert verdict.good, verdict.lines
    assert [s.slot.name for s in verdict.signatures] == ["Lena Lead", "Ada Assessor"]


def test_what_a_token_refuses(token: Token, tmp_path: Path) -> None:
    for place, pin, said in (
        (TokenPlace(token.module, token.label), "999999", "The PIN is not that of the token “assessor”"),
        (TokenPlace(token.module, token.label), "", "PIN"),
        (TokenPlace(token.module, "other"), PIN, "No token is called “other”; there is “assessor”"),
        (TokenPlace(token.module, token.label, "mine"), PIN, "holds no certificate “mine”"),
        (TokenPlace(tmp_path / "gone.so"), PIN, "There is no PKCS#11 module"),
        (TokenPlace(Path(__file__)), PIN, "The token could not be used"),
    ):
        with pytest.raises(Refusal, match=said) as refused:
            credentials.open_token(place, pin, now=NOW)
        assert "Nothing was signed." in refused.value.sentence
