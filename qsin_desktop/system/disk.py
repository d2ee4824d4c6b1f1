"""Bytes and renames brought to the disk itself, and a file held while it is written."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

# Folders that cannot be flushed say so with one of these (network drives, some FUSE mounts).
_NO_FLUSH: Final = frozenset({errno.EINVAL, errno.EBADF, errno.EACCES, errno.ENOSYS, errno.ENOTSUP})


def flush_to_disk(file_number: int) -> None:
    """Return when the bytes are on the medium, not only in a cache."""
    if sys.platform == "darwin":
        import fcntl

        # fsync on macOS stops at the drive's own cache; not every file system knows the stronger call.
        with suppress(OSError):
            fcntl.fcntl(file_number, fcntl.F_FULLFSYNC)
            return
    os.fsync(file_number)


def flush_folder(folder: Path) -> None:
    """Make renames in `folder` durable where the system has a call for it."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(number)
    except OSError as fault:
        if fault.errno not in _NO_FLUSH:
            raise
    finally:
        os.close(number)


def hold(file_number: int) -> None:
    """Say, where the system can, that somebody writes this file now; it ends when the file is closed."""
    if sys.platform != "win32":  # there, a file that is open cannot be removed anyway
        import fcntl

        with suppress(OSError):  # some network drives know no locks
            fcntl.flock(file_number, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_held(path: Path) -> bool:
    """Whether another process writes it; where that cannot be told, only Windows' own refusal tells."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
