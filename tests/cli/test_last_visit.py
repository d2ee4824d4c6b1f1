"""`last-visit` as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.founding import PASSPHRASE, found_small_visit, key_file_of


@pytest.fixture
def earlier(home: Path, tmp_path: Path, cli: Cli) -> Path:
    path = found_small_visit(tmp_path / "Thames Estuary 2024.qsin")
    assert cli("rate", path, "IN-301.a", "Partly met", "--reason", "Two of four").code == 0
    assert cli("finding", path, "--to", "IN-301.a", "--grade", "recommendation", "--gap", "No list").code == 0
    return path


def test_it_is_carried_over_compared_and_let_go(cli: Cli, visit: Path, earlier: Path) -> None:
    done = cli("--json", "last-visit", visit, earlier)
    assert (done.json["ratings"], done.json["findings"], done.json["final"]) == (1, 1, False)
    assert "was not sealed" in done.err
    assert cli("rate", visit, "IN-301.a", "Met").code == 0
    told = cli("last-visit", visit).out
    assert "1 better, 0 unchanged, 0 worse, 19 not compared" in told
    assert "▲ IN-301 a: Partly met -> Met" in told
    assert "F-001 (Recommendation): resolved" in told
    told_json = cli("--json", "last-visit", visit).json
    assert told_json["counts"] == {"better": 1, "same": 0, "worse": 0, "not_compared": 19}
    assert [one["turn"] for one in told_json["criteria"] if one["criterion"] == "IN-301.a"] == ["better"]
    assert told_json["findings"] == [
        {"number": "F-001", "grade": "Recommendation", "outcome": "resolved", "raised_as": []}
    ]
    assert cli("last-visit", visit, earlier, "--drop").code == 2
    assert cli("last-visit", visit, "--drop").code == 0
    assert cli("--json", "last-visit", visit).json == {"last_visit": None}


def test_a_network_of_another_name_is_told(cli: Cli, visit: Path, earlier: Path) -> None:
    assert cli("facts", earlier, "--network", "Medway Imaging").code == 0
    assert "calls its network “Medway Imaging”" in cli("last-visit", visit, earlier).err


def test_the_ways_into_the_earlier_visit(
    cli: Cli, visit: Path, earlier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_file_of(earlier).rename(tmp_path / "elsewhere.key")
    assert "passphrase" in cli("last-visit", visit, earlier).refused().casefold()
    assert cli("last-visit", visit, earlier, "--earlier-key-file", key).code == 0
    words = tmp_path / "words.txt"
    words.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    assert cli("last-visit", visit, earlier, "--earlier-passphrase-file", words).code == 0
    monkeypatch.setenv("QSIN_PASSPHRASE", PASSPHRASE)
    assert cli("last-visit", visit, earlier).code == 0
    words.write_text("not these words", encoding="utf-8")
    assert "passphrase" in cli("last-visit", visit, earlier, "--earlier-passphrase-file", words).refused()
    assert "elsewhere" in cli("last-visit", visit, earlier, "--earlier-key-file", f"{key}x").refused()


def test_what_cannot_be_carried_over_is_refused(cli: Cli, visit: Path, tmp_path: Path) -> None:
    assert "nothing to carry over" in cli("last-visit", visit, visit).refused()
    assert cli("rate", visit, "IN-301.a", "Met").code == 0
    assert "this visit itself" in cli("last-visit", visit, visit).refused()
    assert "no visit" in cli("last-visit", visit, tmp_path / "nowhere").refused()
