"""Who works on this computer, and the key that signs their entries: one file in the home folder."""

from __future__ import annotations

import hashlib
import json
import unicodedata
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from filelock import FileLock

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.joiners import JOINERS
from qsin_desktop.journal.heirs import heir_word
from qsin_desktop.store.durable import sweep_own, write_aside
from qsin_desktop.store.faults import refusal_for

IDENTITY_NAME: Final = "identity.json"
REACHED_FOLDER: Final = "reached"  # of the home folder, see `high_water`
NAME_MOST: Final = 120

_SUBJECT: Final = "QSIN identity"
_FORMAT: Final = 1
_LONGEST: Final = 16 * 1024
_LOCK_SECONDS: Final = 10.0
_LEFT_SECONDS: Final = 3600.0  # nobody takes that long between a half file's making and its end


class IdentityDamaged(Refusal):
    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"The file of who you are, “{path}”, {what}; it was left as it is. "
            "Put back a copy of it, or move it away: you then begin as a new person on a new laptop, "
            "and what you wrote before stays."
        )


class NameNeeded(Refusal):
    def __init__(self, why: str = "is not known here yet; give it") -> None:
        super().__init__(f"Your name {why}. It stands beside everything you write.")


@dataclass(frozen=True)
class Identity:
    """A person (32 hex digits and a name) at one laptop (`device`: its Ed25519 public key, 64 hex digits)."""

    person: str
    name: str
    device: str
    _key: Ed25519PrivateKey = field(repr=False, compare=False)
    former: tuple[str, ...] = field(default=(), compare=False)  # keys this laptop had before
    words: tuple[str, ...] = field(default=(), compare=False)  # what each of these signed for the next, hex
    home: Path | None = field(default=None, compare=False)  # where it is kept, if anywhere

    @classmethod
    def load_or_create(cls, home: Path, name: str | None = None) -> Self:
        """The identity kept in `home`, whatever `name` says; a new one under `name` when there is none.

        Raises `NameNeeded`, `IdentityDamaged` or a disk's refusal; a damaged file is never overwritten.
        """
        path = home / IDENTITY_NAME
        sweep_home(home)
        kept = cls._read(path)
        if kept is not None:
            return replace(kept, home=home)
        fit = checked_name(name)
        try:
            home.mkdir(parents=True, exist_ok=True)
            # Two windows started together must not each make a person.
            with FileLock(home / "identity.lock", timeout=_LOCK_SECONDS, thread_local=False):
                return replace(cls._read(path) or cls._made(path, fit), home=home)
        except OSError as fault:
            raise refusal_for(fault, f"“{path}”, which keeps who you are, could not be made") from fault

    @classmethod
    def from_seed(cls, seed: bytes, person: str, name: str) -> Self:
        """The same laptop every time, kept in no file: for examples and tests."""
        return cls._of(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed).digest()), person, name)

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature, 64 bytes."""
        return self._key.sign(message)

    def box_secret(self) -> bytes:
        """The secret X25519 key (32 bytes) that goes with this laptop's key, as RFC 8032 makes its scalar."""
        return hashlib.sha512(self._key.private_bytes_raw()).digest()[:32]

    def on_new_laptop(self, home: Path) -> Self:
        """The same person under a new key, kept in `home` in place of the old one."""
        fresh = self._of(Ed25519PrivateKey.generate(), self.person, self.name)
        word = self.sign(heir_word(fresh.device)).hex()
        former, words = (*self.former, self.device), (*self._all_words(), word)
        fresh = replace(fresh, former=former, words=words, home=home)
        fresh.keep(home / IDENTITY_NAME)
        return fresh

    def sworn(self, old: str) -> str:
        """What the last key signed before it gave its place to this one, hex; of earlier keys empty."""
        return self.words[-1] if self.words and self.former and old == self.former[-1] else ""

    def _all_words(self) -> tuple[str, ...]:
        """One for each former key; those of before words were kept are empty."""
        return (("",) * len(self.former) + self.words)[-len(self.former) :] if self.former else ()

    def renamed(self, home: Path, name: str) -> Self:
        """The same person and laptop under another name, kept in `home`."""
        changed = replace(self, name=checked_name(name))
        changed.keep(home / IDENTITY_NAME)
        return changed

    @classmethod
    def _made(cls, path: Path, name: str) -> Self:
        identity = cls._of(Ed25519PrivateKey.generate(), uuid.uuid4().hex, name)
        identity.keep(path)
        return identity

    @classmethod
    def _of(cls, key: Ed25519PrivateKey, person: str, name: str) -> Self:
        return cls(person, name, key.public_key().public_bytes_raw().hex(), key)

    def keep(self, path: Path) -> None:
        """Written to `path`, readable by its owner only where the system can."""
        held: dict[str, Any] = {
            "subject": _SUBJECT,
            "format": _FORMAT,
            "warning": "Holds the key that signs for this person: keep it private, on this laptop only.",
            "person": self.person,
            "name": self.name,
            "device": self.device,
            "private": self._key.private_bytes_raw().hex(),
        }
        if self.former:
            held["former"] = list(self.former)
            held["words"] = list(self._all_words())
        held["check"] = _check(held)
        write_aside(path, (json.dumps(held, indent=1, ensure_ascii=False) + "\n").encode(), private=True)

    @classmethod
    def _read(cls, path: Path) -> Self | None:
        try:
            with path.open("rb") as file:
                content = file.read(_LONGEST)
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise refusal_for(fault, f"“{path}”, which keeps who you are, could not be read") from fault
        try:
            held = json.loads(content.decode())
            if held["subject"] == _SUBJECT and held["format"] > _FORMAT:
                raise IdentityDamaged(path, "was written by a newer QSIN Desktop")
            return cls._checked(held)
        except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
            raise IdentityDamaged(path, "is damaged or cut short") from None

    @classmethod
    def _checked(cls, held: dict[str, Any]) -> Self:
        if held["subject"] != _SUBJECT or held.pop("check") != _check(held):
            raise ValueError
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(held["private"]))
        identity = cls._of(key, str(held["person"]), str(held["name"]))
        if identity.device != held["device"]:
            raise ValueError
        return replace(
            identity,
            former=tuple(str(device) for device in held.get("former", ())),
            words=tuple(str(word) for word in held.get("words", ())),
        )


def sweep_home(home: Path) -> None:
    """Remove what a crash left half written there an hour ago or more; other windows may be at work."""
    for place in (home, home / REACHED_FOLDER):
        sweep_own(place, after=_LEFT_SECONDS)


def checked_name(name: str | None) -> str:
    """A person's name as it is kept: NFC, single spaces. Raises `NameNeeded`."""
    if name is None:
        raise NameNeeded
    words = " ".join(unicodedata.normalize("NFC", name).split())
    if not words:
        raise NameNeeded("is empty; write it")
    if len(words) > NAME_MOST:
        raise NameNeeded(
            f"has {len(words)} characters and at most {NAME_MOST} can be kept; give a shorter form"
        )
    if any(unicodedata.category(sign).startswith("C") for sign in words if sign not in JOINERS):
        raise NameNeeded("has a sign in it that cannot be shown; write it without")
    return words


def _check(held: dict[str, Any]) -> str:
    """Tells damage; it guards against no intent."""
    return hashlib.sha256(json.dumps(held, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
