"""Read a small text file, or say in words why it cannot be read."""

from __future__ import annotations

import stat
from pathlib import Path

from qsin_desktop.packs.refusals import PackError

MOST_BYTES = 2 * 1024 * 1024


class FileRefused(Exception):
    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.error = PackError(line, reason)


def read_text(path: Path) -> str:
    """The file's text without its byte order mark; raises `FileRefused`."""
    raw = read_bytes(path, MOST_BYTES, "A standards pack has at most 2 MiB")
    _refuse_other_kinds(raw)
    return decoded(raw)


def read_bytes(path: Path, most: int, limit_words: str) -> bytes:
    """A regular file of at most `most` bytes; raises `FileRefused` for anything else."""
    try:
        size = _size_of_ordinary_file(path)
        with path.open("rb") as file:
            raw = file.read(min(size, most) + 1)  # one more than allowed shows that there is more
    except FileNotFoundError:
        raise FileRefused("there is no such file.") from None
    except PermissionError:
        raise FileRefused("this account may not read it.") from None
    except (OSError, ValueError) as error:
        raise FileRefused(f"it could not be read ({getattr(error, 'strerror', None) or error}).") from None
    if not raw:
        raise FileRefused("the file is empty.")
    if len(raw) > most:
        raise FileRefused(f"the file is too large. {limit_words}.")
    return raw


def decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileRefused("The file is not in UTF-8; save it as UTF-8 text.", line) from None


def _size_of_ordinary_file(path: Path) -> int:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise FileRefused("it is a folder, not a file.")
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused("it is not an ordinary file.")
    return found.st_size


def _refuse_other_kinds(raw: bytes) -> None:
    if raw.startswith(b"PK\x03\x04"):
        raise FileRefused("it is an Excel sheet or an archive; “pack import” makes a pack of a sheet.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("The file is not in UTF-8; save it as UTF-8 text.", 1)
