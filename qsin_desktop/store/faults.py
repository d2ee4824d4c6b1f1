"""What disks and drives refuse, told in a sentence: full, read-only, forbidden, gone, in use."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from qsin_desktop.domain.errors import Refusal


class DiskFull(Refusal):
    brief = "disk full"


class PlaceForbidden(Refusal):
    """No permission, or the place takes no writing at all."""

    brief = "no permission"


class PlaceGone(Refusal):
    """The file, folder or drive is no longer there, or stopped answering."""

    brief = "drive gone"


class FileInUse(Refusal):
    """Another program holds the file."""

    brief = "in use elsewhere"


class DiskFault(Refusal):
    """Anything else the system said."""

    brief = "disk fault"


_Told = tuple[type[Refusal], str, str]

_FULL: Final[_Told] = (DiskFull, "the disk is full", "Free some space and try again.")
_FORBIDDEN: Final[_Told] = (
    PlaceForbidden,
    "permission was refused",
    "Choose another place, or ask for the right to use this one.",
)
_READ_ONLY: Final[_Told] = (PlaceForbidden, "the place is read-only", "Choose another place.")
_GONE: Final[_Told] = (
    PlaceGone,
    "it is no longer there",
    "Check that the drive or stick is connected and try again.",
)
_SILENT: Final[_Told] = (
    PlaceGone,
    "the drive stopped answering",
    "Check that it is connected and try again.",
)
_TOO_LONG: Final[_Told] = (
    DiskFault,
    "the name or the path is too long",
    "Choose a shorter name or a place nearer to the top of the drive.",
)
_TOO_LARGE: Final[_Told] = (DiskFault, "the file is too large for this drive", "Choose another drive.")
_IN_USE: Final[_Told] = (FileInUse, "another program has it open", "Close it there and try again.")

# A share that dropped, by way of the system's own client or of a file system in user space.
_OF_A_NETWORK: Final = (
    *("ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENETRESET"),
    *("ECONNRESET", "ECONNABORTED", "ECONNREFUSED", "ESHUTDOWN", "EREMOTEIO", "ENOMEDIUM", "ENOLINK"),
)
_BY_ERRNO: Final[dict[int, _Told]] = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EFBIG: _TOO_LARGE,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _READ_ONLY,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.EIO: _SILENT,
    errno.ENODEV: _SILENT,
    errno.ENXIO: _SILENT,
    **{getattr(errno, name, errno.EIO): _SILENT for name in _OF_A_NETWORK},
    getattr(errno, "ESTALE", errno.EIO): _SILENT,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
}
_NO_ROOM: Final = 64 << 10  # bytes: a cluster of a stick
# Windows tells more than errno keeps: sharing and lock violations, drive not ready, disk full, path too long.
_BY_WINERROR: Final[dict[int, _Told]] = {
    32: _IN_USE,
    33: _IN_USE,
    19: _READ_ONLY,
    21: _SILENT,
    53: _SILENT,
    55: _SILENT,
    64: _SILENT,
    1117: _SILENT,
    **dict.fromkeys((51, 54, 59, 67, 121, 1167, 1231, 1232, 1236), _SILENT),  # the network's
    39: _FULL,
    112: _FULL,
    206: _TOO_LONG,
}


def full_if_no_room(fault: OSError, folder: Path) -> OSError:
    """Some file systems in user space refuse permission where they mean that nothing more fits.

    To be asked before a half file is taken away, for then there is room again.
    """
    if fault.errno in (errno.EPERM, errno.EACCES):
        with suppress(OSError):
            if shutil.disk_usage(folder).free < _NO_ROOM:
                return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), fault.filename)
    return fault


def refusal_for(fault: OSError, what: str, *, safe: str = "Nothing was changed.") -> Refusal:
    """The refusal for a fault of the system; `what` failed, e.g. “keys.json” could not be written."""
    told = _BY_WINERROR.get(getattr(fault, "winerror", None) or 0) or _BY_ERRNO.get(fault.errno or 0)
    kind, reason, advice = told or (DiskFault, f"the system said “{_said(fault)}”", "Try again.")
    return kind(" ".join(part for part in (f"{what}: {reason}.", safe, advice) if part))


def fault_of_a_place(fault: BaseException) -> Refusal | None:
    """The sentence for a drive or share that stopped answering where nobody asked it; None for all else."""
    if not isinstance(fault, OSError):
        return None
    told = _BY_WINERROR.get(getattr(fault, "winerror", None) or 0) or _BY_ERRNO.get(fault.errno or 0)
    if told is not _SILENT:
        return None
    what = f"“{fault.filename}” could not be reached" if fault.filename else "A file could not be reached"
    return refusal_for(fault, what, safe="What was saved before is safe.")


def _said(fault: OSError) -> str:
    return str(fault.strerror or fault).rstrip(".")
