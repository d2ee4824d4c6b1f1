from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, planning
from qsin_desktop.actions.checking import back_up
from qsin_desktop.actions.deleting import (
    REGISTER_NAME,
    NotConfirmed,
    ToBeKept,
    ToDelete,
    delete,
    finish_deletions,
    look_to_delete,
)
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.pictures import picture_of
from qsin_desktop.actions.summaries import Summaries, Summary
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store import deleting, keys
from qsin_desktop.store.folder import BeingDeleted, LockedByOther, VisitFolder
from qsin_desktop.store.keys_file import read_keys
from tests.actions.test_keeping_keys import Shelf
from tests.founding import ME, copy_of, key_file_of, opened

NETWORK = "Thames Estuary Imaging Network"
TODAY = date(2026, 11, 24)
WHY = "made for a trial"


@pytest.fixture
def full(folder: Path, tmp_path: Path) -> Path:
    """With an exhibit, a preview's folder, a backup, and something aside."""
    (tmp_path / "a.txt").write_text("evidence", encoding="utf-8")
    with opened(folder) as visit:
        evidence.attach(visit, tmp_path / "a.txt", [])
        picture_of(visit)(visit.record.exhibits()[0])
        back_up(visit)
    for name in ("previews/ab/x", "aside/y", "damaged/z/visit.db"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"something")
    return folder


def look(path: Path, unlocking: Unlocking | None = None) -> ToDelete:
    return look_to_delete(path, identity=ME, unlocking=unlocking or Unlocking(use_keyring=False))


def delete_it(path: Path, home: Path, *, reason: str = WHY, shelf: Shelf | None = None) -> object:
    target = look(path)
    return delete(
        target,
        confirm=target.name,
        reason=reason,
        today=TODAY,
        home=home,
        identity=ME,
        shelf=shelf or Shelf(),
    )


def test_nothing_of_it_is_left(full: Path, tmp_path: Path) -> None:
    home, shelf = tmp_path / "home", Shelf()
    home.mkdir()
    with opened(full) as visit:
        keys.remember_on_this_computer(visit.folder, visit.data_key, shelf)
    Summaries(home, ME).keep(full, Summary(network=NETWORK))
    delete_it(full, home, shelf=shelf)
    assert not full.exists()
    assert not key_file_of(full).exists()
    assert shelf.kept == {}
    assert str(full) not in Summaries(home, ME)._kept
    kept = (home / REGISTER_NAME).read_text(encoding="utf-8")
    assert "Thames" not in kept
    (line,) = json.loads(kept)
    assert (line["on"], line["reason"]) == ("2026-11-24", WHY)


def test_the_name_must_be_typed(full: Path, tmp_path: Path) -> None:
    target = look(full)
    assert (target.name, target.exhibits, target.known) == (NETWORK, 1, True)
    for typed in ("", "Thames Estuary", NETWORK.lower()):
        with pytest.raises(NotConfirmed, match=NETWORK):
            delete(target, confirm=typed, reason=WHY, today=TODAY, home=tmp_path, identity=ME)
    assert look(full).known


@pytest.mark.parametrize(
    ("until", "reason", "refused"),
    [
        ("", "", True),
        ("", WHY, False),
        ("2026-11-25", "", True),
        ("2026-11-25", WHY, False),
        ("2026-11-24", "", False),
        ("2020-01-01", "", False),
    ],
)
def test_before_its_day_a_reason_is_needed(
    full: Path, tmp_path: Path, until: str, reason: str, refused: bool
) -> None:
    with opened(full) as visit:
        planning.set_facts(visit, {"keep_until": until})
    if refused:
        with pytest.raises(ToBeKept, match="25 November 2026" if until else "no day"):
            delete_it(full, tmp_path, reason=reason)
        assert look(full).known
    else:
        delete_it(full, tmp_path, reason=reason)
        assert not full.exists()


def test_a_visit_that_nobody_can_open_is_deleted_by_its_folders_name(full: Path, tmp_path: Path) -> None:
    key_file_of(full).unlink()
    target = look(full)
    assert (target.name, target.known) == ("Thames Estuary 2026", False)
    with pytest.raises(ToBeKept, match="cannot be opened"):
        delete_it(full, tmp_path, reason="")
    delete_it(full, tmp_path)
    assert not full.exists()


