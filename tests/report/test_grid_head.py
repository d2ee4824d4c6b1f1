"""Names at the head of a grid tell its places apart, however long they are."""

from __future__ import annotations

import pytest

from qsin_desktop.report.composing import Composer
from qsin_desktop.report.grid_head import GridHead, grid_head
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.typefaces import Faces

TRUST = "Greater Wessex University Hospitals NHS Foundation Trust"


@pytest.fixture(scope="module")
def report() -> Composer:
    return Composer(Faces(), Tag("Document"))


def words_of(head: GridHead) -> list[str]:
    return [" ".join("".join(p.text for p in line.pieces).strip() for line in name) for name in head.names]


def test_a_few_places_with_long_names_get_wide_columns(report: Composer) -> None:
    names = ["Network", f"{TRUST}, Royal", "Q"]
    head = grid_head(report, names, 430.0)
    assert head.level is not None
    assert words_of(head) == names
    assert all(head.whole)
    assert head.pitch * len(names) <= 430.1


def test_a_few_places_with_short_names_keep_narrow_columns(report: Composer) -> None:
    assert grid_head(report, ["Network", "North", "South"], 430.0).pitch < 80


def test_sites_of_one_trust_are_told_apart_by_the_ends_of_their_names(report: Composer) -> None:
    names = ["Network", *(f"{TRUST}, {site}" for site in ("Royal", "Castle", "St Aldhelm’s")), *"ABCDEFGHIJK"]
    head = grid_head(report, names, 430.0)
    shown = words_of(head)
    assert head.level is None
    assert len(set(shown)) == len(names)
    assert shown[1].startswith("Greater Wessex")
    assert shown[1].endswith("Trust, Royal")
    assert head.whole == [True, False, False, False, *[True] * 11]


def test_one_word_without_end_is_cut_within(report: Composer) -> None:
    head = grid_head(report, ["x" * 400 + "end"], 430.0)
    [shown] = words_of(head)
    assert "…" in shown
    assert shown.endswith("end")
