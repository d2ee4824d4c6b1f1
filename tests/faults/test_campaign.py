"""Every kind of fault, a few rounds each; and the campaign's own counting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults import __main__ as main_module
from tests.faults.__main__ import main
from tests.faults.campaign import Count, Kind, Outcome, kinds, run_kind, table

KINDS = kinds()


@pytest.mark.journey
@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_nothing_is_lost(kind: Kind) -> None:
    if why := kind.why_not():
        pytest.skip(f"{kind.name}: {why}")
    losses: list[str] = []
    count = run_kind(kind, kind.suite_rounds, 1, told=losses.append)
    assert not count.lost, "\n".join(losses)
    assert count.tried >= kind.suite_rounds


def _luck(seed: int, folder: Path) -> Outcome:
    (folder / "word").write_text("here", encoding="utf-8")
    if seed == 3:
        raise ZeroDivisionError
    return Outcome(("a word is gone",) if seed == 2 else (), ("an index",) if seed == 1 else (), "at noon")


def test_what_was_lost_is_counted_told_and_kept(tmp_path: Path) -> None:
    told: list[str] = []
    count = run_kind(Kind("luck", _luck), 4, 1, told=told.append, kept=tmp_path)
    assert (count.tried, count.survived, count.lost, count.mended) == (4, 2, 2, 1)
    assert count.failed == [2, 3]
    assert told[0] == "luck, seed 1 was mended: an index"
    assert "a word is gone" in told[1]
    assert "ZeroDivisionError" in told[2]
    assert (tmp_path / "luck-2" / "word").read_text(encoding="utf-8") == "here"
    assert (tmp_path / "luck-2" / "loss.txt").read_text(encoding="utf-8") == "a word is gone"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["luck-2", "luck-3"]
    said = table([count, Count("ice", skipped="no winter here")])
    assert "luck                         4         2     2       1" in said
    assert "failed seeds: 2, 3" in said
    assert "not tried: no winter here" in said


def test_a_kind_that_cannot_be_tried_is_skipped_by_name() -> None:
    count = run_kind(Kind("luck", _luck, why_not=lambda: "no luck"), 4, 1)
    assert (count.tried, count.skipped) == (0, "no luck")


def test_kinds_have_names_of_their_own() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) > 0


def test_counts_are_told_in_json_line_by_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(main_module, "kinds", lambda: (Kind("luck", _luck),))
    assert main(["--json", "--rounds", "1", "--kept", str(tmp_path)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["name"], told["tried"], told["about"]) == ("luck", 1, {"at noon": 1})


def test_an_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--kind", "flood"])
    assert "invalid choice" in capsys.readouterr().err
