"""The story of the example visit: every name in it exists, and it holds what it is there to show."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TypeVar

import pytest

from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.findings import due_date
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.rating import checked_rating
from qsin_desktop.domain.visits import FACTS, Stage
from qsin_desktop.example import steps as s
from qsin_desktop.example.evidence import FILES
from qsin_desktop.example.evidence.photos import PHOTOS
from qsin_desktop.example.story import STORY
from qsin_desktop.packs.reading import find_pack, find_rules

T = TypeVar("T", bound=s.Step)

PACK = find_pack(STORY.pack)
RULES = find_rules(STORY.rules, PACK)
CODES = {criterion.code for criterion in PACK.criteria}
Key = tuple[str, Stage, str | None]


def of(kind: type[T]) -> list[T]:
    return [step for step in STORY.steps if isinstance(step, kind)]


def ratings() -> list[s.RateStep | s.SettleStep]:
    return [*of(s.RateStep), *of(s.SettleStep)]


def test_the_last_visit_names_criteria_ratings_and_grades_that_exist() -> None:
    (told,) = of(s.LastVisitStep)
    assert set(told.ratings) <= CODES
    assert {finding.criterion for finding in told.findings} <= CODES
    for rating in told.ratings.values():
        RULES.point(rating)
    assert all(RULES.grade(finding.grade) for finding in told.findings)
    assert date.fromisoformat(told.starts) <= date.fromisoformat(told.ends) < s.START.date()


def standing() -> dict[Key, dict[str, str]]:
    """Who holds which rating at the end: one's own later rating replaces the first, settling replaces all."""
    held: dict[Key, dict[str, str]] = defaultdict(dict)
    for step in STORY.steps:
        if isinstance(step, s.RateStep):
            held[step.criterion, step.stage, step.site][step.by] = RULES.point(step.rating).id
        elif isinstance(step, s.SettleStep):
            held[step.criterion, step.stage, step.site] = {step.by: RULES.point(step.rating).id}
    return held


def criteria_named() -> Iterator[str]:
    for step in STORY.steps:
        if isinstance(step, s.FindingStep):
            yield from step.criteria
        elif isinstance(step, s.AttachStep | s.SeenStep | s.CiteStep):
            yield from (link.target for link in step.links)
        elif isinstance(step, s.RateStep | s.SettleStep | s.NoteStep | s.StateStep | s.FlagStep):
            yield step.criterion


def words() -> Iterator[str]:
    """Every text that somebody wrote in the visit."""
    for step in STORY.steps:
        if isinstance(step, s.FactStep):
            yield from (text for _, text in step.facts)
        if isinstance(step, s.AttachStep | s.SeenStep | s.CiteStep):
            yield from (text for link in step.links for text in (link.locator, link.caption))
        if isinstance(step, s.SeenStep):
            yield step.seen.showed
        for name in ("reason", "text", "requirement", "evidence", "gap", "words", "title"):
            yield str(getattr(step, name, ""))


# ---- every name exists


def test_every_criterion_is_in_the_pack() -> None:
    assert set(criteria_named()) - CODES == set()


def test_every_criterion_of_the_pack_is_in_the_story() -> None:
    assert CODES - set(criteria_named()) == set()


def test_every_standard_is_assigned_once() -> None:
    assert Counter(step.standard for step in of(s.AssignStep)) == Counter(p.code for p in PACK.standards)


def test_every_rating_and_grade_is_one_of_the_rules() -> None:
    for rated in ratings():
        RULES.point(rated.rating)
    for finding in of(s.FindingStep):
        RULES.grade(finding.grade)


def test_every_rating_would_be_accepted() -> None:
    for rated in ratings():
        checked_rating(PACK.criterion(rated.criterion), RULES.point(rated.rating), rated.reason)


def test_every_rating_of_the_network_has_a_reason() -> None:
    assert [r for r in of(s.RateStep) if r.site is None and not r.reason] == []


