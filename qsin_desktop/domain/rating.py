"""Ratings: one person's judgement of a criterion at a stage and a place; what follows for the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from qsin_desktop.domain.errors import NotApplicableForbidden, ReasonNeeded
from qsin_desktop.domain.standards import Criterion, RollUp, Rules, ScalePoint
from qsin_desktop.domain.standing import Standing, newest
from qsin_desktop.domain.visits import NETWORK, Stage


class RatingKey(NamedTuple):
    """A natural key, so that two laptops meet at the same rating. `site` is `NETWORK` for the whole."""

    criterion: str
    stage: Stage
    site: str = NETWORK

    @property
    def entity(self) -> str:
        return f"{self.criterion}|{self.stage.value}|{self.site}"

    @classmethod
    def from_entity(cls, entity: str) -> RatingKey:
        criterion, stage, site = entity.split("|", 2)
        return cls(criterion, Stage(stage), site)


@dataclass(frozen=True)
class Opinion:
    """One person's standing rating and reason."""

    rating: str
    reason: str
    by: str
    at: str
    entry: str
    why: str = ""  # the lead's words when this settled a disagreement


@dataclass(frozen=True)
class RatingCell:
    """All opinions that stand for one key; more than one different rating is a disagreement."""

    opinions: tuple[Opinion, ...]

    @property
    def disputed(self) -> bool:
        return len({o.rating for o in self.opinions}) > 1

    @property
    def rating(self) -> str | None:
        """The agreed rating's id, or None while not rated or disputed."""
        return None if self.disputed or not self.opinions else self.opinions[0].rating

    @property
    def reason(self) -> str:
        return "\n".join(o.reason for o in self.opinions if o.reason)

    def by(self, person: str) -> Opinion | None:
        return next((o for o in self.opinions if o.by == person), None)


NOT_RATED = RatingCell(())


def cell_of(standing: tuple[Standing, ...]) -> RatingCell:
    """Read the cell from what stands; a cleared rating (null) is no opinion."""
    if len(standing) == 1:
        return RatingCell(tuple(_opinion(s) for s in standing if s.value is not None))
    ordered = sorted((s for s in standing if s.value is not None), key=lambda s: (s.n, s.entry))
    return RatingCell(tuple(map(_opinion, ordered)))


def _opinion(standing: Standing) -> Opinion:
    value = standing.value
    return Opinion(
        value["rating"], value.get("reason", ""), standing.by, standing.at, standing.entry, standing.why
    )


def checked_rating(
    criterion: Criterion, point: ScalePoint, reason: str, *, overrides: str = ""
) -> dict[str, str]:
    """The value to record, or the refusal `ReasonNeeded` / `NotApplicableForbidden`.

    `overrides` names the rolled-up rating that this one departs from; departing needs a reason too.
    """
    if point.not_applicable and not criterion.may_be_not_applicable:
        raise NotApplicableForbidden(criterion.shown_code)
    if not reason.strip():
        if point.needs_reason:
            raise ReasonNeeded(point.label)
        if overrides:
            raise ReasonNeeded(point.label, f", because the sites' ratings give “{overrides}”")
    return {"rating": point.id, "reason": reason.strip()}


def roll_up(rule: RollUp, scale: tuple[ScalePoint, ...], ratings: Iterable[str]) -> str | None:
    """The network's rating by the stated rule, or None where it gives none.

    Not applicable counts only when every site is. Of a majority's ties the worse rating is taken.
    """
    points = {point.id: point for point in scale}
    given = [points[r] for r in ratings if r in points]
    ranked = [p for p in given if p.rank is not None]
    if rule is RollUp.NONE or not given:
        return None
    if not ranked:
        return given[0].id
    if rule is RollUp.WORST:
        return max(ranked, key=lambda p: p.rank or 0).id
    counts = Counter(p.id for p in ranked)
    return max(counts, key=lambda i: (counts[i], points[i].rank or 0))


@dataclass(frozen=True)
class NetworkRating:
    """The network's rating of a criterion at a stage and how it came about."""

    rating: str | None
    stated: bool  # set for the network itself, not rolled up
    disputed: bool
    reason: str
    sites_rated: int
    rolled_up: str | None  # what the sites alone would give


def network_rating(
    ratings: Mapping[RatingKey, RatingCell], rules: Rules, criterion: str, stage: Stage, sites: Iterable[str]
) -> NetworkRating:
    """The rating stated for the network, else the roll-up of the sites that are rated."""
    cells = [ratings.get(RatingKey(criterion, stage, site), NOT_RATED) for site in sites]
    given = [c.rating for c in cells if c.rating is not None]
    rolled = roll_up(rules.roll_up, rules.scale, given)
    disputed_site = any(c.disputed for c in cells)
    own = ratings.get(RatingKey(criterion, stage), NOT_RATED)
    if own.opinions:
        return NetworkRating(own.rating, True, own.disputed, own.reason, len(given), rolled)
    return NetworkRating(rolled, False, disputed_site, "", len(given), rolled)


def own_standing(standing: tuple[Standing, ...], person: str) -> Standing | None:
    """What this person's own entry among them says, the newest first."""
    return newest(tuple(s for s in standing if s.by == person))
