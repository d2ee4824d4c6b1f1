from __future__ import annotations

import os
from pathlib import Path

import pytest

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.durable import ASIDE_PREFIX
from qsin_desktop.store.faults import PlaceForbidden
from qsin_desktop.store.folder import CannotMakeVisit, DatabaseMissing, NotAVisit, VisitFolder, VisitMissing
from qsin_desktop.store.keys_file import KeysDamaged, KeysNewer
from tests.store.makers import made_visit, open_place, somebody, tree


def test_a_new_folder_has_its_places(tmp_path: Path) -> None:
    folder = VisitFolder.create(tmp_path / "library" / "Greater Wessex 2026.qsin")
    assert folder.exhibits.is_dir()
    assert folder.backups.is_dir()
    assert folder.title == "Greater Wessex 2026"
    assert folder.key_file.parent == folder.path.parent


def test_an_empty_folder_becomes_a_visit(tmp_path: Path) -> None:
    (tmp_path / "V.qsin").mkdir()
    (tmp_path / "V.qsin" / ".DS_Store").write_bytes(b"x")
    assert VisitFolder.create(tmp_path / "V.qsin").exhibits.is_dir()


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("a:b.qsin", "a_b.qsin"),
        ("what?.qsin", "what_.qsin"),
        ("star*.qsin", "star_.qsin"),
        ("dot.", "dot"),
        ("nul.qsin", "_nul.qsin"),
        ("turn\u202eround.qsin", "turnround.qsin"),
        ("line\nbreak.qsin", "line break.qsin"),
        ("x" * 250 + ".qsin", "x" * 115 + ".qsin"),
    ],
)
def test_a_troublesome_name_is_refused_with_a_better_one(tmp_path: Path, name: str, better: str) -> None:
    with pytest.raises(CannotMakeVisit) as told:
        VisitFolder.create(tmp_path / name)
    assert f"“{better}” would" in told.value.sentence
    assert "\u202e" not in told.value.sentence
    assert "\n" not in told.value.sentence
    assert not any(tmp_path.iterdir())


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "V.qsin").mkdir()
    (tmp_path / "V.qsin" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CannotMakeVisit, match="already holds something"):
        VisitFolder.create(tmp_path / "V.qsin")
    assert tree(tmp_path) == {"V.qsin/letter.txt"}


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "V.qsin").write_bytes(b"mine")
    with pytest.raises(CannotMakeVisit, match="not a folder"):
        VisitFolder.create(tmp_path / "V.qsin")


def test_a_visit_inside_a_visit_is_refused(tmp_path: Path) -> None:
    folder, _ = made_visit(tmp_path / "V.qsin")
    with pytest.raises(CannotMakeVisit, match="inside the visit"):
        VisitFolder.create(folder.exhibits / "W.qsin")


def test_too_long_a_path_is_refused(tmp_path: Path) -> None:
    deep = tmp_path
    while len(str(deep)) < 4200:
        deep /= "d" * 100
    with pytest.raises(Refusal, match="too long"):
        VisitFolder.create(deep / "V.qsin")
    assert not any(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told() -> None:
    with open_place() as place:
        (place / "shut").mkdir()
        (place / "shut").chmod(0o555)
        with somebody(), pytest.raises(PlaceForbidden, match="could not be made"):
            VisitFolder.create(place / "shut" / "V.qsin")


def test_a_parent_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"x")
    with pytest.raises(Refusal, match="could not be made"):
        VisitFolder.create(tmp_path / "letter.txt" / "V.qsin")


def half_made(path: Path) -> None:
    with VisitFolder.creating(path) as folder:
        folder.database.write_bytes(b"half")
        folder.keys.write_bytes(b"half")
        raise KeyError


