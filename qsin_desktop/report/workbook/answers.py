"""The network's answers as a later round shows them: filled in, and beside them what the assessors say."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date

from qsin_desktop.domain.responses import Decision, FindingResponse, Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.workbook.grid import Value
from qsin_desktop.report.workbook.texts import held

DECIDED: dict[str, float] = {  # title and width of the columns that say what the assessors decided
    "Assessors’ answer": 18.0,
    "Assessors’ words": 34.0,
    "Decision on accuracy": 18.0,
    "Reason for it": 30.0,
    "New in the last return": 22.0,
}

_KEPT = {"\n", "\t"}


def decided_titles(snapshot: VisitSnapshot) -> list[str]:
    """The columns are there once anything was answered or decided."""
    return list(DECIDED) if snapshot.responses else []


def decided_values(snapshot: VisitSnapshot, response: FindingResponse) -> list[str]:
    """Under `DECIDED`, in its order."""
    new = ", ".join(column.heading for column in response.new_in(snapshot.last_return))
    return [
        *_said(response.decision),
        *_said(response.accuracy),
        f"{snapshot.last_return}: {new}" if new else "",
    ]


def _said(decision: Decision | None) -> tuple[str, str]:
    if decision is None:
        return "", ""
    since = "" if decision.current else "; answered anew since"
    return f"{decision.label}{since}", decision.words


def filled_in(response: FindingResponse, column: Response) -> Value:
    """What stands for a response column; a day is a real one."""
    text = response.texts.get(column)
    if text is None or not column.is_date:
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def sent_marks(response: FindingResponse) -> str:
    """What is filled in, each text by a short hash, so that a returned cell nobody touched is known again."""
    marks = {column.value: mark(held(text)) for column, text in response.texts.items()}
    return json.dumps(marks, separators=(",", ":")) if marks else ""


def mark(text: str) -> str:
    return hashlib.sha256(cleaned(text).encode()).hexdigest()[:12]


def read_marks(text: str) -> dict[str, str]:
    """Column key → mark; nothing where the cell holds anything else."""
    try:
        marks = json.loads(text)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in marks.items()} if isinstance(marks, dict) else {}


def cleaned(text: str) -> str:
    """A text as it is recorded: composed letters, plain line ends, no other control characters, trimmed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.isprintable():  # most texts are, and have nothing to lose
        text = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs"))
    return text.strip()
