"""The recording layer tells everything, and the played disk loses what was not flushed and nothing else."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.power import record
from tests.faults.power.medium import Medium

WORK = """
import mmap, os, shutil
def write(name, content, flush=True):
    with open(name, "wb") as out:
        out.write(content)
        out.flush()
        if flush:
            os.fsync(out.fileno())
def flush(folder):
    number = os.open(folder, os.O_RDONLY)
    os.fsync(number)
    os.close(number)
os.mkdir("safe")
write("safe/aside", b"new" * 3000)
os.replace("safe/aside", "safe/whole")
flush("safe"); flush(".")
write("unflushed", b"x" * 9000, flush=False)
flush(".")
write("unnamed", b"named by nobody")
os.replace("old", "renamed")
with open("there", "r+b") as out:
    os.pwrite(out.fileno(), b"BBBB", 4096)
    os.ftruncate(out.fileno(), 8192)
    os.writev(out.fileno(), [b"C" * 10, b"D" * 10])
    os.posix_fallocate(out.fileno(), 0, 10000)
shutil.copyfile("there", "copied")
os.link("there", "linked")
os.unlink("gone")
shutil.rmtree("tree")
with open("safe/a-shm", "w+b") as index:
    index.truncate(4096)
    mmap.mmap(index.fileno(), 4096)[0:4] = b"mmap"
"""

pytestmark = pytest.mark.skipif(bool(record.why_not()), reason=record.why_not())


@pytest.fixture
def base(tmp_path: Path) -> Path:
    place = tmp_path / "base"
    (place / "tree" / "inner").mkdir(parents=True)
    for name in ("old", "gone", "tree/inner/leaf"):
        (place / name).write_bytes(name.encode())
    (place / "there").write_bytes(b"A" * 12_000)
    return place


def played(base: Path, work: str) -> Medium:
    folder, written = base.with_name("work"), base.with_name("record")
    shutil.copytree(base, folder)
    medium = Medium(folder)
    command = [*record.recorded(folder, written), sys.executable, "-c", work]
    subprocess.run(command, cwd=folder, check=True)
    for change in record.changes(written, folder):
        medium.follow(change)
    return medium


def files(place: Path) -> dict[str, bytes]:
    found = ((path.relative_to(place).as_posix(), path) for path in place.rglob("*") if path.is_file())
    return {name: path.read_bytes() for name, path in found if not name.endswith("-shm")}


def ends(medium: Medium, place: Path, tries: int = 60) -> Iterator[dict[str, bytes]]:
    for seed in range(tries):
        medium.after_a_cut(place / str(seed), random.Random(seed))
        yield files(place / str(seed))


def test_played_without_a_cut_the_record_gives_what_is_there(base: Path) -> None:
    medium = played(base, WORK)
    medium.after_all(base.with_name("all"))
    assert files(base.with_name("all")) == files(base.with_name("work"))
    assert medium.strange == []


def test_what_was_flushed_with_its_name_is_always_there_and_the_rest_is_not(
    base: Path, tmp_path: Path
) -> None:
    found = [*ends(played(base, WORK), tmp_path)]
    assert all(each["safe/whole"] == b"new" * 3000 for each in found)
    assert not any("safe/aside" in each for each in found)
    unflushed = {len(each["unflushed"]) for each in found}
    assert {0, 9000} < unflushed  # lost, kept, torn
    assert all(size in (0, 9000) or size % 512 == 0 for size in unflushed)
    assert {each.get("unnamed") for each in found} == {None, b"named by nobody"}
    assert all(("old" in each) != ("renamed" in each) for each in found)  # once and whole
    assert {"old" in each for each in found} == {True, False}
    assert {"tree/inner/leaf" in each for each in found} == {True, False}
    assert {each["there"][4096:4100] for each in found} == {b"AAAA", b"BBBB"}


def test_a_change_that_the_record_cannot_follow_is_told(base: Path) -> None:
    work = 'import mmap\nwith open("there", "r+b") as out: mmap.mmap(out.fileno(), 0)[0:1] = b"x"'
    assert played(base, work).strange == ["written by memory: there"]


def test_nothing_changes_while_it_is_held_still(base: Path) -> None:
    folder, written = base.with_name("work"), base.with_name("record")
    shutil.copytree(base, folder)
    medium = Medium(folder)
    work = 'number = 0\nwhile True:\n    open("there", "wb").write(str(number).encode()); number += 1'
    child = subprocess.Popen([*record.recorded(folder, written), sys.executable, "-c", work], cwd=folder)
    while not written.is_file() or written.stat().st_size < 10_000:
        assert child.poll() is None
    with record.held_still(written):
        before = files(folder)
        child.kill()
        child.wait()
    assert files(folder) == before
    for change in record.changes(written, folder):
        medium.follow(change)
    medium.after_all(base.with_name("all"))
    assert files(base.with_name("all")) == before
