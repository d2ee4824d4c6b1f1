"""Killed while a backup is written."""

from __future__ import annotations

from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.killing import kill_within

NAME = "kill-backup"
SUITE_ROUNDS = 1


def run_once(seed: int, folder: Path) -> Outcome:
    return kill_within("backing up", 0.25, seed, folder)