def test_one_that_is_open_is_not_deleted(full: Path, tmp_path: Path) -> None:
    with opened(full), pytest.raises(LockedByOther):
        delete_it(full, tmp_path)
    assert look(full).known


def test_a_persons_own_files_in_the_folder_stay(full: Path, tmp_path: Path) -> None:
    (full / "my shopping list.txt").write_text("tea", encoding="utf-8")
    done = delete_it(full, tmp_path)
    assert getattr(done, "left") == ("my shopping list.txt",)  # noqa: B009
    assert [path.name for path in full.iterdir()] == ["my shopping list.txt"]


class Crash(BaseException):
    pass


def _crashing(monkeypatch: pytest.MonkeyPatch, at: int) -> Callable[[], int]:
    """Stop before the `at`-th step of a deletion that touches the disk; answers how many were made."""
    made = 0

    def step(owner: object, name: str) -> None:
        honest = getattr(owner, name)

        def counted(*given: object, **named: object) -> object:
            nonlocal made
            made += 1
            if made == at:
                raise Crash
            return honest(*given, **named)

        monkeypatch.setattr(owner, name, counted)

    for owner, name in (
        (deleting, "write_aside"),
        (deleting, "flush_to_disk"),
        (deleting, "flush_folder"),
        (shutil, "rmtree"),
        (Path, "unlink"),
        (Path, "rmdir"),
    ):
        step(owner, name)
    return lambda: made


def test_a_crash_at_any_step_leaves_it_whole_or_without_keys(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wholes, keyless = 0, 0
    for at in range(1, 60):
        library = tmp_path / f"library-{at}"
        path = copy_of(full, library)
        with monkeypatch.context() as patch:
            _crashing(patch, at)
            try:
                delete_it(path, tmp_path)
            except Crash:
                pass
            else:
                break
        try:
            with opened(path) as visit:
                assert visit.record.facts.network == NETWORK
                assert visit.pieces.check(visit.record.exhibits()[0].pieces) == "here"
                wholes += 1
        except BeingDeleted:
            with pytest.raises(Refusal):
                read_keys(path / "keys.json")
            keyless += 1
            finish_deletions(library, [], Shelf())
            assert not path.exists(), at
        except Refusal:
            assert not path.exists() or not any(path.iterdir()), "all is gone, but for an empty folder"
    else:
        raise AssertionError("it never came to an end")
    assert wholes >= 1
    assert keyless >= 8


def test_a_file_that_cannot_be_removed_is_told_and_goes_at_the_next_start(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Path.unlink

    def stubborn(path: Path, missing_ok: bool = False) -> None:
        if path.name == "visit.db":
            raise PermissionError(13, "in use")
        honest(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stubborn)
        with pytest.raises(deleting.CannotDelete, match="Its keys are destroyed"):
            delete_it(full, tmp_path)
    with pytest.raises(BeingDeleted):
        VisitFolder.check(full)
    (done,) = finish_deletions(tmp_path, [str(full)], Shelf())
    assert done.title == "Thames Estuary 2026"
    assert not full.exists()


_CHILD = """
import sys
from pathlib import Path
from qsin_desktop.store import deleting
from qsin_desktop.store.folder import VisitFolder
print("ready", flush=True)
deleting.delete_visit(VisitFolder(Path(sys.argv[1])))
"""


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_killed_in_the_middle_it_is_whole_or_keyless(full: Path, tmp_path: Path) -> None:
    for number in range(6):
        path = copy_of(full, tmp_path / f"killed-{number}")
        for more in range(400):  # so that there is a middle
            (path / "previews" / f"{more:03d}").write_bytes(b"x" * 100)
        child = subprocess.Popen([sys.executable, "-c", _CHILD, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.004 * number)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        try:
            with opened(path):
                pass
        except Refusal:
            finish_deletions(path.parent, [], Shelf())
            assert not path.exists()


def test_cut_off_before_its_last_step_the_empty_folder_goes_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "Thames Estuary 2026.qsin"
    other = tmp_path / "Holiday"
    path.mkdir()
    other.mkdir()
    (done,) = finish_deletions(tmp_path, [], Shelf())
    assert done.title == "Thames Estuary 2026"
    assert not path.exists()
    assert other.is_dir()
