from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from qsin_desktop.logs import LOG_NAME, start_log, stop_log

ours = logging.getLogger("qsin_desktop.room")
pytestmark = pytest.mark.logs_warnings


@pytest.fixture(autouse=True)
def _stopped() -> Iterator[None]:
    yield
    stop_log()


def log_text(home: Path) -> str:
    return (home / LOG_NAME).read_text(encoding="utf-8")


def test_warnings_reach_the_file_and_less_does_not(tmp_path: Path) -> None:
    assert start_log(tmp_path / "home") == tmp_path / "home" / LOG_NAME
    ours.info("opened")
    ours.warning("commit took %d ms", 900)
    text = log_text(tmp_path / "home")
    assert "WARNING qsin_desktop.room commit took 900 ms" in text
    assert "opened" not in text


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    start_log(tmp_path)
    ours.error("fault")
    logging.getLogger("elsewhere").error("fault")
    assert capfd.readouterr() == ("", "")


def test_other_libraries_words_are_left_out(tmp_path: Path) -> None:
    start_log(tmp_path)
    logging.getLogger("PIL").warning("cannot read %s", "Jane Doe scan.jpg")
    text = log_text(tmp_path)
    assert "PIL (message left out) test_logs:" in text
    assert "Jane" not in text


def test_a_traceback_keeps_places_and_drops_words(tmp_path: Path) -> None:
    start_log(tmp_path)
    try:
        try:
            raise KeyError("Jane Doe")
        except KeyError as first:
            raise ValueError("of Royal Wessex") from first
    except ValueError:
        ours.exception("rating failed")
    text = log_text(tmp_path)
    assert text.index("KeyError") < text.index("ValueError")
    assert "test_logs.py" in text
    assert "Jane" not in text
    assert "Wessex" not in text


def test_the_users_home_folder_is_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/jane.doe"))
    start_log(tmp_path)
    ours.warning("in %s", "/home/jane.doe/visits")
    assert "in ~/visits" in log_text(tmp_path)


def test_the_file_stays_small(tmp_path: Path) -> None:
    start_log(tmp_path)
    for _ in range(900):
        ours.warning("x" * 2000)
    stop_log()
    files = sorted(tmp_path.iterdir())
    assert len(files) == 4
    assert sum(path.stat().st_size for path in files) < 1_100_000


def test_a_second_start_moves_the_log(tmp_path: Path) -> None:
    start_log(tmp_path / "a")
    start_log(tmp_path / "b")
    ours.warning("here")
    assert "here" in log_text(tmp_path / "b")
    assert log_text(tmp_path / "a") == ""


def test_a_home_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert start_log(tmp_path / "file") is None
    ours.error("fault")
    assert capfd.readouterr() == ("", "")
