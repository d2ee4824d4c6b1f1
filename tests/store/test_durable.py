from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.durable import sweep_asides, write_aside, writing_aside
from qsin_desktop.store.faults import DiskFull, PlaceForbidden, PlaceGone
from tests.store.makers import open_place, small_drive, somebody, tree


def test_the_new_content_replaces_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_aside(path, b"old")
    write_aside(path, io.BytesIO(b"new" * 1_000_000))
    assert path.read_bytes() == b"new" * 1_000_000
    assert tree(tmp_path) == {"a.json"}


def test_a_block_that_fails_leaves_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def half() -> None:
        with writing_aside(path) as out:
            out.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert path.read_bytes() == b"old"
    assert tree(tmp_path) == {"a.json"}


def test_nothing_is_seen_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with writing_aside(path) as out:
        out.write(b"x" * 100_000)
        assert not path.exists()
    assert path.stat().st_size == 100_000


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks up open files in /proc")
def test_file_and_folder_are_flushed_in_that_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    real_fsync = os.fsync

    def fsync(number: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{number}").readlink())
        real_fsync(number)

    monkeypatch.setattr(os, "fsync", fsync)
    write_aside(tmp_path / "a.json", b"new")
    assert [path.name[:6] for path in flushed] == [".part-", tmp_path.name[:6]]
    assert flushed[1] == tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_private_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_aside(tmp_path / "key", b"secret", private=True)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json" / "b").mkdir(parents=True)
    with pytest.raises(Refusal, match=r"“a\.json” could not be written"):
        write_aside(tmp_path / "a.json", b"new")
    assert tree(tmp_path) == set()


def test_a_vanished_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaceGone):
        write_aside(tmp_path / "gone" / "a.json", b"new")


def test_a_place_without_permission_is_told() -> None:
    with open_place() as place:
        (place / "shut").mkdir(mode=0o555)
        (place / "shut").chmod(0o555)
        with somebody(), pytest.raises(PlaceForbidden, match="permission"):
            write_aside(place / "shut" / "a.json", b"new")


@pytest.mark.skipif(os.name == "nt", reason="the limit is POSIX")
def test_a_write_cut_short_by_the_system_leaves_the_old(tmp_path: Path) -> None:
    """In a process of its own, whose files the system limits to 64 kB."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from qsin_desktop.store.durable import write_aside\n"
        "from qsin_desktop.domain.errors import Refusal\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try: write_aside(Path(sys.argv[1]), b'x' * 1_000_000)\n"
        "except Refusal as refusal: print(refusal)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert "could not be written: the file is too large for this drive" in done.stdout
    assert path.read_bytes() == b"old"
    assert tree(tmp_path) == {"a.bin"}


def test_a_full_disk_leaves_the_old(tmp_path: Path) -> None:
    with small_drive(tmp_path, megabytes=1) as drive:
        write_aside(drive / "a.bin", b"old")
        with pytest.raises(DiskFull, match="the disk is full"):
            write_aside(drive / "a.bin", b"x" * 3_000_000)
        assert (drive / "a.bin").read_bytes() == b"old"
        assert tree(drive) == {"a.bin"}


def test_what_a_crash_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".part-0011223344556677").write_bytes(b"half")
    (tmp_path / "kept.json").write_bytes(b"whole")
    assert sweep_asides(tmp_path) == 1
    assert tree(tmp_path) == {"kept.json"}
    assert sweep_asides(tmp_path / "gone") == 0
