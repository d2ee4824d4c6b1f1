"""The copy that a visit holds comes back exactly, always in the same bytes, and never damaged unseen."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsin_desktop.domain.standards import Pack, Rules
from qsin_desktop.domain.templates import ReportTemplate
from qsin_desktop.packs.frozen import MOST_BYTES, pack_from_bytes, pack_hash, pack_to_bytes
from qsin_desktop.packs.reading import find_pack, find_rules
from qsin_desktop.packs.refusals import FrozenPackDamaged
from tests.large_pack import large_pack
from tests.packs.pack_strategies import packs, rule_sets

TOP = Path(__file__).resolve().parents[2]


@settings(max_examples=40)
@given(packs(), rule_sets())
def test_round_trip(pack: Pack, rules: Rules) -> None:
    frozen = pack_to_bytes(pack, rules)
    assert pack_from_bytes(frozen) == (pack, rules)
    assert pack_to_bytes(*pack_from_bytes(frozen)) == frozen


def shipped() -> bytes:
    pack = find_pack("qsin-outline")
    return pack_to_bytes(pack, find_rules("accreditation", pack))


def test_the_hash_is_over_the_bytes() -> None:
    assert pack_hash(shipped()) == hashlib.sha256(shipped()).hexdigest()


def test_a_pack_that_was_used_freezes_the_same() -> None:
    pack = find_pack("qsin-outline")
    before = pack_to_bytes(pack, find_rules("accreditation", pack))
    assert pack.criterion("IN-301.b").text_hash
    assert pack_to_bytes(pack, find_rules("accreditation", pack)) == before


def test_a_pack_without_a_template_is_read_by_programs_that_know_of_none() -> None:
    assert "template" not in json.loads(shipped())["pack"]


def test_a_template_with_an_unknown_section_or_colour_is_told() -> None:
    pack = replace(find_pack("qsin-outline"), template=ReportTemplate("p", "Body", sections=("verdict",)))
    rules = find_rules("accreditation", pack)
    with pytest.raises(FrozenPackDamaged, match="names a section"):
        pack_from_bytes(pack_to_bytes(pack, rules))
    red = replace(pack, template=ReportTemplate("p", "Body", accent="red"))
    with pytest.raises(FrozenPackDamaged, match="has a colour"):
        pack_from_bytes(pack_to_bytes(red, rules))


def test_a_pack_of_300_criteria() -> None:
    pack, rules = large_pack(), find_rules("accreditation", find_pack("qsin-outline"))
    assert pack_from_bytes(pack_to_bytes(pack, rules)) == (pack, rules)


def _broken(*steps: str | int, value: Any) -> bytes:
    """The shipped pack with one part replaced, or taken out if `value` is None."""
    whole = json.loads(shipped())
    inner = whole
    for step in steps[:-1]:
        inner = inner[step]
    if value is None:
        del inner[steps[-1]]
    else:
        inner[steps[-1]] = value
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    "frozen",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format":1,"format":1}',
        b'{"format":NaN}',
        shipped()[:-1],
        _broken("format", value=2),
        _broken("format", value=True),
        _broken("pack", value=None),
        _broken("pack", "title", value=None),
        _broken("pack", "title", value=5),
        _broken("pack", "outline", value=1),
        _broken("pack", "more", value="x"),
        _broken("pack", "series", value={}),
        _broken("pack", "series", 0, value="x"),
        _broken("pack", "report_texts", 0, value=["one"]),
        _broken("pack", "series", 1, "standards", 0, "code", value="IN-101"),
        _broken("pack", "series", 0, "standards", 0, "criteria", 0, "code", value="IN-101.b"),
        _broken("rules", "roll_up", value="best"),
        _broken("rules", "scale", 0, "rank", value="0"),
        _broken("rules", "scale", 0, "rank", value=0.0),
        _broken("rules", "scale", 0, "tone", value="green"),
    ],
)
def test_damage_is_told(frozen: bytes) -> None:
    with pytest.raises(FrozenPackDamaged, match=r"^The visit's copy of its standards pack cannot be read"):
        pack_from_bytes(frozen)


def test_a_field_that_a_later_program_adds_may_be_missing_here() -> None:
    pack, _ = pack_from_bytes(_broken("pack", "notice", value=None))
    assert pack.notice == ""


def test_a_copy_beyond_all_measure() -> None:
    with pytest.raises(FrozenPackDamaged, match="too large"):
        pack_from_bytes(b" " * (MOST_BYTES + 1))


def test_opening_a_visit_loads_no_yaml_and_no_schema() -> None:
    heavy = "{'yaml', 'jsonschema', 'openpyxl'} & set(sys.modules)"
    program = f"import sys, qsin_desktop.packs.frozen; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", program], cwd=TOP, check=False).returncode == 0


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(frozen: bytes) -> None:
    with pytest.raises(FrozenPackDamaged):
        pack_from_bytes(frozen)


@given(st.data())
def test_one_changed_byte_never_crashes(data: st.DataObject) -> None:
    frozen = bytearray(shipped())
    at = data.draw(st.integers(0, len(frozen) - 1))
    frozen[at] = data.draw(st.integers(0, 255))
    with suppress(FrozenPackDamaged):
        pack_from_bytes(bytes(frozen))
