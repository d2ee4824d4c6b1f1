from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qsin_desktop.actions import planning
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.settling import NotByTaking
from qsin_desktop.actions.settling_texts import settle_text, texts_apart
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NotFound
from qsin_desktop.domain.joint_text import JointText, differences, joint_text
from tests.sync.team import Stick, all_meet
from tests.sync.test_exchange import rate

BASE = "The rota has gaps. Nights are covered. Training is planned.\n"
SENTENCE = re.compile(r"[^.!?]*[.!?]+\)?|[^.!?]+")
TEXTS = st.lists(
    st.sampled_from(["One thing. ", "Another! ", "A third?\n", "no end", "\n", "(In brackets.) "]), max_size=6
).map("".join)


def test_what_only_one_changed_is_taken_from_it() -> None:
    ours = BASE.replace("Nights", "Nights and weekends")
    theirs = BASE.replace("planned", "planned for May")
    joint = joint_text(BASE, ours, theirs)
    assert joint.clean
    assert joint.text == ("The rota has gaps. Nights and weekends are covered. Training is planned for May.")


def test_where_both_changed_the_same_sentence_both_stand_and_a_person_is_asked() -> None:
    joint = joint_text(BASE, BASE.replace("gaps", "three gaps"), BASE.replace("gaps", "many gaps"))
    assert not joint.clean
    assert "three gaps. The rota has many gaps. Nights" in joint.text


@pytest.mark.parametrize(
    ("before", "after", "joint"),
    [
        (
            "At weekends nights are covered.",
            "Nights are covered by locums.",
            "At weekends nights are covered by locums.",
        ),
        (
            "Seen twice. Nights are covered.",
            "Nights are covered. Really.",
            "Seen twice. Nights are covered. Really.",
        ),
        (
            "First line.\nNights are covered.",
            "Nights are covered (seen).",
            "First line.\nNights are covered (seen).",
        ),
    ],
)
def test_words_before_and_words_after_a_sentence_stand_around_it_once(
    before: str, after: str, joint: str
) -> None:
    for one, other in ((before, after), (after, before)):
        assert joint_text("Nights are covered.", one, other) == JointText(joint, clean=True)
        told = joint_text(
            "The rota. Nights are covered.\nEnd.", f"The rota. {one}\nEnd.", f"The rota. {other}\nEnd."
        )
        assert told == JointText(f"The rota. {joint}\nEnd.", clean=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Often nights are covered.", "Rarely nights are covered."),
        ("Nights are covered often.", "Nights are covered rarely."),
        ("Nights are not covered.", "Nights are covered by locums."),
        ("Nights are covered, nights are covered.", "Nights are covered by locums."),
    ],
)
def test_at_the_same_place_or_within_a_sentence_both_variants_stand(one: str, other: str) -> None:
    joint = joint_text("Nights are covered.", one, other)
    assert not joint.clean
    assert one in joint.text
    assert other in joint.text


def test_what_differs_is_shown_word_by_word() -> None:
    ours, theirs = differences("The rota has gaps", "The rota has many gaps")
    assert [part.text for part in ours if part.only] == []
    assert "".join(part.text for part in theirs if part.only).strip() == "many"


def sentences_of(text: str) -> set[str]:
    """Words that lack their full stop are one sentence with what follows on the line."""
    return {said for line in text.split("\n") for part in SENTENCE.findall(line) if (said := part.strip())}


@given(TEXTS, TEXTS, TEXTS)
@example(
    "One thing. One thing. One thing. Another! ",
    "One thing. One thing. Another! Another! ",
    "Another! Another! One thing. A third?\n",
)
def test_nothing_that_either_wrote_is_lost(base: str, one: str, other: str) -> None:
    joint = joint_text(base, one, other).text
    assert joint_text(base, one, one).text == one
    assert joint_text(base, one, base).text == one
    assert joint_text(base, base, other).text == other
    ours, theirs = sentences_of(one), sentences_of(other)
    assert all(sentence in joint for sentence in ours & theirs)
    added = (ours ^ theirs) - sentences_of(base)
    assert all(sentence in joint for sentence in added), "what one of them added is there"
    for text in (one, other):
        parts = differences(text, base)[0]
        assert "".join(part.text for part in parts) == text


def test_two_texts_are_settled_by_a_joint_one_on_all_laptops(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    planning.set_facts(lead, {"scope": BASE})
    all_meet(team, stick)
    planning.set_facts(peer, {"scope": BASE.replace("Nights", "Nights and weekends")})
    planning.set_facts(tech, {"scope": BASE.replace("planned", "planned for May")})
    all_meet(team, stick)
    (conflict,) = tech.record.conflicts
    apart = texts_apart(tech, conflict)
    assert apart is not None
    assert apart.base == BASE
    assert apart.proposal.clean
    assert "weekends" in apart.proposal.text
    assert "May" in apart.proposal.text
    settle_text(tech, conflict, apart.proposal.text)
    all_meet(team, stick)
    assert {visit.record.facts.scope for visit in team} == {apart.proposal.text}
    assert not any(visit.record.conflicts for visit in team)
    History(tech).undo()
    all_meet(team, stick)
    assert all(len(visit.record.conflicts) == 1 for visit in team), "settling can be undone, everywhere"


def test_a_disagreement_that_changed_meanwhile_is_looked_at_again(
    team: list[OpenVisit], stick: Stick
) -> None:
    lead, peer, tech = team
    planning.set_facts(peer, {"scope": "one"})
    planning.set_facts(tech, {"scope": "two"})
    all_meet(team, stick)
    (conflict,) = lead.record.conflicts
    planning.set_facts(lead, {"scope": "three"})
    with pytest.raises(NotFound):
        settle_text(lead, conflict, "joint")


def test_ratings_are_not_texts(team: list[OpenVisit], stick: Stick) -> None:
    rate(team[1], word="met")
    rate(team[2], word="not-met")
    all_meet(team, stick)
    (conflict,) = team[0].record.conflicts
    assert texts_apart(team[0], conflict) is None
    with pytest.raises(NotByTaking):
        settle_text(team[0], conflict, "joint")
