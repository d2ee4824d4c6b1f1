"""Pieces of exhibits to be stored, for tests."""

from __future__ import annotations

import io
import random

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.pieces import (
    Pieces,
    StoredFile,
)

KEY = DataKey(b"k" * 32)


def noise(size: int, seed: int = 0) -> bytes:
    return random.Random(seed).randbytes(size)


def stored(pieces: Pieces, content: bytes) -> StoredFile:
    return pieces.store(io.BytesIO(content))
