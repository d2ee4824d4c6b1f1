"""A pack or rule set is read, or refused with every error, its line and a reason in plain words."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.packs.reading import (
    check_file,
    check_pack,
    check_rules,
    find_pack,
    find_rules,
    read_pack,
    read_rules,
    rules_for,
)
from qsin_desktop.packs.refusals import PackRefused, UnknownPack, UnknownRules
from qsin_desktop.packs.shipped import shipped_packs, shipped_rules
from qsin_desktop.packs.text_files import MOST_BYTES
from qsin_desktop.packs.yaml_writing import pack_to_yaml
from tests.large_pack import large_pack
from tests.packs.bad_cases import ERRORS_IN_PACKS, ERRORS_IN_RULES, PACK, RULES


def told(text: str) -> list[str]:
    return [str(error) for error in check_pack(text)]


def told_of_rules(text: str) -> list[str]:
    return [str(error) for error in check_rules(text)]


def test_a_small_pack_is_read() -> None:
    pack = read_pack(PACK)
    assert [criterion.code for criterion in pack.criteria] == ["IN-101.a", "IN-101.b"]
    assert pack.criteria[0].expected_notes == ("document",)
    assert (pack.criteria[0].may_be_not_applicable, pack.criteria[0].each_site) == (True, False)


def test_a_lone_criterion_needs_no_letter() -> None:
    pack = read_pack(
        PACK.replace("          - letter: b\n            title: Show it\n", "").replace(
            "letter: a\n            ", ""
        )
    )
    assert pack.criteria[0].code == "IN-101"
    assert pack.criterion("in 101").title == "Do it"


def test_texts_are_tidied() -> None:
    pack = read_pack(PACK.replace("title: Do it", "title: >\n              Do\n              it  \n"))
    assert pack.criteria[0].title == "Do it"


@pytest.mark.parametrize(("old", "new", "error"), ERRORS_IN_PACKS)
def test_one_error_in_a_pack(old: str, new: str, error: str) -> None:
    assert old in PACK
    assert told(PACK.replace(old, new, 1)) == [error]


SECOND = """\
      - code: {code}
        title: Second
        criteria:
          - letter: {letter}
            title: More
