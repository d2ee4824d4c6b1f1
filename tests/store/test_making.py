"""A visit that was still being made when the program stopped: known as such, and it gives way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qsin_desktop.actions.checking import back_up
from qsin_desktop.actions.library import is_visit, place_for, visits_in
from qsin_desktop.actions.restoring import restore
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.making import MAKING_NAME, NeverFinished, is_abandoned, is_unfinished
from tests.founding import ME, NAME, found_small_visit, key_file_of, opened

KILLED = """
import os, sys
from pathlib import Path
from qsin_desktop.store import visit_store
from tests.founding import found_small_visit
made = visit_store.VisitStore.append
def stop(*args, **more):
    made(*args, **more)
    os._exit(9)
visit_store.VisitStore.append = stop
found_small_visit(Path(sys.argv[1]))
"""


@pytest.fixture
def abandoned(tmp_path: Path) -> Path:
    """Keys, database and all its entries are there; the process ended before the making did."""
    path = tmp_path / NAME
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == 9
    return path


def test_it_is_told_and_not_opened_nor_shown(abandoned: Path) -> None:
    assert is_abandoned(abandoned)
    with pytest.raises(NeverFinished, match="still being made when the program stopped"):
        opened(abandoned)
    assert not is_visit(abandoned)
    assert visits_in(abandoned.parent) == ()


def test_the_same_visit_is_made_in_its_place(abandoned: Path) -> None:
    found_small_visit(abandoned)
    opened(abandoned).close()
    assert not is_unfinished(abandoned)
    assert not (abandoned / MAKING_NAME).exists()


def test_a_new_visit_is_offered_the_same_name(abandoned: Path) -> None:
    assert place_for(abandoned.parent, "Thames Estuary", 2026) == abandoned


def test_a_restored_one_takes_its_place_too(abandoned: Path, tmp_path: Path) -> None:
    origin = found_small_visit(tmp_path / "other" / "Origin.qsin")
    with opened(origin) as visit:
        back_up(visit)
    key_file_of(abandoned).unlink()  # it lies beside the folder, and is of the one that was never finished
    restore(origin, abandoned, identity=ME)
    opened(abandoned).close()


def test_what_a_person_put_there_stays_and_is_in_the_way(abandoned: Path) -> None:
    (abandoned / "my notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="already holds something"):
        found_small_visit(abandoned)
    assert (abandoned / "my notes.txt").read_text(encoding="utf-8") == "mine"


def test_one_that_is_being_made_elsewhere_does_not_give_way(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with VisitFolder.creating(path):
        assert is_unfinished(path)
        assert not is_abandoned(path)
        with pytest.raises(Refusal, match="already holds something"):
            found_small_visit(path)


def test_a_note_that_comes_back_after_a_power_cut_says_that_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / NAME
    with VisitFolder.creating(path):
        note = path / MAKING_NAME
        kept = note.with_name("kept")
        kept.hardlink_to(note)
    assert not note.exists()
    kept.rename(note)
    assert not is_unfinished(path)
