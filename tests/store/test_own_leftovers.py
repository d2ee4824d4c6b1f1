"""Half written files in folders that several write to: their owner finds and removes them, nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qsin_desktop.store.durable import ASIDE_PREFIX, aside_for, sweep_own, writing_aside

OWNER, OTHER = "0123456789abcdef", "fedcba9876543210"


def left(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.startswith(ASIDE_PREFIX))


def test_an_owner_removes_only_what_is_its_own(tmp_path: Path) -> None:
    own = aside_for(tmp_path / "out.qsinx", OWNER)
    others = [aside_for(tmp_path / "out.qsinx", OTHER), aside_for(tmp_path / "out.qsinx")]
    for path in (own, *others):
        path.write_bytes(b"half")
    assert sweep_own(tmp_path, OWNER) == 1
    assert left(tmp_path) == sorted(others)


def test_a_name_of_an_owner_is_not_taken_for_that_of_a_longer_one(tmp_path: Path) -> None:
    aside_for(tmp_path / "x", OWNER).write_bytes(b"half")
    assert sweep_own(tmp_path, OWNER[:8]) == 0
    assert sweep_own(tmp_path / "gone", OWNER) == 0


@contextmanager
def another_process_writing(folder: Path) -> Iterator[None]:
    words = (
        "import sys; from pathlib import Path; from qsin_desktop.store.durable import writing_aside\n"
        "with writing_aside(Path(sys.argv[1]), owner=sys.argv[2]) as out:\n"
        "    out.write(b'x'); print('writing', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", words, str(folder / "there"), OWNER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline()
        yield


@pytest.mark.skipif(os.name == "nt", reason="there, an open file cannot be removed in any case")
def test_what_another_window_of_the_same_laptop_writes_now_stays(tmp_path: Path) -> None:
    with another_process_writing(tmp_path):
        assert len(left(tmp_path)) == 1
        assert sweep_own(tmp_path, OWNER) == 0
    assert (tmp_path / "there").read_bytes() == b"x"
    assert not left(tmp_path)


def test_what_is_written_well_leaves_nothing(tmp_path: Path) -> None:
    with writing_aside(tmp_path / "a", owner=OWNER) as out:
        out.write(b"x")
        assert [path.name[: len(ASIDE_PREFIX) + 16] for path in left(tmp_path)] == [f".part-{OWNER}"]
    assert not left(tmp_path)
