"""The data key of a visit and the keys derived from it, one for each purpose."""

from __future__ import annotations

import hmac
import os
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class DataKey:
    """32 random bytes that guard a visit; they are never shown, pickled or written except wrapped."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._secret = secret

    @classmethod
    def random(cls) -> DataKey:
        return cls(os.urandom(KEY_BYTES))

    @property
    def id(self) -> str:
        """Tells one data key from another, 32 signs of hex, and says nothing about it."""
        return self.derived("key id", 16).hex()

    @property
    def database_key(self) -> bytes:
        """For SQLCipher as a raw key: PRAGMA key = "x'<hex>'"."""
        return self.derived("database")

    @property
    def piece_name_key(self) -> bytes:
        """Keys the names of pieces, so that a file name says nothing of what the piece holds."""
        return self.derived("piece names")

    def piece_key(self, sha256: str) -> bytes:
        """The key of the one piece whose plain bytes have this SHA-256 (hex)."""
        return self.derived(f"piece {sha256}")

    def derived(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        """A key for one purpose, by HKDF-SHA256; the secret is uniform, so expansion is enough."""
        return HKDFExpand(SHA256(), length, b"qsin " + purpose.encode()).derive(self._secret)

    def wrapped(self, key: bytes, bound: bytes) -> bytes:
        """This key under another one; `bound` must be the same on the way back."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, self._secret, bound)

    @classmethod
    def unwrapped(cls, wrapped: bytes, key: bytes, bound: bytes) -> DataKey | None:
        """None when `key` is not the one it was wrapped with."""
        try:
            return cls(AESGCM(key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bound))
        except (InvalidTag, ValueError):
            return None

    def reveal(self) -> bytes:
        """The secret itself, only for sealing it to a recovery key."""
        return self._secret

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataKey) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<DataKey {self.id[:8]}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a data key is not pickled")


def stretched(secret: bytes, salt: bytes, purpose: str) -> bytes:
    """A wrapping key from a secret that is random already; HKDF-SHA256 with a salt."""
    return HKDF(SHA256(), KEY_BYTES, salt, b"qsin " + purpose.encode()).derive(secret)
