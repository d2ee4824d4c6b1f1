"""A file of the moment: what is read is what was written, and nothing of it is to be found on the disk."""

from __future__ import annotations

import io
import os
import random
import tempfile
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsin_desktop.system.spool import spool

CONTENT = random.Random(1).randbytes(300_000)
SIZES = st.lists(st.integers(0, 70_000), max_size=4)
STRETCHES = st.lists(st.tuples(st.integers(0, 300_000), st.integers(0, 100_000)), max_size=8)


@settings(deadline=None, max_examples=60)
@given(SIZES, STRETCHES)
def test_any_stretch_reads_as_it_was_written(sizes: list[int], stretches: list[tuple[int, int]]) -> None:
    ends = [0, *accumulate(sizes)]
    pieces, whole = [CONTENT[a:b] for a, b in pairwise(ends)], CONTENT[: ends[-1]]
    with spool() as file:
        for piece in pieces:
            file.write(piece)
        assert file.tell() == len(whole)
        for start, length in stretches:
            file.seek(start)
            assert file.read(length) == whole[start : start + length]
        file.seek(0, os.SEEK_END)
        file.write(b"more")
        file.seek(0)
        assert file.read() == whole + b"more"


def test_what_lies_on_the_disk_is_not_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[BinaryIO] = []
    kept = tempfile.TemporaryFile

    def seen(**words: object) -> BinaryIO:
        opened.append(kept(**words))  # type: ignore[call-overload]
        return opened[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", seen)
    words = b"Royal Wessex was not ready. " * 9_000
    with spool() as file:
        file.write(words)
        file.flush()
        opened[0].seek(0)
        lies = opened[0].read()
        assert len(lies) == len(words)
        assert b"Wessex" not in lies
        assert len({lies[at : at + 28] for at in range(0, len(lies), 28)}) == 9_000
    assert opened[0].closed


def test_nothing_is_left_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with spool() as file:
        file.write(b"something")
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_never_written_over() -> None:
    file = cast(io.BufferedRandom, spool())
    file.write(b"0123456789")
    file.seek(4)
    with pytest.raises(io.UnsupportedOperation, match="at its end only"):
        file.write(b"x" * 100_000)
    file.detach().close()
