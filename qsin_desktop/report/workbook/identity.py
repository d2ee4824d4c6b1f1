"""What lets a workbook be known again when it comes back: format, property names, column keys, row hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from qsin_desktop.domain.responses import Response

__all__ = ["Response", "row_hash"]

FORMAT = 1  # raised whenever a reader of older workbooks would misread newer ones

PROPERTY_VISIT = "QSIN visit"
PROPERTY_VERSION = "QSIN version"
PROPERTY_ROUND = "QSIN round"
PROPERTY_FORMAT = "QSIN workbook format"
PROPERTY_STATE = "QSIN state"

FINDINGS_SHEET = "Findings"
HEADER_ROW = 4  # of every sheet that holds a table
FIRST_ROW = HEADER_ROW + 1
ID_TITLE = "Finding id"
HASH_TITLE = "Row hash"
SENT_TITLE = "Answers as sent"
IDENTITY_SHEET = "qsin"  # hidden; holds the properties again, for programs that drop document properties


def row_hash(visit: str, finding: str, shown: Iterable[str | float | date | None]) -> str:
    """SHA-256, hex, over a row's locked cells as they are read from the file; days as ISO days.

    It tells a row that was altered outside the response columns, and a row of an earlier round.
    """
    words = [value.isoformat() if isinstance(value, date) else str(value or "") for value in shown]
    exact = json.dumps([visit, finding, words], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(exact.encode()).hexdigest()
