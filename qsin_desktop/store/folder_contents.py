"""What lies in a visit's folder that is none of its own: a person's notes, a synchroniser's copies."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from qsin_desktop.store.aside import ASIDE_NAME
from qsin_desktop.store.damaged import DAMAGED_NAME, LOG_ENDINGS
from qsin_desktop.store.durable import ASIDE_PREFIX
from qsin_desktop.store.folder import BACKUPS_NAME, DATABASE_NAME, EXHIBITS_NAME, REACHED_NAME, VisitFolder
from qsin_desktop.store.keys_file import KEYS_NAME
from qsin_desktop.store.making import MAKING_NAME
from qsin_desktop.store.previews import PREVIEWS_NAME
from qsin_desktop.store.writer_lock import LOCK_NAME, WRITER_NAME

_OWN: Final = frozenset(
    {
        *(DATABASE_NAME + ending for ending in ("", *LOG_ENDINGS)),
        *(KEYS_NAME, REACHED_NAME, LOCK_NAME, WRITER_NAME, MAKING_NAME),
        *(EXHIBITS_NAME, BACKUPS_NAME, ASIDE_NAME, DAMAGED_NAME, PREVIEWS_NAME),
    }
)


def foreign_names(folder: VisitFolder) -> tuple[str, ...]:
    """Names at the top of the folder; none when it cannot be listed."""
    with suppress(OSError):
        names = (path.name for path in folder.path.iterdir())
        return tuple(sorted(name for name in names if name not in _OWN and not name.startswith(ASIDE_PREFIX)))
    return ()
