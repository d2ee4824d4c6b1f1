"""Changes to foreign bytes as disks, mail gateways and people make them: flipped, cut, doubled, swapped."""

from __future__ import annotations

import random

from tests.faults.fuzz.wrappings import Wrapping

_ODD = (
    *(b"", b"\0", b"\xff" * 8, b"-1", b"99999999999999999999", b"1e999", b"NaN", b"null", b"[]", b"{}"),
    *(b"'", b'"', b"\xed\xa0\x80", "\u202e".encode(), "\ufeff".encode(), b"..", b"/", b"&amp;", b"<!--"),
    *(b"%s", b"\\u0000"),
)


def changed(whole: bytes, wrapping: Wrapping, draw: random.Random) -> bytes:
    """Some edits inside, checks made right again; now and then the outside itself."""
    parts = wrapping.apart(whole) if draw.random() < 0.85 else []
    if not parts:
        return edited(whole, draw)
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        at = draw.randrange(len(parts))
        parts[at] = edited(parts[at], draw)
    try:
        return wrapping.together(whole, parts)
    except ValueError:
        return whole


def edited(content: bytes, draw: random.Random) -> bytes:
    out = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 3, 8))):
        _edit(out, draw)
    return bytes(out)


def _edit(out: bytearray, draw: random.Random) -> None:
    at = draw.randrange(len(out) + 1)
    end = min(len(out), at + draw.choice((1, 1, 2, 4, 16, 64, 400)))
    match draw.randrange(8):
        case 0 if out:
            out[min(at, len(out) - 1)] ^= 1 << draw.randrange(8)
        case 1:
            del out[at:end]
        case 2:
            out[at:at] = draw.choice(_ODD)
        case 3:
            out[at:end] = draw.choice(_ODD)
        case 4:
            out[at:at] = out[at:end] * draw.choice((1, 2, 30))
        case 5:
            to = draw.randrange(len(out) + 1)
            out[to:to] = out[at:end]
        case 6:
            out[at:end] = bytes(draw.randrange(256) for _ in range(end - at))
        case _ if draw.random() < 0.2:
            del out[at:]
        case _:
            _other_number(out, at, draw)


def _other_number(out: bytearray, at: int, draw: random.Random) -> None:
    """The next digits become another number."""
    while at < len(out) and not chr(out[at]).isdigit():
        at += 1
    end = at
    while end < len(out) and chr(out[end]).isdigit():
        end += 1
    if end > at:
        out[at:end] = str(draw.choice((0, 1, -1, 7, 2**31, 2**53, 2**63, 10**30))).encode()
