"""One entry: a signed head and a body apart, kept as the exact bytes first written.

    head   JSON: format, visit, device, seq, prev, n, at, by, act, type, tv, must, entity, field,
           over (entries this one replaces), undo (entry this one takes back), body (SHA-256 of the body)
    body   JSON: salt, value, why. Apart, so that a purge can drop it and the chain still checks
    id     SHA-256 of the head, hex; the signature is Ed25519 over it by the device's key

The device's id is its public key, so a signature needs nothing but the entry.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal import strict_json

FORMAT = 1
MAX_HEAD = 8 * 1024
MAX_BODY = 512 * 1024
MAX_OVER = 64
FIRST = "0" * 64  # `prev` of a device's first entry

_HASH = re.compile("[0-9a-f]{64}")  # lower-case only: one spelling, so that no byte can change unseen
_CONTEXT = b"qsin-journal-v1\0"
_DAMAGED = "An entry of the journal is damaged; the visit was left as it is, and a backup may hold it whole."
_TEXTS = ("visit", "device", "prev", "at", "by", "type", "entity", "field", "body", "undo")
_NUMBERS = ("seq", "n", "tv", "v")
_NAMES = {"must", "over", "act", *_NUMBERS, *_TEXTS}
_texts_of = itemgetter(*_TEXTS)
_numbers_of = itemgetter(*_NUMBERS)


class EntryRefused(Refusal):
    """An entry that is damaged, forged or out of place; it was not taken."""


class Signer(Protocol):
    """A laptop's key. `device` is its public key, 64 hex digits."""

    @property
    def device(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class Act:
    """What a person did in one go; several entries may belong to it. `of` names the act undone or redone."""

    id: str
    name: str
    kind: str = "do"  # do, undo, redo
    of: str = ""

    def as_json(self) -> list[str]:
        return [self.id, self.name, self.kind, self.of]


@dataclass(frozen=True)
class Draft:
    """What is to be written for one field. `over` None means: whatever of it the writer may replace."""

    key: FieldKey
    value: Any = None
    why: str = ""
    over: tuple[str, ...] | None = None
    undo: str = ""


@dataclass(frozen=True)
class Entry:
    """A checked entry. `body` is None once it was purged."""

    id: str
    head: bytes
    sig: bytes
    body: bytes | None
    visit: str
    device: str
    seq: int
    prev: str
    n: int
    at: str
    by: str
    act: Act
    key: FieldKey
    tv: int
    must: bool
    over: tuple[str, ...]
    undo: str
    body_hash: str

    @cached_property
    def _body(self) -> dict[str, Any]:
        """Its form was checked on the way in, so that what cannot be read now is the disk's fault."""
        try:
            read = {} if self.body is None else json.loads(self.body.decode())
        except (ValueError, RecursionError):
            raise EntryRefused(_DAMAGED) from None
        if not isinstance(read, dict):
            raise EntryRefused(_DAMAGED)
        return read

    @property
    def value(self) -> Any:
        return self._body.get("value")

    @property
    def why(self) -> str:
        return str(self._body.get("why", ""))

    @cached_property
    def chain_hash(self) -> str:
        """What the device's next entry names as `prev`; it covers the signature too."""
        return hashlib.sha256(self.head + self.sig).hexdigest()

    def standing(self) -> Standing:
        return Standing(self.id, self.by, self.at, self.n, self.value, self.why)

    def signed_by_device(self) -> bool:
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.device))
            key.verify(self.sig, _CONTEXT + bytes.fromhex(self.id))
        except (InvalidSignature, ValueError):
            return False
        return True


def write_entry(
    draft: Draft,
    *,
    visit: str,
    signer: Signer,
    by: str,
    at: str,
    seq: int,
    prev: str,
    n: int,
    act: Act,
    must: bool,
    salt: Callable[[], str],
) -> Entry:
    """Make and sign the next entry of this device; raises `EntryRefused` when it is too large."""
    body = strict_json.dumps({"salt": salt(), "value": draft.value, "why": draft.why})
    head = strict_json.dumps(
        {
            "v": FORMAT,
            "visit": visit,
            "device": signer.device,
            "seq": seq,
            "prev": prev,
            "n": n,
            "at": at,
            "by": by,
            "act": act.as_json(),
            "type": draft.key.type,
            "tv": 1,
            "must": must,
            "entity": draft.key.entity,
            "field": draft.key.field,
            "over": list(draft.over or ()),
            "undo": draft.undo,
            "body": hashlib.sha256(body).hexdigest(),
        }
    )
    sig = signer.sign(_CONTEXT + hashlib.sha256(head).digest())
    return read_entry(head, sig, body)