def test_every_site_is_one_of_the_nine() -> None:
    sites = {getattr(step, "site", None) for step in STORY.steps} - {None}
    assert sites == set(STORY.sites)
    assert set(s.AT_SITE) == set(STORY.sites)
    assert len(STORY.sites) == 9


def test_every_fact_is_one_of_the_visit_and_nearly_all_are_told() -> None:
    told = [name for step in of(s.FactStep) for name, _ in step.facts]
    assert Counter(told) == Counter(set(FACTS) - {"keep_until"})  # each body has its own rule for that


def test_the_recommendation_is_one_of_the_rules() -> None:
    facts = dict(pair for step in of(s.FactStep) for pair in step.facts)
    assert facts["recommendation"] in dict(RULES.recommendations)


def test_every_file_is_attached_once_and_by_its_key() -> None:
    assert Counter(step.file for step in of(s.AttachStep)) == Counter(FILES.keys())


def test_exhibits_are_there_before_they_are_cited() -> None:
    there: set[str] = set()
    for step in STORY.steps:
        if isinstance(step, s.AttachStep):
            there.add(step.file)
        elif isinstance(step, s.SeenStep):
            assert step.exhibit not in there
            there.add(step.exhibit)
        elif isinstance(step, s.CiteStep):
            assert step.exhibit in there, step
        elif isinstance(step, s.FindingStep):
            assert {cited.exhibit for cited in step.exhibits} <= there, step.finding


def test_no_exhibit_is_cited_twice_in_the_same_place() -> None:
    places = Counter(
        (step.file if isinstance(step, s.AttachStep) else step.exhibit, link.target)
        for step in STORY.steps
        if isinstance(step, s.AttachStep | s.SeenStep | s.CiteStep)
        for link in step.links
    )
    assert [place for place, times in places.items() if times > 1] == []


def test_photos_are_attached_after_they_were_taken_and_not_before_the_visit() -> None:
    for step in of(s.AttachStep):
        if step.file in PHOTOS or step.file == "dashboard":
            assert date(2026, 11, 24) <= step.moment.date() <= date(2026, 11, 25), step.file


# ---- time


def test_steps_stand_in_order_of_time() -> None:
    minutes = [step.minutes for step in STORY.steps]
    assert minutes == sorted(minutes)
    assert STORY.steps[0].moment.date() == date(2026, 11, 2)
    assert STORY.steps[-1].moment.date() == date(2026, 11, 25)


def test_the_story_can_be_played_in_order_whatever_shares_a_minute() -> None:
    """Nothing that depends on another step of the same minute; sorting may move those."""
    by_minute: dict[int, list[s.Step]] = defaultdict(list)
    for step in STORY.steps:
        by_minute[step.minutes].append(step)
    for steps in by_minute.values():
        made = {
            getattr(x, "file", "") or getattr(x, "exhibit", "")
            for x in steps
            if not isinstance(x, s.CiteStep)
        }
        cited = {c.exhibit for x in steps if isinstance(x, s.FindingStep) for c in x.exhibits}
        assert not (made & cited)


def test_stages_are_told_apart_by_the_calendar() -> None:
    staged: list[s.RateStep | s.SettleStep | s.NoteStep] = [*ratings(), *of(s.NoteStep)]
    for step in staged:
        before = step.moment.date() < date(2026, 11, 24)
        assert before == (step.stage is Stage.DOCUMENTS), step


@pytest.mark.parametrize("note", of(s.NoteStep), ids=lambda n: f"{n.criterion}-{n.minutes}")
def test_notes_are_written_after_what_they_tell(note: s.NoteStep) -> None:
    day = re.match(r"(\d+) November", note.when)
    assert day
    assert int(day.group(1)) == note.moment.day
    clocks = re.findall(r"\d\d:\d\d", note.when)
    assert all(clock <= note.moment.strftime("%H:%M") for clock in clocks)


# ---- what it is there to show


def test_the_team_is_three_assessors_and_a_representative() -> None:
    roles = {member.key: member.role for member in STORY.people}
    assert roles == {"lead": Role.LEAD, "peer": Role.PEER, "lay": Role.LAY, "network": Role.NETWORK}
    assert all(member.interests for member in STORY.people)
    assert {step.by for step in STORY.steps} == {"lead", "peer", "lay"}
    assert STORY.member("lay").name in {step.seen.seen_by for step in of(s.SeenStep)}


