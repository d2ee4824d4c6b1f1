"""The item roles that `TreeDelegate` reads; a model answers what applies and None for the rest.

| role       | type                       | for                                                          |
|------------|----------------------------|--------------------------------------------------------------|
| KIND       | Row                        | SERIES, STANDARD or CRITERION: which way the row is painted   |
| CODE       | str                        | "100", "IN-301", "a"                                          |
| TITLE      | str                        | elided                                                        |
| SIGN       | domain.standards.Sign      | of the rating; RING for not rated; None for a series          |
| TONE       | domain.standards.Tone      | of the rating                                                 |
| COUNTER    | str                        | at the right of a series or standard: "5 of 14"               |
| FLAGGED    | bool                       | the flag                                                      |
| EXHIBITS   | int                        | number of exhibits                                            |
| MISSING    | int                        | number of missing parts                                       |
| CONFLICT   | bool                       | people disagree here                                          |
| UNCONFIRMED| bool                       | the code is unconfirmed: a small “?” after it                 |
Answer `Qt.AccessibleTextRole` too: `spoken(...)` words it.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt

_FIRST = int(Qt.ItemDataRole.UserRole) + 20

KIND = _FIRST
CODE = _FIRST + 1
TITLE = _FIRST + 2
SIGN = _FIRST + 3
TONE = _FIRST + 4
COUNTER = _FIRST + 5
FLAGGED = _FIRST + 6
EXHIBITS = _FIRST + 7
MISSING = _FIRST + 8
CONFLICT = _FIRST + 9
UNCONFIRMED = _FIRST + 10


class Row(Enum):
    SERIES = "series"
    STANDARD = "standard"
    CRITERION = "criterion"


def spoken(
    code: str,
    title: str,
    *,
    rating: str = "",
    counter: str = "",
    flagged: bool = False,
    exhibits: int = 0,
    missing: int = 0,
    conflict: bool = False,
) -> str:
    """What a screen reader says of a row, all that its signs show."""
    parts = [f"{code} {title}".strip(), rating, counter]
    parts += ["flagged"] if flagged else []
    parts += ["disagreement"] if conflict else []
    parts += [f"{missing} missing"] if missing else []
    parts += [f"{exhibits} exhibit{'' if exhibits == 1 else 's'}"] if exhibits else []
    return ", ".join(part for part in parts if part)
