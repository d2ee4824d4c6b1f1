"""Bad input: one clear sentence each, exit 1, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.founding import PASSPHRASE

B = "IN-301.b"
MEGABYTE = "x" * 1_000_000
UNSEEN = "\x00\x07\x1b[31m\u202e\udc80"

BAD: dict[str, tuple[list[str], str]] = {
    "unknown criterion": (["rate", "V", "IN-999", "met"], "no criterion “IN-999”"),
    "empty criterion": (["rate", "V", "", "met"], "no criterion “”"),
    "criterion of a megabyte": (["rate", "V", MEGABYTE, "met"], "no criterion “xxx"),
    "criterion of control characters": (["show", "V", UNSEEN], "no criterion “□□□[31m□□”"),
    "criterion of two lines": (["show", "V", "a\nb"], "no criterion “a□b”"),
    "unknown site": (["rate", "V", B, "met", "--site", "Atlantis"], "Its sites are: Royal Wessex; "),
    "site of a megabyte": (["rate", "V", B, "met", "--site", MEGABYTE], "no site “xxx"),
    "unknown rating": (["rate", "V", B, "splendid"], "which has: met, partly-met, not-met, not-applicable"),
    "empty rating": (["rate", "V", B, ""], "“” is not on"),
    "rating of a megabyte": (["rate", "V", B, MEGABYTE], "is not on this visit's rating scale"),
    "no reason": (["rate", "V", B, "not-met"], "Not met needs a reason"),
    "reason of spaces": (["rate", "V", B, "not-met", "--reason", " \n\t"], "Not met needs a reason"),
    "reason of control characters": (["rate", "V", B, "not-met", "--reason", "\x00\x01"], "needs a reason"),
    "reason of a megabyte": (["rate", "V", B, "met", "--reason", MEGABYTE], "1,000,000 characters"),
    "nothing to clear": (["clear", "V", B], "no rating of yours"),
    "settle without words": (["settle", "V", B, "met", "--reason", " "], "reason for settling it is empty"),
    "settle with a book": (["settle", "V", B, "met", "--reason", "€" * 60_001], "write it shorter"),
    "unknown grade": (["finding", "V", "--to", B, "--grade", "huge"], "mandatory, recommendation, good-"),
    "empty grade": (["finding", "V", "--to", B, "--grade", ""], "“” is not a finding grade"),
    "finding on nothing": (["finding", "V", "--to", "IN-9", "--grade", "mandatory"], "no criterion"),
    "finding at no site": (["finding", "V", "--to", B, "--grade", "mandatory", "--site", "X"], "no site “X”"),
    "finding of a megabyte": (["finding", "V", "--to", B, "--grade", "mandatory", "--gap", MEGABYTE], "gap"),
    "unknown finding": (["withdraw", "V", "F-999", "--reason", "x"], "no finding or exhibit “F-999”"),
    "empty note": (["note", "V", B, "--kind", "interview", ""], "The note is empty"),
    "note of spaces": (["note", "V", B, "--kind", "interview", " \n "], "The note is empty"),
    "note of control characters": (["note", "V", B, "--kind", "interview", "\x00\x1b"], "The note is empty"),
    "note of a megabyte": (["note", "V", B, "--kind", "interview", MEGABYTE], "attach it as a file instead"),
    "heard from a crowd": (["note", "V", B, "--kind", "interview", "x", "--heard", "h" * 501], "shorter"),
    "no fact of the day": (["facts", "V", "--starts", "tomorrow"], "write it as 2026-11-24"),
    "no day at all": (["facts", "V", "--starts", "9" * 1000], "write it as 2026-11-24"),
    "days in the wrong order": (["facts", "V", "--ends", "2026-11-23"], "lies before the first"),
    "no network": (["facts", "V", "--network", "  "], "name of the network is empty"),
    "network of a megabyte": (["facts", "V", "--network", MEGABYTE], "Nothing was changed"),
    "no such recommendation": (["facts", "V", "--recommendation", "perhaps"], "recommend, defer"),
    "site without a name": (["site", "V", ""], "The site's name is empty"),
    "site again": (["site", "V", "royal WESSEX"], "a site called “royal WESSEX” already"),
    "site with a long name": (["site", "V", "s" * 501], "501 characters"),
    "nobody": (["member", "V", "", "--role", "peer"], "The name is empty"),
    "unknown standard": (["assign", "V", "NOPE", "Ada Assessor"], "no standard “NOPE”"),
    "unknown colleague": (["assign", "V", "IN-301", "Nobody"], "no team member “Nobody”"),
    "state of nothing": (["state", "V", "IN-9", "done"], "no criterion"),
    "flag with a story": (["flag", "V", B, "--words", "w" * 501], "flag's text"),
    "seen without a title": (["seen", "V", "--title", ""], "document's title is empty"),
    "seen for nothing": (["seen", "V", "--title", "t", "--to", "IN-9"], "no criterion"),
    "seen for no finding": (["seen", "V", "--title", "t", "--to-finding", "F-9"], "no finding “F-9”"),
    "nothing to undo": (["undo", "V"], "nothing to undo"),
    "nothing to redo": (["redo", "V"], "nothing to redo"),
    "nothing to reopen": (["reopen", "V", "--reason", "x"], "not sealed"),
    "nothing asked": (["export", "V"], "--pdf FILE, --xlsx FILE"),
    "no exhibit": (["copy-out", "V", "E-999", "OUT"], "no exhibit “E-999”"),
}


@pytest.mark.parametrize("case", BAD)
def test_words_that_cannot_be_done_are_refused_in_one_sentence_and_leave_nothing(
    case: str, cli: Cli, visit: Path, tmp_path: Path, intact: Callable[[], int]
) -> None:
    words, said = BAD[case]
    places = {"V": visit, "OUT": tmp_path / "out"}
    before = intact()
    answer = cli(*(places.get(word, word) for word in words), "--json")
    assert said in answer.refused()
    assert intact() == before
    assert not (tmp_path / "out").exists()


NEW: dict[str, tuple[list[str], str]] = {
    "no network": (["--network", " "], "name of the network is empty"),
    "network of a megabyte": (["--network", MEGABYTE], "at most 200 can be kept"),
    "unknown pack": (["--pack", "nope"], "comes with the program: qsin-outline"),
    "no pack file": (["--pack", "nope.yaml"], "there is no such file"),
    "a folder for a pack": (["--pack", "FOLDER"], "is a folder"),
    "unknown rules": (["--rules", "nope"], "accreditation, quality-mark"),
    "no day": (["--starts", "2026-13-01"], "write it as 2026-11-24"),
    "days in the wrong order": (["--starts", "2026-11-02", "--ends", "2026-11-01"], "before the first"),
    "a site twice": (["--site", "A", "--site", "a"], "a site called “a” already"),
    "a site without a name": (["--site", ""], "The site's name is empty"),
    "41 sites": ([word for n in range(41) for word in ("--site", f"S{n}")], "at most 40 sites"),
    "half a colleague": (["--member", "Ada"], "NAME:ROLE"),
    "a colleague without a name": (["--member", " :peer"], "NAME:ROLE"),
    "a colleague who is king": (["--member", "Ada:king"], "lead, peer, technical, lay"),
    "another person": (["--assessor", "Somebody Else"], "knows you as Lena Lead"),
    "no person": (["--assessor", ""], "Your name is empty"),
    "a place that holds something": (["FOLDER"], "already holds something"),
    "a place inside a visit": (["V/inner"], "would lie inside the visit"),
    "a name for no computer": (["a:b?.qsin"], "“a_b_.qsin” would"),
    "a key file that is none": (["--key-file", "README"], "is not a key file"),
    "a key file in no folder": (["--key-file", "gone/k.key"], "could not be written"),
}


@pytest.mark.parametrize("case", NEW)
def test_a_visit_that_cannot_be_founded_leaves_no_folder_and_no_key(
    case: str, cli: Cli, visit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, said = NEW[case]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder" / "in it").mkdir(parents=True)
    (tmp_path / "README").write_text("no key", encoding="utf-8")
    places = {"FOLDER": str(tmp_path / "folder"), "V/inner": str(visit / "inner")}
    given = [places.get(word, word) for word in given]
    usual = {
        "--network": "Wessex",
        "--pack": "qsin-outline",
        "--assessor": "Lena Lead",
        "--key-file": "n.key",
    }
    rest = [word for name, value in usual.items() if name not in given for word in (name, value)]
    where = [] if given and not given[0].startswith("--") else [str(tmp_path / "new.qsin")]
    before = {path for path in tmp_path.rglob("*") if "home" not in path.parts}
    answer = cli("new", *where, *given, *rest)
    assert said in answer.refused()
    assert {path for path in tmp_path.rglob("*") if "home" not in path.parts} == before


def test_a_refused_founding_keeps_no_name_either(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QSIN_HOME", str(tmp_path / "nobody's"))
    words = ["new", tmp_path / "n.qsin", "--pack", "qsin-outline", "--key-file", tmp_path / "k"]
    cli(*words, "--assessor", "Lena Typo", "--network", "").refused()
    made = cli(*words, "--assessor", "Lena Lead", "--network", "Wessex", "--json")
    assert made.json["network"] == "Wessex"


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("wrong words here", "That passphrase does not open this visit"),
        ("", "That passphrase does not open this visit"),
        (None, "give its passphrase"),
    ],
)
def test_the_wrong_passphrase_or_none(
    passphrase: str | None, said: str, cli: Cli, visit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit.with_name(f"{visit.name}.key").unlink()
    if passphrase is not None:
        monkeypatch.setenv("QSIN_PASSPHRASE", passphrase)
    for command in (["show", visit], ["rate", visit, B, "met"], ["trail", visit, "--verify"]):
        assert said in cli(*command).refused()
    monkeypatch.setenv("QSIN_PASSPHRASE", PASSPHRASE)
    assert cli("show", visit, "--json").json["progress"]["rated"] == 0


def test_a_passphrase_that_is_too_short_founds_nothing(
    cli: Cli, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QSIN_PASSPHRASE", "short")
    words = ["--network", "Wessex", "--pack", "qsin-outline", "--assessor", "Lena Lead"]
    assert "too short" in cli("new", tmp_path / "n.qsin", *words).refused()
    assert not (tmp_path / "n.qsin").exists()


def test_who_is_not_known_is_asked_for_a_name(cli: Cli, visit: Path, tmp_path: Path) -> None:
    nobody = tmp_path / "nobody"
    assert "--name" in cli("--home", nobody, "rate", visit, B, "met").refused()
    assert cli("--home", nobody, "show", visit).code == 0
    wrong = cli("--home", nobody, "export", tmp_path, "--pdf", tmp_path / "report.pdf")
    assert "is not a visit folder" in wrong.refused()
    assert "made all the same" not in wrong.err
    assert not nobody.exists()


def test_a_laptop_that_waits_is_told_so_and_loses_nothing(cli: Cli, visit: Path, tmp_path: Path) -> None:
    stranger = ("--home", tmp_path / "stranger", "--name", "Sam Stranger", "--json")
    (tmp_path / "f.txt").write_text("evidence", encoding="utf-8")
    for command in (
        ["rate", visit, B, "met"],
        ["note", visit, B, "--kind", "interview", "heard"],
        ["finding", visit, "--to", B, "--grade", "mandatory", "--gap", "g"],
        ["attach", visit, tmp_path / "f.txt", "--to", B],
        ["seen", visit, "--title", "Log"],
    ):
        answer = cli(*stranger, *command)
        assert answer.code == 0
        assert "has not confirmed this laptop yet" in answer.sentence()
    shown = cli("check", visit, "--json").json
    assert (shown["sound"], shown["waiting"]) == (True, 11)
    assert cli("show", visit, B, "--json").json["ratings"] == []


def test_a_sealed_visit_takes_no_more_work(cli: Cli, visit: Path, intact: Callable[[], int]) -> None:
    assert cli("seal", visit, "--in-spite-of", "Tried early").code == 0
    before = intact()
    for command in (
        ["rate", visit, B, "met"],
        ["note", visit, B, "--kind", "interview", "x"],
        ["attach", visit, __file__],
        ["site", visit, "New"],
        ["undo", visit],
        ["seal", visit],
    ):
        answer = cli(*command)
        assert answer.refused()
    assert intact() == before
    assert cli("reopen", visit, "--reason", "One more interview").code == 0
    assert cli("rate", visit, B, "met").code == 0


def test_only_the_lead_settles_seals_and_reopens(
    cli: Cli, visit: Path, peer_home: Path, intact: Callable[[], int]
) -> None:
    before = intact()
    for command in (
        ["settle", visit, B, "met", "--reason", "x"],
        ["seal", visit],
        ["reopen", visit, "--reason", "x"],
    ):
        assert "Only the lead assessor" in cli("--home", peer_home, *command).refused()
    assert intact() == before
