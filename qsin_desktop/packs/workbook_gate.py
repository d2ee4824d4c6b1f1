"""The gate that a sheet to be imported passes before anything parses it."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.foreign_workbooks import Limits, TurnedAway, check_workbook
from qsin_desktop.packs.text_files import FileRefused, read_bytes

MOST_BYTES = 32 * 1024 * 1024
_LIMITS = Limits(64 * 1024 * 1024, "a standards pack")


def workbook_bytes(path: Path) -> bytes:
    """The bytes of a plain `.xlsx` or `.xlsm` within every limit; raises `FileRefused`."""
    raw = read_bytes(path, MOST_BYTES, "A sheet to be imported has at most 32 MiB")
    try:
        check_workbook(raw, _LIMITS)
    except TurnedAway as turned:
        raise FileRefused(turned.reason) from None
    return raw
