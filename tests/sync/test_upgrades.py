"""Whatever a newer program wrote, in whatever order it came: an older reader upgraded is a newer one."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import Refusal
from tests.founding import opened
from tests.sync.team import TECH, Stick, digest, laptops, meet
from tests.sync.test_exchange import rate
from tests.sync.test_mixed_programs import NEW, newer_program, tell

EXAMPLES = 6
WORDS = ("rain", "sun", "snow")

# Every one of these must have been met by some script, else the run proves nothing about it.
CASES = (
    "unknown to the older",
    "two who told it apart",
    "told and taken back",
    "came to the older piece by piece",
)

WHAT = ("tell", "rate", "undo", "meet", "older")

# Who does it (the peer or the technical assessor, both with the newer program), what, and which of three.
STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(WHAT), st.integers(0, 2)),
    min_size=8,
    max_size=14,
)


def _play(founded: Path, place: Path, steps: list[tuple[int, str, int]], reached: Counter[str]) -> None:
    stick = Stick(place / "stick")
    stick.path.mkdir()
    with laptops(founded, place) as (lead, peer, tech):
        looks = 0
        for who, what, which in steps:
            visit = (peer, tech)[who]
            if what == "older":
                meet(lead, stick)
                looks += bool(lead.store.unknown_entries())
                continue
            with newer_program(), suppress(Refusal):
                if what == "tell":
                    tell(visit, WORDS[which])
                elif what == "rate":
                    rate(visit, "IN-301.a", ("met", "partly-met", "not-met")[which])
                elif what == "undo":
                    before = len(visit.record.standing(NEW))
                    History(visit).undo()
                    reached["told and taken back"] += before != len(visit.record.standing(NEW))
                else:
                    meet(visit, stick)
        with newer_program():
            for visit in (peer, tech):
                visit.store.catch_up()
                meet(visit, stick)
        meet(lead, stick)
        assert lead.store.projection_matches()
        reached["unknown to the older"] += bool(lead.store.unknown_entries())
        reached["came to the older piece by piece"] += looks > 1
        path = lead.folder.path
    with newer_program(), opened(path) as upgraded, laptops(founded, place / "n", TECH) as (newer,):
        for _ in range(3):
            meet(upgraded, stick)
            meet(newer, stick)
        assert digest(upgraded) == digest(newer), "older reader and upgrade are a newer reader"
        assert upgraded.record.standing(NEW) == newer.record.standing(NEW)
        assert upgraded.store.projection_matches()
        reached["two who told it apart"] += len(upgraded.record.standing(NEW)) > 1


def test_an_older_reader_upgraded_is_a_newer_reader(founded: Path) -> None:
    reached: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def scripts(steps: list[tuple[int, str, int]]) -> None:
        place = Path(tempfile.mkdtemp(prefix="qsin-upgrade-"))
        try:
            _play(founded, place, [(0, "tell", 0), (0, "meet", 0), (0, "older", 0), *steps], reached)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    scripts()
    missing = [case for case in CASES if not reached[case]]
    assert not missing, f"no script reached: {missing}; reached {dict(reached)}"
