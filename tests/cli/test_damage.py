"""A visit folder that is missing, cut short, mixed up with another or closed to us."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Answer, Cli
from tests.founding import copy_of, found_small_visit
from tests.store.makers import tree

B = "IN-301.b"
COMMANDS = (
    ["show", "V"],
    ["show", "V", B],
    ["rate", "V", B, "met"],
    ["trail", "V"],
    ["trail", "V", "--verify"],
    ["search", "V", "network"],
    ["export", "V", "--pdf", "OUT"],
    ["undo", "V"],
)


def db(visit: Path) -> Path:
    return visit / "visit.db"


def cut(path: Path, size: Callable[[int], int]) -> None:
    os.truncate(path, size(path.stat().st_size))


def instead_of(path: Path, make: Callable[[Path], Any]) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    make(path)


DAMAGES: dict[str, tuple[Callable[[Path, Path], Any], str]] = {
    "no folder": (lambda v, _: shutil.rmtree(v), "There is no visit at"),
    "an empty folder": (lambda v, _: instead_of(v, Path.mkdir), "is not a visit folder"),
    "a file for a folder": (lambda v, _: instead_of(v, Path.touch), "is a file, not a visit"),
    "no database": (lambda v, _: db(v).unlink(), "visit.db is missing"),
    "a folder for a database": (lambda v, _: instead_of(db(v), Path.mkdir), "visit.db is not a file"),
    "a pipe for a database": (lambda v, _: instead_of(db(v), os.mkfifo), "visit.db is not a file"),
    "a database of 0 bytes": (lambda v, _: db(v).write_bytes(b""), "is empty (0 bytes)"),
    "a database of zeros": (lambda v, _: db(v).write_bytes(bytes(8192)), "damaged or does not fit its keys"),
    "a database of one byte": (lambda v, _: cut(db(v), lambda _: 1), "was never finished"),
    "half a database": (lambda v, _: cut(db(v), lambda size: size // 2), "damaged or does not fit"),
    "a database short of a page": (
        lambda v, _: cut(db(v), lambda size: size - 4096),
        "damaged or does not fit",
    ),
    "a database short of a byte": (lambda v, _: cut(db(v), lambda size: size - 1), "damaged or does not fit"),
    "another visit's database": (lambda v, o: shutil.copy(db(o), db(v)), "damaged or does not fit its keys"),
    "no keys": (lambda v, _: (v / "keys.json").unlink(), "keys.json is missing"),
    "empty keys": (lambda v, _: (v / "keys.json").write_bytes(b""), "keys.json is empty"),
    "half the keys": (lambda v, _: cut(v / "keys.json", lambda size: size // 2), "damaged or cut short"),
    "keys that are none": (lambda v, _: (v / "keys.json").write_text("{}"), "damaged or cut short"),
    "another visit's keys": (
        lambda v, o: shutil.copy(o / "keys.json", v / "keys.json"),
        "opens another visit",
    ),
    "a log that is a folder": (lambda v, _: (v / "visit.db-wal").mkdir(), "in the way"),
}


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found_small_visit(tmp_path_factory.mktemp("other") / "Another 2026.qsin")


@pytest.mark.skipif(os.name != "posix", reason="pipes")
@pytest.mark.parametrize("case", DAMAGES)
def test_what_cannot_be_opened_is_refused_by_every_command_and_left_as_it_is(
    case: str, cli: Cli, visit: Path, other: Path, tmp_path: Path
) -> None:
    damage, said = DAMAGES[case]
    damage(visit, other)
    stood = tree(visit)
    places = {"V": visit, "OUT": tmp_path / "r.pdf"}
    for command in COMMANDS:
        assert said in cli(*(places.get(word, word) for word in command)).refused()
    assert tree(visit) - {"visit.lock"} == stood - {"visit.lock"}
    assert not (tmp_path / "r.pdf").exists()


def told(answer: Answer) -> bool:
    said = answer.sentence()
    return any(words in said for words in ("damaged", "does not pass", "do not say what its journal says"))


def test_one_flipped_bit_anywhere_is_never_told_as_a_traceback_and_always_found_by_the_check(
    cli: Cli, visit: Path, tmp_path: Path
) -> None:
    cli("note", visit, B, "--kind", "interview", "n" * 9000)  # takes pages of its own
    whole, found = db(visit).read_bytes(), Counter[str]()
    draw = random.Random(4)
    places = [0, 16, 20, *(page * 4096 + draw.randrange(4096) for page in range(len(whole) // 4096))]
    for place in places[::2]:
        copy = copy_of(visit, tmp_path / str(place))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << draw.randrange(8)
        db(copy).write_bytes(flipped)
        for command in (["show", copy], ["trail", copy, "--verify"], ["search", copy, "network"]):
            answer = cli(*command)
            found[f"{command[0]} {answer.code}"] += 1
            assert not answer.code or told(answer)
        checked = cli("check", copy)
        assert checked.code == 1, place
        assert told(checked)
        shutil.rmtree(copy.parent)
    assert min(found["show 1"], found["show 0"], found["trail 1"]) > 0


def test_an_exhibit_that_is_gone_or_changed_is_named(cli: Cli, visit: Path, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name * 100, encoding="utf-8")
        cli("attach", visit, tmp_path / name)
    first, second, _ = sorted(
        (path for path in (visit / "exhibits").rglob("*") if path.is_file()),
        key=lambda p: p.stat().st_mtime_ns,
    )
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1] + bytes([second.read_bytes()[-1] ^ 1]))
    answer = cli("check", visit)
    assert answer.code == 1
    assert "does not pass its check" in answer.sentence()
    assert "Exhibits: 1 of 3 whole\n  E-001 a: missing\n  E-002 b: damaged\n" in answer.out
    for number in ("E-001", "E-002"):
        cli("copy-out", visit, number, tmp_path / "o").refused()
    assert cli("copy-out", visit, "E-003", tmp_path / "c").code == 0
    assert not (tmp_path / "o").exists()


def test_a_pass_over_what_lies_about_in_the_folder(cli: Cli, visit: Path, intact: Callable[[], int]) -> None:
    before = intact()
    (visit / "visit.db-wal").write_bytes(os.urandom(10_000))
    (visit / "exhibits" / ".part-0123456789abcdef").write_bytes(b"half")
    (visit / "notes of mine.txt").write_text("kept", encoding="utf-8")
    assert cli("rate", visit, B, "met").code == 0
    assert intact() == before + 1
    assert (visit / "notes of mine.txt").read_text(encoding="utf-8") == "kept"


def test_a_damaged_identity_stops_nobody_from_saying_so(cli: Cli, visit: Path, home: Path) -> None:
    (home / "identity.json").write_text("{", encoding="utf-8")
    assert "is damaged or cut short" in cli("rate", visit, B, "met").refused()
    assert (home / "identity.json").read_text(encoding="utf-8") == "{"


def test_a_home_that_is_a_file(cli: Cli, visit: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cli("--home", tmp_path / "file", "--name", "Ann", "rate", visit, B, "met").refused()
