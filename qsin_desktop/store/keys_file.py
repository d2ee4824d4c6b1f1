"""keys.json: the slots that wrap a visit's data key, read with every doubt and written whole."""

from __future__ import annotations

import base64
import binascii
import errno
import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.store.durable import write_aside
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.names import visit_title
from qsin_desktop.store.renamed import renamed_copies

KEYS_NAME: Final = "keys.json"
KEYS_FORMAT: Final = 1

_SUBJECT: Final = "QSIN visit keys"
_LONGEST: Final = 64 * 1024
_MOST_SLOTS: Final = 32


class KeysDamaged(Damage):
    """keys.json is missing, cut short or changed; without it nothing in the visit can be read."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"The visit “{visit_title(path.parent)}” cannot be opened because its file {KEYS_NAME} {what}; "
            f"nothing was changed. {_remedy(path)}"
        )


def _remedy(path: Path) -> str:
    if renamed := renamed_copies(path):
        return (
            f"“{renamed[0].name}” lies in its place, as a synchronising program leaves it; “Repair” puts the "
            "keys back. Keep such a program away from the folder while you work in it."
        )
    if os.access(path.parent / "backups" / KEYS_NAME, os.R_OK):
        return "“Repair” puts back the copy from its folder “backups”."
    return (
        f"Put a copy of {KEYS_NAME} into its folder, from a copy of the visit or a second place for backups."
    )


class KeysNewer(Refusal):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The visit “{visit_title(path.parent)}” was made by a newer QSIN Desktop; update this one "
            "to open it. Nothing was changed."
        )


class SlotKind(StrEnum):
    PASSPHRASE = "passphrase"  # noqa: S105  # a kind, not a secret
    KEYRING = "keyring"
    KEY_FILE = "key_file"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class KdfCost:
    """What argon2id spends on one try of a passphrase. About a second with the default."""

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 2

    @property
    def sane(self) -> bool:
        """Within what this program may ever be asked to spend by a file."""
        return (
            1 <= self.lanes <= 16 and 1 <= self.passes <= 20 and 8 * self.lanes <= self.memory_kib <= 2 << 20
        )


@dataclass(frozen=True)
class Slot:
    """One way to the data key. `public` is the recovery key it is sealed for; a passphrase has a `cost`."""

    id: str
    kind: SlotKind
    wrapped: bytes = field(repr=False)
    salt: bytes = field(default=b"", repr=False)
    public: bytes = b""
    cost: KdfCost | None = None


@dataclass(frozen=True)
class KeysFile:
    """`key_id` is derived from the data key, so that what a slot gives can be checked against it."""

    key_id: str
    slots: tuple[Slot, ...]

    def of(self, kind: SlotKind) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind is kind)


def read_keys(path: Path) -> KeysFile:
    """Raises `KeysDamaged`, `KeysNewer` or a disk's refusal; never returns something doubtful."""
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind):  # a pipe would be waited for
            raise KeysDamaged(path, "is a folder" if stat.S_ISDIR(kind) else "is not a file")
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except FileNotFoundError:
        raise KeysDamaged(path, "is missing") from None
    except OSError as fault:
        if fault.errno == errno.ELOOP:
            raise KeysDamaged(path, "is a link that leads nowhere") from None
        raise refusal_for(
            fault, f"“{path.name}” of the visit “{visit_title(path.parent)}” could not be read"
        ) from fault
    if not content.strip(b"\0 \t\r\n"):
        raise KeysDamaged(path, "is empty")
    return _parsed(path, content)


def write_keys(path: Path, keys: KeysFile) -> None:
    """Replaces keys.json durably, whole or not at all."""
    held = _held(keys)
    held["check"] = _check(held)
    write_aside(path, (json.dumps(held, indent=1) + "\n").encode())


def _parsed(path: Path, content: bytes) -> KeysFile:
    try:
        held = json.loads(content.decode())
        subject, version = held["subject"], held["format"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise KeysDamaged(path, "is damaged or cut short") from None
    if subject != _SUBJECT or type(version) is not int:
        raise KeysDamaged(path, "is not one of a visit")
    if version > KEYS_FORMAT:
        raise KeysNewer(path)
    try:
        return _checked(held)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, OverflowError):
        raise KeysDamaged(path, "is damaged") from None


def _checked(held: dict[str, Any]) -> KeysFile:
    if held.pop("check") != _check(held):
        raise ValueError
    slots = tuple(_slot_from(each) for each in held["slots"])
    key_id = held["key"]
    if not slots or len(slots) > _MOST_SLOTS or not isinstance(key_id, str):
        raise ValueError
    if not all(name.isascii() for name in (key_id, *(slot.id for slot in slots))):
        raise ValueError  # half a letter in one could not even be hashed
    return KeysFile(key_id=key_id, slots=slots)


def _slot_from(given: dict[str, Any]) -> Slot:
    return Slot(
        id=str(given["id"]),
        kind=SlotKind(given["kind"]),
        wrapped=_bytes_from(given["wrapped"]),
        salt=_bytes_from(given.get("salt", "")),
        public=_bytes_from(given.get("public", "")),
        cost=_cost_from(given["argon2id"]) if "argon2id" in given else None,
    )


def _cost_from(given: dict[str, Any]) -> KdfCost:
    cost = KdfCost(int(given["memory_kib"]), int(given["passes"]), int(given["lanes"]))
    if not cost.sane:
        raise ValueError
    return cost


def _held(keys: KeysFile) -> dict[str, Any]:
    slots = [_slot_held(slot) for slot in keys.slots]
    return {"subject": _SUBJECT, "format": KEYS_FORMAT, "key": keys.key_id, "slots": slots}


def _slot_held(slot: Slot) -> dict[str, Any]:
    held: dict[str, Any] = {"id": slot.id, "kind": slot.kind.value, "wrapped": _text(slot.wrapped)}
    if slot.salt:
        held["salt"] = _text(slot.salt)
    if slot.public:
        held["public"] = _text(slot.public)
    if slot.cost is not None:
        held["argon2id"] = {
            "memory_kib": slot.cost.memory_kib,
            "passes": slot.cost.passes,
            "lanes": slot.cost.lanes,
        }
    return held


def _check(held: dict[str, Any]) -> str:
    """Tells damage from a wrong passphrase; the slots guard themselves against intent."""
    return hashlib.sha256(json.dumps(held, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes_from(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as fault:
        raise ValueError from fault
