"""Disks that are full or take no writing: told in a sentence, nothing lost, and later the work goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.founding import copy_of
from tests.store.makers import open_place, small_drive, somebody

B = "IN-301.b"
KIB = 1024
NEW = ("--network", "W", "--pack", "qsin-outline", "--assessor", "Lena Lead")


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    with small_drive(tmp_path, megabytes=40) as place:
        yield place


def fill(drive: Path, *, but: int) -> None:
    filler = drive / "filler"
    with filler.open("ab", buffering=0) as out:
        try:
            while True:
                out.write(bytes(4096))
        except OSError:
            pass
    with filler.open("r+b") as out:
        out.truncate(filler.stat().st_size - but)


@pytest.mark.parametrize("free", [0, 8 * KIB, 40 * KIB, 90 * KIB])
def test_a_full_disk_refuses_each_write_and_the_next_goes_on(
    free: int, cli: Cli, visit: Path, drive: Path, tmp_path: Path
) -> None:
    there = copy_of(visit, drive / "v")
    cli("attach", there, __file__)
    fill(drive, but=free)
    stood = {path.name for path in drive.iterdir()}
    for words in (
        ["note", there, B, "--kind", "interview", "x" * 99_000],
        ["attach", there, Path(__file__).with_name("conftest.py")],
        ["export", there, "--pdf", drive / "r.pdf"],
        ["new", drive / "n.qsin", *NEW, "--key-file", drive / "n.key"],
    ):
        said = cli(*words)
        assert said.code == 1, words
        assert "disk is full" in said.err or "MiB free" in said.err, said
        assert all("inside QSIN" not in line for line in said.err.splitlines())
    assert cli("show", there, B).code == 0
    assert cli("trail", there, "--verify", "--json").json["entries"] == 33
    assert {path.name for path in drive.iterdir()} == stood
    assert not [*drive.rglob(".part-*")]
    (drive / "filler").unlink()
    assert cli("rate", there, B, "met").code == 0
    assert cli("check", there, "--json").json["sound"]
    assert cli("trail", there, "--verify", "--json").json["entries"] == 34
    assert cli("copy-out", there, "E-001", tmp_path / "o").code == 0


def test_the_example_is_not_half_made_on_a_full_disk(cli: Cli, drive: Path) -> None:
    fill(drive, but=1 << 20)
    cli("demo", drive / "demo", "--no-window").refused()
    assert not [*(drive / "demo").iterdir()]


def test_a_visit_on_read_only_media_is_read_and_not_written(
    cli: Cli, visit: Path, drive: Path, tmp_path: Path
) -> None:
    there = copy_of(visit, drive / "v")
    cli("attach", there, __file__)
    subprocess.run(["mount", "-o", "remount,ro", str(drive)], check=True)
    for words in (
        ["rate", there, B, "met"],
        ["attach", there, Path(__file__).with_name("conftest.py")],
        ["seal", there],
        ["backup", there],
        ["export", visit, "--pdf", drive / "r.pdf"],
        ["copy-out", there, "E-001", drive / "o"],
        ["demo", drive / "demo", "--no-window"],
        ["new", drive / "n.qsin", *NEW, "--key-file", tmp_path / "n.key"],
    ):
        cli(*words).refused()
    assert "can only be read here" in cli("rate", there, B, "met").refused()
    assert cli("show", there, "--json").json["exhibits"] == 1
    assert cli("check", there, "--json").json["sound"]
    assert cli("export", there, "--xlsx", tmp_path / "r.xlsx").code == 0
    assert cli("copy-out", there, "E-001", tmp_path / "o").code == 0


def test_what_somebody_closed_to_us_is_told(cli: Cli, visit: Path, home: Path) -> None:
    with open_place() as place:
        there = copy_of(visit, place / "v")
        there.with_name(f"{there.name}.key").chmod(0o644)
        for part in (there.parent, there, there / "visit.db", there / "keys.json"):
            part.chmod(0o755)
        with somebody():
            assert cli("--home", place / "nobody", "show", there).code == 0
        for closed in (there / "keys.json", there / "visit.db", there):
            closed.chmod(0o700 if closed.is_dir() else 0o000)
            with somebody():
                assert cli("--home", place / "nobody", "show", there).refused()
            closed.chmod(0o755)
