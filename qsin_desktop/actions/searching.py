"""Find words anywhere in the visit, and say where to go to see them."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.store.search import MOST_WORDS, Hit

MARKS = ("\u2e22", "\u2e23")  # stand round a found word in an excerpt


@dataclass(frozen=True)
class Result:
    """One place. `kind`: criterion, note, rating, finding, exhibit, link, site, person or visit."""

    kind: str
    title: str
    excerpt: str  # found words between `MARKS`
    criterion: str = ""
    finding: str = ""
    exhibit: str = ""
    rating: RatingKey | None = None


def search(visit: OpenVisit, words: str, *, limit: int = 50) -> tuple[Result, ...]:
    """Criteria whose own words match come first, then what the team wrote, the best first."""
    found = [*_criteria(visit, words), *(_result(visit, hit) for hit in visit.store.search(words, limit))]
    return tuple(dict.fromkeys(result for result in found if result is not None))[:limit]


def _criteria(visit: OpenVisit, words: str) -> list[Result]:
    """By code, title, prompts and expected evidence of the pack; every word must begin a word there."""
    wanted = list(dict.fromkeys(_split(words)))[:MOST_WORDS]
    results = []
    for criterion in visit.pack.criteria:
        standard = visit.pack.standard(criterion.standard)
        texts = (criterion.title, standard.title, *criterion.prompts, *criterion.expected_evidence)
        there = _split(" ".join((criterion.code, *texts)))
        if wanted and all(any(word.startswith(part) for word in there) for part in wanted):
            results.append(
                Result(
                    "criterion", f"{criterion.shown_code} {criterion.title}", standard.title, criterion.code
                )
            )
    return results


def _split(words: str) -> list[str]:
    return "".join(ch if ch.isalnum() else " " for ch in words.casefold()).split()


def _result(visit: OpenVisit, hit: Hit) -> Result | None:
    make = _BY_TYPE.get(hit.key.type)
    return make(visit, hit.key, hit.excerpt) if make else None


def _of_rating(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result | None:
    if not visit.record.standing(key):  # of a criterion that the pack does not have
        return None
    rated = RatingKey.from_entity(key.entity)
    place = visit.record.site_name(rated.site)
    title = f"{visit.criterion(rated.criterion).shown_code}, {rated.stage.label.casefold()}, {place}"
    return Result("rating", f"Reason: {title}", excerpt, rated.criterion, rating=rated)


def _of_note(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result | None:
    note = visit.record.note(key.entity)
    if note is None:
        return None
    title = f"{note.kind.label} note on {visit.criterion(note.criterion).shown_code}"
    return Result("note", title, excerpt, note.criterion)


def _of_finding(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result | None:
    finding = visit.record.finding(key.entity)
    if finding is None:
        return None
    where = finding.criteria[0] if finding.criteria else ""
    return Result("finding", finding.number, excerpt, where, finding=finding.id)


def _of_exhibit(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result | None:
    exhibit = visit.record.exhibit(key.entity)
    if exhibit is None:
        return None
    cited = visit.record.links(exhibit=exhibit.id)
    where = next((link.criterion for link in cited if link.criterion), "")
    return Result("exhibit", f"{exhibit.number} {exhibit.title}", excerpt, where, exhibit=exhibit.id)


def _of_link(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result | None:
    link = visit.record.link(key.entity)
    exhibit = visit.record.exhibit(link.exhibit) if link else None
    if link is None or exhibit is None:
        return None
    finding = link.finding if visit.record.finding(link.finding) else ""
    return Result("link", f"{exhibit.number} {exhibit.title}", excerpt, link.criterion, finding, exhibit.id)


def _of_flag(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result | None:
    if not visit.record.standing(key):
        return None
    return Result("criterion", f"Flag on {visit.criterion(key.entity).shown_code}", excerpt, key.entity)


def _of_site(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result:
    return Result("site", visit.record.site_name(key.entity), excerpt)


def _of_person(visit: OpenVisit, key: FieldKey, excerpt: str) -> Result:
    return Result("person", visit.record.person_name(key.entity), excerpt)


def _of_visit(_visit: OpenVisit, key: FieldKey, excerpt: str) -> Result:
    return Result("visit", key.field.replace("_", " ").capitalize(), excerpt)


_BY_TYPE = {
    "rating": _of_rating,
    "note": _of_note,
    "finding": _of_finding,
    "exhibit": _of_exhibit,
    "link": _of_link,
    "criterion": _of_flag,
    "site": _of_site,
    "person": _of_person,
    "visit": _of_visit,
}
