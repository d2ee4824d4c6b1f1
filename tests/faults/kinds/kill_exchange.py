"""Killed while it exchanges with a colleague by a stick; the next exchanges must bring both to the same."""

from __future__ import annotations

from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.exchanging_again import differences_after
from tests.faults.killing import kill_within

NAME = "kill-exchange"
SUITE_ROUNDS = 1


def run_once(seed: int, folder: Path) -> Outcome:
    return kill_within("exchanging", 0.8, seed, folder, differences_after)
