"""What is missing, in groups that open: kinds of gap, ratings by standard, everything else one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsin_desktop.domain.progress import Gap, MissingPart
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.places import TEAM, Place, place_of_missing
from qsin_desktop.ui.words import count


@dataclass(frozen=True)
class GapKind:
    words: str
    icon: str
    tone: Tone


KINDS = {
    Gap.DISAGREEMENT: GapKind("Disagreements", "disagreement", Tone.NOT_MET),
    Gap.RATING: GapKind("Ratings missing", "question", Tone.PARTLY),
    Gap.REASON: GapKind("Reasons missing", "pencil", Tone.PARTLY),
    Gap.EVIDENCE: GapKind("Findings without an exhibit", "image", Tone.PARTLY),
    Gap.TEXT: GapKind("Findings not fully written", "findings", Tone.PARTLY),
    Gap.CONCLUSION: GapKind("The recommendation", "report", Tone.PARTLY),
    Gap.NOTE: GapKind("Notes that would help", "note", Tone.NOT_APPLICABLE),
}


@dataclass(frozen=True)
class MissingRow:
    """A group (`gap` with `items`), or an item that leads to a place."""

    gap: Gap
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


def groups_of(record: VisitRecord, parts: Sequence[MissingPart]) -> tuple[Group, ...]:
    """In the order of `KINDS`; a group of one item leads there at once."""
    groups = []
    for gap, kind in KINDS.items():
        found = [part for part in parts if part.gap is gap]
        if found:
            items = _ratings(record, found) if gap in (Gap.RATING, Gap.NOTE) else _one_by_one(record, found)
            groups.append(Group(MissingRow(gap, kind.words, f"{len(found):,}"), items))
    return tuple(groups)


def _ratings(record: VisitRecord, parts: list[MissingPart]) -> tuple[MissingRow, ...]:
    """By standard, each leading to its first."""
    by_standard: dict[str, list[MissingPart]] = {}
    for part in parts:
        standard = record.pack.criterion(part.criterion).standard
        by_standard.setdefault(standard, []).append(part)
    thing = "rating" if parts[0].gap is Gap.RATING else "note"
    return tuple(
        MissingRow(
            found[0].gap,
            f"{standard} {record.pack.standard(standard).title}",
            count(len(found), thing),
            place_of_missing(found[0]),
        )
        for standard, found in by_standard.items()
    )


def _one_by_one(record: VisitRecord, parts: list[MissingPart]) -> tuple[MissingRow, ...]:
    return tuple(MissingRow(part.gap, _words(record, part), "", _place(part)) for part in parts)


def _place(part: MissingPart) -> Place:
    """A disagreement about a text of the visit is settled with the team."""
    elsewhere = part.gap is Gap.DISAGREEMENT and not part.criterion and not part.finding
    return Place(TEAM) if elsewhere else place_of_missing(part)


def _words(record: VisitRecord, part: MissingPart) -> str:
    if part.finding or not part.criterion:
        return part.words
    return f"{record.pack.criterion(part.criterion).shown_code}: {part.words[:1].lower()}{part.words[1:]}"
