"""The heat map: each standard at each place, by the worst of its criteria there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from qsin_desktop.domain.rating import roll_up
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Criterion, RollUp, ScalePoint, Standard
from qsin_desktop.domain.visits import NETWORK, Stage


class Heat(NamedTuple):
    """What a standard shows at a place. `needed` counts the criteria that must be rated there."""

    point: ScalePoint | None
    rated: int
    needed: int
    disputed: bool


def heat_of(snapshot: VisitSnapshot, standard: Standard, stage: Stage, place: str) -> Heat:
    """The worst rating given there; not applicable only where all that are rated are."""
    cells = [_rating(snapshot, criterion, stage, place) for criterion in standard.criteria]
    given = [rating for rating, _ in cells if rating is not None]
    worst = roll_up(RollUp.WORST, snapshot.rules.scale, given)
    point = next((p for p in snapshot.rules.scale if p.id == worst), None)
    pairs = zip(standard.criteria, cells, strict=True)
    needed = sum(_needed(c, place) or rating is not None or disputed for c, (rating, disputed) in pairs)
    return Heat(point, len(given), needed, any(disputed for _, disputed in cells))


def _rating(
    snapshot: VisitSnapshot, criterion: Criterion, stage: Stage, place: str
) -> tuple[str | None, bool]:
    if place == NETWORK:
        network = snapshot.network_rating(criterion.code, stage)
        return network.rating, network.disputed
    cell = snapshot.rating(criterion.code, stage, place)
    return cell.rating, cell.disputed


def _needed(criterion: Criterion, place: str) -> bool:
    return place == NETWORK or criterion.each_site


def counted(snapshot: VisitSnapshot, criteria: Iterable[Criterion]) -> tuple[dict[str, int], int, int]:
    """Of these criteria's ratings of the network on site: how many of each, unrated, and in disagreement."""
    counts = {point.id: 0 for point in snapshot.rules.scale}
    unrated = disputed = 0
    for criterion in criteria:
        network = snapshot.network_rating(criterion.code, Stage.SITE)
        if network.disputed:
            disputed += 1
        elif network.rating in counts:
            counts[network.rating] += 1
        else:
            unrated += 1
    return counts, unrated, disputed
