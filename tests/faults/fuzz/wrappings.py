"""How a foreign file is taken apart and put together again, so that a change inside passes its checks."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

Parts = list[bytes]


@dataclass(frozen=True)
class Wrapping:
    """`apart` may answer no parts: then the bytes are changed as they are."""

    apart: Callable[[bytes], Parts]
    together: Callable[[bytes, Parts], bytes]


def _members(whole: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > 1 << 22:
                return []
            return [archive.read(info) for info in infos]
    except Exception:  # noqa: BLE001  # what chance made of it is no archive any more
        return []


def _zipped(compression: int, ending: Callable[[bytes], bytes]) -> Callable[[bytes, Parts], bytes]:
    def together(whole: bytes, parts: Parts) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", compression) as new:
            for info, part in zip(old.infolist(), parts, strict=True):
                new.writestr(zipfile.ZipInfo(info.filename, info.date_time), part, compression)
            new.comment = old.comment
        return ending(out.getvalue())

    return together


def _with_bundle_hash(content: bytes) -> bytes:
    if not content[:-64].endswith(b"qsin-bundle-1 "):
        return content
    return content[:-64] + hashlib.sha256(content[:-64]).hexdigest().encode()


def _inflated(whole: bytes) -> Parts:
    try:
        return [zlib.decompressobj().decompress(whole, 1 << 20)]
    except zlib.error:
        return []


def _checked_json(whole: bytes) -> Parts:
    """Keys and identity carry a hash of what they hold, which somebody with intent can make again."""
    try:
        held = json.loads(whole)
        if not isinstance(held, dict):
            return []
        held.pop("check", None)
        return [json.dumps(held).encode()]
    except (ValueError, RecursionError):
        return []


def _with_check(whole: bytes, parts: Parts) -> bytes:
    try:
        held = json.loads(parts[0])
        text = json.dumps(held, sort_keys=True, separators=(",", ":"))
        held["check"] = hashlib.sha256(text.encode()).hexdigest()
        return json.dumps(held).encode()
    except (ValueError, TypeError, RecursionError):
        return parts[0]


PLAIN = Wrapping(lambda _whole: [], lambda whole, _parts: whole)
WORKBOOK = Wrapping(_members, _zipped(zipfile.ZIP_DEFLATED, lambda content: content))
BUNDLE = Wrapping(_members, _zipped(zipfile.ZIP_STORED, _with_bundle_hash))
DEFLATED = Wrapping(_inflated, lambda _whole, parts: zlib.compress(parts[0], 1))
CHECKED = Wrapping(_checked_json, _with_check)
