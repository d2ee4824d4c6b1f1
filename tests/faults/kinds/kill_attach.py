"""Killed while files are copied into the visit."""

from __future__ import annotations

from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.killing import kill_within

NAME = "kill-attach"
SUITE_ROUNDS = 1


def run_once(seed: int, folder: Path) -> Outcome:
    return kill_within("attaching", 0.5, seed, folder)
