"""Reads the standing fields of one thing as the value an assessor would recognise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from string import ascii_lowercase
from typing import Any

from qsin_desktop.domain.evidence import Exhibit, ExhibitLink, Note, NoteKind, SeenDocument
from qsin_desktop.domain.findings import Finding, due_date
from qsin_desktop.domain.marks import marks_of
from qsin_desktop.domain.people import Person, Role
from qsin_desktop.domain.standards import Rules
from qsin_desktop.domain.standing import Standing, agreed, newest
from qsin_desktop.domain.visits import NETWORK, Seal, SeenLog, Site, Stage
from qsin_desktop.domain.withdrawals import FIELD as WITHDRAWN
from qsin_desktop.domain.withdrawals import PURGED_WORDS, withdrawal_of

Fields = Mapping[str, tuple[Standing, ...]]

PREFIXES = {"exhibit": "E", "finding": "F"}
PURGED_FIELD = "purged"  # of anything that a purge was about
PURGED_GROUP = "purged"  # of an exhibit whose bytes and words are gone


def number_in(text: str) -> int:
    """The number in `E-014b`, or 0; a number of more than nine digits is nobody's."""
    digits = "".join(ch for ch in text if ch.isdecimal())
    return int(digits) if 0 < len(digits) < 10 else 0


def value(fields: Fields, name: str, default: Any = "") -> Any:
    """The newest standing value of a field, or the default where none stands."""
    shown = newest(fields.get(name, ()))
    return default if shown is None or shown.value is None else shown.value


def first_made(fields: Fields) -> Standing | None:
    """The entry that made this thing; of several adds the first, so that its number stays."""
    return min(fields.get("made", ()), key=lambda s: (s.n, s.entry), default=None)


def words(fields: Fields, name: str) -> str:
    """A text, or what says that it was purged and that nothing was written in its place."""
    found = str(value(fields, name))
    named = any(name in purge.value["fields"] for purge in fields.get("purged", ()))
    return PURGED_WORDS if named and not found else found


def purge_of(fields: Fields) -> Standing | None:
    """The first purge of a thing."""
    return min(fields.get("purged", ()), key=lambda s: (s.n, s.entry), default=None)


def disputed(fields: Fields, *agreeing: str) -> bool:
    sets = {"made", "criterion", "mark", "purged", *agreeing}
    return any(name not in sets and not agreed(s) for name, s in fields.items() if s)


def numbers(entities: Mapping[str, Fields]) -> dict[str, str]:
    """The number each thing is cited by: E-001, F-012.

    A number is claimed when the thing is made. Two laptops may claim the same one before they meet; then
    the later claim is told apart by a letter (F-012b), so that no citation changes its meaning.
    """
    claims = []
    for entity, fields in entities.items():
        made = first_made(fields) or purge_of(fields)
        if made is not None and isinstance(made.value, dict) and "number" in made.value:
            claims.append((made.n, made.entry, entity, str(made.value["number"])))
    taken: dict[str, int] = {}
    numbered = {}
    for _, _, entity, number in sorted(claims):
        times = taken.get(number, 0)
        taken[number] = times + 1
        numbered[entity] = number if times == 0 else f"{number}{ascii_lowercase[min(times, 25)]}"
    return numbered


def note(entity: str, fields: Fields, _number: str = "") -> Note | None:
    made = first_made(fields)
    if made is None:
        return None
    about = value(fields, "about", {})
    return Note(
        id=entity,
        criterion=made.value["criterion"],
        kind=NoteKind(value(fields, "kind", made.value["kind"])),
        text=words(fields, "text"),
        by=made.by,
        at=made.at,
        stage=Stage(made.value.get("stage", Stage.SITE)),
        site=made.value.get("site", NETWORK),
        heard=about.get("heard", ""),
        role=about.get("role", ""),
        when=about.get("when", ""),
        shown=bool(value(fields, "shown", True)),
        withdrawal=withdrawal_of(fields),
        disputed=disputed(fields, WITHDRAWN),
        n=made.n,
    )


def seen_document(given: Any) -> SeenDocument | None:
    if not isinstance(given, dict):
        return None
    known = SeenDocument.__dataclass_fields__
    return SeenDocument(**{name: str(text) for name, text in given.items() if name in known})


