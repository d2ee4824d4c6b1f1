from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qsin_desktop.actions import planning
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import WorkState
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import LeadOnly, NotFound, Refusal, TextMissing, TextTooLong, UnknownStandard
from qsin_desktop.domain.people import Role
from tests.founding import ME, PEER

B = "IN-301.b"


def test_facts_change_and_only_what_differs_is_recorded(visit: OpenVisit) -> None:
    change = planning.set_facts(visit, {"scope": "CT only", "network": "Thames Estuary Imaging Network"})
    assert [key.field for key in change.keys] == ["scope"]
    assert visit.record.facts.scope == "CT only"
    acts = len(visit.acts)
    assert not planning.set_facts(visit, {"scope": "CT only", "no such fact": "x"}).keys
    assert len(visit.acts) == acts
    planning.set_facts(visit, {"scope": " "})
    assert visit.record.facts.scope == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [("2026-11-23", "2026-11-23"), (" 2026-11-23 ", "2026-11-23"), ("20261123", "2026-11-23"), ("", "")],
)
def test_a_day_is_kept_as_one(given: str, kept: str, visit: OpenVisit) -> None:
    planning.set_facts(visit, {"starts": given})
    assert visit.record.facts.starts == kept
    assert planning.check_day(given) == kept


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"starts": "2026-02-30"}, planning.NotADay),
        ({"ends": "soon"}, planning.NotADay),
        ({"ends": "2026-11-23"}, planning.WrongOrder),
        ({"starts": "2026-11-26"}, planning.WrongOrder),
        ({"network": " "}, TextMissing),
        ({"network": "n" * 201}, TextTooLong),
        ({"scope": "s" * 100_001}, TextTooLong),
        ({"recommendation": "perhaps"}, planning.UnknownRecommendation),
    ],
)
def test_facts_that_cannot_be_are_refused(
    facts: dict[str, str], refusal: type[Refusal], visit: OpenVisit
) -> None:
    before, count = visit.record.facts, visit.store.entry_count()
    with pytest.raises(refusal):
        planning.set_facts(visit, {"summary": "s", **facts})
    assert (visit.record.facts, visit.store.entry_count()) == (before, count)


def test_both_days_may_move_at_once(visit: OpenVisit) -> None:
    planning.set_facts(visit, {"starts": "2027-01-10", "ends": "2027-01-11"})
    assert (visit.record.facts.starts, visit.record.facts.ends) == ("2027-01-10", "2027-01-11")


def test_two_texts_of_a_fact_are_settled_by_writing_one_of_them(
    visit: OpenVisit, colleague: OpenVisit
) -> None:
    planning.set_facts(visit, {"scope": "mine"})
    planning.set_facts(colleague, {"scope": "theirs"})
    take_from(visit, colleague)
    record = visit.record
    assert [conflict.key.field for conflict in record.conflicts] == ["scope"]
    planning.set_facts(visit, {"scope": record.facts.scope})
    assert not visit.record.conflicts


def test_a_visit_has_one_to_forty_sites_of_different_names(visit: OpenVisit) -> None:
    for number in range(len(visit.record.sites), planning.MOST_SITES):
        planning.add_site(visit, name=f"Site {number}")
    with pytest.raises(planning.TooManySites):
        planning.add_site(visit, name="One more")
    site = visit.record.sites[0]
    planning.remove_site(visit, site=site.id)
    for name, refusal in (("SITE  9", planning.SameName), (" ", TextMissing), ("s" * 501, TextTooLong)):
        with pytest.raises(refusal):
            planning.add_site(visit, name=name)
    planning.add_site(visit, name="One more")
    assert visit.record.sites[-1].name == "One more"


def test_a_site_is_renamed_and_keeps_what_was_rated_there(visit: OpenVisit) -> None:
    site = visit.record.sites[0]
    planning.rename_site(visit, site=site.id, name="Royal Wessex Hospital")
    planning.rename_site(visit, site=site.id, name="ROYAL WESSEX HOSPITAL")
    assert visit.record.site_name(site.id) == "ROYAL WESSEX HOSPITAL"
    with pytest.raises(planning.SameName):
        planning.rename_site(visit, site=site.id, name="Harbour CDC")
    acts: tuple[Callable[[], object], ...] = (
        lambda: planning.rename_site(visit, site="x", name="New"),
        lambda: planning.remove_site(visit, site="x"),
    )
    for unknown in acts:
        with pytest.raises(NotFound):
            unknown()


