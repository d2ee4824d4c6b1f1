"""What lets a workbook be known again when it comes back: format, property names, column keys, row hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

FORMAT = 1  # raised whenever a reader of older workbooks would misread newer ones

PROPERTY_VISIT = "QSIN visit"
PROPERTY_VERSION = "QSIN version"
PROPERTY_FORMAT = "QSIN workbook format"
PROPERTY_STATE = "QSIN state"

FINDINGS_SHEET = "Findings"
HEADER_ROW = 4  # of every sheet that holds a table
FIRST_ROW = HEADER_ROW + 1
ID_TITLE = "Finding id"
HASH_TITLE = "Row hash"
IDENTITY_SHEET = "qsin"  # hidden; holds the properties again, for programs that drop document properties


class Response(StrEnum):
    """The columns that the assessed network fills in; only these are ever read back."""

    ROOT_CAUSE = "root_cause"
    EXTENT = "extent"
    CORRECTION = "correction"
    CORRECTIVE_ACTION = "corrective_action"
    OWNER = "owner"
    PLANNED = "planned_date"
    DONE = "done_date"
    EVIDENCE = "evidence_reference"
    ACCURACY = "factual_accuracy"

    @property
    def heading(self) -> str:
        return {
            Response.PLANNED: "Planned date",
            Response.DONE: "Done date",
            Response.ACCURACY: "Comment on factual accuracy",
        }.get(self, self.value.replace("_", " ").capitalize())

    @property
    def is_date(self) -> bool:
        return self in (Response.PLANNED, Response.DONE)


def row_hash(visit: str, finding: str, shown: Iterable[str | float | date | None]) -> str:
    """SHA-256, hex, over a row's locked cells as they are read from the file; days as ISO days.

    It tells a row that was altered outside the response columns, and a row of an earlier round.
    """
    words = [value.isoformat() if isinstance(value, date) else str(value or "") for value in shown]
    exact = json.dumps([visit, finding, words], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(exact.encode()).hexdigest()