def exhibit(entity: str, fields: Fields, number: str) -> Exhibit | None:
    made = first_made(fields)
    if made is None:
        return _purged_exhibit(entity, fields, number)
    given, gone = made.value, withdrawal_of(fields)
    seen = seen_document(value(fields, "seen", None))
    fallback = (seen.title if seen else "") or given.get("name", "") or number
    return Exhibit(
        id=entity,
        number=number,
        title=value(fields, "title") or fallback,
        by=made.by,
        at=made.at,
        name=given.get("name", ""),
        size=int(given.get("size", 0)),
        sha256=given.get("sha256", ""),
        pieces=tuple(given.get("pieces", ())),
        mime=given.get("mime", ""),
        group=given.get("group", "seen" if seen else "other"),
        kind=given.get("kind", "Seen, not copied" if seen else ""),
        seen=seen,
        marks=marks_of(fields.get("mark", ())),
        withdrawn=gone.why if gone else "",
        withdrawal=gone,
        disputed=disputed(fields, WITHDRAWN),
        n=made.n,
    )


def _purged_exhibit(entity: str, fields: Fields, number: str) -> Exhibit | None:
    """Its number stays, so that who cited it sees what became of it; one that was withdrawn stays away."""
    purge = purge_of(fields)
    if purge is None or "made" not in purge.value["fields"]:
        return None
    gone = withdrawal_of(fields)
    return Exhibit(
        id=entity,
        number=number,
        title=f"Purged: {purge.why}" if purge.why else "Purged",
        by=purge.by,
        at=purge.at,
        group=PURGED_GROUP,
        kind="Purged",
        withdrawn=gone.why if gone else "",
        withdrawal=gone,
        n=purge.n,
    )


def link(entity: str, fields: Fields, _number: str = "") -> ExhibitLink | None:
    made = first_made(fields)
    if made is None:
        return None
    return ExhibitLink(
        id=entity,
        exhibit=made.value["exhibit"],
        criterion=made.value.get("criterion", ""),
        finding=made.value.get("finding", ""),
        locator=value(fields, "locator"),
        caption=value(fields, "caption"),
        by=made.by,
        at=made.at,
        n=made.n,
    )


def finding(entity: str, fields: Fields, number: str, rules: Rules, last_day: date | None) -> Finding | None:
    made = first_made(fields)
    if made is None:
        return None
    grades = fields.get("grade", ())
    grade = value(fields, "grade", None) if agreed(grades) else None
    own_due = value(fields, "due", "")
    known = next((g for g in rules.grades if g.id == grade), None)
    gone = withdrawal_of(fields)
    adds = sorted(fields.get("criterion", ()), key=lambda s: (s.n, s.entry))
    return Finding(
        id=entity,
        number=number,
        grade=grade,
        requirement=words(fields, "requirement"),
        evidence=words(fields, "evidence"),
        gap=words(fields, "gap"),
        criteria=tuple(dict.fromkeys(str(s.value) for s in adds)),
        by=made.by,
        at=made.at,
        site=value(fields, "site", NETWORK),
        due=date.fromisoformat(own_due) if own_due else due_date(known, last_day),
        due_is_own=bool(own_due),
        withdrawn=gone.why if gone else "",
        withdrawal=gone,
        disputed=disputed(fields),
        n=made.n,
    )


def site(entity: str, fields: Fields, _number: str = "") -> Site | None:
    made = first_made(fields)
    if made is None:
        return None
    return Site(id=entity, name=value(fields, "name"), order=int(made.value.get("order", 0)))


def person(entity: str, fields: Fields, _number: str = "") -> Person | None:
    made = first_made(fields)
    if made is None:
        return None
    return Person(
        id=entity,
        name=value(fields, "name"),
        role=Role(value(fields, "role", Role.PEER)),
        organisation=value(fields, "organisation"),
        interests=value(fields, "interests"),
    )


def seal(standing: Standing) -> Seal:
    given = standing.value
    owners = given.get("of", {})
    return Seal(
        entry=standing.entry,
        by=standing.by,
        at=standing.at,
        digest=given["digest"],
        reason=standing.why,
        open=tuple(given.get("open", {}).items()),
        points=tuple(given.get("points", ())),
        reasons=tuple(given.get("reasons", {}).items()),
        seen=tuple(
            SeenLog(device, owners.get(device, ""), tip[0]) for device, tip in given.get("seen", {}).items()
        ),
    )


BUILDERS: dict[str, Callable[[str, Fields, str], Any]] = {
    "note": note,
    "exhibit": exhibit,
    "link": link,
    "site": site,
    "person": person,
}
