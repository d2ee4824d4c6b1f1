"""Plan a visit: its facts, sites and team, who looks at what, work states and flags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.texts import blank_to_none, kept, needed, one_line
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound, Refusal, shown
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import FACTS
from qsin_desktop.journal.entry import Draft

MOST_SITES = 40


_FACT_WORDS = {"starts": "the first day", "ends": "the last day", "network": "the network's name"}


class WorkState(StrEnum):
    NOT_STARTED = "not started"
    IN_REVIEW = "in review"
    DONE = "done"


class TooManySites(Refusal):
    def __init__(self) -> None:
        super().__init__(f"A visit has at most {MOST_SITES} sites; none was added.")


class SameName(Refusal):
    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"This visit has a {what} called “{shown(name)}” already; nothing was changed.")


class NotADay(Refusal):
    def __init__(self, given: str) -> None:
        super().__init__(f"“{shown(given)}” is not a day; write it as 2026-11-24.")


class UnknownRecommendation(Refusal):
    def __init__(self, given: str, known: list[str]) -> None:
        listed = ", ".join(known) or "none"
        super().__init__(
            f"“{shown(given)}” is not a recommendation of this visit's rules, which have: {listed}."
        )


class WrongOrder(Refusal):
    def __init__(self) -> None:
        super().__init__("The last day lies before the first; nothing was changed.")


def set_facts(visit: OpenVisit, facts: Mapping[str, str], *, typing: bool = False) -> Change:
    """Change facts of the visit, by the names of `VisitFacts`; only what differs is recorded.

    Where two texts stand for a fact, writing the one that is shown settles it.
    """
    clean = {name: kept(text, name.replace("_", " ")) for name, text in facts.items() if name in FACTS}
    clean |= {name: check_day(clean[name]) for name in ("starts", "ends", "keep_until") if name in clean}
    _refuse_wrong_order({**{n: getattr(visit.record.facts, n) for n in ("starts", "ends")}, **clean})
    if "network" in clean:
        clean["network"] = needed(clean["network"], "name of the network", limit=200)
    if "recommendation" in clean:
        clean["recommendation"] = _recommendation(visit, clean["recommendation"])
    drafts = [
        Draft(FieldKey("visit", visit.visit_id, name), blank_to_none(text))
        for name, text in clean.items()
        if _differs(visit, name, text)
    ]
    names = " and ".join(_FACT_WORDS.get(d.key.field, d.key.field.replace("_", " ")) for d in drafts[:2])
    return visit.write(f"Change {names}", drafts, typing=typing)


def _differs(visit: OpenVisit, name: str, text: str) -> bool:
    key = FieldKey("visit", visit.visit_id, name)
    return text != getattr(visit.record.facts, name) or visit.record.conflict(key) is not None


def _recommendation(visit: OpenVisit, given: str) -> str:
    """One of the rules' own by id or label, or empty; raises `UnknownRecommendation`."""
    wanted = given.strip().casefold()
    for id_, label in visit.rules.recommendations:
        if wanted in (id_.casefold(), label.casefold()):
            return id_
    if wanted:
        raise UnknownRecommendation(given, [id_ for id_, _ in visit.rules.recommendations])
    return ""


