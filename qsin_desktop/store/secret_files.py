"""Secrets kept in files: the key file of an example, the recovery key of the accreditation body."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Final

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.durable import is_there, write_aside
from qsin_desktop.store.faults import refusal_for

_HEADER: Final = "QSIN key file: whoever has this file can read the visit. It is NOT protection."
_SECRET_LINE: Final = re.compile(r"[0-9a-f]{64}")
_LONGEST: Final = 16 * 1024


class KeyFileWrong(Refusal):
    """The key file is missing, is none, or opens another visit."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"The key file “{path}” {what}; the visit was not opened and nothing was changed.")


class RecoveryKeyWrong(Refusal):
    """The recovery key is missing, is none, or opens another visit."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The recovery key {what}; nothing was changed.")


def make_key_file(path: Path) -> bytes:
    """Writes a new key file and returns its secret; a file that is there already is never overwritten."""
    if is_there(path):
        raise KeyFileWrong(path, "is there already and is not overwritten")
    secret = os.urandom(32)
    write_aside(path, f"{_HEADER}\n{secret.hex()}\n".encode(), private=True)
    return secret


def read_key_file(path: Path) -> bytes:
    """The 32 bytes that the file holds. Raises `KeyFileWrong`."""
    lines = _content(path).decode("utf-8-sig", errors="replace").split()
    secrets = [word for word in lines if _SECRET_LINE.fullmatch(word)]
    if len(secrets) != 1:
        raise KeyFileWrong(path, "is not a key file, or it is damaged")
    return bytes.fromhex(secrets[0])


def make_recovery_pair(private_file: Path, public_file: Path, *, passphrase: str | None = None) -> bytes:
    """Two PEM files, the private one never for an assessor's laptop; returns the public key (32 bytes)."""
    for path in (private_file, public_file):
        if is_there(path):
            raise RecoveryKeyWrong(f"file “{path}” is there already and is not overwritten")
    private = X25519PrivateKey.generate()
    guard = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    write_aside(private_file, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, guard), private=True)
    public = private.public_key()
    write_aside(public_file, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return public.public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """Tells one body's key from another by voice: four groups of four signs."""
    digits = hashlib.sha256(public).hexdigest()[:16].upper()
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def read_recovery_public(path: Path) -> bytes:
    """The 32 bytes of the X25519 public key in a PEM file. Raises `RecoveryKeyWrong`."""
    try:
        key = load_pem_public_key(_content(path))
    except (ValueError, UnsupportedAlgorithm, InternalError):
        key = None
    if not isinstance(key, X25519PublicKey):
        raise RecoveryKeyWrong(f"file “{path}” does not hold an X25519 public key")
    return key.public_bytes_raw()


def read_recovery_private(path: Path, *, passphrase: str | None = None) -> bytes:
    """The 32 bytes of the X25519 private key in a PEM file. Raises `RecoveryKeyWrong`."""
    content = _content(path)
    if b"PUBLIC KEY" in content and b"PRIVATE KEY" not in content:
        raise RecoveryKeyWrong(f"file “{path}” is the public half; give the private one")
    try:
        key = load_pem_private_key(content, passphrase.encode() if passphrase else None)
    except TypeError:
        word = "is not protected by a passphrase" if passphrase else "is protected by a passphrase; give it"
        raise RecoveryKeyWrong(f"file “{path}” {word}") from None
    except (ValueError, UnsupportedAlgorithm, InternalError):
        raise RecoveryKeyWrong(f"file “{path}” is damaged, or its passphrase is another one") from None
    if not isinstance(key, X25519PrivateKey):
        raise RecoveryKeyWrong(f"file “{path}” does not hold an X25519 private key")
    return key.private_bytes_raw()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST)
    except (FileNotFoundError, ValueError):  # a name with a zero byte is no file's
        raise KeyFileWrong(path, "is not there") from None
    except OSError as fault:
        raise refusal_for(fault, f"The key file “{path}” could not be read", safe="") from fault
