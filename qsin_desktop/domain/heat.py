"""The heat map's rule, for window, report and workbook: a standard at a place by its worst criterion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from qsin_desktop.domain.rating import NOT_RATED, NetworkRating, RatingCell, RatingKey, roll_up
from qsin_desktop.domain.standards import Criterion, RollUp, Rules, ScalePoint, Standard
from qsin_desktop.domain.visits import NETWORK, Stage


class Rated(Protocol):
    """What is asked of a visit's record, or of a snapshot of it."""

    @property
    def rules(self) -> Rules: ...
    @property
    def ratings(self) -> Mapping[RatingKey, RatingCell]: ...
    def network_rating(self, criterion: str, stage: Stage) -> NetworkRating: ...


class Judged(NamedTuple):
    """One criterion at one place: its rating's id, or disputed, or neither."""

    rating: str | None
    disputed: bool


class Heat(NamedTuple):
    """What a standard shows at a place. `needed` counts the criteria that must be rated there."""

    point: ScalePoint | None
    rated: int
    needed: int
    disputed: int  # criteria on which the assessors disagree


def judged(visit: Rated, criterion: str, stage: Stage, place: str) -> Judged:
    if place == NETWORK:
        network = visit.network_rating(criterion, stage)
        return Judged(network.rating, network.disputed)
    cell = visit.ratings.get(RatingKey(criterion, stage, place), NOT_RATED)
    return Judged(cell.rating, cell.disputed)


def heat_of(visit: Rated, standard: Standard, stage: Stage, place: str) -> Heat:
    """The worst rating given there; not applicable only where all that are rated are."""
    found = [judged(visit, criterion.code, stage, place) for criterion in standard.criteria]
    given = [one.rating for one in found if one.rating is not None]
    worst = roll_up(RollUp.WORST, visit.rules.scale, given)
    point = next((p for p in visit.rules.scale if p.id == worst), None)
    pairs = zip(standard.criteria, found, strict=True)
    needed = sum(_needed(c, place) or one.rating is not None or one.disputed for c, one in pairs)
    return Heat(point, len(given), needed, sum(one.disputed for one in found))


def _needed(criterion: Criterion, place: str) -> bool:
    return place == NETWORK or criterion.each_site


def counted(visit: Rated, criteria: Iterable[Criterion]) -> tuple[dict[str, int], int, int]:
    """Of these criteria's ratings of the network on site: how many of each, unrated, and in disagreement."""
    counts = {point.id: 0 for point in visit.rules.scale}
    unrated = disputed = 0
    for criterion in criteria:
        network = visit.network_rating(criterion.code, Stage.SITE)
        if network.disputed:
            disputed += 1
        elif network.rating in counts:
            counts[network.rating] += 1
        else:
            unrated += 1
    return counts, unrated, disputed
