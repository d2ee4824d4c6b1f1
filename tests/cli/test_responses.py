"""`responses`, `answer` and `accuracy` as somebody types them, on a real visit and a real workbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qsin_desktop.cli import run
from qsin_desktop.domain.responses import Response
from tests.report.returned.returning import FIRST, filled_in
from tests.test_help import assert_described

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command: exit code, standard output, standard error."""
    surroundings = ("--home", tmp_path / "home", "--key-file", tmp_path / "visit.key", "--name", "Lena Lead")

    def ask(*words: object) -> tuple[int, str, str]:
        code = run([*map(str, surroundings), *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return ask


@pytest.fixture
def visit(say: Say, tmp_path: Path) -> Path:
    """Two mandatory findings, and the workbook sent."""
    path = tmp_path / "wessex.qsin"
    given = ("--network", "Wessex", "--pack", "qsin-outline", "--rules", "accreditation")
    assert (
        say("new", path, *given, "--assessor", "Lena Lead", "--ends", "2026-11-25", "--starts", "2026-11-24")[
            0
        ]
        == 0
    )
    for gap in ("No owner", "No date"):
        parts = ("--requirement", "A register", "--evidence", "Looked at it", "--gap", gap)
        assert say("finding", path, "--to", "IN-301.a", "--grade", "mandatory", *parts)[0] == 0
    assert say("export", path, "--xlsx", tmp_path / "sent.xlsx")[0] == 0
    return path


@pytest.fixture
def back(visit: Path, tmp_path: Path) -> Path:
    path = tmp_path / "back.xlsx"
    path.write_bytes((tmp_path / "sent.xlsx").read_bytes())
    with filled_in(path) as (_, sheet):
        sheet[FIRST, Response.OWNER] = "R. Patel"
        sheet[FIRST, Response.ACCURACY] = "It was one tool"
        sheet[FIRST + 1, Response.PLANNED] = date(2027, 1, 31)
        sheet[FIRST + 1, "Gap"] = "Nothing is missing"
    return path


def shown(say: Say, visit: Path) -> dict[str, Any]:
    return dict(json.loads(say("--json", "show", visit)[1]))


def test_looking_names_every_difference_and_writes_nothing(say: Say, visit: Path, back: Path) -> None:
    entries = shown(say, visit)["entries"]
    code, out, err = say("responses", visit, back)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Return 1: back.xlsx, 2 findings, in answer to round 1",
        "Differences:",
        "  F-001 Owner: “R. Patel”",
        "  F-001 Comment on factual accuracy: “It was one tool”",
        "  F-002 Planned date: “2027-01-31”",
        "Altered outside the response columns, not taken over:",
        "  F-002, Gap: “No date” → “Nothing is missing”",
        "Nothing was read in; --apply takes all over, --only F-001,F-003 some.",
    ]
    assert shown(say, visit)["entries"] == entries


def test_all_is_taken_over_and_undone_as_one(say: Say, visit: Path, back: Path) -> None:
    assert say("responses", visit, back, "--apply")[1] == "Read in return 1: 3 answers to 2 findings\n"
    assert {f["status"] for f in shown(say, visit)["findings"]} == {"answered"}
    assert "No answer differs from what stands." in say("responses", visit, back)[1]
    assert say("responses", visit, back, "--apply")[1].startswith("Nothing to read in")
    assert say("undo", visit)[1] == "Undone: Read in return 1: 3 answers to 2 findings\n"
    assert "F-001 Owner: “R. Patel”" in say("responses", visit, back)[1]


def test_what_was_there_before_is_backed_up_once(say: Say, visit: Path, back: Path) -> None:
    say("responses", visit, back)
    assert len(list((visit / "backups").glob("visit-*.db"))) == 1, "looking changes nothing"
    for _ in range(2):
        say("responses", visit, back, "--apply")
    assert len(list((visit / "backups").glob("visit-*.db"))) == 2


def test_only_some_findings(say: Say, visit: Path, back: Path) -> None:
    assert say("responses", visit, back, "--only", "f-2")[1] == "Read in return 1: 1 answer to 1 finding\n"
    code, out, err = say("responses", visit, back, "--only", "F-001, F-002")
    assert (code, out) == (1, "")
    assert err == "“back.xlsx” holds nothing new for F-002; nothing was read in.\n"
    assert (
        say("responses", visit, back, "--only", "F-009")[2] == "There is no finding “F-009” in this visit.\n"
    )


def test_evidence_goes_with_it(say: Say, visit: Path, back: Path, tmp_path: Path) -> None:
    folder = tmp_path / "came along"
    folder.mkdir()
    (folder / "F-002 dates.csv").write_text("tool,date\n", encoding="utf-8")
    (folder / "other.txt").write_text("other", encoding="utf-8")
    out = say("responses", visit, back, "--evidence", folder)[1]
    assert "  F-002 dates.csv → F-002" in out.splitlines()
    assert "  “other.txt” is named by no finding; it is not attached." in out.splitlines()
    done = say("responses", visit, back, "--only", "F-002", "--evidence", folder)[1]
    assert done == "Read in return 1: 1 answer to 1 finding, 1 exhibit\n"
    assert shown(say, visit)["exhibits"] == 1


def test_every_key_of_its_json_is_described(say: Say, visit: Path, back: Path, tmp_path: Path) -> None:
    folder = tmp_path / "came along"
    folder.mkdir()
    (folder / "F-002 dates.csv").write_text("tool,date\n", encoding="utf-8")
    (folder / "other.txt").write_text("other", encoding="utf-8")
    with filled_in(back) as (book, _):
        book["Ratings"]["E6"] = "✓ Met"
    looked = json.loads(say("--json", "responses", visit, back, "--evidence", folder)[1])
    assert {a["place"] for a in looked["altered"]} == {"", "Ratings, row 6"}
    assert_described("responses", looked)
    assert looked["applied"] is None
    taken = json.loads(say("--json", "responses", visit, back, "--evidence", folder, "--apply")[1])
    assert_described("responses", taken)
    assert taken["applied"]["done"] == "Read in return 1: 3 answers to 2 findings, 1 exhibit"
    assert taken["differences"] == looked["differences"]


def test_the_assessors_answer(say: Say, visit: Path, back: Path) -> None:
    code, _, err = say("answer", visit, "F-001", "accept")
    assert (code, err.startswith("The network has given no answer to F-001 yet")) == (1, True)
    say("responses", visit, back, "--apply")
    assert say("answer", visit, "F-001", "more")[::2] == (
        1,
        "The assessors’ answer is empty; write something first.\n",
    )
    assert say("answer", visit, "F-001", "close", "--words", "Seen")[1] == "Answer of F-001: closed\n"
    said = json.loads(say("--json", "answer", visit, "F-002", "accept")[1])
    assert said["done"] == "Answer of F-002: accepted"
    assert said["status"] in ("open", "due", "overdue")  # by the day on which this test is run
    assert (
        say("accuracy", visit, "F-001", "refuse", "--words", "It was two")[1]
        == "Accuracy of F-001: refused\n"
    )
    assert {f["number"]: f["status"] for f in shown(say, visit)["findings"]}["F-001"] == "closed"


def test_a_refused_file_is_one_sentence_and_exit_code_one(say: Say, visit: Path, tmp_path: Path) -> None:
    bad = tmp_path / "answers.xlsx"
    bad.write_text("Number,Owner\nF-001,R. Patel\n", encoding="utf-8")
    code, out, err = say("responses", visit, bad, "--apply")
    assert (code, out) == (1, "")
    assert err == (
        "“answers.xlsx” was not read: it is a text file such as CSV, not an Excel workbook; "
        "open it in Excel and save it as .xlsx. Nothing was changed.\n"
    )


def test_all_and_some_at_once_is_wrong_usage(say: Say, visit: Path, back: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        say("responses", visit, back, "--apply", "--only", "F-001")
    assert ended.value.code == 2
