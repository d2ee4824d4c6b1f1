"""A visit's own files under the names that a synchroniser or a file manager gives them: “keys (1).json”."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Final

# Logs of a database go with the one name they were written for, and are no database by themselves.
_LOGS: Final = re.compile(r"-(wal|shm|journal)\b", re.IGNORECASE)


def renamed_copies(path: Path) -> tuple[Path, ...]:
    """Files beside `path` whose names are made of its own, the latest written first; `path` is not one.

    “keys (1).json”, “keys 2.json”, “keys-LAPTOP.json”, “keys.sync-conflict-20261124.json”, “keys.json.bak”.
    """
    pattern = re.compile(rf"{re.escape(path.stem)}(?![^\W_]).*{re.escape(path.suffix)}.*", re.IGNORECASE)
    found = []
    with suppress(OSError):
        for each in path.parent.iterdir():
            if each.name != path.name and pattern.fullmatch(each.name) and not _LOGS.search(each.name):
                with suppress(OSError):
                    if each.is_file():
                        found.append((each.stat().st_mtime_ns, each))
    return tuple(each for _, each in sorted(found, reverse=True))
