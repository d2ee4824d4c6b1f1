"""Files on a place are encrypted with age to the laptops of the team, each by the key it signs with.

A laptop's signing key is a point of the curve that age's X25519 keys lie on, in another form: so the name of
a laptop in the journal is all that is needed to encrypt for it, and nothing more is kept or published.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Protocol

import pyrage

from qsin_desktop.domain.errors import Refusal

_FIELD: Final = 2**255 - 19
_ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class Unreadable(Refusal):
    """It cannot be decrypted here: `for_others` when it has no key for this laptop, else it is damaged."""

    def __init__(self, *, for_others: bool) -> None:
        self.for_others = for_others
        super().__init__("It is made for other laptops." if for_others else "It is damaged or cut short.")


class KeyHolder(Protocol):
    """A laptop: its name in the journal, and the secret half of its encryption key (32 bytes)."""

    @property
    def device(self) -> str: ...

    def box_secret(self) -> bytes: ...


class Envelope:
    """Seals for a set of laptops and opens with the key of this one."""

    def __init__(self, laptop: KeyHolder, devices: Iterable[str]) -> None:
        self.devices = frozenset({laptop.device, *devices})
        self._identity = pyrage.x25519.Identity.from_str(
            bech32("age-secret-key-", laptop.box_secret()).upper()
        )
        self._recipients = [
            pyrage.x25519.Recipient.from_str(recipient)
            for device in sorted(self.devices)
            if (recipient := recipient_of(device)) is not None
        ]

    def sealed(self, content: bytes) -> bytes:
        return bytes(pyrage.encrypt(content, self._recipients))

    def opened(self, content: bytes) -> bytes:
        """Raises `Unreadable`. Every byte is covered: one that changed is noticed."""
        try:
            return bytes(pyrage.decrypt(content, [self._identity]))
        except pyrage.DecryptError as fault:
            raise Unreadable(for_others="matching" in str(fault)) from None


@lru_cache(maxsize=256)
def recipient_of(device: str) -> str | None:
    """The age recipient (`age1…`) of a laptop, or None when its name is no point of the curve."""
    try:
        y = int.from_bytes(bytes.fromhex(device), "little") & ((1 << 255) - 1)
    except ValueError:
        return None
    if len(device) != 64 or y >= _FIELD or y in (0, 1, _FIELD - 1):
        return None
    u = (1 + y) * pow(1 - y, _FIELD - 2, _FIELD) % _FIELD
    return bech32("age", u.to_bytes(32, "little"))


def bech32(prefix: str, content: bytes) -> str:
    """BIP 173, as age spells its keys."""
    values = _in_fives(content)
    expanded = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    check = _polymod([*expanded, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [(check >> 5 * (5 - at)) & 31 for at in range(6)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def _in_fives(content: bytes) -> list[int]:
    bits = "".join(f"{byte:08b}" for byte in content)
    bits += "0" * (-len(bits) % 5)
    return [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at in range(5):
            check ^= _GENERATOR[at] if (top >> at) & 1 else 0
    return check
