"""What is attached: a regular file or a stream, read once; what is wrong with it is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.faults import refusal_for

_KINDS: Final = (
    (stat.S_ISDIR, "is a folder; attach the files in it"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


class CannotAttach(Refusal):
    """This file cannot become an exhibit; nothing was added. `why` follows its name in a sentence."""

    def __init__(self, name: str, why: str) -> None:
        self.why = why
        super().__init__(f"“{name}” {why}. Nothing was added.")


class SourceMissing(CannotAttach):
    pass


class SourceUnfit(CannotAttach):
    """Not a regular file, or an empty one."""


class SourceTooLarge(CannotAttach):
    def __init__(self, name: str, limit: int) -> None:
        super().__init__(name, f"is larger than {said_size(limit)}, the most that one exhibit may have")


class SourceChanged(CannotAttach):
    def __init__(self, name: str) -> None:
        super().__init__(
            name, "changed while it was being copied; close it in other programs and attach it again"
        )


@dataclass(frozen=True)
class Source:
    """An open source. `total` is its size in bytes when it is known beforehand."""

    name: str
    total: int | None
    stream: BinaryIO
    _before: os.stat_result | None

    def read_into(self, room: memoryview) -> int:
        """Bytes read, 0 at the end. A fault of the medium is a `Refusal`."""
        try:
            got = self.stream.readinto(room)  # type: ignore[attr-defined]  # files and BytesIO have it
        except OSError as fault:
            raise refusal_for(fault, f"“{self.name}” could not be read to its end", safe=_SAFE) from fault
        return got or 0

    def check(self, read: int, *, limit: int, ended: bool = False) -> None:
        """Raises when more, or at the end other, than was promised came so far."""
        if read > limit:
            raise SourceTooLarge(self.name, limit)
        if self.total is not None and (read > self.total or (ended and read != self.total)):
            raise SourceChanged(self.name)
        if (
            ended
            and self._before is not None
            and _mark(os.fstat(self.stream.fileno())) != _mark(self._before)
        ):
            raise SourceChanged(self.name)
        if ended and read == 0:
            raise SourceUnfit(self.name, _EMPTY)


_SAFE: Final = "Nothing was added."
_EMPTY: Final = "is empty (0 bytes)"


@contextmanager
def opened(source: Path | BinaryIO, *, name: str | None, limit: int) -> Iterator[Source]:
    """The source ready to be read; a stream is left open and read from where it stands."""
    if not isinstance(source, Path):
        yield Source(name or "pasted file", None, source, None)
        return
    shown = name or source.name or str(source)
    refuse_unfit(source, shown, limit)
    try:
        stream = source.open("rb", buffering=0)
    except FileNotFoundError:
        raise SourceMissing(shown, _MISSING) from None
    except OSError as fault:
        raise refusal_for(fault, f"“{shown}” could not be read", safe=_SAFE) from fault
    with stream:
        before = os.fstat(stream.fileno())
        yield Source(shown, before.st_size, stream, before)


_MISSING: Final = "is no longer there; it may have been moved, or its drive taken out"


def refuse_unfit(path: Path, shown: str, limit: int) -> None:
    """By what a look at the place says; raises `CannotAttach`, or a disk's refusal."""
    try:
        found = path.stat()
    except (FileNotFoundError, ValueError):  # a name with a zero byte can be no file's
        raise SourceMissing(shown, _MISSING) from None
    except OSError as fault:
        raise refusal_for(fault, f"“{shown}” could not be read", safe=_SAFE) from fault
    for is_kind, what in _KINDS:
        if is_kind(found.st_mode):
            raise SourceUnfit(shown, what)
    if found.st_size == 0:
        raise SourceUnfit(shown, _EMPTY)
    if found.st_size > limit:
        raise SourceTooLarge(shown, limit)


def _mark(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns


def said_size(size: int) -> str:
    """E.g. “2 GiB”, “8 MiB”, “900 bytes”."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size:,} bytes"