def test_seen_documents_name_who_saw_them_and_say_everything() -> None:
    for step in of(s.SeenStep):
        assert step.seen.seen_by == STORY.member(step.by).name
        assert all(asdict(step.seen).values())
        assert step.seen.seen_on == f"{step.moment.day} November 2026"


def test_there_is_exactly_one_open_disagreement() -> None:
    split = {key: held for key, held in standing().items() if len(set(held.values())) > 1}
    assert split == {("IN-202.a", Stage.SITE, None): {"lay": "partly-met", "peer": "met"}}


def test_nobody_but_the_disagreeing_rates_what_another_has_rated() -> None:
    raters: dict[Key, list[str]] = defaultdict(list)
    for step in of(s.RateStep):
        raters[step.criterion, step.stage, step.site].append(step.by)
    several = {key for key, people in raters.items() if len(set(people)) > 1}
    assert several == {("IN-202.a", Stage.SITE, None), ("IN-602.b", Stage.DOCUMENTS, None)}
    assert {(r.criterion, r.stage, r.site) for r in of(s.RateStep) if r.apart} == several


def test_those_who_rate_apart_wrote_nothing_since_the_colleague_rated() -> None:
    """Else their laptop would have to be brought up to date for that, and could not be apart."""
    for rated in (r for r in of(s.RateStep) if r.apart):
        first = next(
            r
            for r in of(s.RateStep)
            if (r.criterion, r.stage, r.site) == (rated.criterion, rated.stage, rated.site)
            and r.by != rated.by
        )
        between = [x for x in STORY.steps if first.minutes <= x.minutes < rated.minutes]
        assert first in between
        assert rated.by not in {x.by for x in between}


def test_one_opinion_was_changed_by_its_author() -> None:
    times = Counter((r.by, r.criterion, r.stage, r.site) for r in of(s.RateStep))
    assert {key: n for key, n in times.items() if n > 1} == {("lay", "IN-101.d", Stage.SITE, None): 2}


def test_findings_are_of_every_grade_and_enough() -> None:
    grades = Counter(RULES.grade(f.grade).id for f in of(s.FindingStep))
    assert sum(grades.values()) >= 14
    assert set(grades) == {grade.id for grade in RULES.grades}
    assert min(grades.values()) >= 3


def test_finding_texts_are_whole_and_praise_names_no_gap() -> None:
    for finding in of(s.FindingStep):
        assert len(finding.evidence) > 60
        assert finding.requirement.endswith(".")
        assert bool(finding.gap) != RULES.grade(finding.grade).praise, finding.finding


def test_one_finding_is_withdrawn_with_a_reason() -> None:
    (step,) = of(s.WithdrawFindingStep)
    raised = next(f for f in of(s.FindingStep) if f.finding == step.finding)
    assert raised.minutes < step.minutes
    assert len(step.reason) > 40


def test_one_finding_lacks_its_evidence_on_purpose() -> None:
    assert [f.finding for f in of(s.FindingStep) if not f.exhibits] == ["no_dates"]


def test_finding_keys_are_unique() -> None:
    assert max(Counter(f.finding for f in of(s.FindingStep)).values()) == 1


def test_notes_are_of_every_kind_and_say_who_was_heard() -> None:
    kinds = Counter(note.kind for note in of(s.NoteStep))
    assert set(kinds) == set(NoteKind)
    assert min(kinds.values()) >= 5
    assert all(n.heard and n.role for n in of(s.NoteStep) if n.kind is NoteKind.INTERVIEW)


def test_few_of_the_expected_notes_are_missing() -> None:
    there = {(note.criterion, note.kind.value) for note in of(s.NoteStep)}
    missing = {(c.code, kind) for c in PACK.criteria for kind in c.expected_notes} - there
    assert missing == {
        ("IN-101.c", "interview"),
        ("IN-201.b", "document"),
        ("IN-203.a", "interview"),
        ("IN-301.f", "document"),
    }


