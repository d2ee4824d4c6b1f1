"""The closing gate: everything between this visit and its seal, each point with the place to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.settling import field_words
from qsin_desktop.actions.team_state import LaptopState, PersonState, TeamState, team_state
from qsin_desktop.domain.closing import OF_GAP, ClosingPoint, PointKind
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.progress import missing_in_visit
from qsin_desktop.domain.rating import RatingKey


class NotFinal(Refusal):
    """A final document was asked for and the visit is not settled; says what stands in the way."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The report cannot be final yet: {why} Nothing was made; a draft can be made.")


def closing_points(visit: OpenVisit, state: TeamState | None = None) -> tuple[ClosingPoint, ...]:
    """Those that block first, then by kind. Some ten milliseconds; more with many exhibits.

    Missing notes are no point: they hold up no report.
    """
    found = state or team_state(visit)
    points = [*_disagreements(visit), *_of_team(found), *_newer(visit), *_missing(visit)]
    order = list(PointKind)
    return tuple(sorted(points, key=lambda point: order.index(point.kind)))


def refuse_a_draft(visit: OpenVisit) -> None:
    """For who asks for a final report: raises `NotFinal` while the visit is not sealed or not settled."""
    count = len(visit.record.conflicts)
    if visit.record.seal is None and count:
        words = "a disagreement is" if count == 1 else f"{count} disagreements are"
        raise NotFinal(f"{words} open and the visit is not sealed.")
    if visit.record.seal is None:
        raise NotFinal("the lead assessor has not sealed the visit.")


def _missing(visit: OpenVisit) -> Iterator[ClosingPoint]:
    for part in missing_in_visit(visit.record):
        kind = OF_GAP.get(part.gap)
        if kind is not None:
            code = visit.criterion(part.criterion).shown_code if part.criterion and not part.finding else ""
            words = f"{code}, {part.words[:1].lower()}{part.words[1:]}" if code else part.words
            yield ClosingPoint(kind, words, part.criterion, part.stage, part.site, part.finding)


def _disagreements(visit: OpenVisit) -> Iterator[ClosingPoint]:
    for conflict in visit.record.conflicts:
        key = conflict.key
        if key.type == "rating":
            rating = RatingKey.from_entity(key.entity)
            yield ClosingPoint(
                PointKind.DISAGREEMENT,
                _rating_words(visit, rating),
                rating.criterion,
                rating.stage,
                rating.site,
                key=key,
            )
        else:
            finding = key.entity if key.type in ("finding", "response") else ""
            words = _field_words(visit, conflict)
            yield ClosingPoint(PointKind.DISAGREEMENT, words, finding=finding, key=key)


def _rating_words(visit: OpenVisit, key: RatingKey) -> str:
    code, place = visit.criterion(key.criterion).shown_code, visit.record.site_name(key.site)
    return f"A disagreement about the rating of {code}, {key.stage.label.lower()}, {place}"


def _field_words(visit: OpenVisit, conflict: Conflict) -> str:
    key = conflict.key
    if key.type == "seal":
        return "Two seals were made apart, so none is in force: reopen the visit, then seal it once"
    finding = visit.record.finding(key.entity) if key.type in ("finding", "response") else None
    of = f" {finding.number}" if finding else ""
    return f"A disagreement about the {field_words(key)}{of}"


def _newer(visit: OpenVisit) -> Iterator[ClosingPoint]:
    newer = sum(1 for entry in visit.store.unknown_entries() if entry.must)
    if newer:
        words = "entry needs" if newer == 1 else "entries need"
        yield ClosingPoint(PointKind.NEWER, f"{newer} {words} a newer version of QSIN Desktop")


def _of_team(state: TeamState) -> Iterator[ClosingPoint]:
    out = {person.person for person in state.not_handed_in}
    for person in state.people:
        yield from (point for laptop in person.laptops for point in _of_laptop(person, laptop))
        if person.exhibits_here < person.exhibits:
            words = f"{person.exhibits_here} of {person.exhibits} exhibits of {person.name} are here"
            yield ClosingPoint(PointKind.EXHIBITS, words, person=person.person)
        if person.person in out and not person.entries and not any(x.mine for x in person.laptops):
            words = f"{person.name} has not handed in"
            yield ClosingPoint(PointKind.NOT_IN, words, person=person.person)


def _of_laptop(person: PersonState, laptop: LaptopState) -> Iterator[ClosingPoint]:
    if laptop.forked_at is not None:
        words = f"Two laptops of {person.name} write under one key from entry {laptop.forked_at} on"
        yield ClosingPoint(PointKind.FORK, words, person=person.person, device=laptop.device)
    if not laptop.confirmed and laptop.entries and laptop.cut_at is None:
        words = f"A laptop of {person.name} is not confirmed"
        yield ClosingPoint(PointKind.WAITING, words, person=person.person, device=laptop.device)
