"""What this process may use, and that nothing of its memory is left behind."""

from __future__ import annotations

import sys
from contextlib import suppress


def limit_this_process(*, memory: int, seconds: int) -> None:
    """As a child, to bytes of memory in all and seconds of the processor from now on.

    On Windows the parent's time limit alone holds.
    """
    leave_no_memory_behind()
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, until)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def leave_no_memory_behind() -> None:
    """A crash writes no copy of the memory, and on Windows nobody is offered one to send."""
    if sys.platform == "win32":
        import ctypes

        no_box, no_open_error_box = 0x0002, 0x8000
        ctypes.windll.kernel32.SetErrorMode(no_box | no_open_error_box)
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