def read_entry(head: bytes, sig: bytes, body: bytes | None) -> Entry:
    """Check form, sizes and the body's hash, not the signature or the chain; raises `EntryRefused`."""
    _refuse_no_bytes(head, sig, body)
    given = _read_head(head)
    if len(sig) != 64:
        raise EntryRefused("An entry's signature has the wrong length.")
    read: dict[str, Any] = {}
    if body is not None:
        if len(body) > MAX_BODY:
            raise EntryRefused(f"An entry is larger than {MAX_BODY // 1024} KiB.")
        if hashlib.sha256(body).hexdigest() != given["body"]:
            raise EntryRefused("An entry's text does not match its head.")
        read = _read_body(body)
    entry = _entry(given, head, sig, body)
    entry.__dict__["_body"] = read  # read once; the projection asks for it again
    return entry


def stored_entry(head: bytes, sig: bytes, body: bytes | None) -> Entry:
    """An entry that was checked when it was taken and kept under the visit's key since; quick.

    Raises `EntryRefused` where even so it is none.
    """
    _refuse_no_bytes(head, sig, body)
    try:
        return _entry(json.loads(head.decode()), head, sig, body)
    except (ValueError, KeyError, TypeError):
        raise EntryRefused(_DAMAGED) from None


def _refuse_no_bytes(*parts: object) -> None:
    """A table may have been given a text or a number in their place."""
    if not {*map(type, parts)} <= {bytes, type(None)} or None in parts[:2]:
        raise EntryRefused(_DAMAGED)


def _entry(given: dict[str, Any], head: bytes, sig: bytes, body: bytes | None) -> Entry:
    return Entry(
        id=hashlib.sha256(head).hexdigest(),
        head=head,
        sig=sig,
        body=body,
        visit=given["visit"],
        device=given["device"],
        seq=given["seq"],
        prev=given["prev"],
        n=given["n"],
        at=given["at"],
        by=given["by"],
        act=Act(*given["act"]),
        key=FieldKey(given["type"], given["entity"], given["field"]),
        tv=given["tv"],
        must=given["must"],
        over=tuple(given["over"]),
        undo=given["undo"],
        body_hash=given["body"],
    )


def _read_head(head: bytes) -> dict[str, Any]:
    if len(head) > MAX_HEAD:
        raise EntryRefused(f"An entry's head is larger than {MAX_HEAD // 1024} KiB.")
    try:
        given = strict_json.loads(head)
    except ValueError as fault:
        raise EntryRefused(f"An entry's head cannot be read ({fault}).") from None
    if not isinstance(given, dict) or set(given) != _NAMES:
        raise EntryRefused("An entry's head has other fields than it should.")
    if not _well_formed(given):
        raise EntryRefused("An entry's head has a field of the wrong kind.")
    if given["v"] != FORMAT:
        raise EntryRefused("An entry is of a format that this version does not know.")
    return given


def _well_formed(given: dict[str, Any]) -> bool:
    act, over = given["act"], given["over"]
    return (
        {*map(type, _texts_of(given))} == {str}
        and {*map(type, _numbers_of(given))} == {int}
        and min(_numbers_of(given)) > 0
        and max(_numbers_of(given)) < 2**53
        and isinstance(given["must"], bool)
        and isinstance(act, list)
        and len(act) == 4
        and {*map(type, act)} == {str}
        and isinstance(over, list)
        and len(over) <= MAX_OVER
        and {*map(type, over)} <= {str}
        and all(map(_HASH.fullmatch, (given["device"], given["prev"], given["body"], *over)))
        and (given["undo"] == "" or _HASH.fullmatch(given["undo"]) is not None)
    )


def _read_body(body: bytes) -> dict[str, Any]:
    try:
        given = strict_json.loads(body)
    except ValueError as fault:
        raise EntryRefused(f"An entry's text cannot be read ({fault}).") from None
    if (
        not isinstance(given, dict)
        or set(given) != {"salt", "value", "why"}
        or not isinstance(given["why"], str)
    ):
        raise EntryRefused("An entry's text has other fields than it should.")
    return given
