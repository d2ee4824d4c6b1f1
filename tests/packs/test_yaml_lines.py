"""YAML is read with its lines, and nothing hostile is read at all."""

from __future__ import annotations

import time
import tracemalloc
from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.packs import yaml_lines
from qsin_desktop.packs.located import Path
from qsin_desktop.packs.yaml_lines import YamlRefused, read_yaml

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, autouse=True)
def _with_either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast parser is not there on every machine."""
    monkeypatch.setattr(yaml_lines, "_LOADER", request.param)


def refused(text: str) -> list[str]:
    with pytest.raises(YamlRefused) as caught:
        read_yaml(text)
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("yes", True),
        ("False", False),
        ("NO", False),
        ("yEs", "yEs"),
        ("~", None),
        ("", None),
        ("null", None),
        ('"null"', "null"),
        ("12", 12),
        ("-3", -3),
        ("1.5", 1.5),
        ("'12'", "12"),
        ("12:30", "12:30"),
        ("2022-07-01", "2022-07-01"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("9" * 5000, "9" * 5000),
        ("|-\n  a\n  b", "a\nb"),
        ("[a, [1]]", ["a", [1]]),
        ("{}", {}),
    ],
)
def test_plain_values(written: str, read: object) -> None:
    assert read_yaml(f"key: {written}").value == {"key": read}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("a",), 1),
        (("b",), 2),
        (("b", 0), 3),
        (("b", 1, "c"), 4),
        (("b", 1, "d"), 5),
        (("b", 7), 2),
        (("x",), 1),
    ],
)
def test_each_part_knows_its_line(path: Path, line: int) -> None:
    located = read_yaml("a: 1\nb:\n  - x\n  - c: 1\n    d:\n      2\n")
    assert located.place_of(path).line == line


def test_aliases_are_filled_in() -> None:
    located = read_yaml("a: &here [x, y]\nb: *here\n")
    assert located.value == {"a": ["x", "y"], "b": ["x", "y"]}


def test_every_repeated_key_is_named_with_both_lines() -> None:
    assert refused("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n") == [
        "line 3: “a” is there twice; the first is on line 1.",
        "line 6: “d” is there twice; the first is on line 5.",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "a: !!python/object:os.system {}",
            "line 1: The tag “tag:yaml.org,2002:python/object:os.system” is not allowed",
        ),
        ("a: 1\nb: !mine x", "line 2: The tag “!mine” is not allowed"),
        ("a: *nowhere", "line 1: The alias “*nowhere” stands for nothing"),
        ("a: &a [*a]", "line 1: The alias “*a” stands for nothing"),
        ("a:\n\tb: 1", "line 2: There is a tab character"),
        ("a: 'x\ty'", "line 1: There is a tab character"),
        ("a: 1\n---\nb: 2", "line 2: A second document starts here"),
        ("a: [1", "This is not well-formed YAML"),
        ("a: 1\n  b: 2", "line 2: This is not well-formed YAML"),
        ("? [a]\n: 1", "line 1: The name of a field must be a plain word"),
        ("", "the file is empty."),
        ("# only a comment", "the file is empty."),
        ("a: 1\nb: \x01", "line 2: There is a control character"),
        ("[" * 21 + "]" * 21, "line 1: It is nested more than 20 deep"),
        (
            "a: &a " + "[" * 15 + "]" * 15 + "\nb: " + "[" * 10 + "*a" + "]" * 10,
            "line 2: It is nested more than 20 deep",
        ),
        ("- &a 1\n" + "- *a\n" * 51, "line 52: More than 50 aliases"),
    ],
)
def test_what_is_refused(text: str, reason: str) -> None:
    assert any(told.startswith(reason) or reason in told for told in refused(text))


def test_twenty_deep_is_read() -> None:
    assert read_yaml("[" * 20 + "]" * 20).value is not None


def billion_laughs() -> str:
    laughs = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    laughs += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 5)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return "\n".join(laughs)


@pytest.mark.parametrize(
    "text",
    [
        billion_laughs(),
        "[" * 1_000_000,
        "- " * 500_000,
        "{" * 1_000_000,
        "? " * 500_000,
        "- &a " * 300_000,
    ],
    ids=["laughs", "lists", "blocks", "maps", "keys", "anchors"],
)
def test_bombs_are_refused_fast_and_small(text: str) -> None:
    tracemalloc.start()
    started = time.process_time()
    refused(text)
    spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 32_000_000
    assert spent < 10  # far above what it takes; an expanded bomb takes for ever


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_lines, "MOST_VALUES", 1000)
    assert read_yaml("- x\n" * 999).value
    assert refused("- x\n" * 1000) == ["line 1000: There are more than 1,000 values in it."]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(YamlRefused):
        assert read_yaml(text).place_of(()).line is not None


YAML_PIECES = st.sampled_from(
    [
        "a",
        "b",
        ":",
        "-",
        " ",
        "  ",
        "\n",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&x ",
        "*x",
        "!t ",
        "|",
        ">",
        "'",
        '"',
        "#",
        "?",
        "---",
        "1",
        "~",
        "\\u0041",
    ]
)


@given(st.lists(YAML_PIECES, max_size=60).map("".join))
def test_anything_like_yaml_is_read_or_refused(text: str) -> None:
    with suppress(YamlRefused):
        assert read_yaml(text).place_of(()).line is not None
