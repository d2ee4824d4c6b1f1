from __future__ import annotations

import pytest

from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import clear_rating, rate, settle
from qsin_desktop.domain.errors import (
    LeadOnly,
    NotFound,
    ReasonNeeded,
    Refusal,
    TextTooLong,
    UnknownCriterion,
    UnknownRating,
    UnknownSite,
)
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage

B = "IN-301.b"


@pytest.mark.parametrize("criterion", ["IN-301.b", "in-301 b", "IN-301b"])
@pytest.mark.parametrize("rating", ["met", "Met", "1"])
def test_a_rating_by_any_usual_spelling(visit: OpenVisit, criterion: str, rating: str) -> None:
    change = rate(visit, criterion=criterion, rating=rating)
    assert visit.record.rating(RatingKey(B, Stage.SITE)).rating == "met"
    assert change.name == "Rate IN-301 b: Met"


def test_stages_and_sites_are_rated_apart(visit: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met", stage=Stage.DOCUMENTS)
    rate(visit, criterion=B, rating="not-met", site="harbour cdc", reason="Seen")
    site = next(s.id for s in visit.record.sites if s.name == "Harbour CDC")
    assert visit.record.rating(RatingKey(B, Stage.DOCUMENTS)).rating == "met"
    assert visit.record.rating(RatingKey(B, Stage.SITE, site)).rating == "not-met"
    assert not visit.record.rating(RatingKey(B, Stage.SITE)).opinions


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"criterion": "IN-999", "rating": "met"}, UnknownCriterion),
        ({"criterion": B, "rating": "splendid"}, UnknownRating),
        ({"criterion": B, "rating": "met", "site": "Atlantis"}, UnknownSite),
        ({"criterion": B, "rating": "not-applicable"}, ReasonNeeded),
        ({"criterion": B, "rating": "not-met", "reason": "  \n "}, ReasonNeeded),
        ({"criterion": B, "rating": "met", "reason": "x" * 100_001}, TextTooLong),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_leaves_no_entry(
    visit: OpenVisit, words: dict[str, str], refusal: type[Refusal]
) -> None:
    before = visit.store.entry_count()
    with pytest.raises(refusal):
        rate(visit, **words)  # type: ignore[arg-type]  # a table of keywords
    assert visit.store.entry_count() == before


def test_the_network_follows_its_sites_by_the_worst(visit: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met", site="Royal Wessex")
    rate(visit, criterion=B, rating="partly-met", site="Harbour CDC", reason="Half")
    found = visit.record.network_rating(B, Stage.SITE)
    assert (found.rating, found.stated, found.sites_rated) == ("partly-met", False, 2)


def test_departing_from_the_roll_up_needs_a_reason(visit: OpenVisit) -> None:
    rate(visit, criterion=B, rating="not-met", site="Royal Wessex", reason="Bad")
    with pytest.raises(ReasonNeeded, match="sites"):
        rate(visit, criterion=B, rating="met")
    rate(visit, criterion=B, rating="met", reason="The site closed in the meantime")
    assert visit.record.network_rating(B, Stage.SITE).rating == "met"


def test_control_characters_are_left_out_and_letters_composed(visit: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met", reason="a\x00b\x1b[0m\r\nw\u0302")
    assert visit.record.rating(RatingKey(B, Stage.SITE)).reason == "ab[0m\nŵ"


def test_typing_on_is_one_act(visit: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met")
    before = len(visit.acts)
    for text in ("a", "ab", "abc"):
        rate(visit, criterion=B, rating="met", reason=text, typing=True)
    assert len(visit.acts) == before + 1
    visit.end_typing()
    rate(visit, criterion=B, rating="met", reason="abcd", typing=True)
    assert len(visit.acts) == before + 2


def test_a_colleague_who_differs_does_not_overrule(visit: OpenVisit, colleague: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met")
    take_from(colleague, visit)
    rate(colleague, criterion=B, rating="not-met", reason="I saw it fail")
    take_from(visit, colleague)
    cell = visit.record.rating(RatingKey(B, Stage.SITE))
    assert cell.disputed
    assert cell.rating is None
    assert {o.by for o in cell.opinions} == {visit.me, colleague.me}
    assert [c.key.type for c in visit.record.conflicts] == ["rating"]


def test_agreeing_ends_the_disagreement(visit: OpenVisit, colleague: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met")
    rate(colleague, criterion=B, rating="not-met", reason="I saw it fail")
    take_from(visit, colleague)
    assert visit.record.conflicts
    rate(visit, criterion=B, rating="not-met", reason="Agreed")
    assert not visit.record.conflicts


def test_the_lead_settles_with_a_reason_and_everybody_sees_it(visit: OpenVisit, colleague: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met")
    rate(colleague, criterion=B, rating="not-met", reason="I saw it fail")
    take_from(visit, colleague)
    settle(visit, criterion=B, rating="partly-met", reason="Both are right in part")
    take_from(colleague, visit)
    for laptop in (visit, colleague):
        cell = laptop.record.rating(RatingKey(B, Stage.SITE))
        assert (cell.rating, cell.disputed) == ("partly-met", False)
        assert cell.opinions[0].why == "Both are right in part"


def test_nobody_but_the_lead_settles(colleague: OpenVisit) -> None:
    with pytest.raises(LeadOnly):
        settle(colleague, criterion=B, rating="met", reason="because")


def test_clearing_takes_only_ones_own_rating_back(visit: OpenVisit, colleague: OpenVisit) -> None:
    rate(visit, criterion=B, rating="met")
    rate(colleague, criterion=B, rating="met")
    take_from(visit, colleague)
    clear_rating(visit, criterion=B)
    cell = visit.record.rating(RatingKey(B, Stage.SITE))
    assert [o.by for o in cell.opinions] == [colleague.me]
    with pytest.raises(NotFound):
        clear_rating(visit, criterion=B)
