"""When the process itself dies: where it was is noted, what was in its memory is not written out.

A note holds places in the program only, never values. The system is asked not to keep an image of the memory,
in which a visit lies open.
"""

from __future__ import annotations

import faulthandler
from pathlib import Path
from typing import TextIO

from qsin_desktop.system.limits import leave_no_memory_behind

CRASH_NAME = "qsin-desktop.crash"
_MOST = 256 * 1024

_note: TextIO | None = None


def note_crashes(home: Path) -> Path | None:
    """Let a fatal fault write its places to a file in `home`; None when that cannot be written."""
    global _note  # noqa: PLW0603  (the interpreter writes to it as it dies, so it must stay open)
    leave_no_memory_behind()
    path = home / CRASH_NAME
    try:
        home.mkdir(parents=True, exist_ok=True)
        long = path.is_file() and path.stat().st_size > _MOST
        opened = path.open("w" if long else "a", encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(opened, all_threads=True)
    if _note is not None:
        _note.close()
    _note = opened
    return path


def stop_noting() -> None:
    """Close the file; a second call does nothing."""
    global _note  # noqa: PLW0603  (as above)
    faulthandler.disable()
    if _note is not None:
        _note.close()
        _note = None
