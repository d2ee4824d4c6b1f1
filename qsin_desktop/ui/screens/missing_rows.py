"""The closing gate in groups that open: what blocks a seal first, then what a lead may pass with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsin_desktop.domain.closing import ClosingPoint, PointKind
from qsin_desktop.domain.progress import Gap, MissingPart
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.places import Place, place_of_missing, place_of_point
from qsin_desktop.ui.words import count

NOTE = "note"  # would help, and holds up nothing


@dataclass(frozen=True)
class RowKind:
    words: str
    icon: str
    tone: Tone


KINDS: dict[str, RowKind] = {
    PointKind.DISAGREEMENT: RowKind("Disagreements", "disagreement", Tone.NOT_MET),
    PointKind.FORK: RowKind("Two laptops under one key", "warning", Tone.NOT_MET),
    PointKind.NEWER: RowKind("A newer program is needed", "warning", Tone.NOT_MET),
    PointKind.RATING: RowKind("Ratings missing", "question", Tone.PARTLY),
    PointKind.REASON: RowKind("Reasons missing", "pencil", Tone.PARTLY),
    PointKind.EVIDENCE: RowKind("Findings without an exhibit", "image", Tone.PARTLY),
    PointKind.TEXT: RowKind("Findings not fully written", "findings", Tone.PARTLY),
    PointKind.CONCLUSION: RowKind("The recommendation", "report", Tone.PARTLY),
    PointKind.NOT_IN: RowKind("Colleagues still out", "team", Tone.PARTLY),
    PointKind.EXHIBITS: RowKind("Exhibits still out", "download", Tone.PARTLY),
    PointKind.WAITING: RowKind("Laptops not confirmed", "laptop", Tone.PARTLY),
    NOTE: RowKind("Notes that would help", "note", Tone.NOT_APPLICABLE),
}


@dataclass(frozen=True)
class MissingRow:
    """A group (`kind` with `items`), or an item that leads to a place."""

    kind: str
    words: str
    detail: str = ""
    place: Place | None = None

    @property
    def is_group(self) -> bool:
        return self.place is None


@dataclass(frozen=True)
class Group:
    head: MissingRow
    items: tuple[MissingRow, ...]


def groups_of(
    record: VisitRecord, points: Sequence[ClosingPoint], missing: Sequence[MissingPart] = ()
) -> tuple[Group, ...]:
    """In the order of `KINDS`; of what is missing only the notes, for the rest are points."""
    found: dict[str, list[MissingRow]] = {kind: [] for kind in KINDS}
    counts: dict[str, int] = dict.fromkeys(KINDS, 0)
    ratings = [(point.criterion, place_of_point(point)) for point in points if _is_rating(point)]
    notes = [(part.criterion, place_of_missing(part)) for part in missing if part.gap is Gap.NOTE]
    for kind, thing, places in ((PointKind.RATING, "rating", ratings), (NOTE, "note", notes)):
        found[kind] += _by_standard(record, kind, thing, places)
        counts[kind] += len(places)
    for point in points:
        if not _is_rating(point):
            found[point.kind].append(MissingRow(point.kind, point.words, "", place_of_point(point)))
            counts[point.kind] += 1
    return tuple(
        Group(MissingRow(kind, KINDS[kind].words, f"{counts[kind]:,}"), tuple(rows))
        for kind, rows in found.items()
        if rows
    )


def _is_rating(point: ClosingPoint) -> bool:
    return point.kind is PointKind.RATING


def _by_standard(
    record: VisitRecord, kind: str, thing: str, places: Sequence[tuple[str, Place]]
) -> list[MissingRow]:
    """Each standard leads to its first."""
    by_standard: dict[str, list[Place]] = {}
    for criterion, place in places:
        by_standard.setdefault(record.pack.criterion(criterion).standard, []).append(place)
    return [
        MissingRow(
            kind, f"{standard} {record.pack.standard(standard).title}", count(len(found), thing), found[0]
        )
        for standard, found in by_standard.items()
    ]
