"""The pack that other rooms measure with is as large as they ask, and a pack like any other."""

from __future__ import annotations

import pytest

from qsin_desktop.packs.reading import read_pack
from qsin_desktop.packs.yaml_writing import pack_to_yaml
from tests.large_pack import large_pack


@pytest.mark.parametrize(
    ("criteria", "standards", "series"), [(300, 60, 6), (7, 3, 2), (90, 1, 1), (60, 60, 6)]
)
def test_sizes(criteria: int, standards: int, series: int) -> None:
    pack = large_pack(criteria, standards, series)
    assert (len(pack.criteria), len(pack.standards), len(pack.series)) == (criteria, standards, series)
    assert read_pack(pack_to_yaml(pack)) == pack


def test_it_is_the_same_every_time() -> None:
    assert large_pack() == large_pack()
