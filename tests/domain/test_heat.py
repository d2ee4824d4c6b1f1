"""The heat map's rule: the worst of a standard's criteria, and what is not rated or not agreed."""

from __future__ import annotations

from dataclasses import replace

from qsin_desktop.domain.heat import counted, heat_of
from qsin_desktop.domain.rating import NOT_RATED, Opinion, RatingCell, RatingKey
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.visits import NETWORK, Stage
from tests.report.make_snapshot import make_snapshot

SITE = "s-01"


def _snapshot(**given: tuple[str, ...]) -> VisitSnapshot:
    """A visit of one site where IN-301 a, b, c are rated so on site; several ratings are a disagreement."""
    snapshot = make_snapshot(sites=1, photos=0)
    ratings = {}
    for letter, rated in given.items():
        opinions = tuple(Opinion(rating, "", f"p-{n}", "", f"e{n}") for n, rating in enumerate(rated))
        ratings[RatingKey(f"IN-301.{letter}", Stage.SITE, SITE)] = RatingCell(opinions)
    return replace(snapshot, ratings=ratings)


def _at(snapshot: VisitSnapshot, place: str = SITE) -> tuple[str | None, int, int, int]:
    heat = heat_of(snapshot, snapshot.pack.standard("IN-301"), Stage.SITE, place)
    return heat.point.id if heat.point else None, heat.rated, heat.needed, heat.disputed


def test_the_worst_is_shown() -> None:
    assert _at(_snapshot(a=("met",), b=("not-met",), c=("partly",))) == ("not-met", 3, 3, False)


def test_not_applicable_counts_only_alone() -> None:
    assert _at(_snapshot(a=("na",), b=("met",), c=("na",))) == ("met", 3, 3, False)
    assert _at(_snapshot(a=("na",), b=("na",), c=("na",))) == ("na", 3, 3, False)


def test_what_is_not_rated_yet_is_counted() -> None:
    assert _at(_snapshot(a=("met",))) == ("met", 1, 3, False)
    assert _at(_snapshot()) == (None, 0, 3, False)


def test_a_disagreement_is_told() -> None:
    assert _at(_snapshot(a=("met", "partly"), b=("met",))) == ("met", 1, 3, True)


def test_the_network_takes_its_sites() -> None:
    assert _at(_snapshot(a=("met",), b=("partly",), c=("met",)), NETWORK) == ("partly", 3, 3, False)


def test_a_place_that_needs_no_rating_needs_none() -> None:
    snapshot = _snapshot()
    heat = heat_of(snapshot, snapshot.pack.standard("IN-602"), Stage.SITE, SITE)
    assert (heat.point, heat.needed) == (None, 0)


def test_counts_of_a_series() -> None:
    snapshot = _snapshot(a=("met",), b=("met", "partly"))
    counts, unrated, disputed = counted(snapshot, snapshot.pack.standard("IN-301").criteria)
    assert (counts["met"], unrated, disputed) == (1, 1, 1)
    assert snapshot.rating("IN-301.c", Stage.SITE, SITE) == NOT_RATED
