"""Write a text file aside and put it in place whole, never over another one unless asked."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from qsin_desktop.packs.refusals import CannotWrite, FileInTheWay
from qsin_desktop.system.disk import flush_folder, flush_to_disk


def refuse_taken(path: Path, *, overwrite: bool) -> None:
    """Raises `FileInTheWay` for a file that is there, `CannotWrite` for a place that cannot take one."""
    try:
        if path.is_dir():
            raise CannotWrite(path.name, "a folder has this name.")
        if not path.parent.is_dir():
            raise CannotWrite(path.name, "its folder is not there.")
        if path.exists() and not overwrite:
            raise FileInTheWay(path.name)
    except (OSError, ValueError) as error:
        raise CannotWrite(path.name, _why(error)) from None


def write_whole(path: Path, text: str, *, overwrite: bool = False) -> None:
    """UTF-8 with line feeds; raises `FileInTheWay` or `CannotWrite`, and then nothing has changed."""
    refuse_taken(path, overwrite=overwrite)
    aside = path.with_name(f".part-{secrets.token_hex(8)}")
    try:
        _write(aside, text.encode())
        refuse_taken(path, overwrite=overwrite)
        aside.replace(path)
        with suppress(OSError):  # the file is there all the same
            flush_folder(path.parent)
    except OSError as error:
        raise CannotWrite(path.name, _why(error)) from None
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        flush_to_disk(file.fileno())


def _why(error: Exception) -> str:
    return f"{getattr(error, 'strerror', None) or error}.".replace("..", ".")
