"""Kinds of note as they are shown, and the line beneath a note: who was heard, where, who wrote it."""

from __future__ import annotations

from qsin_desktop.domain.evidence import Note, NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.visits import NETWORK
from qsin_desktop.ui.panels.rating_words import moment
from qsin_desktop.ui.words import joined

ICONS = {
    NoteKind.DOCUMENT: "document",
    NoteKind.INTERVIEW: "interview",
    NoteKind.OBSERVATION: "observation",
    NoteKind.SAMPLE: "sample",
}
COMMANDS_OF = {kind: f"walk.note_{kind.value}" for kind in NoteKind}
PROMPTS = {
    NoteKind.DOCUMENT: "What the document says, and where in it",
    NoteKind.INTERVIEW: "What was said",
    NoteKind.OBSERVATION: "What you saw",
    NoteKind.SAMPLE: "What the records showed, and how many of how many",
}
HEARD = {
    NoteKind.DOCUMENT: "Who showed it",
    NoteKind.INTERVIEW: "Who said it",
    NoteKind.OBSERVATION: "Who showed it",
    NoteKind.SAMPLE: "Who showed the records",
}


def beneath(record: VisitRecord, note: Note, spot: RatingKey, me: str) -> str:
    """“PACS lead, Royal Wessex · Ada Assessor, 24 Nov 10:31”; a place only where it is not the one shown."""
    heard = ", ".join(part for part in (note.heard, note.role) if part)
    author = "You" if note.by == me else record.person_name(note.by)
    return joined(
        heard,
        note.when,
        place_of(record, note, spot),
        f"{author}, {moment(note.at)}",
        "" if note.shown else "left out of the report",
    )


def place_of(record: VisitRecord, note: Note, spot: RatingKey) -> str:
    """Where and at which stage it was written, as far as that differs from the spot."""
    stage = "" if note.stage == spot.stage else note.stage.label
    return joined(
        "" if note.site == spot.site and note.site == NETWORK else record.site_name(note.site), stage
    )


def is_here(note: Note, spot: RatingKey) -> bool:
    return (note.stage, note.site) == (spot.stage, spot.site)
