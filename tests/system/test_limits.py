"""Limits as a process that has set them on itself meets them."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there the parent's time limit alone holds")

BEGIN = "from qsin_desktop.system.limits import leave_no_memory_behind, limit_this_process\n"


def run(words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BEGIN + words], capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS holds no process to its address space")
def test_memory_ends_in_an_error_that_can_be_told() -> None:
    done = run(
        "limit_this_process(memory=512 * 1024**2, seconds=60)\n"
        "try:\n    bytearray(1024**3)\nexcept MemoryError:\n    print('told')\n"
    )
    assert done.stdout == "told\n"


def test_seconds_count_from_now_on_and_end_the_process() -> None:
    done = run("limit_this_process(memory=2 * 1024**3, seconds=1)\nwhile True:\n    pass\n")
    assert done.returncode < 0


def test_what_was_worked_before_is_no_part_of_them() -> None:
    done = run(
        "import resource, time\n"
        "while time.process_time() < 1.2:\n    pass\n"
        "limit_this_process(memory=2 * 1024**3, seconds=5)\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0])\n"
    )
    assert int(done.stdout) >= 6


def test_a_crash_leaves_no_image_of_the_memory() -> None:
    done = run("leave_no_memory_behind()\nimport resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))\n")
    assert done.stdout == "(0, 0)\n"
