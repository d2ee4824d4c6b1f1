"""The help pages say what the program does."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qsin_desktop import __version__
from qsin_desktop.assets import resource
from qsin_desktop.cli import run
from qsin_desktop.cli.parser import make_parser
from qsin_desktop.example.visit import Example, make_example

PAGE = resource("help", "command-line.md").read_text(encoding="utf-8")
WRITES = "Every command that writes one thing"
OPEN_ENDED = (
    "credential",
    "signed[].credential",
    "report.signatures[]",
    "trusted",
    "conflicts[].base[].value",
    "conflicts[].sides[].value",
    "sealed",
    "open",
    "made_from_visit",
    "rules",
    "missing[]",
    "returns_after_seal[]",
)
"""Whose insides the page leaves to another section, or to the pack."""

PHOTO = "E-010"  # of the example

Command = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    return make_example(tmp_path_factory.mktemp("example"))


@pytest.fixture
def command(example: Example, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command and read its JSON."""

    def ask(*words: str) -> dict[str, Any]:
        opened = ["--home", str(example.home), "--key-file", str(example.key_file), "--json"]
        assert run([*opened, *words]) == 0, capsys.readouterr().err
        return dict(json.loads(capsys.readouterr().out))

    return ask


def documented(section: str) -> set[str]:
    """The keys in the first column of a section's table."""
    body = PAGE.split(f"\n### {section}\n", 1)[1].split("\n### ", 1)[0]
    first_cells = [line.split("|")[1] for line in body.splitlines() if line.startswith("| `")]
    return {key for cell in first_cells for key in re.findall(r"`([^`]+)`", cell)}


def paths(value: Any, place: str = "") -> Iterator[str]:
    """Every place in a JSON value, as the page writes it."""
    if place:
        yield place
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{place}[]")


def assert_described(section: str, answer: dict[str, Any]) -> None:
    """All that came is on the page, and the page's own top keys came."""
    known = documented(section)
    parents = {key[: match.start()] for key in known for match in re.finditer(r"\.|\[\]", key)}
    parents |= {f"{parent}[]" for parent in parents}
    told = {
        path
        for path in paths(answer)
        if not any(path.startswith((f"{free}.", f"{free}[")) or path == free for free in OPEN_ENDED)
    }
    assert told - known - parents == set()
    if section != WRITES:
        assert {re.split(r"\.|\[", key)[0] for key in known} == set(answer)


def subcommands(
    parser: argparse.ArgumentParser, before: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield f"{before}{name}", inner
                yield from subcommands(inner, f"{before}{name} ")


def test_every_command_is_listed() -> None:
    listing = PAGE.split("## Commands", 1)[1].split("\n## ", 1)[0]
    for name, _parser in subcommands(make_parser()):
        assert f"qsin-desktop {name}" in listing, name


def test_no_command_is_listed_that_is_not_there() -> None:
    known = {name for name, _parser in subcommands(make_parser())}
    listed = re.findall(
        r"^    qsin-desktop ((?:(?:pack|credential|template) )?[a-z][a-z-]+)", PAGE, flags=re.MULTILINE
    )
    assert set(listed) <= known


def test_every_option_that_is_listed_is_there() -> None:
    options = {text for _name, parser in subcommands(make_parser()) for text in parser._option_string_actions}
    listing = PAGE.split("## Commands", 1)[1].split("## Keys of --json", 1)[0]
    assert set(re.findall(r"--[a-z][a-z-]+", listing)) <= options


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("show VISIT", ["show", "VISIT"]),
        ("show VISIT CRITERION", ["show", "VISIT", "IN-301.a"]),
        ("search", ["search", "VISIT", "policy"]),
        ("trail", ["trail", "VISIT"]),
        ("trail --verify", ["trail", "VISIT", "--verify"]),
        ("check", ["check", "VISIT"]),
        ("backup", ["backup", "VISIT"]),
        ("verify VISIT", ["verify", "VISIT"]),
        ("copy-out", ["copy-out", "VISIT", "E-001", "OUT"]),
        ("marks", ["marks", "VISIT", "E-001"]),
        ("exchange", ["exchange", "VISIT", "STICK"]),
        ("whoami", ["whoami"]),
        ("confirm", ["confirm", "VISIT"]),
        ("team", ["team", "VISIT"]),
        ("pack list", ["pack", "list"]),
        ("pack check", ["pack", "check", "PACK"]),
        ("pack template", ["pack", "template", "OUT.xlsx"]),
        ("template new", ["template", "new", "OUT"]),
        ("template check", ["template", "check", "TEMPLATE"]),
    ],
)
def test_keys_of_what_only_reads(
    command: Command, example: Example, tmp_path: Path, section: str, words: list[str]
) -> None:
    real = {
        "VISIT": str(example.visit),
        "STICK": str(tmp_path),
        "OUT": str(tmp_path / "out"),
        "OUT.xlsx": str(tmp_path / "out.xlsx"),
        "PACK": str(resource("packs", "qsin-outline.yaml")),
        "TEMPLATE": str(resource("templates")),
    }
    assert_described(section, command(*(real.get(word, word) for word in words)))


