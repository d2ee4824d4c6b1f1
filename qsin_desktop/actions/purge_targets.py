"""What a purge is to be about: an exhibit, a note, a finding's text, or any text by its line in the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.settling import field_words
from qsin_desktop.domain.errors import NotFound, Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.reading import PURGED_GROUP
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.purging import PURGEABLE, pieces_named, purgeable, whole_exhibit

FINDING_PARTS = ("requirement", "evidence", "gap", "withdrawn")
RESPONSE_PART = "response"  # of a finding: all that the network and the assessors wrote in answer
_LEAST_PREFIX = 8  # signs of an entry's or a note's id


class CannotBePurged(Refusal):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cannot be purged: the record rests on it. What can be purged is an exhibit, a note, a "
            "rating with its reason, and any other text that somebody wrote. Nothing was changed."
        )


class NothingLeftToPurge(Refusal):
    def __init__(self, words: str) -> None:
        super().__init__(f"Nothing is left of {words} that could be purged; nothing was changed.")


class NotYoursToPurge(Refusal):
    def __init__(self, words: str, authors: Iterable[str]) -> None:
        super().__init__(
            f"Only {' or '.join((*authors, 'the lead assessor'))} can purge {words}; nothing was changed. "
            "Ask them, and say what must go."
        )


@dataclass(frozen=True)
class PurgeTarget:
    """What would go. `left`: whose words about it stay; `shared`: pieces that another exhibit has too."""

    type: str
    entity: str
    number: str
    words: str  # “E-014”, “a note on IN-301 b”
    fields: tuple[str, ...]  # of the thing itself, where its words then say that they were purged
    entries: tuple[Entry, ...]
    pieces: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    shared: int = 0
    citations: int = 0
    whole: bool = False

    @property
    def what(self) -> str:
        """“exhibit” when all of one goes, with whatever is attached as the same file later; else “text”."""
        return "exhibit" if self.whole else "text"

    @property
    def key(self) -> FieldKey:
        return FieldKey(self.type, self.entity, "purged")


def target_of(visit: OpenVisit, what: str) -> PurgeTarget:
    """Raises `NotFound`, `CannotBePurged`, `NothingLeftToPurge` or `NotYoursToPurge`."""
    name = what.strip()
    exhibit = _exhibit_id(visit, name)
    if exhibit:
        return _of_exhibit(visit, exhibit)
    number, _, part = name.partition(":")
    if number == "rating":
        return _of_rating(visit, part)
    finding = next((f for f in visit.record.findings() if number.casefold() == f.number.casefold()), None)
    finding = finding or visit.record.finding(number)
    if finding is not None:
        if part == RESPONSE_PART:
            fields = tuple(sorted(PURGEABLE["response"]))
            words = f"the response to {finding.number}"
            return _of_texts(visit, "response", finding.id, fields, words, finding.number)
        if part and part not in FINDING_PARTS:
            raise NotFound("part of a finding", part)
        fields = (part,) if part else FINDING_PARTS
        words = f"the {part} of {finding.number}" if part else f"the texts of {finding.number}"
        return _of_texts(visit, "finding", finding.id, fields, words, finding.number)
    return _of_note(visit, name) or _of_entry(visit, name)


def _of_note(visit: OpenVisit, name: str) -> PurgeTarget | None:
    notes = [e for e in visit.store.entries_of_fields([("note", "made")]) if _named(e.key.entity, name)]
    ids = {entry.key.entity: entry for entry in notes}
    if len(ids) != 1:
        return None
    made = next(iter(ids.values()))
    code = made.value.get("criterion", "") if isinstance(made.value, dict) else ""
    words = f"a note on {visit.criterion(code).shown_code}" if code else "a note"
    return _of_texts(visit, "note", made.key.entity, ("text", "about", "withdrawn"), words)


def _of_rating(visit: OpenVisit, entity: str) -> PurgeTarget:
    """Everybody's ratings at one spot with their reasons, as far as the person here may purge them."""
    spot = RatingKey.from_entity(entity)
    words = f"the rating of {visit.criterion(spot.criterion).shown_code} with its reason"
    return _of_texts(visit, "rating", entity, ("rating",), words)


def _of_entry(visit: OpenVisit, name: str) -> PurgeTarget:
    """By the id of an entry, as `trail --json` shows it: the whole field that it belongs to."""
    found = [entry for entry in visit.store.entries() if _named(entry.id, name)]
    if len(found) != 1:
        raise NotFound("exhibit, finding, note or line of the trail", name)
    key = found[0].key
    if not purgeable(key):
        raise CannotBePurged(f"The {field_words(key)}")
    if key.type == "exhibit" and key.field == "made":
        return _of_exhibit(visit, key.entity)
    return _of_texts(visit, key.type, key.entity, (key.field,), f"the {field_words(key)}")


