"""What the heat map shows: each standard at each place, by the worst rating of its criteria there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qsin_desktop.domain.rating import RatingKey, roll_up
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion, RollUp, Sign, Standard, Tone
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.widgets.bar_by_rating import Part
from qsin_desktop.ui.widgets.heat_map import Cell, Heading


@dataclass(frozen=True)
class Judged:
    """One criterion at one place: its rating's id, or disputed, or neither."""

    rating: str | None
    disputed: bool


def judged(record: VisitRecord, criterion: str, stage: Stage, place: str) -> Judged:
    if place == NETWORK:
        network = record.network_rating(criterion, stage)
        return Judged(network.rating, network.disputed)
    cell = record.rating(RatingKey(criterion, stage, place))
    return Judged(cell.rating, cell.disputed)


def cell_of(record: VisitRecord, standard: Standard, stage: Stage, place: str) -> Cell | None:
    """None where nothing is rated. A corner mark tells of a disagreement among its criteria."""
    found = [judged(record, c.code, stage, place) for c in standard.criteria]
    given = [one.rating for one in found if one.rating is not None]
    disputed = sum(one.disputed for one in found)
    if not given and not disputed:
        return None
    worst = roll_up(RollUp.WORST, record.rules.scale, given)
    point = next((p for p in record.rules.scale if p.id == worst), None)
    words = _words(point.label if point else "", len(given), len(found), disputed)
    if point is None:
        return Cell(Sign.RING, Tone.NOT_APPLICABLE, words, mark=True)
    return Cell(point.sign, point.tone, words, mark=disputed > 0)


def _words(worst: str, rated: int, of: int, disputed: int) -> str:
    parts = [worst if of == 1 else f"worst is {worst.lower()}" if worst else ""]
    if of > 1:
        parts.append(f"{rated} of {of} rated")
    if disputed:
        parts.append("a disagreement" if disputed == 1 else f"{disputed} disagreements")
    return ", ".join(part for part in parts if part)


def rows_of(record: VisitRecord) -> list[Heading]:
    return [Heading(s.code, s.code, f"{s.code} {s.title}") for s in record.pack.standards]


def columns_of(record: VisitRecord) -> list[Heading]:
    return [Heading(NETWORK, "Network"), *(Heading(site.id, site.name) for site in record.sites)]


def cells_of(record: VisitRecord, stage: Stage) -> dict[tuple[str, str], Cell]:
    places = [heading.ident for heading in columns_of(record)]
    found = (
        (standard.code, place, cell_of(record, standard, stage, place))
        for standard in record.pack.standards
        for place in places
    )
    return {(code, place): cell for code, place, cell in found if cell is not None}


def first_to_see(record: VisitRecord, standard: Standard, stage: Stage, place: str) -> Criterion:
    """Where a click on a cell leads: a disagreement, else what is not rated, else the worst."""
    ranks = {point.id: point.rank or 0 for point in record.rules.scale}

    def urgency(criterion: Criterion) -> tuple[int, int]:
        one = judged(record, criterion.code, stage, place)
        if one.disputed:
            return (0, 0)
        return (1, 0) if one.rating is None else (2, -ranks.get(one.rating, 0))

    return min(standard.criteria, key=urgency)


def parts_of(record: VisitRecord, criteria: Iterable[Criterion], stage: Stage) -> tuple[list[Part], int]:
    """The network's ratings counted in the order of the scale, and how many have none."""
    ratings = [judged(record, criterion.code, stage, NETWORK).rating for criterion in criteria]
    parts = [
        Part(point.label, ratings.count(point.id), point.tone, point.sign) for point in record.rules.scale
    ]
    return parts, ratings.count(None)
