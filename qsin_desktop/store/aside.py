"""What was refused and may still be needed: kept in the visit folder under the visit's key, never trusted."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.durable import make_folder, write_aside
from qsin_desktop.store.faults import refusal_for
from qsin_desktop.store.folder import VisitFolder

ASIDE_NAME: Final = "aside"
FORKED: Final = "forked"
REFUSED: Final = "refused"
SALVAGED: Final = "salvaged"

_NAME: Final = re.compile(r"[0-9a-f]{32}")
_NONCE: Final = 12
# A hostile stick must not fill the disk. A second story under one key, and what a repair found behind
# a gap, is somebody's work and has more room.
_MOST: Final = 500
_MOST_BYTES: Final = {FORKED: 256 << 20, REFUSED: 64 << 20, SALVAGED: 256 << 20}


@dataclass(frozen=True)
class Kept:
    """Entries that did not fit: whose, which, and why. `kind` is `forked`, `refused` or `salvaged`."""

    kind: str
    device: str
    first: int
    last: int
    mark: str
    why: str


class Aside:
    """The folder `aside` of one visit."""

    def __init__(self, folder: VisitFolder, data_key: DataKey) -> None:
        self._path = folder.path / ASIDE_NAME
        self._title = folder.title
        self._key = data_key.derived("aside")

    def has(self, kept: Kept) -> bool:
        return (self._path / self._name(kept)).is_file()

    def keep(self, kept: Kept, content: bytes) -> bool:
        """Durably; False when it is there already or the folder has its fill."""
        path = self._path / self._name(kept)
        if path.is_file() or self._has_its_fill(kept.kind, len(content)):
            return False
        head = json.dumps(asdict(kept)).encode()
        nonce = os.urandom(_NONCE)
        plain = len(head).to_bytes(4, "big") + head + content
        try:
            make_folder(self._path)
        except OSError as fault:
            raise refusal_for(fault, f"“{self._title}” could not be written") from fault
        write_aside(path, nonce + AESGCM(self._key).encrypt(nonce, plain, path.name.encode()))
        return True

    def remove(self, kept: Kept) -> None:
        """For good; where it is not there any more nothing happens."""
        try:
            (self._path / self._name(kept)).unlink(missing_ok=True)
        except OSError as fault:
            raise refusal_for(fault, f"“{self._title}” could not be written") from fault

    def all(self) -> Iterator[tuple[Kept, bytes]]:
        """Those that can be read; damaged ones are passed over."""
        for name in self._files():
            with suppress(OSError, InvalidTag, ValueError, TypeError):
                content = (self._path / name).read_bytes()
                plain = AESGCM(self._key).decrypt(content[:_NONCE], content[_NONCE:], name.encode())
                length = int.from_bytes(plain[:4], "big")
                yield Kept(**json.loads(plain[4 : 4 + length])), plain[4 + length :]

    def _has_its_fill(self, kind: str, more: int) -> bool:
        sizes = [(self._path / name).stat().st_size for name in self._files()]
        return len(sizes) >= _MOST or sum(sizes) + more > _MOST_BYTES[kind]

    def _files(self) -> Iterator[str]:
        with suppress(OSError):
            yield from sorted(path.name for path in self._path.iterdir() if _NAME.fullmatch(path.name))

    def _name(self, kept: Kept) -> str:
        told = f"{kept.kind} {kept.device} {kept.first} {kept.last} {kept.mark}"
        return hashlib.blake2b(told.encode(), digest_size=16, key=self._key).hexdigest()
