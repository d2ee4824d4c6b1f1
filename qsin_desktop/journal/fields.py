"""The merge rule as one table: what kind each field is, and the shape of what may stand in it.

| kind    | who may replace an entry                         | several standing                        |
|---------|--------------------------------------------------|-----------------------------------------|
| opinion | its author; the lead with a reason               | disagreement                            |
| shared  | any of the team, naming what they saw            | conflict, shown side by side            |
| set     | adder or lead withdraws that very add            | all stand; add wins                     |
| latest  | anyone                                           | greatest (n, id)                        |
| seal    | the lead                                         | two at once: none in force              |
| record  | nobody                                           | all stand                               |
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.last_visit import is_last_visit
from qsin_desktop.domain.marks import is_mark
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.responses import AccuracyVerdict, Response, Verdict
from qsin_desktop.domain.visits import FACTS, Stage


class Kind(StrEnum):
    OPINION = "opinion"
    SHARED = "shared"
    SET = "set"
    LATEST = "latest"
    SEAL = "seal"
    RECORD = "record"


@dataclass(frozen=True)
class Field:
    """`must`: a program that does not know this field may not sign a visit off.

    `lasting`: no later entry takes one of these back.
    """

    kind: Kind
    shape: Callable[[Any], bool]
    must: bool = False
    lasting: bool = False


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _texts(*needed: str) -> Callable[[Any], bool]:
    """A mapping whose values are plain, with these names in it as texts."""

    def fits(value: Any) -> bool:
        return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in needed)

    return fits


def _one_of(words: type[StrEnum]) -> Callable[[Any], bool]:
    known = {str(word) for word in words}
    return lambda value: isinstance(value, str) and value in known


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and (value == "" or bool(date.fromisoformat(value)))
    except ValueError:
        return False


def _note_made(value: Any) -> bool:
    return (
        _texts("criterion")(value)
        and _one_of(NoteKind)(value.get("kind"))
        and _one_of(Stage)(value.get("stage", Stage.SITE))
        and isinstance(value.get("site", ""), str)
    )


def _link_made(value: Any) -> bool:
    return _texts("exhibit")(value) and all(
        isinstance(value.get(n, ""), str) for n in ("criterion", "finding")
    )


def _exhibit_made(value: Any) -> bool:
    return (
        _texts("number")(value)
        and all(isinstance(value.get(n, ""), str) for n in ("name", "sha256", "mime", "group", "kind"))
        and isinstance(value.get("size", 0), int)
        and isinstance(value.get("pieces", []), list)
        and all(isinstance(piece, str) for piece in value.get("pieces", []))
    )


def _exported(value: Any) -> bool:
    """`version`: counts the reports, from 1."""
    return _texts("file", "sha256")(value) and type(value.get("version", 0)) is int


def _signed(value: Any) -> bool:
    """`signatures` counts those in the file, this one too; `field` is where it stands, of which person.

    `certificate` is the SHA-256 of the certificate, `credential` in words what stands behind it.
    """
    return (
        _texts("file", "sha256", "field", "person", "name", "role", "certificate", "credential")(value)
        and type(value.get("version")) is int
        and type(value.get("signatures")) is int
    )


def _stamped(value: Any) -> bool:
    return _texts("file", "sha256", "authority", "stamped_at")(value) and all(
        type(value.get(name)) is int for name in ("version", "signatures")
    )


def _site_made(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("order", 0), int)


def _revocation(value: Any) -> bool:
    """`seq`: the last entry of the laptop that still counts."""
    return isinstance(value, dict) and type(value.get("seq")) is int and value["seq"] >= 0


def _reissued(value: Any) -> bool:
    """`to`: the new key; `since`: the first entry of the old one written again; `sworn`: by the old one."""
    return (
        _texts("to")(value)
        and type(value.get("since")) is int
        and value["since"] >= 1
        and isinstance(value.get("sworn", ""), str)
    )


def _word_seen(value: Any) -> bool:
    """What a laptop says it has seen: device → seq, exhibits it lacks, the digest of its view."""
    return (
        _texts("digest")(value)
        and isinstance(value.get("tips"), dict)
        and all(type(seq) is int for seq in value["tips"].values())
        and isinstance(value.get("lacking"), list)
    )


def _sealed(value: Any) -> bool:
    """`seen`: device → its last entry that the seal covers and the chain's hash there; `of`: its owner.

    `open`: how many points of each kind it was made in spite of; `points`: the first of them in words;
    `reasons`: those of them that have a reason of their own, and it.
    """
    if not _texts("digest")(value):
        return False
    seen, of = value.get("seen", {}), value.get("of", {})
    open_, points = value.get("open", {}), value.get("points", [])
    reasons = value.get("reasons", {})
    return (
        all(isinstance(given, dict) for given in (seen, of, open_, reasons))
        and isinstance(points, list)
        and all(_tip(tip) for tip in seen.values())
        and all(isinstance(text, str) for text in (*of.values(), *points, *reasons.values()))
        and all(type(count) is int and count > 0 for count in open_.values())
    )


def _tip(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and type(value[0]) is int and _text(value[1])


def _left(value: Any) -> bool:
    """`seal`: the seal's entry; `seen`: how far each log was known when the lead left what had come late."""
    return (
        _texts("seal")(value)
        and isinstance(value.get("seen"), dict)
        and all(type(seq) is int for seq in value["seen"].values())
    )


def _decision(verdicts: type[StrEnum]) -> Callable[[Any], bool]:
    """`on`: the digest of the answer that the assessors spoke to."""
    return lambda value: _texts("words", "on")(value) and _one_of(verdicts)(value.get("verdict"))


