"""How a visit stands against the last one: matched by words and code, compared on one scale or two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.last_visit import LastVisit, PastFinding, PastRating, from_value, to_value
from qsin_desktop.domain.rating import NetworkRating
from qsin_desktop.domain.standards import (
    Criterion,
    Grade,
    Pack,
    Rules,
    ScalePoint,
    Series,
    Sign,
    Standard,
    Tone,
)
from qsin_desktop.domain.trend import Outcome, Turn, codes_now, matched, trend_of
from qsin_desktop.domain.visits import Stage

STEPS = ((Tone.MET, Sign.TICK), (Tone.PARTLY, Sign.HALF), (Tone.NOT_MET, Sign.CROSS))
SCALE = (
    *(ScalePoint(tone.value, tone.value, str(n), tone, sign, n) for n, (tone, sign) in enumerate(STEPS)),
    ScalePoint("n/a", "Not applicable", "4", Tone.NOT_APPLICABLE, Sign.DASH, None),
)
GRADES = (
    Grade("mandatory", "Mandatory", "Mandatory", Tone.NOT_MET, blocks=True),
    Grade("recommendation", "Recommendation", "Recommendations", Tone.PARTLY),
    Grade("praise", "Good practice", "Good practice", Tone.MET, praise=True),
)
RULES = Rules("r", "The rules", SCALE, GRADES)


def criterion(letter: str, title: str = "") -> Criterion:
    return Criterion(f"IN-1.{letter}", "IN-1", letter, title or f"What {letter} asks")


@dataclass(frozen=True)
class Visit:
    """Ratings of the network on site by code; none on documents."""

    criteria: tuple[Criterion, ...]
    given: Mapping[str, str]
    rules: Rules = RULES
    disputed: frozenset[str] = field(default_factory=frozenset)

    @property
    def pack(self) -> Pack:
        standard = Standard("IN-1", "One", self.criteria)
        return Pack("p", "Pack", "2", "Body", "", (Series("100", "S", (standard,)),))

    def network_rating(self, code: str, stage: Stage) -> NetworkRating:
        rating = self.given.get(code) if stage is Stage.SITE else None
        return NetworkRating(rating, True, code in self.disputed, "", 0, None)


def past(of: Criterion, step: int, *, steps: int = 3, tone: Tone | None = None) -> PastRating:
    own = (STEPS[step - 1][0] if step else Tone.NOT_APPLICABLE) if tone is None else tone
    sign = Sign.DASH
    return PastRating(of.code, of.shown_code, of.title, of.text_hash, own.value, own, sign, step, steps)


def past_finding(*codes: str, blocks: bool = False, closed: bool = False) -> PastFinding:
    return PastFinding("F-001", "Grade", Tone.PARTLY, blocks, codes, "a gap", closed)


def last(*ratings: PastRating, findings: tuple[PastFinding, ...] = (), rules: str = RULES.title) -> LastVisit:
    return LastVisit("v", "Net", "2024-06-11", "2024-06-12", "Pack, 1", rules, True, ratings, findings)


def finding(code: str, grade: str = "recommendation", *, withdrawn: str = "") -> Finding:
    return Finding("f", "F-007", grade, "r", "e", "g", (code,), "p", "", withdrawn=withdrawn)


A, B = criterion("a"), criterion("b")
RATED = [point.id for point in SCALE[:3]]


@pytest.mark.parametrize("was", [1, 2, 3])
@pytest.mark.parametrize("now", [1, 2, 3])
def test_steps_of_one_scale_are_compared(was: int, now: int) -> None:
    trend = trend_of(Visit((A,), {A.code: RATED[now - 1]}), last(past(A, was)), ())
    turn = Turn.SAME if was == now else Turn.BETTER if now < was else Turn.WORSE
    assert trend.of(A.code).turn is turn
    assert trend.counts[turn] == 1
    assert bool(trend.changed) is (was != now)


@pytest.mark.parametrize(
    ("now", "step", "turn"),
    [
        ("n/a", 0, Turn.SAME),
        ("n/a", 1, Turn.NOT_COMPARED),
        ("met", 0, Turn.NOT_COMPARED),
        ("", 1, Turn.NOT_COMPARED),
    ],
)
def test_not_applicable_and_not_rated_are_no_better_and_no_worse(now: str, step: int, turn: Turn) -> None:
    trend = trend_of(Visit((A,), {A.code: now} if now else {}), last(past(A, step)), ())
    assert trend.of(A.code).turn is turn


def test_what_was_not_rated_then_or_is_disputed_now_is_not_compared() -> None:
    visit = Visit((A, B), {A.code: "met", B.code: "met"}, disputed=frozenset((B.code,)))
    trend = trend_of(visit, last(past(B, 3)), ())
    assert [one.turn for one in trend.criteria] == [Turn.NOT_COMPARED, Turn.NOT_COMPARED]
    assert trend.of(A.code).past is None


@pytest.mark.parametrize(
    ("tone", "now", "turn"),
    [
        (Tone.MET, "met", Turn.SAME),  # the second of four steps there, the first of three here
        (Tone.ACCENT, "met", Turn.SAME),
        (Tone.PARTLY, "met", Turn.BETTER),
        (Tone.PARTLY, "not-met", Turn.WORSE),
    ],
)
def test_two_rule_sets_are_compared_by_whether_it_was_met(tone: Tone, now: str, turn: Turn) -> None:
    other = last(past(A, 2, steps=4, tone=tone), rules="Other rules")
    trend = trend_of(Visit((A,), {A.code: now}), other, ())
    assert trend.of(A.code).turn is turn
    assert not trend.same_rules


# ---- matching -----------------------------------------------------------------------------------------


def test_the_same_words_under_another_code_are_the_same_criterion() -> None:
    moved = replace(A, code="IN-1.z", letter="z")
    new = criterion("a", "Something else is asked here now")
    pack = Visit((moved, new), {}).pack
    assert matched(pack, last(past(A, 1))) == {moved.code: past(A, 1)}


def test_a_reworded_criterion_keeps_its_code_and_says_so() -> None:
    now = criterion("a", "The same, in other words")
    trend = trend_of(Visit((now,), {now.code: "met"}), last(past(A, 2)), ())
    assert trend.of(now.code).reworded
    assert trend.of(now.code).turn is Turn.BETTER


def test_words_that_stand_twice_decide_nothing() -> None:
    twin = replace(B, title=A.title)
    pack = Visit((A, twin), {}).pack
    found = matched(pack, last(past(A, 1), past(twin, 2)))
    assert {code: rating.code for code, rating in found.items()} == {A.code: A.code, twin.code: twin.code}


@given(st.permutations("abcdef"), st.permutations("abcdef"))
def test_every_criterion_finds_itself_wherever_it_moved(then: list[str], now: list[str]) -> None:
    texts = [f"Text {n}" for n in range(6)]
    old = [criterion(letter, text) for letter, text in zip(then, texts, strict=True)]
    new = tuple(criterion(letter, text) for letter, text in zip(now, texts, strict=True))
    found = matched(Visit(new, {}).pack, last(*(past(one, 1) for one in old)))
    assert {c.title: found[c.code].title for c in new} == {text: text for text in texts}


# ---- findings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blocks", "grade", "outcome"),
    [
        (False, "recommendation", Outcome.PERSISTS),
        (False, "mandatory", Outcome.WORSENED),
        (True, "mandatory", Outcome.PERSISTS),
        (True, "recommendation", Outcome.PERSISTS),
    ],
)
def test_one_raised_again_persists_or_has_worsened(blocks: bool, grade: str, outcome: Outcome) -> None:
    told = last(findings=(past_finding(A.code, blocks=blocks),))
    trend = trend_of(Visit((A,), {A.code: "met"}), told, [finding(A.code, grade)])
    assert trend.findings[0].outcome is outcome
    assert [f.number for f in trend.findings[0].findings] == ["F-007"]


@pytest.mark.parametrize(
    ("ratings", "outcome"),
    [
        ({"a": "met", "b": "n/a"}, Outcome.RESOLVED),
        ({"a": "met", "b": "partly"}, Outcome.NOT_RAISED),
        ({"a": "met"}, Outcome.NOT_JUDGED),
    ],
)
def test_one_not_raised_again_is_resolved_only_where_its_criteria_are_met(
    ratings: dict[str, str], outcome: Outcome
) -> None:
    told = last(past(A, 2), past(B, 2), findings=(past_finding(A.code, B.code),))
    raised = [finding(A.code, "praise"), finding(A.code, withdrawn="a slip")]
    given_now = {f"IN-1.{letter}": rating for letter, rating in ratings.items()}
    assert trend_of(Visit((A, B), given_now), told, raised).findings[0].outcome is outcome


def test_one_to_a_criterion_that_is_no_more_is_told_as_such() -> None:
    told = last(findings=(past_finding("IN-9.x"),))
    assert trend_of(Visit((A,), {}), told, ()).findings[0].outcome is Outcome.GONE


def test_a_finding_follows_its_criterion_to_another_code() -> None:
    moved = replace(A, code="IN-1.z", letter="z")
    told = last(past(A, 2), findings=(past_finding(A.code),))
    one = trend_of(Visit((moved,), {moved.code: "met"}), told, ()).findings[0]
    assert (one.outcome, one.criteria) == (Outcome.RESOLVED, (moved,))


def test_a_new_criterion_under_an_old_code_inherits_no_finding() -> None:
    moved, new = replace(A, code="IN-1.z", letter="z"), criterion("a", "Something else is asked here now")
    told = last(past(A, 2), findings=(past_finding(A.code),))
    found = matched(Visit((moved, new), {}).pack, told)
    assert codes_now(told.findings[0], found) == (moved.code,)


def test_a_code_that_another_criterion_took_over_leads_nowhere() -> None:
    moved = replace(B, code=A.code, letter="a")
    told = last(past(A, 2), past(B, 1), findings=(past_finding(A.code), past_finding(B.code)))
    found = matched(Visit((moved,), {}).pack, told)
    assert [codes_now(finding, found) for finding in told.findings] == [(), (A.code,)]
    outcomes = trend_of(Visit((moved,), {moved.code: "met"}), told, ()).findings
    assert [one.outcome for one in outcomes] == [Outcome.GONE, Outcome.RESOLVED]


# ---- in the journal -----------------------------------------------------------------------------------


def test_what_is_kept_is_read_back_the_same() -> None:
    told = last(past(A, 2), past(B, 0), findings=(past_finding(A.code, blocks=True, closed=True),))
    assert from_value(to_value(told)) == told


def test_a_sign_and_a_tone_of_a_newer_program_are_shown_as_something() -> None:
    value = to_value(last(past(A, 2)))
    value["ratings"][0] |= {"tone": "violet", "sign": "spiral"}
    read = from_value(value)
    assert read is not None
    assert (read.ratings[0].tone, read.ratings[0].sign) == (Tone.NOT_APPLICABLE, Sign.RING)


@pytest.mark.parametrize(
    "altered",
    [
        {"network": None},
        {"starts": "yesterday"},
        {"final": "yes"},
        {"ratings": {}},
        {"ratings": [{"code": "a"}]},
        {"findings": ["F-001"]},
        {"ratings": [{}] * 6_000},
    ],
)
def test_what_no_program_wrote_is_nothing(altered: dict[str, object]) -> None:
    assert from_value(to_value(last(past(A, 1))) | altered) is None
    assert from_value(None) is None
    assert from_value([]) is None


def test_a_step_beyond_the_scale_is_nothing() -> None:
    value = to_value(last(past(A, 1)))
    value["ratings"][0]["step"] = 4
    assert from_value(value) is None


def test_outcomes_are_counted_in_words() -> None:
    assert [Outcome.PERSISTS.counted(many) for many in (1, 3)] == ["1 persists", "3 persist"]
    assert Outcome.RESOLVED.counted(2) == "2 resolved"