def test_seen_and_not_copied_is_there() -> None:
    assert len(of(s.SeenStep)) >= 2


def test_exhibits_support_several_criteria_and_findings() -> None:
    cited = Counter(c.exhibit for f in of(s.FindingStep) for c in f.exhibits)
    assert sum(times > 1 for times in cited.values()) >= 4
    assert sum(len(step.links) > 1 for step in of(s.AttachStep)) >= 5
    assert all(link.locator for step in of(s.AttachStep) for link in step.links)


def test_ratings_cover_both_stages_and_leave_some_sites_open() -> None:
    held = standing()
    documents = {c for c, stage, site in held if stage is Stage.DOCUMENTS and site is None}
    network = {c for c, stage, site in held if stage is Stage.SITE and site is None}
    assert len(documents) == len(CODES) - 1
    assert network == CODES
    asked = {(c.code, site) for c in PACK.criteria if c.each_site for site in STORY.sites}
    rated = {(c, site) for c, stage, site in held if stage is Stage.SITE and site}
    assert asked - rated == {
        ("IN-301.b", "Ridge"),
        ("IN-301.e", "St Aldhelm's"),
        ("IN-301.e", "Quay"),
        ("IN-301.f", "Quay"),
    }
    assert len(rated - asked) > 40


def test_the_words_of_the_conclusion_agree_with_the_ratings() -> None:
    facts = dict(pair for step in of(s.FactStep) for pair in step.facts)
    network = Counter(
        next(iter(held.values())) if len(set(held.values())) == 1 else "open"
        for (_, stage, site), held in standing().items()
        if stage is Stage.SITE and site is None
    )
    assert network == {"met": 7, "partly-met": 12, "open": 1}
    assert "meets seven of twenty criteria and partly meets twelve" in facts["conclusion"]


def test_the_words_of_the_recommendation_agree_with_the_findings() -> None:
    facts = dict(pair for step in of(s.FactStep) for pair in step.facts)
    withdrawn = {step.finding for step in of(s.WithdrawFindingStep)}
    blocking = [f for f in of(s.FindingStep) if RULES.grade(f.grade).blocks and f.finding not in withdrawn]
    assert len(blocking) == 3
    assert "Three mandatory findings are open" in facts["recommendation_words"]
    assert due_date(RULES.grade("mandatory"), date.fromisoformat(facts["ends"])) == date(2027, 2, 17)
    assert "17 February 2027" in facts["recommendation_words"]
    assert {f.site for f in blocking} == {"Harbour CDC", "Vale", "Castle"}


def test_states_and_flags_are_there() -> None:
    assert {step.state for step in of(s.StateStep)} == {"in review", "done"}
    flagged: dict[str, bool] = {}
    for step in of(s.FlagStep):
        flagged[step.criterion] = step.flagged
    assert sorted(code for code, on in flagged.items() if on) == ["IN-202.a", "IN-301.b", "IN-301.e"]
    assert flagged["IN-301.f"] is False


# ---- how it is written


def test_assessors_judge_and_do_not_advise() -> None:
    advice = re.compile(
        r"\b(should|ought to|must|needs to|needed to|we (?:suggest|advise)|recommend(?:s|ed)? that)\b",
        re.IGNORECASE,
    )
    written = [text for f in of(s.FindingStep) for text in (f.requirement, f.evidence, f.gap)]
    written += [r.reason for r in of(s.RateStep)]
    assert [text for text in written if advice.search(text)] == []


def test_nothing_in_it_could_identify_a_patient() -> None:
    number = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
    assert [text for text in words() if number.search(text)] == []


def test_the_spelling_is_british_and_the_dashes_are_plain() -> None:
    american = re.compile(
        r"\b(color|center|organiz|prioritiz|behavior|program\b(?!me)|license[sd]?\b)", re.IGNORECASE
    )
    for text in words():
        assert not american.search(text), text
        assert "\u2014" not in text
        assert "  " not in text
