"""The one place that uses a network, and only when somebody asked for a timestamp."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

ASKER = "asks a timestamp authority"  # the name of its thread
SECONDS = 20.0  # for an answer, the whole of it
_LOOK_AGAIN = 0.1  # seconds between two looks whether somebody cancelled
_QUERY = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}

Cancelled = Callable[[], bool]


class Stopped(OSError):
    """Nobody waits for the answer any more."""


def is_web_address(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def host_of(url: str) -> str:
    return urlsplit(url).hostname or url


def fetched(
    url: str, most: int, *, request: bytes | None = None, cancelled: Cancelled | None = None
) -> bytes:
    """At most `most` bytes from a web address. `request` is a timestamp query, sent by POST.

    Raises `OSError` (`Stopped` once `cancelled`, `TimeoutError` for an answer that takes too long) or
    `HTTPException`, and `ValueError` for an answer that goes on beyond that.
    """
    got: list[bytes] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            got.append(_answer(url, most, request))
        except Exception as fault:  # noqa: BLE001  # raised where it is waited for
            faults.append(fault)

    # A system may look a name up for a minute and cannot be told to stop: it is left to end by itself.
    asker = threading.Thread(target=ask, name=ASKER, daemon=True)
    asker.start()
    until = time.monotonic() + SECONDS
    while asker.is_alive():
        asker.join(_LOOK_AGAIN)
        if cancelled is not None and cancelled():
            raise Stopped
        if time.monotonic() > until:
            raise TimeoutError
    if faults:
        raise faults[0]
    if len(got[0]) > most:
        raise ValueError(url)
    return got[0]


def _answer(url: str, most: int, request: bytes | None) -> bytes:
    asked = Request(url, data=request, headers=_QUERY if request is not None else {})  # noqa: S310  # checked
    try:
        with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310  # `is_web_address` was asked
            content: bytes = answer.read(most + 1)
    except HTTPError as fault:
        fault.close()  # it holds what the authority said besides its number
        raise
    return content
