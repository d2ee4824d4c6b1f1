"""The program as its own child: what it is told, how long it is waited for, and that it ends."""

from __future__ import annotations

import os
import sys
import time

import pytest

from qsin_desktop.system.child import (
    PASSPHRASE_VARIABLE,
    Cancelled,
    answer_of,
    child_command,
    end_child,
    start_child,
    whole,
)

LISTENS_FOR_EVER = "import sys, threading; print('here', flush=True); threading.Event().wait()"


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr("qsin_desktop.system.child.child_command", lambda _: [sys.executable, "-c", program])


def test_the_program_itself_is_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command("--a-worker") == [sys.executable, "-m", "qsin_desktop", "--a-worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command("--a-worker") == [sys.executable, "--a-worker"]


def test_it_learns_no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "harbour lantern violin")
    monkeypatch.setenv("QSIN_OF_NO_SECRET", "kept")
    instead(monkeypatch, "import os; print(dict(os.environ))")
    child = start_child("--a-worker")
    said = answer_of(child, b"", seconds=60) or b""
    end_child(child)
    assert b"QSIN_OF_NO_SECRET" in said
    assert b"violin" not in said


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="this system has other words for a quiet process")
def test_a_quiet_one_stands_back(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "import os, sys; sys.stdin.read(); print(os.getpriority(os.PRIO_PROCESS, 0))")
    child = start_child("--a-worker", quiet=True)
    said = answer_of(child, b"", seconds=60) or b""
    end_child(child)
    own = os.getpriority(os.PRIO_PROCESS, 0)  # of a test run that may be a quiet one itself
    assert int(said) == max(10, own)


def test_a_long_question_and_a_long_answer_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(
        monkeypatch,
        "import sys; given = sys.stdin.buffer.read(); sys.stdout.buffer.write(given[::-1])",
    )
    question = os.urandom(3_000_000)
    child = start_child("--a-worker")
    assert answer_of(child, question, seconds=60) == question[::-1]
    end_child(child)


def test_a_long_question_passes_where_its_answer_is_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qsin_desktop.system.child._LOOK_AGAIN", 0.02)
    instead(monkeypatch, "import sys; print(len(sys.stdin.buffer.read()))")
    child = start_child("--a-worker")
    assert int(answer_of(child, b"x" * 3_000_000, seconds=60) or b"0") == 3_000_000
    end_child(child)


def test_one_that_is_too_slow_has_said_nothing_and_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, LISTENS_FOR_EVER)
    child = start_child("--a-worker")
    assert answer_of(child, b"", seconds=0.3) is None
    assert child.poll() is None
    end_child(child)
    assert child.returncode not in (None, 0)
    assert whole(child.stdout).closed


def test_whoever_cancels_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, LISTENS_FOR_EVER)
    child = start_child("--a-worker")
    begun = time.monotonic()
    asked = iter((False, False, True))
    with pytest.raises(Cancelled):
        answer_of(child, b"", seconds=3600, cancelled=lambda: next(asked))
    assert time.monotonic() - begun < 1800
    end_child(child)


def test_a_pipe_that_is_not_there_is_a_broken_one() -> None:
    with pytest.raises(OSError, match=r"^$"):
        whole(None)
