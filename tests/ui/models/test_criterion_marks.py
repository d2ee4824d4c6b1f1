from __future__ import annotations

import pytest

from qsin_desktop.actions.evidence import Target, add_seen, reinstate_exhibit, uncite, withdraw_exhibit
from qsin_desktop.actions.notes import add_note, take_back_note
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import WorkState, add_site, assign, set_flag, set_work_state
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.models.criterion_marks import CriterionMarks

CODE = "IN-201.a"


@pytest.fixture
def marks(small_visit: OpenVisit) -> CriterionMarks:
    made = CriterionMarks(small_visit.record)
    made.count_rated()
    return made


def test_a_rating_touches_its_criterion_alone(small_visit: OpenVisit, marks: CriterionMarks) -> None:
    assert marks.of(CODE).sign is Sign.RING
    touched = marks.take(rate(small_visit, criterion=CODE, rating="met"))
    assert touched.codes == frozenset({CODE})
    assert (marks.of(CODE).sign, marks.of(CODE).rating) == (Sign.TICK, "Met")
    assert marks.rated == frozenset({CODE})


def test_the_signs_are_those_of_the_place(small_visit: OpenVisit, marks: CriterionMarks) -> None:
    one, two, _ = (site.id for site in small_visit.record.sites)
    marks.take(rate(small_visit, criterion=CODE, rating="not-met", site=one, reason="None."))
    assert marks.of(CODE).sign is Sign.CROSS, "rolled up to the network"
    assert marks.set_place(Stage.SITE, two)
    assert marks.of(CODE).sign is Sign.RING
    marks.set_place(Stage.SITE, one)
    assert marks.of(CODE).sign is Sign.CROSS
    assert not marks.set_place(Stage.SITE, one)
    marks.set_place(Stage.DOCUMENTS, NETWORK)
    assert marks.of(CODE).sign is Sign.RING


def test_notes_and_exhibits_are_counted_and_taken_back(small_visit: OpenVisit, marks: CriterionMarks) -> None:
    missing = marks.of(CODE).missing
    noted = add_note(small_visit, criterion=CODE, kind=NoteKind.DOCUMENT, text="Seen.")
    assert marks.take(noted).codes == frozenset({CODE})
    assert marks.of(CODE).missing == missing - 1
    assert marks.take(take_back_note(small_visit, note=noted.entity)).has(CODE)
    assert marks.of(CODE).missing == missing
    seen = add_seen(small_visit, SeenDocument(title="Log"), [Target(criterion=CODE)])
    marks.take(seen)
    assert marks.of(CODE).exhibits == 1
    link = small_visit.record.links(criterion=CODE)[0].id
    assert marks.take(uncite(small_visit, link=link)).codes == frozenset({CODE})
    assert marks.of(CODE).exhibits == 0


def test_a_withdrawn_exhibit_is_counted_nowhere(small_visit: OpenVisit, marks: CriterionMarks) -> None:
    seen = add_seen(small_visit, SeenDocument(title="Log"), [Target(criterion=CODE)])
    marks.take(seen)
    assert marks.of(CODE).exhibits == 1
    marks.take(withdraw_exhibit(small_visit, exhibit=seen.entity, reason="Of 2019"))
    assert marks.of(CODE).exhibits == 0
    marks.take(reinstate_exhibit(small_visit, exhibit=seen.entity))
    assert marks.of(CODE).exhibits == 1


def test_flags_are_shown_and_work_states_are_not(small_visit: OpenVisit, marks: CriterionMarks) -> None:
    assert marks.take(set_flag(small_visit, criterion=CODE, flagged=True)).codes == frozenset({CODE})
    assert marks.of(CODE).flagged
    before = marks.of(CODE)
    marks.take(set_work_state(small_visit, criterion=CODE, state=WorkState.DONE))
    assert marks.of(CODE) == before


def test_what_no_row_shows_touches_none(small_visit: OpenVisit, marks: CriterionMarks) -> None:
    assert marks.take(assign(small_visit, standard="IN-301", person=small_visit.me)).nothing


def test_another_site_makes_all_be_looked_at_anew(small_visit: OpenVisit, marks: CriterionMarks) -> None:
    for site in small_visit.record.sites:
        marks.take(rate(small_visit, criterion=CODE, rating="met", site=site.id))
    assert marks.rated == frozenset({CODE})
    touched = marks.take(add_site(small_visit, name="Moor"))
    assert touched.codes is None
    assert marks.rated == frozenset()


def test_a_standard_shows_the_worst_and_no_praise_before_all_are_rated(
    small_visit: OpenVisit, marks: CriterionMarks
) -> None:
    standard = small_visit.pack.standard("IN-201")
    first, second = standard.criteria
    assert marks.of_standard(standard).sign is Sign.RING
    rate(small_visit, criterion=first.code, rating="met")
    assert marks.of_standard(standard).sign is Sign.RING, "the other may turn out worse"
    rate(small_visit, criterion=second.code, rating="partly-met", reason="In part.")
    assert marks.of_standard(standard).sign is Sign.HALF
    rate(small_visit, criterion=second.code, rating="met", reason="After all.")
    assert (marks.of_standard(standard).sign, marks.of_standard(standard).tone) == (Sign.TICK, Tone.MET)


def test_counting_as_one_goes_comes_to_what_counting_anew_does(small_visit: OpenVisit) -> None:
    marks = CriterionMarks(small_visit.record)
    marks.count_rated()
    sites = [site.id for site in small_visit.record.sites]
    for number, criterion in enumerate(small_visit.pack.criteria):
        for site in sites[: 1 + number % 4] if number % 2 else [NETWORK]:
            marks.take(rate(small_visit, criterion=criterion.code, rating="met", site=site))
    anew = CriterionMarks(small_visit.record)
    anew.count_rated()
    assert marks.rated == anew.rated
    assert 0 < len(anew.rated or ()) < len(small_visit.pack.criteria)