def check_day(text: str) -> str:
    """An ISO day or empty; raises `NotADay`."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        raise NotADay(text) from None


def _refuse_wrong_order(facts: Mapping[str, str]) -> None:
    starts, ends = facts["starts"], facts["ends"]
    if starts and ends and ends < starts:
        raise WrongOrder


def add_site(visit: OpenVisit, *, name: str) -> Change:
    sites = visit.record.sites
    clean = needed(one_line(name, "site's name"), "site's name")
    if len(sites) >= MOST_SITES:
        raise TooManySites
    _refuse_same("site", clean, [site.name for site in sites])
    site_id = visit.new_id()[:12]
    order = max((site.order for site in sites), default=0) + 1
    return visit.write(f"Add the site {clean}", site_drafts(site_id, clean, order), entity=site_id)


def site_drafts(site_id: str, name: str, order: int) -> list[Draft]:
    return [
        Draft(FieldKey("site", site_id, "made"), {"order": order}),
        Draft(FieldKey("site", site_id, "name"), name),
    ]


def rename_site(visit: OpenVisit, *, site: str, name: str, typing: bool = False) -> Change:
    clean = needed(one_line(name, "site's name"), "site's name")
    others = [other.name for other in visit.record.sites if other.id != site]
    if len(others) == len(visit.record.sites):
        raise NotFound("site", site)
    _refuse_same("site", clean, others)
    draft = Draft(FieldKey("site", site, "name"), clean)
    return visit.write(f"Rename a site to {clean}", [draft], typing=typing)


def remove_site(visit: OpenVisit, *, site: str) -> Change:
    """Take a site out of the visit; its ratings stay in the trail and come back with undo."""
    key = FieldKey("site", site, "made")
    adds = tuple(s.entry for s in visit.record.standing(key))
    if not adds:
        raise NotFound("site", site)
    return visit.write(f"Remove the site {visit.record.site_name(site)}", [Draft(key, None, over=adds)])


def add_person(
    visit: OpenVisit, *, name: str, role: Role, organisation: str = "", person: str = ""
) -> Change:
    """Add somebody to the team; `change.entity` is their id (a new one unless given)."""
    clean = needed(one_line(name, "name"), "name")
    if role is Role.LEAD:
        visit.require_lead("make somebody lead assessor")
    person_id = person or visit.new_id()
    drafts = person_drafts(person_id, clean, role, one_line(organisation, "organisation"))
    return visit.write(f"Add {clean} to the team", drafts, entity=person_id)


def person_drafts(person_id: str, name: str, role: Role, organisation: str = "") -> list[Draft]:
    drafts = [
        Draft(FieldKey("person", person_id, "made"), {}),
        Draft(FieldKey("person", person_id, "name"), name),
        Draft(FieldKey("person", person_id, "role"), role.value),
    ]
    if organisation:
        drafts.append(Draft(FieldKey("person", person_id, "organisation"), organisation))
    return drafts


def change_person(visit: OpenVisit, *, person: str, typing: bool = False, **fields: str) -> Change:
    """Change name, organisation, interests or role."""
    if person not in visit.record.entities("person"):
        raise NotFound("person", person)
    if "role" in fields:
        visit.require_lead("change somebody's role")
    allowed = ("name", "organisation", "interests", "role")
    clean = {n: kept(t, n, limit=5_000).strip() for n, t in fields.items() if n in allowed}
    if "name" in clean:
        clean["name"] = needed(one_line(clean["name"], "name"), "name")
    if "role" in clean:
        clean["role"] = _role(clean["role"]).value
    drafts = [Draft(FieldKey("person", person, n), blank_to_none(text)) for n, text in clean.items()]
    return visit.write(f"Change {visit.record.person_name(person)}", drafts, typing=typing)


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise NotFound("role", name) from None


def remove_person(visit: OpenVisit, *, person: str) -> Change:
    key = FieldKey("person", person, "made")
    adds = tuple(s.entry for s in visit.record.standing(key))
    if not adds:
        raise NotFound("person", person)
    return visit.write(f"Remove {visit.record.person_name(person)}", [Draft(key, None, over=adds)])


def confirm_device(visit: OpenVisit, *, device: str, person: str) -> Change:
    """The lead confirms that this laptop is that person's; from then on its entries count."""
    visit.require_lead("confirm a laptop")
    name = visit.record.person_name(person)
    return visit.write(
        f"Confirm a laptop of {name}",
        [Draft(FieldKey("device", device, "member"), {"person": person})],
        lasting=True,
    )


def assign(visit: OpenVisit, *, standard: str, person: str | None) -> Change:
    """Say who looks at a standard, or with None that nobody does; raises `UnknownStandard`."""
    code = visit.pack.standard_named(standard).code
    return visit.write(f"Assign {code}", [Draft(FieldKey("standard", code, "assigned"), person or None)])


def set_work_state(visit: OpenVisit, *, criterion: str, state: WorkState) -> Change:
    judged = visit.criterion(criterion)
    return visit.write(
        f"Mark {judged.shown_code} {state.value}",
        [Draft(FieldKey("criterion", judged.code, "state"), state.value)],
    )


def set_flag(
    visit: OpenVisit, *, criterion: str, flagged: bool, words: str = "", typing: bool = False
) -> Change:
    judged = visit.criterion(criterion)
    value = {"words": one_line(words, "flag's text")} if flagged else None
    name = f"Flag {judged.shown_code}" if flagged else f"Remove the flag of {judged.shown_code}"
    return visit.write(name, [Draft(FieldKey("criterion", judged.code, "flag"), value)], typing=typing)


def _refuse_same(what: str, name: str, others: list[str]) -> None:
    if name.casefold() in {other.casefold() for other in others}:
        raise SameName(what, name)
