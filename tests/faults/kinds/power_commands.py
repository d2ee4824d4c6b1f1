"""The power goes in the middle of one command that makes, rearranges or hands over a visit.

Recorded and played as in power.py; each round is one command, cut off at several instants and after its end.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.kinds.power import instants, is_temporary
from tests.faults.power import record
from tests.faults.power.commands import SCENES, Scene
from tests.faults.power.medium import Medium
from tests.faults.power.record import Change
from tests.faults.visits import Laptop, copied
from tests.faults.window import ROOT, environment

NAME = "power-commands"
SUITE_ROUNDS = 2
_CUTS = 8
_AFTER = 2  # cuts after its end
why_not = record.why_not


def run_once(seed: int, folder: Path) -> Outcome:
    dice = random.Random(seed)
    names = [*SCENES]
    name = names[seed % len(names)]
    laptop = copied(folder / "laptop")
    SCENES[name].prepare(laptop)
    medium = Medium(laptop.folder)
    said = _run(SCENES[name], laptop, folder / "record")
    changes = [c for c in record.changes(folder / "record", laptop.folder) if not is_temporary(c.path)]
    losses, tried = _cut(medium, changes, SCENES[name], folder, dice)
    losses += [f"the record is not whole: {strange}" for strange in medium.strange]
    if said:
        losses.append(said)
    return Outcome(tuple(losses), about=name, tried=tried)


def _run(scene: Scene, laptop: Laptop, written: Path) -> str:
    """What it said, when it did not end well."""
    command = [*record.recorded(laptop.folder, written), sys.executable, "-m", "qsin_desktop"]
    given = environment(laptop) | scene.environment
    done = subprocess.run(
        [*command, "--home", str(laptop.home), *scene.words(laptop)],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr if done.returncode else ""


def _cut(
    medium: Medium, changes: Sequence[Change], scene: Scene, folder: Path, dice: random.Random
) -> tuple[list[str], int]:
    losses: list[str] = []
    ends = len(changes)
    cuts = [*sorted(instants(changes, dice, _CUTS)), *[ends] * _AFTER]
    for number, change in enumerate([*changes, None]):
        for again in range(cuts.count(number)):
            place = folder / f"cut {number} {again}"
            medium.after_a_cut(place, dice)
            lost = [*scene.look(Laptop(place), number == ends)]
            losses += [f"cut before change {number} of {ends}: {loss}" for loss in lost]
            if not lost:
                shutil.rmtree(place)
        if change:
            medium.follow(change)
    return losses, len(cuts)
