"""Starts the driven window as a child process, hears what it tells, and ends it when asked."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.faults.telling import heard
from tests.faults.visits import Laptop

ROOT = Path(__file__).resolve().parents[2]
_LONGEST_START = 90.0


def environment(laptop: Laptop) -> dict[str, str]:
    """No screen, no keyring, and temporary files in a place that can be looked at."""
    temporary = laptop.folder / "temporary"
    temporary.mkdir(exist_ok=True)
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "TMPDIR": str(temporary),
        "QSIN_HOME": str(laptop.home),
    }


class DrivenWindow:
    """One run of tests/faults/driven.py. Use it as a context: the process ends with it, whatever happens."""

    def __init__(
        self,
        laptop: Laptop,
        seed: int,
        files: Sequence[Path],
        *,
        first: str = "",
        before: Sequence[str] = (),
    ) -> None:
        command = [*before, sys.executable, "-m", "tests.faults.driven"]
        command += [*(("--first", first) if first else ()), str(laptop.folder), str(seed)]
        self.began_at = time.monotonic()
        self._process = subprocess.Popen(
            [*command, *map(str, files)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=environment(laptop),
        )
        self._lines = bytearray()
        self._errors = b""
        self._readers = [threading.Thread(target=read) for read in (self._read, self._read_errors)]
        for reader in self._readers:
            reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while block := os.read(self._process.stdout.fileno(), 1 << 16):
            self._lines += block

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        self._errors = self._process.stderr.read()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def told(self) -> list[Mapping[str, Any]]:
        return [*heard(bytes(self._lines))]

    @property
    def errors(self) -> str:
        return self._errors.decode(errors="replace")

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def wait_for(self, is_it: Callable[[Mapping[str, Any]], bool], seconds: float = _LONGEST_START) -> bool:
        """Until such a line was told; False when the process ended or the time is over."""
        until, seen = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            told = self.told
            if any(map(is_it, told[seen:])):
                return True
            seen = len(told)
            if self.ended:
                return False
            time.sleep(0.01)
        return False

    def kill(self) -> float:
        """At once and without a word to it; answers when."""
        at = time.monotonic()
        self._process.kill()
        self._process.wait()
        self._join()
        return at

    def _join(self) -> None:
        for reader in self._readers:
            reader.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.ended:
            self._process.kill()
        self._process.wait()
        self._join()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
