"""What chance makes of foreign files, a little of it in the suite: only typed refusals come out, in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.fuzz.by_chance import run
from tests.faults.fuzz.targets import TARGETS, feed

CORPUS = Path(__file__).with_name("corpus")


@pytest.mark.logs_warnings
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_only_refusals_come_out(name: str) -> None:
    tally = run(TARGETS[name], seed=7, tries=12 if name in ("workbooks", "parsing", "pack-sheets") else 60)
    assert tally.tried
    assert [said for _, said in tally.found] == []


@pytest.mark.logs_warnings
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.bin")), ids=lambda path: path.stem)
def test_what_was_found_once_stays_mended(path: Path, tmp_path: Path) -> None:
    feed(TARGETS[path.parent.name], path.read_bytes(), tmp_path)