def _round(value: Any) -> bool:
    """`answers`: the number of the sending that a return answers, 0 where its file did not say."""
    return _texts("file", "sha256")(value) and all(
        type(value.get(name, 0)) is int and value.get(name, 0) >= least
        for name, least in (("number", 1), ("answers", 0))
    )


def _purge(value: Any) -> bool:
    """`entries`: ids of those whose words go; `pieces`: SHA-256 of an exhibit's pieces; see `purging`."""
    return _texts("what", "number")(value) and all(
        isinstance(value.get(name), list) and all(isinstance(one, str) for one in value[name])
        for name in ("entries", "pieces", "fields")
    )


_SHARED_TEXT = Field(Kind.SHARED, _text)

PURGED = "purged"
PURGED_TYPES = frozenset(
    {"exhibit", "link", "note", "rating", "finding", "criterion", "visit", "person", "response"}
)

FIELDS: dict[tuple[str, str], Field] = {
    ("visit", "founded"): Field(Kind.RECORD, _texts("salt"), must=True),
    ("visit", "pack"): Field(Kind.RECORD, _texts("hash", "packed"), must=True),
    ("visit", "template"): Field(Kind.LATEST, _texts("name", "hash", "packed"), must=True),
    ("visit", "last_visit"): Field(Kind.LATEST, is_last_visit),
    **{("visit", name): _SHARED_TEXT for name in FACTS},
    ("visit", "starts"): Field(Kind.SHARED, _day),
    ("visit", "ends"): Field(Kind.SHARED, _day),
    ("visit", "keep_until"): Field(Kind.SHARED, _day),
    ("device", "member"): Field(Kind.RECORD, _texts("person"), must=True),
    ("device", "revoked"): Field(Kind.RECORD, _revocation, must=True),
    ("device", "invited"): Field(Kind.RECORD, _texts("person")),
    ("device", "reissued"): Field(Kind.RECORD, _reissued),
    ("device", "seen"): Field(Kind.LATEST, _word_seen),
    ("person", "made"): Field(Kind.SET, lambda value: isinstance(value, dict)),
    ("person", "name"): _SHARED_TEXT,
    ("person", "organisation"): _SHARED_TEXT,
    ("person", "interests"): _SHARED_TEXT,
    ("person", "role"): Field(Kind.SHARED, _one_of(Role), must=True),
    ("site", "made"): Field(Kind.SET, _site_made),
    ("site", "name"): _SHARED_TEXT,
    ("rating", "rating"): Field(Kind.OPINION, _texts("rating", "reason"), must=True),
    ("note", "made"): Field(Kind.SET, _note_made),
    ("note", "text"): _SHARED_TEXT,
    ("note", "kind"): Field(Kind.SHARED, _one_of(NoteKind)),
    ("note", "about"): Field(Kind.SHARED, _texts("heard", "role", "when")),
    ("note", "shown"): Field(Kind.SHARED, _truth),
    ("note", "withdrawn"): Field(Kind.SHARED, _text, must=True),
    ("exhibit", "made"): Field(Kind.SET, _exhibit_made),
    ("exhibit", "title"): _SHARED_TEXT,
    ("exhibit", "seen"): Field(Kind.SHARED, _texts("title")),
    ("exhibit", "withdrawn"): Field(Kind.SHARED, _text, must=True),  # nor over what no longer counts
    ("exhibit", "mark"): Field(Kind.SET, is_mark, must=True),  # nobody signs over what they cannot hide
    ("link", "made"): Field(Kind.SET, _link_made),
    ("link", "locator"): _SHARED_TEXT,
    ("link", "caption"): _SHARED_TEXT,
    ("finding", "made"): Field(Kind.SET, _texts("number")),
    ("finding", "criterion"): Field(Kind.SET, _text),
    ("finding", "grade"): Field(Kind.OPINION, _text, must=True),
    ("finding", "requirement"): _SHARED_TEXT,
    ("finding", "evidence"): _SHARED_TEXT,
    ("finding", "gap"): _SHARED_TEXT,
    ("finding", "site"): _SHARED_TEXT,
    ("finding", "due"): Field(Kind.SHARED, _day),
    ("finding", "withdrawn"): _SHARED_TEXT,
    ("criterion", "state"): Field(Kind.LATEST, _text),
    ("criterion", "flag"): Field(Kind.LATEST, _texts("words")),
    ("standard", "assigned"): Field(Kind.LATEST, _text),
    ("seal", "sealed"): Field(Kind.SEAL, _sealed, must=True),
    ("seal", "left"): Field(Kind.RECORD, _left),
    ("export", "exported"): Field(Kind.RECORD, _exported),
    ("export", "signed"): Field(Kind.RECORD, _signed),
    ("export", "stamped"): Field(Kind.RECORD, _stamped),
    ("round", "sent"): Field(Kind.RECORD, _round),
    ("round", "returned"): Field(Kind.RECORD, _round),
    **{("response", column.value): _SHARED_TEXT for column in Response},
    ("response", "verdict"): Field(Kind.SHARED, _decision(Verdict)),
    ("response", "accuracy_verdict"): Field(Kind.SHARED, _decision(AccuracyVerdict)),
    **{(type_, PURGED): Field(Kind.RECORD, _purge, must=True, lasting=True) for type_ in PURGED_TYPES},
}


def table_mark() -> str:
    """Tells this program's table from another's: what stands must be found anew when it has grown."""
    rows = sorted(f"{type_}/{name}/{row.kind}" for (type_, name), row in FIELDS.items())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def field_of(type_: str, name: str) -> Field | None:
    """The table's row, or None for a field that a newer program wrote."""
    return FIELDS.get((type_, name))
