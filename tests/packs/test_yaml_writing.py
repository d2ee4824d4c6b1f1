"""What is written as YAML is read back as the very same pack."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qsin_desktop.domain.standards import Pack
from qsin_desktop.packs.reading import read_pack
from qsin_desktop.packs.yaml_writing import pack_to_yaml
from tests.packs.pack_strategies import packs


@settings(max_examples=40)
@given(packs(), st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=50))
def test_round_trip(pack: Pack, heading: str) -> None:
    heading = "".join(ch for ch in heading if ch.isprintable())
    assert read_pack(pack_to_yaml(pack, heading)) == pack


def test_it_is_readable() -> None:
    lines = pack_to_yaml(read_pack(_WORDY)).splitlines()
    assert lines[:5] == [
        "format: 1",
        "id: wordy",
        "title: A title in plain words",
        'edition: "2.10"',
        "publisher: We",
    ]
    assert "licence: |-" in lines
    assert "  second line" in lines
    assert "notice: >-" in lines
    assert max(map(len, lines)) < 110


_WORDY = f"""
id: wordy
title: A title in plain words
edition: "2.10"
publisher: We
licence: "first line\\nsecond line"
notice: {"many words and " * 30}end
series: [{{code: S, title: s, standards: [{{code: C, title: c, criteria: [{{title: t}}]}}]}}]
"""
