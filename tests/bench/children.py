"""Whole processes: started afresh, timed from outside, on an invisible platform or a virtual screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import CannotMeasure
from tests.bench.timing import Sample

ROOT = Path(__file__).resolve().parents[2]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def environment(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """A person's own settings stay out, and compiled modules are kept as an installed program keeps them."""
    kept = {
        name: text for name, text in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "DISPLAY")
    }
    own = {"QSIN_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    return {**kept, **own, **more}


def command(program: str, words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", f"tests.bench.programs.{program}", *words]


def said(program: str, words: Sequence[str], env: Mapping[str, str]) -> str:
    """What a program prints until it ends; raises `CalledProcessError`, its own words on stderr."""
    done = subprocess.run(
        command(program, words), cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    return done.stdout


def until_said(program: str, words: Sequence[str], env: Mapping[str, str]) -> Sample:
    """From the spawn until the program's first line, which holds its CPU seconds."""
    began = time.perf_counter()
    with subprocess.Popen(
        command(program, words), cwd=ROOT, env=env, stdout=subprocess.PIPE, encoding="utf-8"
    ) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        wall = time.perf_counter() - began
    if not line.strip():
        raise subprocess.CalledProcessError(child.returncode, program)
    return Sample(wall, float(line))


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """The environment for a screen of 1366 × 768 that nobody sees; raises `CannotMeasure` without Xvfb."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        raise CannotMeasure("needs Xvfb")
    words = [xvfb, "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as screen:
        try:
            assert screen.stdout is not None
            number = screen.stdout.readline().strip()
            if not number:
                raise CannotMeasure("Xvfb did not start")
            yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
        finally:
            screen.terminate()
