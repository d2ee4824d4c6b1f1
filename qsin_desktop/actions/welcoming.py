"""A newcomer is welcomed: known by the card of their laptop, in the place that was planned for them."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.actions.enrolling import Card, words_with
from qsin_desktop.actions.laptops import Laptop, laptops
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import person_drafts
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound
from qsin_desktop.domain.people import Person, Role
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.sync.holder import INVITED, team_devices


@dataclass(frozen=True)
class SharedWords:
    """The six words that this laptop and one of a lead both show."""

    name: str
    device: str
    words: str


def waiting_laptops(visit: OpenVisit) -> tuple[Laptop, ...]:
    """Those of others that wrote something, are not confirmed and not cut off."""
    cuts = visit.store.authority.cuts
    return tuple(
        laptop
        for laptop in laptops(visit)
        if not laptop.confirmed and not laptop.mine and laptop.device not in cuts
    )


def words_with_leads(visit: OpenVisit) -> tuple[SharedWords, ...]:
    """With each laptop of a lead, by name."""
    authority, own = visit.store.authority, visit.identity.device
    found = [
        SharedWords(visit.record.person_name(person), device, words_with(visit, device))
        for device, person in authority.members
        if person in authority.leads and device != own and device not in authority.cuts
    ]
    return tuple(sorted(found, key=lambda each: (each.name, each.device)))


def places_for(visit: OpenVisit, card: Card) -> tuple[Person, ...]:
    """Planned colleagues of whom no laptop is known or invited, the newcomer's namesake first."""
    owners = {person for _, person in visit.store.authority.members} | {x.person for x in laptops(visit)}
    for entry in visit.store.entries_of_fields([INVITED]):
        if isinstance(entry.value, dict):
            owners.add(str(entry.value.get("person", "")))
    free = [person for person in visit.record.people if person.id not in owners]
    return tuple(sorted(free, key=lambda person: person.name.casefold() != card.name.casefold()))


def place_meant(visit: OpenVisit, card: Card, name: str = "") -> Person | None:
    """Whose planned place a newcomer takes: the one named, else their namesake's. Raises `NotFound`."""
    wanted = (name or card.name).strip().casefold()
    found = next((p for p in places_for(visit, card) if p.name.casefold() == wanted), None)
    if name and found is None:
        raise NotFound("planned colleague without a laptop", name)
    return found


def welcome(visit: OpenVisit, card: Card, *, role: Role, instead_of: str = "") -> Change:
    """The lead adds the person and lets their laptop read from now on; what it writes waits to be confirmed.

    `instead_of` is a planned colleague without a laptop: their part, organisation, interests and standards
    go over to the newcomer. Changes nothing for a laptop that was invited before.
    """
    visit.require_lead("invite a colleague")
    drafts: list[Draft] = []
    if card.device not in team_devices(visit.store):
        drafts.append(Draft(FieldKey("device", card.device, "invited"), {"person": card.person}))
    people = {person.id: person for person in visit.record.people}
    planned = people.get(instead_of)
    if card.person not in people:
        organisation = planned.organisation if planned else ""
        drafts += person_drafts(card.person, card.name, planned.role if planned else role, organisation)
    if planned is not None and planned.id != card.person:
        drafts += _taken_over(visit, planned, card.person)
    return visit.write(f"Invite {card.name}", drafts, entity=card.person, lasting=True)


def _taken_over(visit: OpenVisit, planned: Person, person: str) -> list[Draft]:
    made = FieldKey("person", planned.id, "made")
    adds = tuple(side.entry for side in visit.record.standing(made))
    drafts = [Draft(made, None, over=adds)] if adds else []
    if planned.interests:
        drafts.append(Draft(FieldKey("person", person, "interests"), planned.interests))
    drafts += [
        Draft(FieldKey("standard", standard.code, "assigned"), person)
        for standard in visit.pack.standards
        if visit.record.assigned(standard.code) == planned.id
    ]
    return drafts
