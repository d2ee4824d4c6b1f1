"""The names of files on a place: strict, lower-case, short enough for any stick; all others are ignored.

    qsin-<visit 16>/format.json
    qsin-<visit 16>/<group 8>/log/<device 16>/<from 9>-<to 9>-<mark 12>.z
    qsin-<visit 16>/<group 8>/piece/<ab>/<name 64>

The group says for which laptops the files in it are encrypted. The mark is the beginning of the chain hash
of the last entry, so a name alone tells whether its entries are known.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FORMAT: Final = 1
FORMAT_NAME: Final = "format.json"
MARK: Final = 12

_GROUP: Final = re.compile(r"[0-9a-f]{8}")
_DEVICE: Final = re.compile(r"[0-9a-f]{16}")
_LOG: Final = re.compile(r"([0-9]{9})-([0-9]{9})-([0-9a-f]{12})\.z")
_PIECE: Final = re.compile(r"([0-9a-f]{8})/piece/([0-9a-f]{2})/([0-9a-f]{64})")
_LOG_PATH: Final = re.compile(r"([0-9a-f]{8})/log/([0-9a-f]{16})/([^/]+)")


@dataclass(frozen=True, order=True)
class LogFile:
    """Entries `first` to `last` of one laptop; `device` and `mark` are the beginnings of longer hashes."""

    group: str
    device: str
    first: int
    last: int
    mark: str

    @property
    def path(self) -> str:
        return f"{self.group}/log/{self.device}/{self.first:09d}-{self.last:09d}-{self.mark}.z"


def root_name(visit: str) -> str:
    return f"qsin-{visit[:16]}"


def group_of(devices: Iterable[str]) -> str:
    """Names the set of laptops that files are encrypted for."""
    joined = "\n".join(sorted(set(devices)))
    return hashlib.sha256(b"qsin-group-v1\0" + joined.encode()).hexdigest()[:8]


def short(device: str) -> str:
    return device[:16]


def is_group(name: str) -> bool:
    return _GROUP.fullmatch(name) is not None


def is_device(name: str) -> bool:
    return _DEVICE.fullmatch(name) is not None


def log_file(group: str, device: str, name: str) -> LogFile | None:
    """The meaning of a file's name, or None when it is not exactly one of ours."""
    found = _LOG.fullmatch(name)
    if not found or not is_group(group) or not is_device(device):
        return None
    first, last = int(found[1]), int(found[2])
    return LogFile(group, device, first, last, found[3]) if 1 <= first <= last else None


def log_file_at(path: str) -> LogFile | None:
    found = _LOG_PATH.fullmatch(path)
    return log_file(found[1], found[2], found[3]) if found else None


def piece_path(group: str, name: str) -> str:
    return f"{group}/piece/{name[:2]}/{name}"


def is_piece_path(path: str) -> bool:
    found = _PIECE.fullmatch(path)
    return found is not None and found[3].startswith(found[2])


def piece_name(place_key: bytes, sha256: str) -> str:
    """What a piece is called on a place: only who has the journal can tell which exhibit it is."""
    return hmac.digest(place_key, bytes.fromhex(sha256), "sha256").hex()


def place_key(founding_salt: str) -> bytes:
    return hashlib.sha256(b"qsin-place-v1\0" + founding_salt.encode()).digest()
