"""Where pieces lie: exhibits/ab/<64 hex>, named by a keyed hash of their plain SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Final

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.piece_format import PieceUnsound, unsealed

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def is_piece_name(name: str) -> bool:
    """Whether a file of this name can be a piece; anything else in the folder is left alone."""
    return _SHA256.fullmatch(name) is not None


class PieceState(StrEnum):
    HERE = "here"
    DAMAGED = "damaged"
    MISSING = "missing"


class PiecePlaces:
    """The folder of pieces under one data key. Reads nothing but what it is asked for."""

    def __init__(self, exhibits: Path, data_key: DataKey) -> None:
        self.exhibits = exhibits
        self.key_of: Callable[[str], bytes] = data_key.piece_key
        self._name_key = data_key.piece_name_key

    def path_of(self, sha256: str) -> Path:
        """Raises `ValueError` when it is no SHA-256 in lower-case hex."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        name = hmac.digest(self._name_key, bytes.fromhex(sha256), "sha256").hex()
        return self.exhibits / name[:2] / name

    def paths_of(self, sha256s: Iterable[str]) -> set[Path]:
        """Like `path_of` for many; what is no SHA-256 has no place and is passed over."""
        return {self.path_of(sha256) for sha256 in sha256s if _SHA256.fullmatch(sha256)}

    def state(self, sha256: str) -> PieceState:
        """Reads and proves the whole piece; memory stays within a chunk."""
        try:
            return PieceState.HERE if self._sound(sha256) else PieceState.DAMAGED
        except (FileNotFoundError, NotADirectoryError):
            return PieceState.MISSING
        except (PieceUnsound, OSError):  # a disk that cannot read it any more has damaged it
            return PieceState.DAMAGED
        except ValueError:
            return PieceState.MISSING

    def is_in(self, path: Path, sha256: str) -> bool:
        """Whether a file, whatever its name, holds this very piece whole."""
        try:
            return self._sound(sha256, path)
        except (PieceUnsound, OSError, ValueError):
            return False

    def _sound(self, sha256: str, path: Path | None = None) -> bool:
        plain = hashlib.sha256()
        for chunk in unsealed(path or self.path_of(sha256), self.key_of(sha256)):
            plain.update(chunk)
        return plain.hexdigest() == sha256
