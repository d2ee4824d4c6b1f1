"""The visit's record: everything that stands, held in memory and kept up to date field by field.

The journal's rule says what stands for each field; this module reads it as ratings, notes, exhibits and
findings. It decides nothing about merging.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qsin_desktop.domain import reading
from qsin_desktop.domain.conflicts import Conflict, conflict_of
from qsin_desktop.domain.evidence import Exhibit, ExhibitLink, Note
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.last_visit import LastVisit, from_value
from qsin_desktop.domain.people import Person, Role
from qsin_desktop.domain.rating import (
    NOT_RATED,
    NetworkRating,
    RatingCell,
    RatingKey,
    cell_of,
    network_rating,
)
from qsin_desktop.domain.responses import FindingResponse, Round, response_of, rounds_of
from qsin_desktop.domain.standards import Pack, Rules
from qsin_desktop.domain.standing import FieldKey, Standing, newest
from qsin_desktop.domain.visits import FACTS, NETWORK, Seal, Site, Stage, VisitFacts
from qsin_desktop.domain.within_pack import rating_key, within_pack

Fields = dict[str, tuple[Standing, ...]]

_ALL = ""  # the group that holds them all, in their order


class VisitRecord:
    """What stands in one visit. `apply` is the only way in; everything else is for reading."""

    def __init__(self, visit_id: str, pack: Pack, rules: Rules) -> None:
        self.visit_id = visit_id
        self.pack = pack
        self.rules = rules
        self.ratings: dict[RatingKey, RatingCell] = {}
        self._fields: dict[str, dict[str, Fields]] = {}
        self._things: dict[str, dict[str, Any]] = {}
        self._groups: dict[tuple[str, str], dict[str, tuple[Any, ...]]] = {}
        self._conflicts: dict[FieldKey, Conflict] = {}
        self._responses: dict[str, FindingResponse] = {}  # read already
        self._labels: dict[str, str] | None = None  # of the returns, by SHA-256
        self._facts: VisitFacts | None = None
        self._last_visit: LastVisit | None = None
        self._codes = frozenset((None, *(criterion.code for criterion in pack.criteria)))

    # ---- keeping up -------------------------------------------------------------------------------

    def apply(self, key: FieldKey, standing: tuple[Standing, ...]) -> None:
        """Take what now stands for one field; an empty tuple means that nothing does.

        What is said of a criterion that the pack does not have is nobody's judgement and stays in the trail.
        """
        standing = within_pack(self._codes, key, standing)
        fields = self._fields.setdefault(key.type, {}).setdefault(key.entity, {})
        if standing:
            fields[key.field] = standing
        else:
            fields.pop(key.field, None)
        self._note_conflict(key, standing)
        self._forget_read(key)
        if key.type == "rating":
            if key.field == "rating":
                self._apply_rating(key.entity, standing)
        elif key.type == "visit":
            self._facts = self._last_visit = None
        elif key.field in ("made", "grade", "purged"):
            self._things.pop(key.type, None)  # numbers and due dates may move
        else:
            self._rebuild(key.type, key.entity, fields)
        if key.type == "visit" and key.field in ("starts", "ends"):
            self._things.pop("finding", None)

    def _forget_read(self, key: FieldKey) -> None:
        for name in ("criterion", "finding", "exhibit", _ALL):
            self._groups.pop((key.type, name), None)
        if key.type == "visit":
            self._groups.pop(("finding", _ALL), None)  # due dates may move
        elif key.type == "response":
            self._responses.pop(key.entity, None)
        elif key.type == "round":
            self._responses.clear()
            self._labels = None

    def _apply_rating(self, entity: str, standing: tuple[Standing, ...]) -> None:
        cell = cell_of(standing)
        if cell.opinions:
            self.ratings[RatingKey.from_entity(entity)] = cell
        elif key := rating_key(entity):
            self.ratings.pop(key, None)

    def _note_conflict(self, key: FieldKey, standing: tuple[Standing, ...]) -> None:
        conflict = conflict_of(key, standing)
        if conflict is None:
            self._conflicts.pop(key, None)
        else:
            self._conflicts[key] = conflict

    def _rebuild(self, type_: str, entity: str, fields: Fields) -> None:
        things = self._things.get(type_)
        if things is None:
            return
        old = things.get(entity)
        build = self._builder(type_)
        made = build(entity, fields, getattr(old, "number", "")) if build and old is not None else None
        if made is not None:
            things[entity] = made
        else:
            self._things.pop(type_, None)

    # ---- fields as they stand ---------------------------------------------------------------------

    def standing(self, key: FieldKey) -> tuple[Standing, ...]:
        return self._fields.get(key.type, {}).get(key.entity, {}).get(key.field, ())

    def value(self, type_: str, entity: str, field: str, default: Any = None) -> Any:
        """The value to show for a field; where several stand, the newest written."""
        shown = newest(self.standing(FieldKey(type_, entity, field)))
        return default if shown is None or shown.value is None else shown.value

    # ---- the visit --------------------------------------------------------------------------------

    @property
    def facts(self) -> VisitFacts:
        if self._facts is None:
            self._facts = VisitFacts(
                **{name: str(self.value("visit", self.visit_id, name, "")) for name in FACTS}
            )
        return self._facts

    @property
    def last_visit(self) -> LastVisit | None:
        """What an earlier visit found, where somebody carried it over."""
        if self._last_visit is None:
            self._last_visit = from_value(self.value("visit", self.visit_id, "last_visit"))
        return self._last_visit

    @property
    def seal(self) -> Seal | None:
        """The seal in force; two at once are a conflict and neither is in force."""
        standing = tuple(
            s for s in self.standing(FieldKey("seal", self.visit_id, "sealed")) if s.value is not None
        )
        if len(standing) != 1:
            return None
        return reading.seal(standing[0])

    @property
    def sites(self) -> tuple[Site, ...]:
        return tuple(sorted(self._all("site").values(), key=lambda s: (s.order, s.name)))

    @property
    def people(self) -> tuple[Person, ...]:
        order = list(Role)
        return tuple(sorted(self._all("person").values(), key=lambda p: (order.index(p.role), p.name)))

    def person_name(self, person_id: str) -> str:
        person = self._all("person").get(person_id)
        return person.name if person else "someone not in the team"

    def site_name(self, site_id: str) -> str:
        """A site's name, or “Network” for the network as a whole."""
        site = self._all("site").get(site_id)
        return site.name if site else ("Network" if site_id == NETWORK else "a removed site")

    # ---- evidence and findings --------------------------------------------------------------------

    def notes(self, criterion: str | None = None, *, withdrawn: bool = False) -> tuple[Note, ...]:
        """In the order they were written; those that were taken back only when told so."""
        all_ = self._in_order("note") if criterion is None else self._of("note", "criterion", criterion)
        return all_ if withdrawn else tuple(note for note in all_ if note.withdrawal is None)

    def note(self, note_id: str) -> Note | None:
        return self._all("note").get(note_id)

    def exhibits(self, *, withdrawn: bool = False) -> tuple[Exhibit, ...]:
        """By number; those that were withdrawn only when told so."""
        chosen = (e for e in self._all("exhibit").values() if withdrawn or not e.withdrawn)
        return tuple(sorted(chosen, key=lambda e: (len(e.number), e.number)))

    def exhibit(self, exhibit_id: str) -> Exhibit | None:
        """Also one that was withdrawn."""
        return self._all("exhibit").get(exhibit_id)

    def links(
        self,
        *,
        criterion: str | None = None,
        finding: str | None = None,
        exhibit: str | None = None,
        withdrawn: bool = False,
    ) -> tuple[ExhibitLink, ...]:
        """The links of a criterion, of a finding, or of an exhibit; all of them by default.

        Those of an exhibit that was withdrawn come back with it; until then only when told so.
        """
        asked = {"criterion": criterion, "finding": finding, "exhibit": exhibit}
        given = {name: value for name, value in asked.items() if value is not None}
        first = next(iter(given), None)
        near = self._in_order("link") if first is None else self._of("link", first, given[first])
        known = self._all("exhibit")
        return tuple(
            link
            for link in near
            if (cited := known.get(link.exhibit)) is not None
            and (withdrawn or not cited.withdrawn)
            and all(getattr(link, name) == value for name, value in given.items())
        )

    def link(self, link_id: str) -> ExhibitLink | None:
        return self._all("link").get(link_id)

    def findings(self, criterion: str | None = None, *, withdrawn: bool = True) -> tuple[Finding, ...]:
        """By number; withdrawn ones too unless told otherwise."""
        groups = self._groups.get(("finding", _ALL))
        if groups is None:
            by_number = sorted(self._all("finding").values(), key=lambda f: (len(f.number), f.number))
            groups = self._groups["finding", _ALL] = {"": tuple(by_number)}
        if criterion is None and withdrawn:
            return groups[""]
        return tuple(
            f
            for f in groups[""]
            if (criterion is None or criterion in f.criteria) and (withdrawn or not f.withdrawn)
        )

    def finding(self, finding_id: str) -> Finding | None:
        return self._all("finding").get(finding_id)

    # ---- the network's answers ---------------------------------------------------------------------

    @property
    def rounds(self) -> tuple[Round, ...]:
        """Workbooks sent and returned, in the order they were recorded."""
        return rounds_of(self._fields.get("round", {}))

    def response(self, finding_id: str) -> FindingResponse:
        """The network's answer to a finding, empty where there is none."""
        known = self._responses.get(finding_id)
        if known is None:
            fields = self._fields.get("response", {}).get(finding_id, {})
            known = self._responses[finding_id] = response_of(fields, self._return_labels())
        return known

    def responses(self) -> dict[str, FindingResponse]:
        """Of every finding that has an answer or a decision, by its id."""
        answered = self._fields.get("response", {})
        return {entity: self.response(entity) for entity, fields in answered.items() if fields}

    def _return_labels(self) -> dict[str, str]:
        if self._labels is None:
            self._labels = {round_.sha256: round_.label for round_ in self.rounds if round_.returned}
        return self._labels

    # ---- judging ----------------------------------------------------------------------------------

    def rating(self, key: RatingKey) -> RatingCell:
        return self.ratings.get(key, NOT_RATED)

    def network_rating(self, criterion: str, stage: Stage) -> NetworkRating:
        sites = [site.id for site in self.sites]
        return network_rating(self.ratings, self.rules, criterion, stage, sites)

    def work_state(self, criterion: str) -> str:
        """`not started`, `in review` or `done`, as somebody set it; a rated one is at least in review."""
        return str(self.value("criterion", criterion, "state", "not started"))

    def flag(self, criterion: str) -> str | None:
        """The words of the flag on a criterion (may be empty), or None when it is not flagged."""
        flag = self.value("criterion", criterion, "flag")
        return str(flag.get("words", "")) if isinstance(flag, dict) else None

    def assigned(self, standard: str) -> str:
        """The id of the person who looks at a standard, or empty."""
        return str(self.value("standard", standard, "assigned", ""))

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every disagreement that is open, in the order of the fields."""
        return tuple(self._conflicts[key] for key in sorted(self._conflicts))

    def conflict(self, key: FieldKey) -> Conflict | None:
        return self._conflicts.get(key)

    # ---- things, built when asked for --------------------------------------------------------------

    def _all(self, type_: str) -> dict[str, Any]:
        things = self._things.get(type_)
        if things is None:
            things = self._things[type_] = self._build_all(type_)
        return things

    def _in_order(self, type_: str) -> tuple[Any, ...]:
        return tuple(sorted(self._all(type_).values(), key=lambda thing: (thing.n, thing.id)))

    def _of(self, type_: str, name: str, value: str) -> tuple[Any, ...]:
        """Things by one of their fields, grouped once until one of them changes: asked at every key press."""
        groups = self._groups.get((type_, name))
        if groups is None:
            lists: dict[str, list[Any]] = {}
            for thing in self._in_order(type_):
                lists.setdefault(getattr(thing, name), []).append(thing)
            groups = self._groups[type_, name] = {key: tuple(things) for key, things in lists.items()}
        return groups.get(value, ())

    def _build_all(self, type_: str) -> dict[str, Any]:
        build = self._builder(type_)
        entities = self._fields.get(type_, {})
        if build is None:
            return {}
        numbers = reading.numbers(entities)
        built = (
            (entity, build(entity, fields, numbers.get(entity, ""))) for entity, fields in entities.items()
        )
        return {entity: thing for entity, thing in built if thing is not None}

    def _builder(self, type_: str) -> Callable[[str, Fields, str], Any] | None:
        if type_ == "finding":
            return lambda entity, fields, number: reading.finding(
                entity, fields, number, self.rules, self.facts.last_day
            )
        return reading.BUILDERS.get(type_)

    def entities(self, type_: str) -> Iterable[str]:
        """Ids of everything of a type that ever had a field standing."""
        return self._fields.get(type_, {}).keys()
