"""The real window is killed with SIGKILL in the middle of the work, at an instant drawn by chance.

At any moment of the work, in the first second, or shortly after something long began: attaching, exporting,
exchanging, backing up.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.hands import LONG
from tests.faults.looking import what_is_lost
from tests.faults.visits import attachments, copied
from tests.faults.window import DrivenWindow

NAME = "kill"
SUITE_ROUNDS = 3
_WAIT = 12.0  # seconds, for a long act to come up


def run_once(seed: int, folder: Path) -> Outcome:
    dice = random.Random(seed)
    laptop = copied(folder)
    way = dice.random()
    what = dice.choice([*LONG]) if way >= 0.55 else ""
    with DrivenWindow(laptop, seed, attachments(), first=what) as window:
        about = _let_work(window, dice, way, what)
        struck_at = window.kill()
        told = window.told
    losses = list(what_is_lost(laptop, told, struck_at))
    if "Traceback" in window.errors:
        losses.append(window.errors)
    return Outcome(tuple(losses), about=about)


def _let_work(window: DrivenWindow, dice: random.Random, way: float, what: str) -> str:
    """Until the instant of the kill; answers which moment it is."""
    if way < 0.15:
        time.sleep(dice.uniform(0.02, 2.0))
        return "while opening"
    window.wait_for(lambda line: line["say"] in ("shown", "fault"))
    if not what:
        time.sleep(dice.uniform(0.0, 4.0))
        return "in the work"
    if window.wait_for(lambda line: line["say"] == "begins" and line["what"] == what, _WAIT):
        time.sleep(dice.choice((0.02, 0.1, 0.4, 1.0)) * dice.random())
        return f"while {what}"
    return "in the work"
