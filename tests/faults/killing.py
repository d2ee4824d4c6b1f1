"""The window is killed within one long act: at an instant of it that is drawn by chance."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.looking import what_is_lost
from tests.faults.visits import Laptop, attachments, copied
from tests.faults.window import DrivenWindow

Look = Callable[[Laptop], Iterable[str]]
_WAIT = 90.0  # seconds, for the act to come up


def kill_within(act: str, seconds: float, seed: int, folder: Path, look: Look = lambda _: ()) -> Outcome:
    """`seconds` are what the act takes at the most on a fast machine; `look` looks at still more."""
    dice = random.Random(seed)
    laptop = copied(folder)
    with DrivenWindow(laptop, seed, attachments(), first=act) as window:
        came = window.wait_for(lambda line: line["say"] == "fault" or _begins(act, line), _WAIT)
        time.sleep(dice.uniform(0, seconds))
        struck_at = window.kill()
        told = window.told
    losses = list(what_is_lost(laptop, told, struck_at))
    losses += [] if came else [f"the window never came to {act}"]
    losses += look(laptop)
    if "Traceback" in window.errors:
        losses.append(window.errors)
    last = [line["say"] for line in told if line["say"] in ("begins", "ends")][-1:]
    return Outcome(tuple(losses), about="after it" if last == ["ends"] else "within it")


def _begins(act: str, line: object) -> bool:
    return isinstance(line, dict) and line["say"] == "begins" and line["what"] == act
