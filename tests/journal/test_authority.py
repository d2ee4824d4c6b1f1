from __future__ import annotations

from itertools import permutations

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import authority_of, visit_id
from qsin_desktop.journal.view import view_of
from tests.journal.laptops import LEAD, SALT, Key, Laptop, team

RATING = FieldKey("rating", "IN-301.a|site|", "rating")


def rated(laptop: Laptop, rating: str = "met") -> None:
    laptop.write(RATING, {"rating": rating, "reason": ""})


def test_entries_of_a_laptop_wait_until_the_lead_confirms_it() -> None:
    lead, _ = team(2)
    newcomer = Laptop("newcomer", Key(9), lead.visit)
    newcomer.take_from(lead)
    rated(newcomer)
    lead.take_from(newcomer)
    before = view_of(lead.known.values())
    assert [e.by for e in before.waiting] == ["newcomer"]
    assert not before.standing[RATING]
    lead.write(FieldKey("device", newcomer.key.device, "member"), {"person": "newcomer"})
    after = view_of(lead.known.values())
    assert not after.waiting
    assert [e.by for e in after.standing[RATING]] == ["newcomer"]


def test_nobody_but_a_lead_confirms_a_laptop() -> None:
    lead, assessor = team(2)
    newcomer = Laptop("newcomer", Key(9), lead.visit)
    assessor.write(FieldKey("device", newcomer.key.device, "member"), {"person": "newcomer"})
    newcomer.take_from(assessor)
    rated(newcomer)
    assert not newcomer.standing(RATING)


def test_a_laptop_cannot_write_in_another_persons_name() -> None:
    _lead, assessor = team(2)
    forger = Laptop(LEAD, assessor.key, assessor.visit, dict(assessor.known))
    rated(forger)
    assert not forger.standing(RATING)


def test_a_founding_by_another_key_has_no_power() -> None:
    lead, _ = team(2)
    stranger = Laptop("stranger", Key(9), lead.visit)
    stranger.write(FieldKey("visit", lead.visit, "founded"), {"salt": SALT})
    assert authority_of(stranger.known.values()).members == frozenset()
    assert visit_id(stranger.key.device, SALT) != lead.visit


def test_a_lead_makes_another_lead_who_confirms_laptops_in_turn() -> None:
    lead, assessor = team(2)
    lead.write(FieldKey("person", assessor.person, "role"), "lead")
    assessor.take_from(lead)
    newcomer = Laptop("newcomer", Key(9), lead.visit)
    assessor.write(FieldKey("device", newcomer.key.device, "member"), {"person": "newcomer"})
    authority = authority_of(assessor.known.values())
    assert authority.leads == {LEAD, assessor.person}
    assert (newcomer.key.device, "newcomer") in authority.members


def test_an_assessor_who_calls_himself_lead_is_none() -> None:
    _, assessor = team(2)
    assessor.write(FieldKey("person", assessor.person, "role"), "lead")
    assert authority_of(assessor.known.values()).leads == {LEAD}


def test_a_confirmation_taken_back_and_given_again() -> None:
    lead, assessor = team(2)
    confirmation = next(e for e in lead.known.values() if e.key.type == "device")
    taken_back = lead.write(confirmation.key, None, undo=confirmation.id)
    assert (assessor.key.device, assessor.person) not in authority_of(lead.known.values()).members
    lead.write(confirmation.key, None, undo=taken_back.id)
    assert (assessor.key.device, assessor.person) in authority_of(lead.known.values()).members


def test_the_order_of_arrival_does_not_matter() -> None:
    lead, assessor = team(2)
    lead.write(FieldKey("person", assessor.person, "role"), "lead")
    assessor.take_from(lead)
    assessor.write(FieldKey("device", Key(9).device, "member"), {"person": "newcomer"})
    found = {authority_of(order) for order in permutations(assessor.known.values())}
    assert len(found) == 1