def test_a_removed_site_comes_back_with_undo(visit: OpenVisit) -> None:
    before = visit.record.sites
    planning.remove_site(visit, site=before[1].id)
    assert visit.record.sites == (before[0], before[2])
    History(visit).undo()
    assert visit.record.sites == before


def test_the_team(visit: OpenVisit) -> None:
    person = planning.add_person(visit, name=" Lay  Larry ", role=Role.LAY, organisation="Patients").entity
    added = next(p for p in visit.record.people if p.id == person)
    assert (added.name, added.role, added.organisation) == ("Lay Larry", Role.LAY, "Patients")
    planning.change_person(visit, person=person, name="Larry Lay", interests="None", role="observer")
    changed = next(p for p in visit.record.people if p.id == person)
    assert (changed.name, changed.interests, changed.role) == ("Larry Lay", "None", Role.OBSERVER)
    planning.remove_person(visit, person=person)
    assert person not in {p.id for p in visit.record.people}
    History(visit).undo()
    assert changed in visit.record.people


def test_what_is_no_change_of_the_team_is_refused(visit: OpenVisit) -> None:
    before = visit.record.people
    wrong: tuple[tuple[dict[str, Any], type[Refusal]], ...] = (
        ({"name": " "}, TextMissing),
        ({"role": "king"}, NotFound),
        ({"interests": "i" * 5001}, TextTooLong),
    )
    for fields, refusal in wrong:
        with pytest.raises(refusal):
            planning.change_person(visit, person=visit.me, **fields)
    assert not planning.change_person(visit, person=visit.me).keys
    for name in ("", "n" * 501):
        with pytest.raises((TextMissing, TextTooLong)):
            planning.add_person(visit, name=name, role=Role.PEER)
    with pytest.raises(NotFound):
        planning.change_person(visit, person="nobody", name="x")
    with pytest.raises(NotFound):
        planning.remove_person(visit, person="nobody")
    assert visit.record.people == before


def test_only_the_lead_makes_a_lead_and_confirms_a_laptop(visit: OpenVisit, colleague: OpenVisit) -> None:
    acts: tuple[Callable[[], object], ...] = (
        lambda: planning.add_person(colleague, name="X", role=Role.LEAD),
        lambda: planning.change_person(colleague, person=PEER.person, role="lead"),
        lambda: planning.confirm_device(colleague, device="d" * 64, person=PEER.person),
    )
    for act in acts:
        with pytest.raises(LeadOnly):
            act()
    planning.change_person(visit, person=PEER.person, role="lead")
    take_from(colleague, visit)
    assert colleague.i_lead
    assert visit.i_lead
    planning.add_person(colleague, name="X", role=Role.LEAD)


def test_who_looks_at_what(visit: OpenVisit) -> None:
    planning.assign(visit, standard="in 301", person=PEER.person)
    assert visit.record.assigned("IN-301") == PEER.person
    planning.assign(visit, standard="IN-301", person=None)
    assert visit.record.assigned("IN-301") == ""
    with pytest.raises(UnknownStandard):
        planning.assign(visit, standard="IN-999", person=ME.person)


def test_work_states_and_flags_are_no_ratings(visit: OpenVisit) -> None:
    planning.set_work_state(visit, criterion="in-301b", state=WorkState.DONE)
    planning.set_flag(visit, criterion=B, flagged=True, words=" Ask\nagain ")
    assert (visit.record.work_state(B), visit.record.flag(B)) == ("done", "Ask again")
    assert not visit.record.ratings
    planning.set_flag(visit, criterion=B, flagged=True)
    assert visit.record.flag(B) == ""
    planning.set_flag(visit, criterion=B, flagged=False)
    assert visit.record.flag(B) is None
    assert visit.record.work_state("IN-301.a") == "not started"


def test_of_two_states_the_one_written_last_is_shown_and_nobody_is_asked(
    visit: OpenVisit, colleague: OpenVisit
) -> None:
    planning.set_work_state(visit, criterion=B, state=WorkState.DONE)
    planning.set_work_state(colleague, criterion=B, state=WorkState.IN_REVIEW)
    take_from(visit, colleague)
    take_from(colleague, visit)
    assert visit.record.work_state(B) == colleague.record.work_state(B)
    assert visit.record.conflicts == ()
