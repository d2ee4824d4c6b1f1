"""Wrong usage ends with 2 and says what is wrong; `--json` may stand anywhere; help is always there."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from qsin_desktop.cli.parser import make_parser
from qsin_desktop.cli.words import harmless
from tests.cli.conftest import Cli

B = "IN-301.b"
WRONG = {
    "nothing": [],
    "no command of ours": ["bogus"],
    "no option of ours": ["rate", "V", B, "met", "--bogus"],
    "words missing": ["rate", "V"],
    "a word too many": ["rate", "V", B, "met", "again"],
    "no such stage": ["rate", "V", B, "met", "--stage", "moon"],
    "no such kind": ["note", "V", B, "--kind", "dream", "x"],
    "no such role": ["member", "V", "X", "--role", "king"],
    "no such state": ["state", "V", B, "asleep"],
    "no reason": ["settle", "V", B, "met"],
    "an option without its word": ["rate", "V", B, "met", "--reason"],
    "no file": ["attach", "V"],
    "an empty word for a file": ["attach", "V", ""],
    "an empty word for a visit": ["show", ""],
    "an empty word for a report": ["export", "V", "--pdf", " "],
    "an empty word for a home": ["--home", "", "show", "V"],
    "half of pack": ["pack"],
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_ends_with_2_and_touches_nothing(case: str, cli: Cli, visit: Path) -> None:
    before = (visit / "visit.db").read_bytes()
    answer = cli(*(str(visit) if word == "V" else word for word in WRONG[case]))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("usage: qsin-desktop")
    assert ": error: " in answer.err.splitlines()[-1]
    assert "invalid" not in answer.err.splitlines()[-1] or "invalid choice" in answer.err
    assert (visit / "visit.db").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["member", "V", "X", "--role", "king"],
            "“king” is none of: lead, peer, technical, lay, observer, network",
        ),
        (["rate", "V", B, "met", "--stage", "moon"], "“moon” is none of: documents, site"),
        (["note", "V", B, "--kind", "\x1b[2J", "x"], "“□[2J” is none of: document, interview"),
    ],
)
def test_a_word_of_a_fixed_list_is_told_with_the_list(words: list[str], said: str, cli: Cli) -> None:
    assert said in cli(*words).err


def test_a_megabyte_of_wrong_words_is_cut_short(cli: Cli) -> None:
    answer = cli("rate", "V", B, "met", "x" * 1_000_000)
    assert answer.code == 2
    assert len(answer.err) < 2000


def test_words_of_a_fixed_list_are_taken_in_any_case(cli: Cli, visit: Path) -> None:
    assert cli("note", visit, B, "--kind", "Interview", "x", "--stage", " SITE").code == 0


def commands(parser: argparse.ArgumentParser) -> list[list[str]]:
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += [[name, *rest] for rest in commands(inner)] or [[name]]
    return found


@pytest.mark.parametrize("command", commands(make_parser()), ids=" ".join)
def test_every_command_has_help_and_takes_json(command: list[str], cli: Cli) -> None:
    answer = cli(*command, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert "--json" in answer.out


def test_json_and_home_may_stand_before_or_after_the_command(cli: Cli, visit: Path, home: Path) -> None:
    asked = [
        cli("--json", "show", visit),
        cli("show", "--json", visit),
        cli("show", visit, "--json"),
        cli("--home", home, "show", visit, "--json"),
        cli("show", visit, "--home", home, "--json"),
    ]
    assert len({answer.json["id"] for answer in asked}) == 1


def test_the_version_is_told(cli: Cli) -> None:
    assert cli("--version").out.startswith("QSIN Desktop ")


def test_text_for_a_terminal_keeps_its_lines_and_loses_what_steers_it() -> None:
    assert harmless("plain") == "plain"
    assert harmless("a\n\tb") == "a\n\tb"
    assert harmless("\x1b[31m\u202eexe\u2069\x7f\x9b") == "□[31m□exe□□□"
    assert (
        harmless("\u0646\u0627\u0645\u200c\u0647\u0627 – ✓ 👩\u200d⚕️")
        == "\u0646\u0627\u0645\u200c\u0647\u0627 – ✓ 👩\u200d⚕️"
    )
