from __future__ import annotations

import pytest

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import FIELDS, Field, Kind, field_of
from qsin_desktop.journal.view import view_of
from tests.journal.laptops import team

RATING = FieldKey("rating", "IN-301.a|site|", "rating")


def test_a_view_within_what_a_seal_had_seen_does_not_move() -> None:
    lead, assessor = team(2)
    assessor.write(RATING, {"rating": "met", "reason": ""})
    lead.take_from(assessor)
    seen = {device: len(lead.log_of(device)) for device in lead.devices()}
    sealed = view_of(lead.known.values(), seen=seen).digest
    assessor.write(RATING, {"rating": "not-met", "reason": "late"})
    lead.take_from(assessor)
    assert view_of(lead.known.values(), seen=seen).digest == sealed
    assert view_of(lead.known.values()).digest != sealed


def test_what_a_newer_program_wrote_is_kept_and_counted_and_stands_nowhere() -> None:
    lead, _ = team(2)
    before = view_of(lead.known.values()).digest
    entry = newer_entry()
    view = view_of([*lead.known.values(), entry])
    assert view.unknown == (entry,)
    assert view.digest == before


def newer_entry() -> Entry:
    key = FieldKey("mood", "m1", "colour")
    FIELDS["mood", "colour"] = Field(Kind.SHARED, lambda _: True)
    try:
        return team(2)[0].write(key, "blue")
    finally:
        del FIELDS["mood", "colour"]


def test_an_upgrade_reads_what_the_older_program_kept() -> None:
    entry = newer_entry()
    lead, _ = team(2)
    old = view_of([*lead.known.values(), entry])
    assert entry.key not in old.standing
    FIELDS["mood", "colour"] = Field(Kind.SHARED, lambda _: True)
    try:
        new = view_of([*lead.known.values(), entry])
    finally:
        del FIELDS["mood", "colour"]
    assert new.standing[entry.key] == (entry,)


def test_replacing_beyond_ones_authority_is_listed_as_powerless() -> None:
    lead, assessor = team(2)
    mine = lead.write(RATING, {"rating": "met", "reason": ""})
    assessor.take_from(lead)
    theirs = assessor.write(RATING, {"rating": "not-met", "reason": ""}, over=(mine.id,))
    view = view_of(assessor.known.values())
    assert view.powerless == ((theirs, mine.id),)
    assert {e.id for e in view.standing[RATING]} == {mine.id, theirs.id}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (RATING, "met"),
        (RATING, {"rating": 2, "reason": ""}),
        (RATING, {"reason": "no rating"}),
        (FieldKey("visit", "v", "starts"), "2026-13-45"),
        (FieldKey("person", "p", "role"), "emperor"),
        (FieldKey("note", "n", "made"), {"criterion": "x", "kind": "dream"}),
        (FieldKey("note", "n", "shown"), "yes"),
        (FieldKey("exhibit", "e", "made"), {"number": "E-001", "pieces": [1]}),
        (FieldKey("link", "l", "made"), {"exhibit": 3}),
        (FieldKey("site", "s", "made"), {"order": "first"}),
        (FieldKey("finding", "f", "grade"), ["mandatory"]),
    ],
)
def test_a_value_of_the_wrong_shape_stands_nowhere(key: FieldKey, value: object) -> None:
    lead, _ = team(2)
    lead.write(key, value)
    assert not view_of(lead.known.values()).standing[key]


def test_every_field_of_the_table_is_found_and_no_other() -> None:
    assert all(field_of(*name) is row for name, row in FIELDS.items())
    assert field_of("rating", "colour") is None
