"""Database, keys and backups damaged in every way: found, told and repaired; nothing made worse."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.repairing import CarvingStopped, look_over, repair
from qsin_desktop.actions.unlocking import LockedByOther
from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.store.key_search import KeysLost
from tests.actions.worked import (
    Worked,
    files,
    flip,
    in_damaged,
    made_a_folder,
    made_a_link,
    made_a_pipe,
    refusal,
    view,
    work,
)
from tests.founding import ME, copy_of, opened

DATABASE: dict[str, Callable[[Path, Path], object]] = {
    "flipped": lambda path, _: flip(path, 3, random.Random(5)),
    "first page zeroed": lambda path, _: path.write_bytes(bytes(4096) + path.read_bytes()[4096:]),
    "cut in half": lambda path, _: os.truncate(path, path.stat().st_size // 2),
    "cut by a byte": lambda path, _: os.truncate(path, path.stat().st_size - 1),
    "empty": lambda path, _: os.truncate(path, 0),
    "one byte": lambda path, _: os.truncate(path, 1),
    "removed": lambda path, _: path.unlink(),
    "another visit's": lambda path, other: shutil.copy(other / "visit.db", path),
    "zeros": lambda path, _: path.write_bytes(bytes(path.stat().st_size)),
    "a folder": lambda path, _: made_a_folder(path),
    "text": lambda path, _: path.write_text("not a database", encoding="utf-8"),
}


@pytest.mark.parametrize("case", DATABASE)
def test_a_damaged_database_is_found_told_and_repaired(case: str, worked: Worked, other: Path) -> None:
    path = worked.path
    DATABASE[case](path / "visit.db", other)
    stood = files(path)
    assert isinstance(refusal(path), Damage)
    account = look_over(path)
    assert account.affected
    assert any("whole" in line for line in account.safe)
    assert files(path) == stood, "looking writes nothing"
    done = repair(path, identity=ME)
    assert done.database
    _, entries = view(path)
    assert worked.then[1] <= entries <= worked.now[1]
    if case in ("flipped", "cut by a byte", "first page zeroed"):
        assert worked.now[1] - entries + done.texts_lost <= 3
    with opened(path) as visit:
        assert check_visit(visit).sound or done.texts_lost
        assert len(visit.record.exhibits()) == 3
        work(visit, 1, first=99)
    if "visit.db" in stood:
        assert in_damaged(path, stood["visit.db"])
    assert look_over(path).affected == ()


def test_opening_a_damaged_visit_for_work_writes_nothing(worked: Worked, other: Path) -> None:
    for case, damage in DATABASE.items():
        path = copy_of(worked.path, worked.path.parent / case)
        damage(path / "visit.db", other)
        stood = lasting(path)
        with contextlib.suppress(Damage):
            opened(path).close()  # a flipped page need not be met
        assert lasting(path) == stood, case


def lasting(path: Path) -> dict[str, bytes]:
    """Without the log and its index, which come and go."""
    return {name: content for name, content in files(path).items() if not name.endswith(("-wal", "-shm"))}


@pytest.mark.parametrize("flips", [1, 8, 40])
def test_what_is_readable_beyond_the_backup_comes_back(worked: Worked, flips: int) -> None:
    """The backup has half of the work; of the other half only what lies in a damaged spot may be missing."""
    flip(worked.path / "visit.db", flips, random.Random(flips))
    done = repair(worked.path, identity=ME)
    assert done.entries + done.entries_missing <= worked.now[1]
    if done.database:
        assert worked.now[1] - done.entries + done.texts_lost <= 2 * flips
        assert done.entries >= worked.then[1]
    with opened(worked.path) as visit:
        assert check_visit(visit).sound or done.texts_lost


def test_without_a_backup_the_damaged_file_alone_gives_what_it_has(worked: Worked) -> None:
    shutil.rmtree(worked.path / "backups")
    flip(worked.path / "visit.db", 2, random.Random(2))
    done = repair(worked.path, identity=ME)
    assert worked.now[1] - done.entries + done.texts_lost <= 4
    with opened(worked.path) as visit:
        assert check_visit(visit).journal_sound


def test_nothing_left_is_said_and_nothing_is_changed(worked: Worked) -> None:
    shutil.rmtree(worked.path / "backups")
    (worked.path / "visit.db").write_bytes(b"gone" * 5000)
    stood = files(worked.path)
    with pytest.raises(KeysLost, match="colleague's bundle"):
        repair(worked.path, identity=ME)
    assert files(worked.path) == stood


KEYS: dict[str, Callable[[Path, Path], object]] = {
    "removed": lambda path, _: path.unlink(),
    "empty": lambda path, _: os.truncate(path, 0),
    "cut": lambda path, _: os.truncate(path, 90),
    "flipped": lambda path, _: flip(path, 1, random.Random(1)),
    "another visit's": lambda path, other: shutil.copy(other / "keys.json", path),
    "a folder": lambda path, _: made_a_folder(path),
    "a dead link": lambda path, _: made_a_link(path, "nowhere"),
    "a link to itself": lambda path, _: made_a_link(path, path.name),
}
if os.name != "nt":
    KEYS["a pipe"] = lambda path, _: made_a_pipe(path)


@pytest.mark.parametrize("case", KEYS)
def test_keys_come_back_from_the_copy_among_the_backups(case: str, worked: Worked, other: Path) -> None:
    KEYS[case](worked.path / "keys.json", other)
    stood = files(worked.path)
    with pytest.raises(Refusal):
        opened(worked.path)
    assert "keys" in look_over(worked.path).affected[0]
    done = repair(worked.path, identity=ME)
    assert done.keys
    assert not done.database
    assert view(worked.path) == worked.now
    if "keys.json" in stood:
        assert in_damaged(worked.path, stood["keys.json"])


def test_keys_and_database_at_once(worked: Worked) -> None:
    (worked.path / "keys.json").unlink()
    (worked.path / "visit.db").unlink()
    repair(worked.path, identity=ME)
    assert view(worked.path) == worked.then


def test_without_any_copy_of_the_keys_nothing_is_touched(worked: Worked) -> None:
    (worked.path / "keys.json").unlink()
    (worked.path / "backups" / "keys.json").unlink()
    stood = files(worked.path)
    with pytest.raises(KeysLost):
        repair(worked.path, identity=ME)
    assert files(worked.path) == stood


def test_a_damaged_backup_is_told_and_moved_out_of_the_way(worked: Worked) -> None:
    backup = next((worked.path / "backups").glob("visit-*.db"))
    os.truncate(backup, backup.stat().st_size - 4096)
    content = backup.read_bytes()
    with opened(worked.path) as visit:
        assert check_visit(visit).bad_backups == (backup.name,)
    assert "1 of its backups is damaged." in look_over(worked.path).affected
    assert repair(worked.path, identity=ME).backups == 1
    assert in_damaged(worked.path, content)
    assert view(worked.path) == worked.now


OTHERS = ("visit.lock", "visit.writer.json", "previews", "aside", "notes of mine.txt")


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("make", [lambda p: p.write_bytes(b"\xff{" * 99), lambda p: p.mkdir()])
def test_anything_else_in_the_folder(worked: Worked, name: str, make: Callable[[Path], object]) -> None:
    path = worked.path / name
    shutil.rmtree(path, ignore_errors=True)
    path.unlink(missing_ok=True)
    make(path)
    try:
        with opened(worked.path) as visit:
            found = check_visit(visit)
            assert found.sound or found.blocked == (name,)
            assert found.foreign == (("notes of mine.txt",) if name.endswith("txt") else ())
    except Refusal:
        assert name == "visit.lock"
        with opened(worked.path, reading=True) as visit:
            assert check_visit(visit).sound


def test_a_repair_is_stopped_and_all_is_as_it_was(worked: Worked) -> None:
    flip(worked.path / "visit.db", 5, random.Random(5))
    stood = files(worked.path)
    with pytest.raises(CarvingStopped):
        repair(worked.path, identity=ME, cancelled=lambda: True)
    assert files(worked.path) == stood


def test_an_interrupted_repair_is_taken_up(worked: Worked) -> None:
    """Between moving the damaged database aside and putting the new one in place."""
    flip(worked.path / "visit.db", 3, random.Random(3))
    aside = worked.path / "damaged" / "20261124-104207"
    aside.mkdir(parents=True)
    (worked.path / "visit.db").rename(aside / "visit.db")
    done = repair(worked.path, identity=ME)
    assert worked.now[1] - done.entries + done.texts_lost <= 6


def test_a_visit_open_elsewhere_is_not_repaired(worked: Worked) -> None:
    with opened(worked.path), pytest.raises(LockedByOther):
        repair(worked.path, identity=ME)


def test_a_whole_visit_needs_no_repair(worked: Worked) -> None:
    stood = files(worked.path)
    assert repair(worked.path, identity=ME).lines == ("Nothing had to be repaired.",)
    assert files(worked.path) == stood
