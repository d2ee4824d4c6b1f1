from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft, EntryRefused
from qsin_desktop.store.visit_file import VisitDamaged
from tests.store.desks import NOTE, RATING, Desk, made_desk, shown


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = made_desk(tmp_path / "visit.db")
    one.put(RATING, {"rating": "met", "reason": "a reason"})
    one.put(NOTE, "words to find")
    one.put(FieldKey("mood", "m", "colour"), "of a newer program")
    yield one
    one.store.close()


TAMPERED = {
    "a value": "UPDATE standing SET value = '\"other words\"' WHERE type = 'note'",
    "a reason of the lead": "UPDATE standing SET why = 'because' WHERE type = 'rating'",
    "an author": "UPDATE standing SET by = 'assessor' WHERE type = 'rating'",
    "an entry": "UPDATE standing SET entry = 'e' WHERE type = 'note'",
    "an order": "UPDATE standing SET n = n + 1 WHERE type = 'note'",
    "a row less": "DELETE FROM standing WHERE type = 'rating'",
    "a row more": "INSERT INTO standing SELECT 99, type, 'x', field, entry, by, at, n, value, why "
    "FROM standing LIMIT 1",
    "a word to search": "UPDATE search SET text = 'something else' WHERE type = 'note'",
    "a word less to search": "DELETE FROM search WHERE type = 'note'",
    "a tip": "UPDATE tips SET seq = seq - 1",
    "an act": "UPDATE acts SET name = 'Another act'",
    "an act less": "DELETE FROM acts WHERE seq = 6",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_table_is_found_and_made_anew(what: str, desk: Desk) -> None:
    digest = desk.store.projection_digest()
    assert desk.store.projection_matches()
    with desk.store.file.writing() as connection:
        assert connection.execute(text(TAMPERED[what])).rowcount > 0
    assert not desk.store.projection_matches()
    desk.store.rebuild()
    assert desk.store.projection_matches()
    assert desk.store.projection_digest() == digest


def test_a_value_that_is_none_any_more_is_damage(desk: Desk) -> None:
    with desk.store.file.writing() as connection:
        connection.execute(text("UPDATE standing SET value = '{' WHERE type = 'note'"))
    with pytest.raises(VisitDamaged, match="do not say what its journal says"):
        list(desk.store.standing())


def test_an_entry_whose_text_cannot_be_read_is_damage(desk: Desk) -> None:
    with desk.store.file.writing() as connection:
        connection.execute(text("UPDATE entries SET body = :b WHERE type = 'note'"), {"b": b"{\x00"})
    with pytest.raises(EntryRefused, match="journal is damaged"):
        desk.store.projection_matches()
    with desk.store.file.writing() as connection:
        connection.execute(text("UPDATE entries SET head = :b WHERE type = 'note'"), {"b": b"\xff"})
    with pytest.raises(EntryRefused, match="journal is damaged"):
        desk.store.entries()


def test_rows_of_one_field_change_and_the_others_stay(desk: Desk) -> None:
    others = {key: stands for key, stands in shown(desk.store).items() if key != NOTE}
    desk.put(NOTE, "other words")
    now = shown(desk.store)
    assert [one.value for one in now.pop(NOTE)] == ["other words"]
    assert now == others
    assert [hit.key for hit in desk.store.search("other")] == [NOTE]
    assert desk.store.search("find") == ()


def test_a_cleared_field_leaves_no_row_and_no_word(desk: Desk) -> None:
    desk.put(NOTE, None)
    assert NOTE not in shown(desk.store)
    assert desk.store.search("words") == ()
    assert desk.store.projection_matches()


def test_an_empty_write_writes_nothing(desk: Desk) -> None:
    before = desk.store.projection_digest()
    assert desk.store.receive([]).standing == {}
    assert desk.store.receive([[]]).entries == ()
    assert desk.store.projection_digest() == before


def test_a_thousand_fields_are_made_anew_in_one_go(desk: Desk) -> None:
    desk.write(*(Draft(FieldKey("note", f"n{n}", "text"), f"text {n}") for n in range(5100)))
    digest = desk.store.projection_digest()
    desk.store.rebuild()
    assert desk.store.projection_digest() == digest
    assert len(desk.store.search("text", 10_000)) == 5100
