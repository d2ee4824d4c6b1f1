from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft, Entry, EntryRefused, read_entry
from qsin_desktop.store.faults import DiskFull
from tests.store.desks import (
    IDENTITIES,
    NOTE,
    PEOPLE,
    RATING,
    Desk,
    holds,
    made_desk,
    made_team,
    more_pages,
    no_more_pages,
    open_desk,
    shown,
)

LEAD, ASSESSOR, STRANGER = (identity.device for identity in IDENTITIES)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("base") / "visit.db"
    made_desk(path).store.close()
    return path


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(base, tmp_path / "visit.db")
    one = open_desk(tmp_path / "visit.db")
    yield one
    one.store.close()


@pytest.fixture
def team(base: Path, tmp_path: Path) -> Iterator[list[Desk]]:
    desks = made_team(tmp_path, base)
    yield desks
    for one in desks:
        one.store.close()


def test_a_write_tells_what_stands_now(desk: Desk) -> None:
    written = desk.write(Draft(RATING, {"rating": "met", "reason": ""}), Draft(NOTE, "text"))
    assert [entry.seq for entry in written.entries] == [6, 7]
    assert {key: [one.value for one in stands] for key, stands in written.standing.items()} == {
        RATING: [{"rating": "met", "reason": ""}],
        NOTE: ["text"],
    }


def test_a_writer_replaces_what_they_saw_and_no_more(team: list[Desk]) -> None:
    lead, assessor, _ = team
    first = lead.put(NOTE, "mine")
    assessor.put(NOTE, "theirs")
    lead.take_all(assessor)
    assert {one.value for one in shown(lead.store)[NOTE]} == {"mine", "theirs"}
    both = lead.put(NOTE, "ours")
    assert set(both.over) >= {first.id}
    assert [one.value for one in shown(lead.store)[NOTE]] == ["ours"]


def test_an_entry_too_large_is_refused_and_leaves_nothing(desk: Desk) -> None:
    before = (desk.store.tips, desk.store.projection_digest())
    with pytest.raises(EntryRefused, match="larger than 512 KiB"):
        desk.write(Draft(RATING, {"rating": "met", "reason": ""}), Draft(NOTE, "x" * 600_000))
    assert (desk.store.tips, desk.store.projection_digest()) == before
    assert desk.put(NOTE, "small").seq == 6


def state(desk: Desk) -> tuple[object, ...]:
    return (
        desk.store.tips,
        desk.store.authority,
        desk.store._n,
        dict(desk.store._recent.by_key),
        dict(desk.store._numbers),
        desk.store.projection_digest(),
        desk.store.entry_count(),
    )


def test_a_write_that_the_disk_refuses_leaves_memory_and_disk_as_they_were_and_the_next_works(
    desk: Desk,
) -> None:
    desk.store.greatest_number("finding")
    desk.put(NOTE, "before")
    before = state(desk)
    no_more_pages(desk.store.file)
    for _ in range(2):
        with pytest.raises(DiskFull):
            desk.write(
                Draft(FieldKey("finding", "f1", "made"), {"number": "F-007"}),
                Draft(FieldKey("device", STRANGER, "member"), {"person": PEOPLE[2]}),
                Draft(NOTE, "n" * 300_000),
            )
        assert state(desk) == before
    more_pages(desk.store.file)
    after = desk.put(NOTE, "after")
    assert (after.seq, after.n, [one.value for one in shown(desk.store)[NOTE]]) == (7, 7, ["after"])
    holds(desk)
    again = open_desk(desk.store.file.path)
    assert again.store.tips == desk.store.tips
    again.store.close()


def test_a_commit_that_fails_at_its_very_end_is_nothing_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(desk)
    desk.store.file.connection.execute(text("SELECT 1"))
    desk.store.file.connection.rollback()

    def cut_off(_: object) -> None:
        raise OSError("the drive is gone")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store.file._engine.dialect, "do_commit", cut_off)
        with pytest.raises(OSError, match="drive is gone"):
            desk.put(NOTE, "lost")
    assert state(desk) == before
    assert desk.put(NOTE, "kept").seq == 6
    holds(desk)


def test_receiving_that_the_disk_refuses_leaves_all_as_it_was(team: list[Desk]) -> None:
    lead, assessor, _ = team
    assessor.put(NOTE, "n" * 300_000)
    before = state(lead)
    no_more_pages(lead.store.file)
    with pytest.raises(DiskFull):
        lead.take_all(assessor)
    assert state(lead) == before
    more_pages(lead.store.file)
    lead.take_all(assessor)
    holds(lead)
    assert shown(lead.store) == shown(assessor.store)


def bad_ranges(log: list[Entry]) -> dict[str, list[Entry]]:
    last = log[-1]
    return {
        "a gap": [*log[:1], *log[2:]],
        "swapped": [log[1], log[0], *log[2:]],
        "a signature of another entry": [*log[:-1], read_entry(last.head, log[0].sig, last.body)],
        "begun late": log[1:],
    }


@pytest.mark.parametrize("case", ["a gap", "swapped", "a signature of another entry", "begun late"])
def test_a_refused_range_leaves_nothing_of_what_came_with_it(case: str, team: list[Desk]) -> None:
    lead, assessor, stranger = team
    for number in range(3):
        assessor.put(NOTE, f"{number}")
        stranger.put(NOTE, f"s{number}")
    before = state(lead)
    with pytest.raises(EntryRefused):
        lead.store.receive([stranger.log(STRANGER), bad_ranges(assessor.log(ASSESSOR))[case]])
    assert state(lead) == before
    lead.store.receive([stranger.log(STRANGER), assessor.log(ASSESSOR)])
    holds(lead)


def test_a_log_that_differs_from_what_is_known_of_it_is_refused(
    base: Path, tmp_path: Path, desk: Desk
) -> None:
    (tmp_path / "twin").mkdir()
    shutil.copy(base, tmp_path / "twin" / "visit.db")
    twin = open_desk(tmp_path / "twin" / "visit.db")
    twin.put(NOTE, "said here")
    desk.put(NOTE, "said there")
    with pytest.raises(EntryRefused, match="differs from what is known"):
        desk.take_all(twin)
    holds(desk)
    twin.store.close()


def test_an_entry_of_another_visit_is_refused(desk: Desk, tmp_path: Path) -> None:
    other = made_desk(tmp_path / "other.db")
    other.store.visit = "0" * 32
    entry = other.put(NOTE, "x")
    with pytest.raises(EntryRefused, match="another visit"):
        desk.store.receive([[entry]])
    other.store.close()


def test_numbers_go_on_from_the_greatest_ever_given_and_hostile_ones_are_nobodys(desk: Desk) -> None:
    assert desk.store.greatest_number("finding") == 0
    for entity, number in (("f1", "F-003"), ("f2", "F-" + "9" * 5000), ("f3", "F-2b")):
        desk.put(FieldKey("finding", entity, "made"), {"number": number})
    assert desk.store.greatest_number("finding") == 3
    again = open_desk(desk.store.file.path)
    assert again.store.greatest_number("finding") == 3
    again.store.close()


def test_of_many_fields_touched_at_once_each_is_read_and_put_right(desk: Desk) -> None:
    keys = [FieldKey("note", f"n{n}", "text") for n in range(450)]
    desk.write(*(Draft(key, "one") for key in keys))
    desk.write(
        *(Draft(key, f"two {n}") for n, key in enumerate(keys)),
        Draft(RATING, {"rating": "met", "reason": ""}),
    )
    stands = shown(desk.store)
    assert [[one.value for one in stands[key]] for key in keys] == [[f"two {n}"] for n in range(450)]
    holds(desk)