"""


@pytest.mark.parametrize(
    ("code", "letter", "error"),
    [
        ("IN-101", "c", "line 18: The standard code “IN-101” is used twice; it was first used on line 10."),
        ("in 101", "c", "line 18: The standard code “in 101” is used twice; it was first used on line 10."),
        (
            "IN-10",
            "1a",
            "line 21: The criterion code “IN-10.1a” reads like another one; it was first used on line 13.",
        ),
    ],
)
def test_codes_that_are_read_alike(code: str, letter: str, error: str) -> None:
    assert told(PACK + SECOND.format(code=code, letter=letter)) == [error]


def test_series_codes_are_used_once() -> None:
    again = PACK.split("series:\n", 1)[1].replace("IN-101", "IN-102")
    assert told(PACK + again) == [
        "line 18: The series code “100” is used twice; it was first used on line 7."
    ]


@pytest.mark.parametrize("text", ["5", "x", "[]", "[1, 2]", "null", "true"])
def test_a_file_that_is_no_pack(text: str) -> None:
    (error,) = told(text)
    assert error.startswith("line 1: The pack ")
    assert "a set of fields" in error


@pytest.mark.parametrize("empty", ["series: []", "series: {}", "series: [5]", "series: [{}]"])
def test_empty_or_misshapen_series(empty: str) -> None:
    assert told(PACK.split("series:")[0] + empty)


def test_every_error_is_named_in_the_order_of_the_file() -> None:
    broken = (
        PACK.replace("title: Small", "title: 5")
        .replace("letter: b", "letter: a")
        .replace("[document]", "[x]")
    )
    lines = [error.line for error in check_pack(broken)]
    assert lines == [2, 15, 16]
    with pytest.raises(PackRefused) as caught:
        read_pack(broken)
    assert caught.value.errors == check_pack(broken)
    assert str(caught.value) == (
        "The standards pack cannot be used: it has 3 errors, the first at line 2: The pack: “title” must be "
        "text; put it in quotes. Nothing was changed."
    )


@pytest.mark.parametrize(("old", "new", "error"), ERRORS_IN_RULES)
def test_one_error_in_a_rule_set(old: str, new: str, error: str) -> None:
    assert old in RULES
    assert told_of_rules(RULES.replace(old, new, 1)) == [error]


def test_rules_without_a_point() -> None:
    start, _, rest = RULES.partition("scale:\n")
    empty = start + "scale: []\n" + rest[rest.index("grades") :]
    assert told_of_rules(empty) == ["line 3: The rule set: “scale” must have at least one entry."]


def test_a_scale_without_a_ranked_point() -> None:
    unranked = RULES.replace("rank: 0", "rank: null").replace("rank: 1", "rank: null")
    assert told_of_rules(unranked) == ["line 3: No point of the scale has a rank; give the best one rank 0."]


def test_a_pack_brings_rule_sets_of_its_own() -> None:
    indented = RULES.replace("\n", "\n    ").rstrip()
    pack = read_pack(f"{PACK}rules:\n  - {indented}\n")
    assert pack.rules[0] == read_rules(RULES)
    assert find_rules("PLAIN", pack) is pack.rules[0]
    assert [rules.id for rules in rules_for(pack)] == ["plain", "accreditation", "quality-mark"]


def test_errors_of_a_packs_own_rule_sets_have_their_lines() -> None:
    indented = RULES.replace('key: "2"', 'key: "1"').replace("\n", "\n    ").rstrip()
    (error,) = told(f"{PACK}rules:\n  - {indented}\n")
    assert error == "line 23: Scale point “not-met”: the key 1 is used twice; it was first used on line 22."


def test_a_packs_own_rule_set_stands_before_a_shipped_one_of_that_name() -> None:
    indented = RULES.replace("id: plain", "id: accreditation").replace("\n", "\n    ").rstrip()
    pack = read_pack(f"{PACK}rules:\n  - {indented}\n")
    assert find_rules("accreditation", pack).title == "Plain"
    assert len(rules_for(pack)) == 2


def test_unknown_rules_are_told_with_those_that_there_are() -> None:
    with pytest.raises(UnknownRules, match=r"There is no rule set “iso”.*accreditation, quality-mark"):
        find_rules("iso", read_pack(PACK))


def test_packs_are_found_by_name_or_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(PACK, encoding="utf-8")
    assert find_pack(str(path)) == find_pack(path) == read_pack(PACK)
    assert find_pack("qsin-outline").id == "qsin-outline"
    with pytest.raises(UnknownPack, match=r"“qsin”.*qsin-outline"):
        find_pack("qsin")
    with pytest.raises(PackRefused, match=r"“nowhere\.yaml” cannot be used: there is no such file"):
        find_pack("nowhere.yaml")


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "a\u202eb", "", "a" * 300 + ".yaml"])
def test_names_that_no_pack_can_have(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        find_pack(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 250


def test_a_file_is_told_apart_by_what_is_in_it(tmp_path: Path) -> None:
    assert check_file(shipped_packs()[0].path).pack is not None
    assert check_file(shipped_rules()[0].path).rules is not None
    path = tmp_path / "rules.yaml"
    path.write_text(RULES.replace("rank: 1", "rank: 0"), encoding="utf-8")
    assert "rank 0 is used twice" in str(check_file(path).errors[0])
    path.write_text("a: [", encoding="utf-8")
    assert "not well-formed YAML" in str(check_file(path).errors[0])


def file_error(path: Path) -> str:
    (error,) = check_pack(path)
    with pytest.raises(PackRefused):
        read_pack(path)
    return str(error)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty."),
        (b"a: \xff", "line 1: The file is not in UTF-8; save it as UTF-8 text."),
        (b"a: 1\nb: caf\xe9\n", "line 2: The file is not in UTF-8; save it as UTF-8 text."),
        (PACK.encode("utf-16"), "line 1: The file is not in UTF-8; save it as UTF-8 text."),
        (b"PK\x03\x04rest", "it is an Excel sheet or an archive; “pack import” makes a pack of a sheet."),
        (b"#" * (MOST_BYTES + 1), "the file is too large. A standards pack has at most 2 MiB."),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    assert file_error(path) == reason


def test_places_that_are_no_files(tmp_path: Path) -> None:
    assert file_error(tmp_path) == "it is a folder, not a file."
    assert file_error(tmp_path / "gone.yaml") == "there is no such file."
    assert file_error(tmp_path / ("x" * 300)).startswith(("it could not be read", "there is no such file"))
    assert file_error(Path("a\0b")).startswith("it could not be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes among its files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert file_error(tmp_path / "pipe.yaml") == "it is not an ordinary file."


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PACK.replace("\n", "\r\n").encode())
    assert read_pack(path) == read_pack(PACK)


def test_a_pack_of_300_criteria() -> None:
    pack = large_pack()
    assert (len(pack.criteria), len(pack.standards), len(pack.series)) == (300, 60, 6)
    assert read_pack(pack_to_yaml(pack)) == pack


def test_a_pack_beyond_all_measure() -> None:
    (error,) = told(pack_to_yaml(large_pack(criteria=3001, standards=100)))
    assert "3,001 criteria; at most 3,000 are allowed" in error


def test_errors_beyond_a_thousand_are_not_told() -> None:
    errors = check_pack("\n".join(f"field{number}: 1" for number in range(5000)))
    assert len(errors) <= 1000
    with pytest.raises(PackRefused, match="it has at least 1,000 errors"):
        read_pack("series:" + "\n  - x" * 5000)


FIELDS = st.sampled_from(
    ["id", "title", "series", "code", "standards", "criteria", "letter", "rules", "scale", "key", "rank",
     "logo", "grades", "prompts", "expected_notes", "report_texts", "outline", "notice", "recommendations"]
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(FIELDS, inner, max_size=6)),
    max_leaves=30,
)


def _as_flow(value: object) -> str:
    """YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_as_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_flow, value)) + "]"
    return "null" if value is None else repr(value) if isinstance(value, str) else str(value).lower()


@given(VALUES)
def test_any_shape_is_read_or_refused(value: object) -> None:
    for check in (check_pack, check_rules):
        assert all(error.reason for error in check(_as_flow(value)))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnicodeDecodeError):
        assert check_pack(content.decode())


@given(st.data())
def test_a_pack_with_one_changed_character(data: st.DataObject) -> None:
    text = PACK + "rules:\n  - " + RULES.replace("\n", "\n    ").rstrip()
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.sampled_from("\n :-[]{}\"'&*!|>%@`#,0x~")) + text[at + 1 :]
    with suppress(PackRefused):
        assert read_pack(changed).criteria
