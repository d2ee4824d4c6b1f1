"""For reading: what stands, by this program's table of fields, also where another program found it."""

from __future__ import annotations

from qsin_desktop.journal.fields import table_mark
from qsin_desktop.store.tables import SCHEMA_VERSION
from qsin_desktop.store.visit_file import VisitFile
from qsin_desktop.store.visit_store import TABLE_NOTE, VisitStore


def projected_here(file: VisitFile) -> VisitFile:
    """The file itself, or in its place, which is closed then, a copy in memory with its rows made anew.

    What a newer schema holds is shown as that program left it.
    """
    if file.noted(TABLE_NOTE) == table_mark() or file.version > SCHEMA_VERSION:
        return file
    try:
        copy = file.copy_in_memory()
    finally:
        file.close()
    try:
        VisitStore(copy, copy.visit_id()).rebuild()
        return copy.to_read()
    finally:
        copy.close()