def test_a_visit_that_fails_half_way_is_taken_away(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        half_made(tmp_path / "V.qsin")
    assert not (tmp_path / "V.qsin").exists()


def test_a_folder_that_was_there_stays_when_it_fails(tmp_path: Path) -> None:
    (tmp_path / "V.qsin").mkdir()
    with pytest.raises(KeyError):
        half_made(tmp_path / "V.qsin")
    assert list((tmp_path / "V.qsin").iterdir()) == []


def test_a_sound_visit_passes(tmp_path: Path) -> None:
    folder, _ = made_visit(tmp_path / "V.qsin")
    assert VisitFolder.check(tmp_path / "V.qsin") == folder


def test_a_missing_visit_is_told(tmp_path: Path) -> None:
    with pytest.raises(VisitMissing, match="no visit at"):
        VisitFolder.check(tmp_path / "V.qsin")


def test_a_file_is_no_visit(tmp_path: Path) -> None:
    folder, _ = made_visit(tmp_path / "V.qsin")
    (tmp_path / "letter.txt").write_bytes(b"x")
    with pytest.raises(NotAVisit, match="is a file, not a visit folder"):
        VisitFolder.check(tmp_path / "letter.txt")
    with pytest.raises(NotAVisit, match="open the folder it lies in"):
        VisitFolder.check(folder.database)


def test_a_foreign_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(NotAVisit, match="is not a visit folder"):
        VisitFolder.check(tmp_path)
    assert tree(tmp_path) == {"holiday.jpg"}


@pytest.mark.parametrize(
    ("content", "kind", "word"),
    [
        (None, KeysDamaged, "is missing"),
        (b"", KeysDamaged, "is empty"),
        (b"\0" * 4096, KeysDamaged, "is empty"),
        (b'{"subject": "QSIN visit keys", "for', KeysDamaged, "damaged or cut short"),
        (os.urandom(600), KeysDamaged, "damaged or cut short"),
        (b"[1, 2]", KeysDamaged, "damaged or cut short"),
        (b"[" * 50_000, KeysDamaged, "damaged or cut short"),
        (b'{"subject": "recipes", "format": 1}', KeysDamaged, "not one of a visit"),
        (b'{"subject": "QSIN visit keys", "format": 99, "magic": 1}', KeysNewer, "newer QSIN Desktop"),
    ],
)
def test_keys_that_cannot_be_used_are_told(
    tmp_path: Path, content: bytes | None, kind: type[Refusal], word: str
) -> None:
    folder, _ = made_visit(tmp_path / "V.qsin")
    folder.keys.unlink()
    if content is not None:
        folder.keys.write_bytes(content)
    with pytest.raises(kind, match=word):
        VisitFolder.check(folder.path)
    assert folder.keys.exists() == (content is not None)


def test_a_copy_of_the_keys_among_the_backups_is_pointed_out(tmp_path: Path) -> None:
    folder, _ = made_visit(tmp_path / "V.qsin")
    folder.keys.rename(folder.backups / "keys.json")
    with pytest.raises(KeysDamaged) as told:
        VisitFolder.check(folder.path)
    assert "“Repair” puts back the copy from its folder “backups”" in told.value.sentence


def test_a_missing_or_empty_database_is_told(tmp_path: Path) -> None:
    folder, _ = made_visit(tmp_path / "V.qsin")
    folder.database.write_bytes(b"")
    with pytest.raises(DatabaseMissing, match="empty"):
        VisitFolder.check(folder.path)
    folder.database.unlink()
    with pytest.raises(DatabaseMissing, match="missing"):
        VisitFolder.check(folder.path)
    folder.database.mkdir()
    with pytest.raises(DatabaseMissing, match="not a file"):
        VisitFolder.check(folder.path)


def test_a_visit_that_may_not_be_read_is_told() -> None:
    with open_place() as place:
        folder, _ = made_visit(place / "V.qsin")
        folder.path.chmod(0o000)
        with somebody(), pytest.raises(PlaceForbidden, match="could not be opened"):
            VisitFolder.check(folder.path)


def test_what_a_crash_left_is_swept_in_every_place(tmp_path: Path) -> None:
    folder, _ = made_visit(tmp_path / "V.qsin")
    for place in (folder.path, folder.exhibits, folder.backups):
        (place / f"{ASIDE_PREFIX}00").write_bytes(b"half")
    assert folder.sweep() == 3
    assert tree(folder.path) == {"keys.json", "visit.db"}
