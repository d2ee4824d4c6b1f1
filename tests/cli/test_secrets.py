"""Passwords that come in a file: what counts as one, and what its first line is."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from qsin_desktop.cli.secrets import SecretFileUnfit, read_secret


@pytest.mark.parametrize(
    ("content", "secret"),
    [
        (b"four plain words\n", "four plain words"),
        (b"four plain words", "four plain words"),
        (b"\xef\xbb\xbffour plain words\r\nand more\n", "four plain words"),
        ("gair cyfrinachol â ŵ\n".encode(), "gair cyfrinachol â ŵ"),
        (b" \n", ""),
        (b"", ""),
    ],
)
def test_the_first_line_is_the_secret(content: bytes, secret: str, tmp_path: Path) -> None:
    (tmp_path / "words").write_bytes(content)
    assert read_secret(tmp_path / "words") == secret


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_that_the_shell_hands_over_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "63"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b"four plain words\n"))
    writer.start()
    assert read_secret(pipe) == "four plain words"
    writer.join()


def test_what_holds_no_secret_is_told(tmp_path: Path) -> None:
    with pytest.raises(SecretFileUnfit, match="“nowhere” is not there"):
        read_secret(tmp_path / "nowhere")
    with pytest.raises(SecretFileUnfit, match="is not a file"):
        read_secret(tmp_path)
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(SecretFileUnfit, match="does not hold a password as text"):
        read_secret(tmp_path / "picture")
