"""What the heat map shows: each standard at each place, by the worst rating of its criteria there."""

from __future__ import annotations

from collections.abc import Iterable

from qsin_desktop.domain.heat import heat_of, judged
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion, Sign, Standard, Tone
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.widgets.bar_by_rating import Part
from qsin_desktop.ui.widgets.heat_map import Cell, Heading


def cell_of(record: VisitRecord, standard: Standard, stage: Stage, place: str) -> Cell | None:
    """None where nothing is rated. A fork in the corner tells of a disagreement."""
    heat = heat_of(record, standard, stage, place)
    disputed = heat.disputed + _findings_disputed(record, standard, place)
    if not heat.rated and not disputed:
        return None
    point = heat.point
    words = _words(point.label if point else "", heat.rated, len(standard.criteria), disputed)
    if point is None:
        return Cell(Sign.RING, Tone.NOT_APPLICABLE, words, mark=True)
    return Cell(point.sign, point.tone, words, mark=disputed > 0)


def _findings_disputed(record: VisitRecord, standard: Standard, place: str) -> int:
    """Findings at this place, of this standard, for which two texts or grades stand."""
    ids = {conflict.key.entity for conflict in record.conflicts if conflict.key.type == "finding"}
    found = [record.finding(ident) for ident in ids]
    codes = {criterion.code for criterion in standard.criteria}
    return sum(f is not None and f.site == place and bool(codes.intersection(f.criteria)) for f in found)


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
