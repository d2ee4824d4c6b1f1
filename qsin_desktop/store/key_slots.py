"""Each kind of slot: how it wraps the data key, and how it gives it back."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import unicodedata
from typing import Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.data_key import KEY_BYTES, DataKey, stretched
from qsin_desktop.store.keyring_slot import SecretShelf
from qsin_desktop.store.keys_file import KEYS_FORMAT, KdfCost, Slot, SlotKind
from qsin_desktop.store.secret_files import RecoveryKeyWrong

PASSPHRASE_LEAST: Final = 10
PASSPHRASE_MOST: Final = 1000

_SALT_BYTES: Final = 16
_SUITE: Final = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class PassphraseUnfit(Refusal):
    """A new passphrase that breaks a rule; nothing was changed."""


class TooLittleMemory(Refusal):
    def __init__(self, cost: KdfCost) -> None:
        super().__init__(
            f"This computer has not enough free memory to check the passphrase, which takes "
            f"{cost.memory_kib // 1024} MB; close other programs and try again. Nothing was changed."
        )


def check_passphrase(passphrase: str) -> None:
    """The rules for a new passphrase. Raises `PassphraseUnfit`."""
    normal = unicodedata.normalize("NFKC", passphrase)
    if not normal.strip():
        raise PassphraseUnfit("The passphrase is empty; give at least 10 characters, for example four words.")
    if len(normal) < PASSPHRASE_LEAST:
        raise PassphraseUnfit(
            f"The passphrase is too short ({len(normal)} of at least {PASSPHRASE_LEAST} characters); "
            "four words are easy to remember."
        )
    if len(normal) > PASSPHRASE_MOST:
        raise PassphraseUnfit(
            f"The passphrase is longer than {PASSPHRASE_MOST} characters; give a shorter one."
        )
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in normal):
        raise PassphraseUnfit(
            "The passphrase has a line break or another sign in it that cannot be typed; give one without."
        )


def by_passphrase(data_key: DataKey, passphrase: str, cost: KdfCost) -> Slot:
    check_passphrase(passphrase)
    salt = os.urandom(_SALT_BYTES)
    key = _from_passphrase(passphrase, salt, cost)
    return _sealed(data_key, SlotKind.PASSPHRASE, key, salt=salt, cost=cost)


def spend(cost: KdfCost) -> None:
    """One try's work, for nothing: to measure how long it takes here. Raises `TooLittleMemory`."""
    _from_passphrase("to measure", b"sixteen byte salt"[:_SALT_BYTES], cost)


def by_key_file(data_key: DataKey, secret: bytes) -> Slot:
    return _by_secret(data_key, SlotKind.KEY_FILE, _new_id(), secret)


def by_keyring(data_key: DataKey, shelf: SecretShelf) -> Slot:
    """Puts a fresh secret into the keyring. Raises `KeyringUnavailable`."""
    slot_id, secret = _new_id(), os.urandom(KEY_BYTES)
    shelf.put(account_of(data_key.id, slot_id), base64.b64encode(secret).decode("ascii"))
    return _by_secret(data_key, SlotKind.KEYRING, slot_id, secret)


def by_recovery(data_key: DataKey, public: bytes) -> Slot:
    """Seals for the accreditation body by HPKE (RFC 9180); `public` are 32 bytes of X25519."""
    try:
        sealed = _SUITE.encrypt(
            data_key.reveal(),
            X25519PublicKey.from_public_bytes(public),
            _bound(SlotKind.RECOVERY, data_key.id),
        )
    except ValueError:
        raise RecoveryKeyWrong("given for the accreditation body is not a usable X25519 public key") from None
    return Slot(_new_id(), SlotKind.RECOVERY, sealed, public=public)


def open_by_passphrase(slot: Slot, key_id: str, passphrase: str) -> DataKey | None:
    key = _from_passphrase(passphrase, slot.salt, slot.cost or KdfCost())
    return _opened(slot, key_id, key)


def open_by_key_file(slot: Slot, key_id: str, secret: bytes) -> DataKey | None:
    return _opened(slot, key_id, stretched(secret, slot.salt, slot.kind))


def open_by_keyring(slot: Slot, key_id: str, shelf: SecretShelf) -> DataKey | None:
    """None too when this computer's keyring does not know the visit."""
    kept = shelf.get(account_of(key_id, slot.id))
    try:
        secret = base64.b64decode(kept or "", validate=True)
    except binascii.Error:
        return None
    return _opened(slot, key_id, stretched(secret, slot.salt, slot.kind)) if secret else None


def open_by_recovery(slot: Slot, key_id: str, private: bytes) -> DataKey | None:
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        return _right(DataKey(_SUITE.decrypt(slot.wrapped, key, _bound(slot.kind, key_id))), key_id)
    except (InvalidTag, ValueError):
        return None


def account_of(key_id: str, slot_id: str) -> str:
    """The name under which the keyring keeps the secret of a slot."""
    return f"{key_id}/{slot_id}"


def _by_secret(data_key: DataKey, kind: SlotKind, slot_id: str, secret: bytes) -> Slot:
    salt = os.urandom(_SALT_BYTES)
    return _sealed(data_key, kind, stretched(secret, salt, kind), salt=salt, slot_id=slot_id)


def _sealed(
    data_key: DataKey,
    kind: SlotKind,
    key: bytes,
    *,
    salt: bytes,
    cost: KdfCost | None = None,
    slot_id: str = "",
) -> Slot:
    wrapped = data_key.wrapped(key, _bound(kind, data_key.id))
    return Slot(slot_id or _new_id(), kind, wrapped, salt=salt, cost=cost)


def _opened(slot: Slot, key_id: str, key: bytes) -> DataKey | None:
    return _right(DataKey.unwrapped(slot.wrapped, key, _bound(slot.kind, key_id)), key_id)


def _right(data_key: DataKey | None, key_id: str) -> DataKey | None:
    """Only the very key that keys.json speaks of."""
    return data_key if data_key is not None and data_key.id == key_id else None


def _bound(kind: SlotKind, key_id: str) -> bytes:
    """What every slot is bound to, so that none can be moved to another kind, visit or format."""
    return f"qsin keys {KEYS_FORMAT} {kind} {key_id}".encode()


def _from_passphrase(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except (HashingError, MemoryError):
        raise TooLittleMemory(cost) from None


def _new_id() -> str:
    return secrets.token_hex(8)
