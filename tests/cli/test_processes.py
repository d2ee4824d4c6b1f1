"""The program as it is really started: beside another, cut off in the middle, its answer read by nobody."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli

B = "IN-301.b"
ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")


def started(*words: object, **more: Any) -> subprocess.Popen[str]:
    given: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "qsin_desktop", *map(str, words)], cwd=ROOT, text=True, **given | more
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


WRITER = """
import sys
from pathlib import Path
from qsin_desktop.actions.rating import rate
from tests.founding import opened
with opened(Path(sys.argv[1])) as visit:
    rate(visit, criterion="IN-301.b", rating="met")
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(visit: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has rated and keeps the visit open for work until its stdin ends."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(visit)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def test_a_second_program_is_told_who_has_the_visit_and_may_read(
    writer: subprocess.Popen[str], cli: Cli, visit: Path, tmp_path: Path, intact: Callable[[], int]
) -> None:
    said = cli("rate", visit, B, "not-met", "--reason", "x").refused()
    assert "is open for work by Lena Lead" in said
    assert cli("show", visit, B, "--json").json["network"]["site"]["rating"] == "met"
    assert cli("trail", visit, "--verify", "--json").json["intact"]
    checked = cli("check", visit)
    assert (checked.code, "nothing is mended" in checked.sentence()) == (0, True)
    made = cli("export", visit, "--xlsx", tmp_path / "r.xlsx")
    assert (made.code, "the trail does not name them" in made.sentence()) == (0, True)
    assert cli("backup", visit).code == 0
    writer.communicate("", timeout=30)
    assert cli("rate", visit, B, "not-met", "--reason", "x").code == 0
    assert intact() == 34


@posix
def test_a_writer_that_is_killed_gives_the_visit_back_with_all_it_had_said(
    writer: subprocess.Popen[str], cli: Cli, visit: Path, intact: Callable[[], int]
) -> None:
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert (visit / "visit.db-wal").stat().st_size > 0
    assert cli("show", visit, B, "--json").json["network"]["site"]["rating"] == "met"
    assert cli("rate", visit, B, "partly-met", "--reason", "x").code == 0
    assert intact() == 34


CUT_OFF = """
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it otherwise
how, where = int(sys.argv.pop(1)), sys.argv.pop(1)
def cut_off(event, given):
    if event == where and ".part-" in str(given[0]):
        os.kill(os.getpid(), how)
sys.addaudithook(cut_off)
runpy.run_module("qsin_desktop", run_name="__main__", alter_sys=True)
"""


@posix
@pytest.mark.parametrize("where", ["open", "os.rename"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_attaching_that_is_cut_off_leaves_no_half_exhibit(
    how: signal.Signals, where: str, cli: Cli, visit: Path, tmp_path: Path, intact: Callable[[], int]
) -> None:
    """Cut off by its own hand when the half file is opened, or all written and not yet renamed."""
    before, large = intact(), tmp_path / "large.bin"
    large.write_bytes(bytes(20 << 20))
    command: list[str | Path] = [
        sys.executable,
        "-c",
        CUT_OFF,
        str(int(how)),
        where,
        "attach",
        visit,
        large,
        "--to",
        B,
    ]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.stdout == ""
    if how is signal.SIGINT:
        assert (done.returncode, done.stderr) == (130, "Stopped. What was saved before is safe.\n")
        assert not [*(visit / "exhibits").iterdir()]
    else:
        assert done.returncode == -how
    assert cli("rate", visit, B, "met").code == 0
    assert intact() == before + 1
    assert cli("show", visit, "--json").json["exhibits"] == 0


def test_each_of_three_at_once_is_done_or_told_to_wait(visit: Path, intact: Callable[[], int]) -> None:
    before = intact()
    results = [ended(process) for process in [started("flag", visit, B, "--words", n) for n in range(3)]]
    done = [err for code, _, err in results if code == 0]
    told = [err for code, _, err in results if code == 1]
    assert len(done) + len(told) == 3
    assert done
    assert not any(done)
    assert all("is open for work" in err and err.count("\n") == 1 for err in told)
    assert intact() == before + len(done)


@posix
@pytest.mark.parametrize("words", [["trail", "V", "--json"], ["--help"]], ids=["answer", "help"])
@pytest.mark.parametrize("where", ["| head -c 1", "> /dev/full", ">&-"])
def test_an_answer_that_nobody_takes_makes_no_noise(words: list[str], where: str, visit: Path) -> None:
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("no such device here")
    line = f'"$0" -m qsin_desktop "$@" {where}'
    told = subprocess.run(
        ["bash", "-c", line, sys.executable, *(str(visit) if word == "V" else word for word in words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in told.stderr
    assert "Exception ignored" not in told.stderr
    if "full" in where and words != ["--help"]:
        assert (told.returncode, told.stderr.count("\n")) == (1, 1)
        assert "what the command did is done and safe" in told.stderr


@posix
def test_what_was_done_is_done_though_the_answer_was_lost(visit: Path, cli: Cli) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        code, _, err = ended(started("rate", visit, B, "met", stdout=full))
    assert (code, "is done and safe" in err) == (1, True)
    assert cli("show", visit, B, "--json").json["network"]["site"]["rating"] == "met"


def test_a_question_that_nobody_answers_is_not_asked(visit: Path) -> None:
    visit.with_name(f"{visit.name}.key").unlink()
    code, out, err = ended(started("show", visit))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "give its passphrase" in err


def test_json_is_one_line_of_utf_8_whatever_the_console_speaks(visit: Path) -> None:
    spoken = {**os.environ, "PYTHONIOENCODING": "ascii"}
    code, out, err = ended(started("site", visit, "Ŵ – Llanelli", "--json", env=spoken, encoding="utf-8"))
    assert (code, err) == (0, "")
    assert json.loads(out)["done"] == "Add the site Ŵ – Llanelli"
