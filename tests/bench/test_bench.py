from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import GROUPS, main
from tests.bench.measure import Floor, Measure, Reading, Skipped, Target, quantile, reading
from tests.bench.place import Bench
from tests.bench.size import SMALL
from tests.bench.table import table
from tests.bench.timing import Sample, interleaved
from tests.bench.visit_growing import opened
from tests.bench.visits import Shelf

FIELDS = {
    "name",
    "value",
    "unit",
    "best",
    "cpu",
    "floor",
    "ratio",
    "ratio_of_best",
    "target",
    "n",
    "load_before",
    "about",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


def lines_of(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


ELSEWHERE = {"report.tagged"}  # beside a program that may not be installed here


def taken(names: Sequence[str], place: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert main([*names, "--small", "--rounds", "1", "--place", str(place)]) == 0
    return lines_of(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("rate", {"rate.p50", "rate.p99"}),
        ("attach", {"attach"}),
        ("rebuild", {"rebuild"}),
        ("search", {"search.rare", "search.common", "search.beginning"}),
        ("documents", {"report", "workbook", "workbook.findings"}),
    ],
)
def test_a_group_tells_its_measures(
    group: str, names: set[str], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = taken([group], place, capsys)
    lines = [line for line in lines if line["name"] not in ELSEWHERE]
    assert {line["name"] for line in lines} == names
    for line in lines:
        assert set(line) == FIELDS
        assert line["value"] >= line["best"] > 0
        assert line["floor"]["value"] >= line["floor"]["best"] > 0
        assert line["ratio"] == pytest.approx(line["value"] / line["floor"]["value"], rel=0.01)
        assert line["n"] >= 1


def test_the_window_is_timed_by_real_keys(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = {line["name"]: line for line in taken(["walk"], place, capsys)}
    pressed = lines["walk.offscreen.rate.p50"]
    assert pressed["n"] + lines["walk.offscreen.second.p50"]["n"] == SMALL.presses
    assert pressed["target"] == {"of": "value", "at_most": 16.0}
    assert pressed["value"] > pressed["floor"]["value"]


def test_nothing_is_left_behind_but_the_visits(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken(["rate"], place, capsys)
    assert [path.name.split("-")[0] for path in place.iterdir()] == ["visits"]


def test_a_kept_visit_has_its_length_and_a_sound_projection(place: Path) -> None:
    shelf = Shelf(place, SMALL)
    for entries in SMALL.entries:
        with opened(shelf.visit(entries)) as visit:
            assert entries <= visit.store.entry_count() <= entries + 4
            assert visit.store.projection_matches()
            assert not visit.store.unknown_entries()
            assert len({entry.by for entry in visit.store.entries()}) == 3


def test_an_unknown_name_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["rates", "--place", str(tmp_path / "none")])
    assert end.value.code == 2
    assert "rates" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_measured_is_told_and_the_rest_goes_on(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.bench.place._SPARE_MIB", 1 << 30)
    lines = taken(["attach", "search"], place, capsys)
    assert lines[0]["name"] == "attach"
    assert "of free disk" in lines[0]["skipped"]
    assert lines[-1]["name"] == "search.beginning"


def test_a_fault_in_one_group_is_told_and_the_rest_goes_on(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_bench: Bench) -> Iterator[Measure]:
        yield from (made(12.0, 1 / nothing, None) for nothing in (0,))

    monkeypatch.setitem(GROUPS, "rate", broken)
    assert main(["rate", "search", "--small", "--rounds", "1", "--place", str(place)]) == 1
    printed = capsys.readouterr()
    assert lines_of(printed.out)[0] == {"name": "rate", "skipped": "a fault: division by zero"}
    assert len(lines_of(printed.out)) == 4
    assert "ZeroDivisionError" in printed.err


def test_program_and_floor_take_turns() -> None:
    order: list[str] = []

    def run(name: str, seconds: float) -> Sample:
        order.append(name)
        return Sample(seconds, seconds / 2)

    ours, floor = interleaved(3, [lambda: run("ours", 2.0), lambda: run("floor", 1.0)])
    assert order == ["ours", "floor", "floor", "ours", "ours", "floor"]
    assert (len(ours), len(floor)) == (3, 3)
    assert reading(ours) == Reading(2_000.0, 2_000.0, 1_000.0)


@pytest.mark.parametrize(
    ("part", "expected"), [(0.0, 1), (0.01, 1), (0.5, 50), (0.505, 51), (0.99, 99), (1.0, 100)]
)
def test_quantiles_are_values_that_were_measured(part: float, expected: int) -> None:
    assert quantile([*range(100, 0, -1)], part) == expected


def made(value: float, floor: float, target: Target | None) -> Measure:
    one, other = Reading(value, value, math.nan), Reading(floor, floor, math.nan)
    return Measure("m", "about", "ms", one, Floor("f", other), 3, None, target)


@pytest.mark.parametrize(
    ("value", "floor", "target", "over"),
    [
        (16.0, 1.0, Target("value", 16.0), False),
        (16.1, 1.0, Target("value", 16.0), True),
        (20.0, 10.0, Target("ratio", 2.0), False),
        (20.1, 10.0, Target("ratio", 2.0), True),
        (20.1, 10.0, None, False),
    ],
)
def test_a_target_is_of_the_value_or_of_the_ratio(
    value: float, floor: float, target: Target | None, over: bool
) -> None:
    measure = made(value, floor, target)
    assert measure.over_target is over
    assert ("over" in table([measure])) is over


def test_a_line_is_plain_json_whatever_is_missing() -> None:
    fields = json.loads(made(1234.567, 0.0, None).as_json())
    assert (fields["value"], fields["ratio"], fields["cpu"], fields["load_before"]) == (
        1235.0,
        None,
        None,
        None,
    )


def test_the_table_names_what_was_not_measured() -> None:
    assert "start.xvfb: not measured, needs Xvfb" in table([Skipped("start.xvfb", "needs Xvfb")])


def test_every_group_of_the_bench_can_be_named() -> None:
    assert set(GROUPS) >= {"start", "walk", "rate", "attach", "open", "rebuild", "search", "memory"}
