"""Killed while a report or a workbook is made."""

from __future__ import annotations

from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.killing import kill_within

NAME = "kill-export"
SUITE_ROUNDS = 1


def run_once(seed: int, folder: Path) -> Outcome:
    return kill_within("exporting", 2.5, seed, folder)
