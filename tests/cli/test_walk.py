"""A visit from the first word to the report, as an assessor types it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

B = "IN-301 b"
_TOLD_BESIDE = {"entries": 0, "id": "", "taken_back": []}
"""What `show` tells of the record itself: undoing adds to it, and says that a number was taken back."""


def test_a_whole_visit(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QSIN_HOME", str(tmp_path / "home"))
    visit, key = tmp_path / "Greater Wessex 2026.qsin", tmp_path / "Greater Wessex 2026.qsin.key"
    words = ["--network", "Greater Wessex", "--pack", "qsin-outline", "--rules", "quality-mark"]
    words += [
        "--assessor",
        "Ann Baker",
        "--site",
        "Royal Wessex",
        "--site",
        "Wareham",
        "--member",
        "Lay Larry:lay",
    ]
    made = cli("new", visit, *words, "--starts", "2026-11-24", "--key-file", key, "--json").json
    assert (made["sites"], made["criteria"]) == (["Royal Wessex", "Wareham"], 20)
    (tmp_path / "policy.txt").write_text("A policy on the use of AI.", encoding="utf-8")
    for command in (
        ["facts", visit, "--ends", "2026-11-25", "--scope", "All modalities"],
        ["site", visit, "Harbour CDC"],
        ["member", visit, "Ada Assessor", "--role", "peer", "--organisation", "North Trust"],
        ["assign", visit, "in 301", "ada assessor"],
        ["rate", visit, B, "working towards", "--site", "wareham", "--reason", "No local copy"],
        ["rate", visit, B, "met", "--stage", "documents"],
        ["state", visit, B, "in review"],
        ["flag", visit, B, "--words", "Ask again"],
        ["note", visit, B, "--kind", "interview", "The policy is known", "--heard", "Superintendent"],
        ["attach", visit, tmp_path / "policy.txt", "--to", B, "--locator", "line 1"],
        ["seen", visit, "--title", "QA log", "--where", "Wareham", "--to", B],
        [
            "finding",
            visit,
            "--to",
            B,
            "--grade",
            "key-action",
            "--requirement",
            "R",
            "--evidence",
            "E",
            "--gap",
            "G",
        ],
        ["attach", visit, tmp_path / "policy.txt", "--to-finding", "F-001"],
    ):
        answer = cli(*command)
        assert (answer.code, answer.err) == (0, ""), answer
    shown = cli("show", visit, B, "--json").json
    assert (shown["state"], shown["flag"], shown["findings"]) == ("in review", "Ask again", ["F-001"])
    assert [note["heard"] for note in shown["notes"]] == ["Superintendent"]
    assert {one["exhibit"] for one in shown["exhibits"]} == {"E-001", "E-002"}
    assert shown["network"]["site"] == {
        "rating": "working-towards",
        "stated": False,
        "disputed": False,
        "sites_rated": 1,
    }
    whole = cli("show", visit, "--json").json
    assert [(f["number"], f["grade"]) for f in whole["findings"]] == [("F-001", "key-action")]
    assert "Greater Wessex, 2026-11-24 to 2026-11-25" in cli("show", visit).out
    found = cli("search", visit, "polic", "know", "--json").json["results"]
    assert [(one["kind"], one["excerpt"]) for one in found] == [("note", "The policy is known")]
    assert cli(
        "export", visit, "--pdf", tmp_path / "r.pdf", "--xlsx", tmp_path / "r.xlsx", "--json"
    ).json.keys() == {
        "report",
        "workbook",
    }
    assert cli("backup", visit, "--json").json["size"] > 0
    assert cli("trail", visit, "--verify", "--json").json["devices"] == 1
    assert cli("check", visit, "--json").json["sound"]
    assert cli("seal", visit, "--in-spite-of", "Tried early", "--json").json["digest"]


def test_every_act_can_be_undone_and_done_again_after_a_restart(
    cli: Cli, visit: Path, intact: Callable[[], int]
) -> None:
    acts = (
        ["rate", visit, B, "met"],
        ["note", visit, B, "--kind", "sample", "Five records"],
        ["finding", visit, "--to", B, "--grade", "mandatory"],
        ["flag", visit, B],
        ["facts", visit, "--scope", "CT only"],
        ["site", visit, "New site"],
        ["withdraw", visit, "F-001", "--reason", "Raised twice"],
    )
    names, views = [], []
    for words in acts:
        views.append(cli("show", visit, "--json").json | _TOLD_BESIDE)
        names.append(cli(*words, "--json").json["done"])
    last = cli("show", visit, "--json").json | _TOLD_BESIDE
    for name, view in zip(reversed(names), reversed(views), strict=True):
        assert cli("undo", visit, "--json").json["undone"] == name
        assert cli("show", visit, "--json").json | _TOLD_BESIDE == view
    assert "nothing to undo" in cli("undo", visit).refused()
    for name in names:
        assert cli("redo", visit, "--json").json["redone"] == name
    assert cli("show", visit, "--json").json | _TOLD_BESIDE == last
    intact()


def test_two_assessors_at_one_machine_disagree_and_the_lead_settles(
    cli: Cli, visit: Path, peer_home: Path, intact: Callable[[], int]
) -> None:
    cli("rate", visit, B, "met")
    cli("--home", peer_home, "rate", visit, B, "not-met", "--reason", "I saw it fail")
    shown = cli("show", visit, "--json").json
    assert [side["by"] for side in shown["conflicts"][0]["sides"]] == ["Lena Lead", "Ada Assessor"]
    assert "Disagreement: IN-301 b, on site, Network" in cli("show", visit).out
    assert "cannot be sealed while a disagreement is open" in cli("seal", visit).refused()
    cli("settle", visit, B, "partly-met", "--reason", "Both are right in part")
    assert cli("show", visit, "--json").json["conflicts"] == []
    assert cli("seal", visit, "--in-spite-of", "Tried early").code == 0
    intact()


def test_control_characters_are_left_out_and_letters_composed(cli: Cli, visit: Path) -> None:
    cli("note", visit, B, "--kind", "observation", "a\x00b\x1b[31m\r\nw\u0302\u202e \udce9✓")
    assert cli("show", visit, B, "--json").json["notes"][0]["text"] == "ab[31m\nŵ\u202e \ufffd✓"
    assert "□" in cli("show", visit, B).out


def test_a_day_is_kept_as_one_whatever_it_was_written_as(cli: Cli, visit: Path) -> None:
    assert cli("facts", visit, "--starts", " 20261123 ", "--json").json["done"] == "Change the first day"
    assert cli("show", visit, "--json").json["facts"]["starts"] == "2026-11-23"
    assert cli("facts", visit, "--starts", "2026-11-23", "--json").json["done"] == ""


def test_a_recommendation_is_taken_by_id_or_by_words(cli: Cli, visit: Path) -> None:
    for given in ("defer", "Recommend accreditation", "DO-NOT-RECOMMEND", ""):
        assert cli("facts", visit, "--recommendation", given).code == 0
    assert cli("show", visit, "--json").json["facts"]["recommendation"] == ""


def test_a_search_for_anything_is_an_answer(cli: Cli, visit: Path) -> None:
    for words in ("", "***", '"', "NEAR(", "AND OR NOT", "a" * 1_000_000, "a " * 50_000, "\x00", "x:y*", "–"):
        answer = cli("search", visit, words)
        assert (answer.code, answer.err) == (0, "")


def test_typed_words_and_nothing_else_is_found(cli: Cli, visit: Path) -> None:
    cli("note", visit, B, "--kind", "interview", "Crème brûlée in the reporting room")
    for words in ("creme", "BRUL", "reporting ROO"):
        assert cli("search", visit, words, "--json").json["results"][0]["kind"] == "note"
    assert cli("search", visit, "brulee nowhere", "--json").json["results"] == []
