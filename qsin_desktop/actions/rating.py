"""Rate a criterion, clear a rating, settle a disagreement."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.texts import kept, needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound, UnknownSite
from qsin_desktop.domain.rating import RatingKey, checked_rating
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.journal.entry import Draft

# Characters: it is kept twice in one entry, as the rating's reason and as why it replaces others.
_SETTLING = 60_000


def site_id(visit: OpenVisit, name: str | None) -> str:
    """A site by id or name in any case; None, empty and “network” mean the network; raises `UnknownSite`."""
    if not name or name.casefold() == "network":
        return NETWORK
    for site in visit.record.sites:
        if name == site.id or name.casefold().strip() == site.name.casefold():
            return site.id
    raise UnknownSite(name, tuple(site.name for site in visit.record.sites))


def rating_field(key: RatingKey) -> FieldKey:
    return FieldKey("rating", key.entity, "rating")


def place_words(visit: OpenVisit, key: RatingKey) -> str:
    """“IN-301 b, on site, at Harbour CDC”."""
    where = "" if key.site == NETWORK else f" at {visit.record.site_name(key.site)}"
    return f"{visit.criterion(key.criterion).shown_code}{where}"


def rate(
    visit: OpenVisit,
    *,
    criterion: str,
    rating: str,
    site: str | None = None,
    stage: Stage = Stage.SITE,
    reason: str = "",
    typing: bool = False,
) -> Change:
    """Record my rating. Refuses as `checked_rating` does and for unknown names; then nothing is recorded.

    `typing` marks a save in the middle of writing the reason.
    """
    judged = visit.criterion(criterion)
    point = visit.rules.point(rating)
    key = RatingKey(judged.code, stage, site_id(visit, site))
    reason = kept(reason, "reason")
    value = checked_rating(judged, point, reason, overrides=_overridden(visit, key, point.id))
    name = (
        f"Reason for {place_words(visit, key)}"
        if typing
        else f"Rate {place_words(visit, key)}: {point.label}"
    )
    return visit.write(name, [Draft(rating_field(key), value)], typing=typing)


def _overridden(visit: OpenVisit, key: RatingKey, chosen: str) -> str:
    """The label of the rolled-up rating that this rating departs from, or empty."""
    if key.site != NETWORK:
        return ""
    rolled = visit.record.network_rating(key.criterion, key.stage).rolled_up
    return "" if rolled is None or rolled == chosen else visit.rules.point(rolled).label


def clear_rating(
    visit: OpenVisit, *, criterion: str, site: str | None = None, stage: Stage = Stage.SITE
) -> Change:
    """Take my own rating back; what colleagues rated stays."""
    key = RatingKey(visit.criterion(criterion).code, stage, site_id(visit, site))
    if visit.record.rating(key).by(visit.me) is None:
        raise NotFound("rating of yours for", place_words(visit, key))
    return visit.write(f"Clear the rating of {place_words(visit, key)}", [Draft(rating_field(key), None)])


def settle(
    visit: OpenVisit,
    *,
    criterion: str,
    rating: str,
    reason: str,
    site: str | None = None,
    stage: Stage = Stage.SITE,
) -> Change:
    """The lead's rating with a reason takes the place of all that stand here; the trail keeps them."""
    visit.require_lead("settle a disagreement")
    judged = visit.criterion(criterion)
    point = visit.rules.point(rating)
    key = RatingKey(judged.code, stage, site_id(visit, site))
    why = needed(reason, "reason for settling it", limit=_SETTLING)
    value = checked_rating(judged, point, why)
    return visit.write(
        f"Settle {place_words(visit, key)}: {point.label}", [Draft(rating_field(key), value, why=why)]
    )
