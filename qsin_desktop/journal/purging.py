"""Which entries a purge takes the words from. Head, signature and chain of a purged entry stay.

A purge is an entry of the field `purged` of the thing it is about. It names entries; of an exhibit it covers
every entry, whoever attaches the same bytes whenever, as far as its writer may purge them: the author of an
entry may, and a lead. A laptop may always purge what it wrote itself, also before the lead confirms it.
Nothing here rests on the order of arrival, and a purge is never taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import PURGED, PURGED_TYPES, field_of

# What a person wrote or attached. What founds a visit, says who counts, seals or judges by a mark stays.
PURGEABLE: Final[Mapping[str, frozenset[str]]] = {
    "exhibit": frozenset({"made", "title", "seen", "mark", "withdrawn"}),
    "link": frozenset({"locator", "caption"}),
    "note": frozenset({"text", "about", "withdrawn"}),
    "rating": frozenset({"rating"}),
    "finding": frozenset({"requirement", "evidence", "gap", "withdrawn"}),
    "criterion": frozenset({"flag"}),
    "visit": frozenset(
        {
            "scope",
            "objectives",
            "summary",
            "conclusion",
            "recommendation_words",
            "not_covered",
            "sampling",
            "last_visit",
        }
    ),
    "person": frozenset({"interests", "organisation"}),
    "response": frozenset({*map(str, Response), "verdict", "accuracy_verdict"}),
}

PURGE_FIELDS: Final = tuple((type_, PURGED) for type_ in sorted(PURGED_TYPES))
_NO_CUT: Final = 2**53


def is_purge(entry: Entry) -> bool:
    """Whether this is a purge that can be followed."""
    row = field_of(entry.key.type, entry.key.field)
    return entry.key.field == PURGED and not entry.undo and row is not None and row.shape(entry.value)


def purgeable(key: FieldKey) -> bool:
    return key.field in PURGEABLE.get(key.type, ())


def whole_exhibit(purge: Entry) -> bool:
    """Whether all of an exhibit goes, not only a text about it."""
    return purge.key.type == "exhibit" and bool(purge.value["what"] == "exhibit")


def covers(purge: Entry, entry: Entry) -> bool:
    """Whether the purge is about this entry, whoever wrote either."""
    if not purgeable(entry.key):
        return False
    same_exhibit = whole_exhibit(purge) and entry.key[:2] == purge.key[:2]
    return same_exhibit or entry.id in purge.value["entries"]


def may_purge(purge: Entry, entry: Entry, authority: Authority) -> bool:
    """Whether the purge's writer may take this entry's words away."""
    if purge.seq > authority.cuts.get(purge.device, _NO_CUT):
        return False
    own = purge.by == entry.by
    return (own and purge.device == entry.device) or (
        authority.counts(purge) and (own or purge.by in authority.leads)
    )


def purged_by(purges: Iterable[Entry], entry: Entry, authority: Authority) -> Entry | None:
    """The first of these purges that takes the entry's words, or None."""
    return next((p for p in purges if covers(p, entry) and may_purge(p, entry, authority)), None)


def named_in(purges: Iterable[Entry]) -> tuple[set[str], set[str]]:
    """Ids of the entries and of the exhibits that these purges are about."""
    given = list(purges)
    ids = {one for purge in given for one in purge.value["entries"]}
    return ids, {purge.key.entity for purge in given if whole_exhibit(purge)}


def pieces_named(value: Any) -> tuple[str, ...]:
    """The SHA-256 of the pieces that the value of an exhibit or of a purge names; doubtful ones left out."""
    given = value.get("pieces", ()) if isinstance(value, dict) else ()
    return tuple(p for p in given if isinstance(p, str) and len(p) == 64 and not set(p) - _HEX)


_HEX: Final = set("0123456789abcdef")