def test_keys_of_restore(command: Command, example: Example, tmp_path: Path) -> None:
    command("backup", str(example.visit))
    assert_described("restore --list", command("restore", str(example.visit), "--list"))
    assert_described("restore", command("restore", str(example.visit), str(tmp_path / "Again.qsin")))


def test_keys_of_what_writes(command: Command, example: Example, tmp_path: Path) -> None:
    visit = str(example.visit)
    (tmp_path / "register.csv").write_text("id,room\n1,CT\n", encoding="utf-8")
    for words in (
        ["rate", visit, "IN-301.a", "met"],
        ["clear", visit, "IN-301.a"],
        ["state", visit, "IN-301.a", "done"],
        ["flag", visit, "IN-301.a", "--words", "ask again"],
        ["note", visit, "IN-301.a", "--kind", "sample", "five of five"],
        ["seen", visit, "--title", "Board minutes", "--to", "IN-301.a"],
        [
            "finding",
            visit,
            "--to",
            "IN-301.a",
            "--grade",
            "recommendation",
            "--requirement",
            "a",
            "--gap",
            "b",
        ],
        ["facts", visit, "--scope", "all of it"],
        ["site", visit, "Mile End"],
        ["member", visit, "N. Comer", "--role", "observer"],
        ["assign", visit, "IN-301", "N. Comer"],
        ["mark", visit, PHOTO, "arrow", "0.5", "0.5", "-0.2", "0.1", "--colour", "blue"],
        ["unmark", visit, PHOTO, "1"],
        ["template", "use", visit, str(resource("templates"))],
        ["template", "drop", visit],
    ):
        assert_described(WRITES, command(*words))
    assert_described("attach", command("attach", visit, str(tmp_path / "register.csv"), "--to", "IN-301.a"))
    assert_described("undo", command("undo", visit))
    assert_described("redo", command("redo", visit))


def test_keys_of_export_and_verify(command: Command, example: Example, tmp_path: Path) -> None:
    visit, report, sheet = str(example.visit), str(tmp_path / "r.pdf"), str(tmp_path / "f.xlsx")
    assert_described("export", command("export", visit, "--pdf", report, "--xlsx", sheet))
    assert_described("verify REPORT", command("verify", report, "--visit", visit))


def test_keys_of_demo(command: Command, example: Example) -> None:
    assert_described("demo", command("demo", str(example.visit.parent), "--no-window"))


def test_keys_of_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--home", str(tmp_path / "home"), "--key-file", str(tmp_path / "new.key"), "--json"]
    words += [
        "new",
        str(tmp_path / "new.qsin"),
        "--network",
        "N",
        "--pack",
        "qsin-outline",
        "--assessor",
        "A. B.",
    ]
    assert run([*words, "--site", "Quay"]) == 0
    assert_described("new", json.loads(capsys.readouterr().out))


def test_the_changelog_speaks_of_this_version() -> None:
    text = resource("help", "changelog.md").read_text(encoding="utf-8")
    assert f"\n## {__version__}" in text
    headings = set(re.findall(r"^### (.*)$", text, flags=re.MULTILINE))
    assert headings <= {"Added", "Changed", "Fixed"}
