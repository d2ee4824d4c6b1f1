"""The child process that opens foreign pictures and PDFs, as its parent speaks with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

WORKER_WORD = "--picture-worker"  # the program called with it is the child
SECONDS_EACH = 20.0
_NICE = 10


class PictureChild:
    """Ended when it takes too long."""

    def __init__(self, *, quiet: bool = False) -> None:
        """A `quiet` one leaves the processor to whatever else wants it."""
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        flags |= getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) if quiet else 0
        self._process = subprocess.Popen(  # noqa: S603  # this program itself
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        if quiet and sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)

    def ask(
        self, content: bytes, group: str, edge: int, page: int = 0, *, seconds: float | None = None
    ) -> bytes | None:
        """The picture, empty for none; None when the child died or was too slow and is gone."""
        watch = threading.Timer(seconds or SECONDS_EACH, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            head = (
                json.dumps({"group": group, "edge": edge, "page": page, "size": len(content)}).encode()
                + b"\n"
            )
            _pipe(self._process.stdin).write(head + content)
            _pipe(self._process.stdin).flush()
            length = _pipe(self._process.stdout).read(4)
            answer = (
                _pipe(self._process.stdout).read(int.from_bytes(length, "big")) if len(length) == 4 else None
            )
        except OSError:
            return None
        finally:
            watch.cancel()
        return answer

    def interrupt(self) -> None:
        """From another thread than the one that asks, which then gets None."""
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                _pipe(pipe).close()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError
    return pipe


def worker_command() -> list[str]:
    """The program itself as the child; a frozen one is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_WORD]
    return [sys.executable, "-m", "qsin_desktop", WORKER_WORD]
