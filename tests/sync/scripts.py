"""Random days of a team on real visit folders: work, cut meetings, damaged sticks; and what must hold."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.sync import tidying
from tests.sync.script_laws import (
    check_disagreements,
    check_end,
    check_opinions,
    check_seal,
    open_with_histories,
    opinions,
)
from tests.sync.script_steps import ACTS
from tests.sync.script_world import CASES, SCRIPTS, Reached, Step, World
from tests.sync.team import Stick, laptops

_QUICK = Path("/dev/shm")  # noqa: S108  # a disk in memory, where there is one: flushing costs nothing there


def play(world: World, steps: list[Step]) -> None:
    for step in steps:
        visit = world.visit(step)
        before, open_before = opinions(visit), open_with_histories(visit)
        with suppress(Refusal):  # e.g. a sealed visit; everything else that is raised is a fault
            ACTS[step.what](world, step)
        after = world.visit(step)
        check_opinions(after, before, opinions(after))
        check_disagreements(world, after, open_before)
        check_seal(world, after)
        world.written |= {e.id for e in after.store.log_of(after.identity.device)}
        world.reached["disagreement"] += any(c.key.type == "rating" for c in after.record.conflicts)
        world.reached["texts in conflict"] += any(c.key.type != "rating" for c in after.record.conflicts)


# ---- work ---------------------------------------------------------------------------------------------


def run_scripts(founded: Path, examples: int, reached: Reached, *, most_small: int = 2) -> None:
    """Play that many random scripts; raises `AssertionError` at the first that breaks a property.

    Files of a log are joined beyond `most_small` of them, which also heals what other faults leave behind.
    """

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(SCRIPTS)
    def scripts(steps: list[Step]) -> None:
        place = Path(tempfile.mkdtemp(prefix="qsin-sync-", dir=_QUICK if _QUICK.is_dir() else None))
        try:
            _run_one(founded, place, steps, reached, most_small)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    scripts()


def _run_one(founded: Path, place: Path, steps: list[Step], reached: Reached, most_small: int) -> None:
    with laptops(founded, place) as team, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tidying, "MOST_SMALL", most_small)
        ahead = team[1].clock
        team[1].clock = lambda: ahead().replace(year=2036)
        sticks = [Stick(place / f"stick-{number}") for number in range(2)]
        for stick in sticks:
            stick.path.mkdir()
        world = World(team, sticks, place, reached)
        try:
            play(world, steps)
            check_end(world, founded)
        finally:
            for visit in world.team:
                visit.close()


__all__ = ["CASES", "Reached", "run_scripts"]
