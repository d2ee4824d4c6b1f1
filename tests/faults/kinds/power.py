"""The power goes in the middle of the work: what was not flushed to the disk is kept, lost or torn by chance.

Used is a layer that records every change to files (tests/faults/power/recording.c, set under the real window
with LD_PRELOAD) and a played disk (tests/faults/power/medium.py) that is cut off at instants drawn by chance;
no device of the machine takes part. One run of the window is cut at several instants.
"""

from __future__ import annotations

import filecmp
import random
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.repairing import repair
from qsin_desktop.domain.errors import Refusal
from tests.faults.campaign import Outcome
from tests.faults.exchanging_again import differences_after
from tests.faults.looking import NOT_OPEN, what_is_lost
from tests.faults.power import record
from tests.faults.power.medium import INDEX_ENDING, Medium
from tests.faults.power.record import Change, Did
from tests.faults.visits import Laptop, attachments, copied
from tests.faults.window import DrivenWindow
from tests.founding import ME

NAME = "power"
SUITE_ROUNDS = 1
CUTS = 12
why_not = record.why_not

_TEMPORARY = "temporary"  # of the system, which empties it
_TURNS = (Did.SYNC, Did.SYNC_FOLDER, Did.RENAME, Did.UNLINK)


def run_once(seed: int, folder: Path) -> Outcome:
    dice = random.Random(seed)
    laptop = copied(folder / "laptop")
    written = folder / "record"
    medium = Medium(laptop.folder)
    with DrivenWindow(laptop, seed, attachments(), before=record.recorded(laptop.folder, written)) as window:
        window.wait_for(lambda line: line["say"] in ("shown", "fault"))
        time.sleep(dice.uniform(0.5, 6.0))
        with record.held_still(written):
            ended_at = window.kill()
    changes = [each for each in record.changes(written, laptop.folder) if not is_temporary(each.path)]
    outcome = _cut(medium, changes, window.told, ended_at, folder, dice)
    losses = [*outcome.losses, *_differences(medium, laptop, folder / "whole")]
    if "Traceback" in window.errors:
        losses.append(window.errors)
    return Outcome(tuple(losses), outcome.mended, tried=outcome.tried)


def _cut(
    medium: Medium,
    changes: Sequence[Change],
    told: Sequence[Mapping[str, Any]],
    ended_at: float,
    folder: Path,
    dice: random.Random,
) -> Outcome:
    """The played disk follows the changes; now and then a copy of it is cut off and looked at."""
    losses: list[str] = []
    mended: list[str] = []
    cuts = instants(changes, dice, CUTS)
    for number, change in enumerate([*changes, None]):
        if number in cuts:
            at = change.at if change else ended_at
            place = folder / f"cut {number}"
            medium.after_a_cut(place, dice)
            lost, put_right = _looked_at(Laptop(place), [line for line in told if line["at"] < at], at)
            if not lost and number == max(cuts):
                lost = tuple(differences_after(Laptop(place)))
            losses += [f"cut before change {number} of {len(changes)}: {loss}" for loss in lost]
            mended += put_right
            if not lost:
                shutil.rmtree(place)
        if change:
            medium.follow(change)
    return Outcome(tuple(losses), tuple(mended), tried=len(cuts))


def instants(changes: Sequence[Change], dice: random.Random, most: int) -> set[int]:
    """Anywhere, and around the moments at which something becomes safe or visible."""
    turns = [number for number, change in enumerate(changes) if change.kind in _TURNS]
    anywhere = dice.choices(range(len(changes) + 1), k=most // 2)
    around = [dice.choice(turns) + dice.choice((0, 1)) for _ in range(most // 2)] if turns else []
    return {*anywhere, *around}


def _looked_at(
    laptop: Laptop, told: Sequence[Mapping[str, Any]], struck_at: float
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is lost, and what a repair put right."""
    lost = what_is_lost(laptop, told, struck_at)
    if not any(loss.startswith(NOT_OPEN) for loss in lost):
        return lost, ()
    try:
        repaired = repair(laptop.visit, identity=ME, unlocking=Unlocking(use_keyring=False))
    except Refusal as refusal:
        return (*lost, f"and is not repaired: {refusal.sentence}"), ()
    return what_is_lost(laptop, told, struck_at), ("; ".join((*lost, *repaired.lines)),)


def _differences(medium: Medium, laptop: Laptop, whole: Path) -> Iterator[str]:
    """The record must tell everything: played without a cut, it gives what is really there."""
    yield from (f"the record is not whole: {strange}" for strange in medium.strange)
    medium.after_all(whole)
    played, real = (_files(place) for place in (whole, laptop.folder))
    yield from (f"the record is not whole: {path}" for path in sorted(played ^ real))
    for path in sorted(played & real):
        there = whole / path
        if there.is_file() and not filecmp.cmp(there, laptop.folder / path, shallow=False):
            yield f"the record is not whole: {path} differs"


def _files(place: Path) -> set[Path]:
    found = (path.relative_to(place) for path in place.rglob("*"))
    return {path for path in found if not is_temporary(path) and not path.name.endswith(INDEX_ENDING)}


def is_temporary(path: Path) -> bool:
    return path.parts[:1] == (_TEMPORARY,)
