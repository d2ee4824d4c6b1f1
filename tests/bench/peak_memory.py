"""The most memory this process ever had in use."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.measure import CannotMeasure

_STATUS = Path("/proc/self/status")


def peak_mib() -> float:
    """Raises `CannotMeasure` where the system does not tell.

    On Linux `ru_maxrss` of a started process begins with what its parent had; the kernel's own mark does not.
    """
    if _STATUS.exists():
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        marks = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
        if marks:
            return int(marks[0]) / 1024
    try:
        import resource
    except ImportError:
        raise CannotMeasure("this system does not tell a process its peak of memory") from None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024
