"""The note of how many entries a visit has reached: never more than the truth, whatever happens to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import REACHED_NAME, VisitFolder
from qsin_desktop.store.high_water import HighWater, Reached, forget_in_home, path_in_home

KEY = DataKey(b"k" * 32)
AT = "2026-11-24T10:42:35+00:00"


def notes(place: Path, home: Path | None = None, key: DataKey = KEY) -> HighWater:
    return HighWater.of(VisitFolder(place), key, home)


def begun(place: Path, *counts: int) -> Path:
    """A folder whose note has followed these counts."""
    written = notes(place)
    written.begin(Reached(counts[0], AT))
    for count in counts[1:]:
        written.put(Reached(count, AT))
    return place / REACHED_NAME


def test_the_newest_is_known_after_each_commit(tmp_path: Path) -> None:
    written = notes(tmp_path)
    assert written.known() is None
    written.begin(Reached(7))
    for count in range(8, 20):
        written.put(Reached(count, AT))
        assert notes(tmp_path).known() == Reached(count, AT)
    assert [path.name for path in tmp_path.iterdir()] == [REACHED_NAME]


@given(start=st.integers(0, 1023), length=st.integers(1, 512), filling=st.sampled_from([0, 0xFF, 0x51]))
def test_a_torn_note_leaves_the_one_before(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, filling: int
) -> None:
    path = begun(tmp_path_factory.mktemp("torn"), 60, 61, 62)
    content = bytearray(path.read_bytes())
    end = min(len(content), start + length)
    content[start:end] = bytes([filling]) * (end - start)
    path.write_bytes(content)
    known = notes(path.parent).known()
    assert known in (None, Reached(61, AT), Reached(62, AT))
    if start // 512 == (end - 1) // 512:  # in one sector
        assert known is not None


@given(st.binary(max_size=1100))
def test_anything_else_tells_nothing(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    place = tmp_path_factory.mktemp("other")
    (place / REACHED_NAME).write_bytes(content)
    assert notes(place).known() is None
    notes(place).begin(Reached(3))
    assert notes(place).known() == Reached(3)


def test_another_visits_note_tells_nothing(tmp_path: Path) -> None:
    begun(tmp_path, 900)
    assert notes(tmp_path, key=DataKey(b"x" * 32)).known() is None


def test_the_home_folder_knows_each_copy_by_its_path(tmp_path: Path) -> None:
    home, here, there = (tmp_path / name for name in ("home", "here", "there"))
    for place in (home, here, there):
        place.mkdir()
    notes(here, home).begin(Reached(61, AT))
    notes(there, home).begin(Reached(50, AT))
    (here / REACHED_NAME).unlink()
    assert notes(here, home).known() == Reached(61, AT)
    assert notes(there, home).known() == Reached(50, AT)
    forget_in_home(home, here)
    forget_in_home(home, here)
    assert notes(here, home).known() is None
    assert path_in_home(home, there).exists()


def test_after_a_repair_less_is_known(tmp_path: Path) -> None:
    begun(tmp_path, 60, 61)
    notes(tmp_path).start_anew(Reached(33, AT))
    assert notes(tmp_path).known() == Reached(33, AT)


@pytest.mark.parametrize("in_the_way", [Path.mkdir, lambda path: path.symlink_to(path.parent / "elsewhere")])
def test_what_lies_in_its_place_is_not_written_through(
    tmp_path: Path, in_the_way: Callable[[Path], None]
) -> None:
    """A link may lead to a file that is somebody's."""
    (tmp_path / "elsewhere").write_bytes(b"somebody's")
    in_the_way(tmp_path / REACHED_NAME)
    written = notes(tmp_path)
    written.put(Reached(5))
    assert (tmp_path / "elsewhere").read_bytes() == b"somebody's"
    written.begin(Reached(5))
    assert (tmp_path / "elsewhere").read_bytes() == b"somebody's"


@pytest.mark.skipif(os.name == "nt", reason="no pipes in folders")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / REACHED_NAME)
    written = notes(tmp_path)
    assert written.known() is None
    written.begin(Reached(5))
    assert written.known() == Reached(5)
