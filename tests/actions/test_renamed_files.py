"""A synchroniser renamed a visit's own files: opening says what happened, a repair puts it right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qsin_desktop.actions.library import visits_in
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.putting_right import put_right
from qsin_desktop.domain.errors import Damage
from qsin_desktop.store.folder import NotAVisit
from qsin_desktop.store.key_search import KeysLost
from qsin_desktop.store.renamed import renamed_copies
from tests.actions.worked import Worked, files, refusal, view, work
from tests.founding import ME, copy_of, key_file_of, opened

NAMES = (
    "{stem} (1){end}",
    "{stem} 2{end}",
    "{stem}-LAPTOP-7{end}",
    "{stem} (Lena's conflicted copy 2026-11-24){end}",
    "{stem}.sync-conflict-20261124-104207-ABCDEF{end}",
    "{stem}{end} (1)",
    "{stem}{end}.bak",
)


def renamed(path: Path, pattern: str) -> Path:
    return path.rename(path.with_name(pattern.format(stem=path.stem, end=path.suffix)))


@pytest.mark.parametrize("pattern", NAMES)
def test_names_that_such_programs_give(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "visit.db"
    path.write_bytes(b"x")
    other = renamed(path, pattern)
    assert renamed_copies(path) == (other,)


@pytest.mark.parametrize("names", [("keys.json",), ("visit.db",), ("keys.json", "visit.db")])
def test_what_was_renamed_is_told_and_put_back(names: tuple[str, ...], worked: Worked) -> None:
    others = [renamed(worked.path / name, NAMES[0]) for name in names]
    if "keys.json" in names:
        (worked.path / "backups" / "keys.json").unlink()
    stood = files(worked.path)
    told = refusal(worked.path)
    assert isinstance(told, Damage)
    assert f"its file {names[0]} is missing" in told.sentence
    assert f"“{others[0].name}” lies in its place" in told.sentence
    assert "“Repair”" in told.sentence
    assert files(worked.path) == stood, "a look changes nothing"
    assert worked.path in visits_in(worked.path.parent), "the start screen still shows it"
    unlocking = Unlocking(key_file=key_file_of(worked.path), use_keyring=False)
    done = put_right(worked.path, identity=ME, unlocking=unlocking)
    assert done.result.sound
    assert view(worked.path) == worked.now
    assert not any(other.exists() for other in others)
    assert {other.name for other in others} <= {Path(name).name for name in files(worked.path / "damaged")}


def test_of_two_copies_none_is_left_out(worked: Worked) -> None:
    shutil.copy(worked.path / "visit.db", worked.path / "visit-LAPTOP-7.db")
    with opened(worked.path) as visit:
        work(visit, 3, first=500)
    now = view(worked.path)
    renamed(worked.path / "visit.db", "{stem} (1){end}")
    put_right(worked.path, identity=ME, unlocking=Unlocking(use_keyring=False))
    assert view(worked.path) == now


def test_the_keys_of_another_visit_are_not_put_in_their_place(
    worked: Worked, founded: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = copy_of(founded, tmp_path / "other")
    shutil.copy(other / "keys.json", worked.path / "keys (1).json")
    (worked.path / "keys.json").write_bytes(b"")
    with pytest.raises(Damage, match="is empty"):
        opened(worked.path)
    done = put_right(worked.path, identity=ME, unlocking=Unlocking(use_keyring=False))
    assert done.result.sound
    assert view(worked.path) == worked.now


def test_without_any_that_fits_nothing_is_changed(worked: Worked) -> None:
    (worked.path / "keys.json").unlink()
    (worked.path / "backups" / "keys.json").unlink()
    (worked.path / "keys (1).json").write_text("{}", encoding="utf-8")
    stood = files(worked.path)
    with pytest.raises(KeysLost):
        put_right(worked.path, identity=ME, unlocking=Unlocking(use_keyring=False))
    assert files(worked.path) == stood


def test_a_folder_of_other_things_is_no_visit(tmp_path: Path) -> None:
    place = tmp_path / "Holiday.qsin"
    place.mkdir()
    for name in ("visitors.db", "keyset.json", "visit.db-wal (1)", "monkeys.json"):
        (place / name).write_bytes(b"x")
    assert renamed_copies(place / "visit.db") == renamed_copies(place / "keys.json") == ()
    with pytest.raises(NotAVisit):
        opened(place)
