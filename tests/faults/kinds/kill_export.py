"""Killed while a report or a workbook is made; the next one there leaves nothing of it behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qsin_desktop.actions.reporting import DocumentKind, export
from qsin_desktop.store.durable import ASIDE_PREFIX
from tests.faults.campaign import Outcome
from tests.faults.killing import kill_within
from tests.faults.visits import Laptop
from tests.founding import opened

NAME = "kill-export"
SUITE_ROUNDS = 1


def run_once(seed: int, folder: Path) -> Outcome:
    return kill_within("exporting", 2.5, seed, folder, _made_again)


def _made_again(laptop: Laptop) -> Iterator[str]:
    with opened(laptop.visit) as visit:
        export(visit, DocumentKind.WORKBOOK, laptop.outputs / "made again.xlsx")
    for left in laptop.outputs.glob(f"{ASIDE_PREFIX}*"):
        yield f"half a file is left beside the document made again: {left.name}"
