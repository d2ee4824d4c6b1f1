"""The program itself as its own child process, where what is foreign is opened within limits, and ended."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO

PASSPHRASE_VARIABLE = "QSIN_PASSPHRASE"  # noqa: S105  # the variable's name
_LOOK_AGAIN = 0.1  # seconds between two looks whether somebody cancelled
_NICE = 10


class Cancelled(Exception):
    """Whoever asked does not want to know any more."""


def never() -> bool:
    return False


def child_command(word: str) -> list[str]:
    """`word` says which child it is to be; a frozen program is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, word]
    return [sys.executable, "-m", "qsin_desktop", word]


def start_child(word: str, *, quiet: bool = False) -> subprocess.Popen[bytes]:
    """It learns no passphrase. A `quiet` one leaves the processor to whatever else wants it."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    flags |= getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if quiet else 0
    child = subprocess.Popen(  # noqa: S603  # this program itself
        child_command(word),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != PASSPHRASE_VARIABLE},
        creationflags=flags,
    )
    if quiet and sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, child.pid, max(_NICE, os.getpriority(os.PRIO_PROCESS, 0)))
    return child


def answer_of(
    child: subprocess.Popen[bytes], question: bytes, *, seconds: float, cancelled: Callable[[], bool] = never
) -> bytes | None:
    """All that it says until it ends; None when that takes too long. Raises `Cancelled`.

    The question goes in from a thread of its own: `communicate` forgets the rest of it at its first timeout.
    """
    until = time.monotonic() + seconds
    pipe, child.stdin = child.stdin, None
    threading.Thread(target=_tell, args=(whole(pipe), question), daemon=True).start()
    while time.monotonic() < until:
        if cancelled():
            raise Cancelled
        with suppress(subprocess.TimeoutExpired):
            return child.communicate(timeout=_LOOK_AGAIN)[0]
    return None


def _tell(pipe: IO[bytes], question: bytes) -> None:
    """Ends at the latest when the child does."""
    with suppress(OSError), pipe:
        pipe.write(question)


def end_child(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):
            whole(pipe).close()


def whole(pipe: IO[bytes] | None) -> IO[bytes]:
    """For a pipe that was asked for; raises `OSError` as for a broken one."""
    if pipe is None:
        raise OSError
    return pipe
