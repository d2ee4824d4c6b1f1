"""The one place that uses a network, and only when somebody asked for a timestamp."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import Request, urlopen

SECONDS = 20  # for an answer
_QUERY = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def is_web_address(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def fetched(url: str, most: int, *, request: bytes | None = None) -> bytes:
    """At most `most` bytes from a web address. `request` is a timestamp query, sent by POST.

    Raises `OSError` or `HTTPException`, and `ValueError` for an answer that goes on beyond that.
    """
    asked = Request(url, data=request, headers=_QUERY if request is not None else {})  # noqa: S310  # checked
    with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310  # `is_web_address` was asked
        content: bytes = answer.read(most + 1)
    if len(content) > most:
        raise ValueError(url)
    return content
