from __future__ import annotations

import sys

import pytest

from qsin_desktop.cli.progress import progress_line


def test_bytes_are_told_as_people_say_them_and_the_line_goes_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    told = progress_line(sizes=("Giving evidence",))
    assert told is not None
    told(1, 4, "Writing entries")
    told(858_056_960, 2_858_056_960, "Giving evidence")
    told(3, None, "Looking")
    said = capsys.readouterr().err
    assert "Writing entries 1 of 4" in said
    assert "Giving evidence 858 MB of 2.86 GB" in said
    assert said.endswith("Looking")
    told(4, 4, "Writing entries")
    assert capsys.readouterr().err.endswith("\r\x1b[K")


def test_where_nobody_looks_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    assert progress_line() is None
