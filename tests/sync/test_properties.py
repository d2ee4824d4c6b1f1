"""Real visit folders, real places, cuts at random points: what must hold, and faults that must be caught."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qsin_desktop.sync import evidence, exchange, incoming, outgoing, place, tidying
from qsin_desktop.sync.envelope import Envelope, Unreadable
from qsin_desktop.sync.names import MARK, LogFile
from tests.sync.scripts import CASES, Reached, run_scripts

EXAMPLES = 12


def test_random_days_keep_every_property_and_reach_every_case(founded: Path) -> None:
    reached: Reached = Counter()
    run_scripts(founded, EXAMPLES, reached)
    missing = [case for case in CASES if not reached[case]]
    assert not missing, f"no script reached: {missing}; reached {dict(reached)}"


# ---- deliberate faults, each of which must be caught ----------------------------------------------------


def _unproved(envelope: Envelope, sealed: bytes, sha256: str) -> bytes | None:
    try:
        return envelope.opened(sealed)
    except Unreadable:
        return None


def _covered_by_names(holder: Any, course: Any, device: str, files: list[LogFile]) -> int:
    return max((file.last for file in files), default=0)


def _one_short(honest: Any) -> Any:
    def give(place_: Any, group: str, log: list[Any], envelope: Any, course: Any) -> None:
        honest(place_, group, log[:-1], envelope, course)

    return give


def _first_only(left: list[LogFile], tip: int) -> LogFile | None:
    return next((file for file in left if file.first == 1 and file.last > tip), None)


def _half_write(self: Any, target: Path, content: bytes) -> None:
    target.write_bytes(content[: len(content) // 2])


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _known_by_length(self: Any, file: LogFile) -> bool:
    return file.last <= self.tip.seq + 1 and bool(MARK)


def _all_but_one(self: Any, device: str, files: list[LogFile]) -> None:
    for file in files[:-1]:
        self._remove(file.path)


def _pieces_twice(self: Any, path: str) -> bool:
    return False


MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "a piece is kept unproved": (evidence, "proved", _unproved),
    "names alone are trusted for what a place holds": (outgoing, "_covered", _covered_by_names),
    "the last entry is not handed over": (outgoing, "_give", _one_short(outgoing._give)),
    "only the first file of a log is read": (incoming, "_next", _first_only),
    "files are written in place, half": (place.FolderPlace, "_write_aside", _half_write),
    "a damaged file is left where it is": (place.FolderPlace, "put_off", _nothing),
    "every exchange says what it saw": (exchange, "news_since_last_word", lambda holder: True),
    "evidence is not handed over": (exchange, "give_pieces", _nothing),
    "evidence is not taken": (exchange, "take_pieces", _nothing),
    "one entry too many is thought known": (incoming.Known, "holds", _known_by_length),
    "what is there is written again": (place.FolderPlace, "has", _pieces_twice),
    "small files are taken away and not joined": (tidying._Tidying, "_log", _all_but_one),
    "damage is taken for a file of others": (
        incoming._Log,
        "_damaged",
        lambda self, file: setattr(self, "_unread", self._unread + 1),
    ),
}


@pytest.mark.parametrize("fault", MUTANTS)
def test_a_deliberate_fault_in_the_exchange_is_caught(
    fault: str, founded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*MUTANTS[fault])
    with pytest.raises(AssertionError):
        run_scripts(founded, EXAMPLES, Counter(), most_small=2 if "joined" in fault else 24)
