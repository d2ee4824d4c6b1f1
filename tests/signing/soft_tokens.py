"""Tokens in software, which speak the same language as a card or key fob.

As a program, `python -m tests.signing.soft_tokens LABEL PIN ID CERTIFICATE`, it puts a certificate on one as
the token's issuer does: a module reads its settings once in a process, and the tests use several.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

PIN = "123456"
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
MODULE = next((Path(path) for path in MODULES if Path(path).is_file()), None)
needs_tokens = pytest.mark.skipif(
    MODULE is None or shutil.which("softhsm2-util") is None,
    reason="softhsm2 is missing: no token tried",
)


@dataclass(frozen=True)
class Token:
    module: Path
    label: str


class Drawer:
    """Where the tokens lie; what is taken out lies beside it."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        assert MODULE is not None
        self.place, self.module = place, MODULE
        (place / "tokens").mkdir()
        settings = place / "softhsm2.conf"
        lines = f"directories.tokendir = {place / 'tokens'}\nlog.level = ERROR\n"
        settings.write_text(lines, encoding="utf-8")
        patch.setenv("SOFTHSM2_CONF", str(settings))

    def make(self, label: str, p12: Path | None = None, password: str = "", *, key: bool = True) -> Token:
        """With a credential on it, or its certificate alone, or quite empty."""
        _run("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "0000", "--pin", PIN)
        if p12 is not None:
            self.put(label, p12, password, "a1", key=key)
        return Token(self.module, label)

    def put(self, label: str, p12: Path, password: str, ident: str, *, key: bool = True) -> None:
        store = pkcs12.load_pkcs12(p12.read_bytes(), password.encode())
        assert store.key is not None
        assert store.cert is not None
        if key:
            pem = self.place / "key.pem"
            pem.write_bytes(store.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            named = ("--token", label, "--label", p12.stem, "--id", ident, "--pin", PIN)
            _run("softhsm2-util", "--import", str(pem), *named)
        der = self.place / f"{p12.stem}.der"
        der.write_bytes(store.cert.certificate.public_bytes(Encoding.DER))
        _run(sys.executable, "-m", "tests.signing.soft_tokens", label, PIN, ident, str(der))

    def take_out(self) -> None:
        (self.place / "tokens").rename(self.place / "taken out")
        (self.place / "tokens").mkdir()

    def put_in_again(self) -> None:
        (self.place / "tokens").rmdir()
        (self.place / "taken out").rename(self.place / "tokens")


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def _put_certificate(label: str, pin: str, ident: str, path: Path) -> None:
    from pkcs11 import Attribute, CertificateType, ObjectClass, lib

    with lib(str(MODULE)).get_token(token_label=label).open(rw=True, user_pin=pin) as session:
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.PRIVATE: False,
                Attribute.LABEL: path.stem,
                Attribute.ID: bytes.fromhex(ident),
                Attribute.SUBJECT: b"",
                Attribute.VALUE: path.read_bytes(),
            }
        )


if __name__ == "__main__":
    _put_certificate(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
