"""Notes of what was read before the visit, beside those that stand in the other chapters.

A few of the notes that the pack expects are left out on purpose: the report shows them as missing.
"""

from __future__ import annotations

from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.visits import Stage
from qsin_desktop.example.steps import NoteStep, Step, Who, on

_READ: tuple[tuple[Who, int, str, str, str], ...] = (
    (
        "lay",
        9,
        "10:37",
        "IN-101.b",
        (
            "Section 4: 1,240 replies in October, from 88 at Ridge to 212 at Royal Wessex. Twelve "
            "questions, the same everywhere. The panel reads them before the board does."
        ),
    ),
    (
        "lay",
        9,
        "10:39",
        "IN-101.c",
        (
            "Action 3, letters and maps, done in July with the panel. Action 4, evening appointments, "
            "running at two sites since September; a panel member is on the project."
        ),
    ),
    (
        "lead",
        9,
        "14:57",
        "IN-201.a",
        (
            "Structure chart of April 2026: board, four groups, nine site leads. Terms of reference "
            "for each, reviewed this year. Eight of eight roles present or excused on 3 November."
        ),
    ),
    (
        "lead",
        9,
        "15:04",
        "IN-203.b",
        "Minutes of 3 November, item 5: 37 moves in the last quarter, 41 of 68 agreements signed.",
    ),
    (
        "peer",
        10,
        "09:46",
        "IN-301.a",
        (
            "Plan of systems to 2028: PACS shared since 2024, two RIS products until then, one broker "
            "between them. List of systems by site dated 30 September."
        ),
    ),
    (
        "peer",
        17,
        "11:02",
        "IN-301.d",
        (
            "Register: date of installation and “Medical physics” as the accepting party for 117 of "
            "120 items. Blank for EQ-073, EQ-098 and EQ-104."
        ),
    ),
    (
        "peer",
        17,
        "11:04",
        "IN-301.e",
        (
            "Register: EQ-071, EQ-076, EQ-084, EQ-088, EQ-090, EQ-093 and EQ-113 past their date. "
            "Same interval of a year for all kinds of equipment."
        ),
    ),
)


def steps() -> tuple[Step, ...]:
    return tuple(
        NoteStep(
            by=by,
            minutes=on(day, clock),
            criterion=criterion,
            kind=NoteKind.DOCUMENT,
            text=text,
            when=f"{day} November",
            stage=Stage.DOCUMENTS,
        )
        for by, day, clock, criterion, text in _READ
    )