def _named(id_: str, name: str) -> bool:
    return id_ == name or (len(name) >= _LEAST_PREFIX and id_.startswith(name.casefold()))


def _of_texts(
    visit: OpenVisit, type_: str, entity: str, fields: tuple[str, ...], words: str, number: str = ""
) -> PurgeTarget:
    known = [e for e in visit.store.entries_of_thing(type_, entity) if e.key.field in fields]
    entries, left = _mine(visit, known, words)
    stands = {field for field in fields if visit.record.standing(FieldKey(type_, entity, field))}
    named = tuple(
        dict.fromkeys(e.key.field for e in entries if e.key.field != "withdrawn" or e.key.field in stands)
    )
    return PurgeTarget(type_, entity, number, words, named, entries, left=left)


def _exhibit_id(visit: OpenVisit, name: str) -> str:
    """Of one that stands, or that was withdrawn or taken back: its bytes are still here."""
    if not name:
        return ""
    exhibits = visit.record.exhibits(withdrawn=True)
    found = next((e.id for e in exhibits if name.casefold() in (e.number.casefold(), e.id)), "")
    if found:
        return found
    for entry in visit.store.entries_of_fields([("exhibit", "made"), ("exhibit", "purged")]):
        number = entry.value.get("number", "") if isinstance(entry.value, dict) else ""
        if entry.key.entity == name or number.casefold() == name.casefold():
            return entry.key.entity
    return ""


def _of_exhibit(visit: OpenVisit, entity: str) -> PurgeTarget:
    stands = visit.record.exhibit(entity)
    own = visit.store.entries_of_thing("exhibit", entity)
    made = [e for e in own if e.key.field == "made" and isinstance(e.value, dict)]
    number = stands.number if stands else next((str(e.value.get("number", "")) for e in made), "")
    number = number or _number_purged(visit, entity)
    words = number or "the exhibit"
    links = _links_to(visit, entity)
    known = [e for e in own if e.key.field in PURGEABLE["exhibit"]]
    known += [e for link in links for e in visit.store.entries_of_thing("link", link) if purgeable(e.key)]
    entries, left = _mine(visit, known, words)
    pieces = tuple(dict.fromkeys(piece for entry in made for piece in pieces_named(entry.value)))
    return PurgeTarget(
        type="exhibit",
        entity=entity,
        number=number,
        words=words,
        fields=_named_of_exhibit(stands),
        entries=entries,
        pieces=pieces,
        left=left,
        shared=_shared(visit, entity, pieces),
        citations=len(visit.record.links(exhibit=entity, withdrawn=True)),
        whole=True,
    )


def _named_of_exhibit(stands: Exhibit | None) -> tuple[str, ...]:
    """Withdrawn before its words went, it stays withdrawn."""
    if stands is None or stands.group == PURGED_GROUP:
        return ()
    return ("made", "withdrawn") if stands.withdrawn else ("made",)


def _number_purged(visit: OpenVisit, entity: str) -> str:
    purges = (p for p in visit.store.purges if whole_exhibit(p) and p.key.entity == entity)
    return next((str(purge.value["number"]) for purge in purges), "")


def _links_to(visit: OpenVisit, exhibit: str) -> list[str]:
    """Every citation ever made of it, also those that were taken back."""
    made = visit.store.entries_of_fields([("link", "made")])
    return list(
        dict.fromkeys(
            e.key.entity for e in made if isinstance(e.value, dict) and e.value.get("exhibit") == exhibit
        )
    )


def _shared(visit: OpenVisit, entity: str, pieces: Iterable[str]) -> int:
    made = visit.store.entries_of_fields([("exhibit", "made")])
    others = {piece for e in made if e.key.entity != entity for piece in pieces_named(e.value)}
    return len(others & set(pieces))


def _mine(visit: OpenVisit, known: Iterable[Entry], words: str) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries that the person here may purge, and the names of the others whose words stay."""
    whole = [entry for entry in known if entry.body is not None]
    if not whole:
        raise NothingLeftToPurge(words)
    mine = tuple(entry for entry in whole if visit.i_lead or entry.by == visit.me)
    others = dict.fromkeys(e.by for e in whole if e not in mine and e.value is not None)
    names = tuple(visit.record.person_name(person) for person in others)
    if not mine:
        raise NotYoursToPurge(words, names)
    return mine, names
