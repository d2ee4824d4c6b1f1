"""An older visit.db at the present schema: brought up after a backup, or in a copy to read; by Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

from qsin_desktop.store.backups import make_backup
from qsin_desktop.store.tables import SCHEMA_VERSION
from qsin_desktop.store.visit_file import VisitDamaged, VisitFile

if TYPE_CHECKING:
    from datetime import datetime

    from alembic.config import Config
    from sqlalchemy import Connection

    from qsin_desktop.store.data_key import DataKey
    from qsin_desktop.store.folder import VisitFolder

STEPS = Path(__file__).with_name("migrations")


def bring_up_to_date(file: VisitFile, folder: VisitFolder, data_key: DataKey, now: datetime) -> None:
    """Back up, then take every step between the file's version and this program's, in one commit.

    A file that claims version 0 was never finished and is refused as damaged.
    """
    if file.version < 1:
        raise VisitDamaged(f"The database of “{folder.title}” was never finished; it was left as it is.")
    make_backup(folder, data_key, now)
    migrate(file, file.version)


def bring_copy_up(database: Path, key: bytes) -> None:
    """The same without a backup, for a copy that was just made of one. A newer file is left as it is."""
    file = VisitFile(database, key)
    try:
        if 1 <= file.version < SCHEMA_VERSION:
            migrate(file, file.version)
    finally:
        file.close()


def opened_to_read(path: Path, key: bytes) -> VisitFile:
    """For reading, at the present schema: an older file is brought up in a copy in memory and left as it is.

    Raises the refusals of `VisitFile`; a newer file comes as it is.
    """
    file = VisitFile(path, key, read_only=True)
    if not 1 <= file.version < SCHEMA_VERSION:
        return file
    try:
        copy = file.copy_in_memory()
    finally:
        file.close()
    try:
        migrate(copy, copy.version)
        return copy.to_read()
    finally:
        copy.close()


def migrate(file: VisitFile, version: int) -> None:
    """Alembic's revision names are the schema versions, zero-padded: 0001, 0002, ..."""
    # Alembic takes a third of a second to import and is hardly ever needed.
    from alembic import command

    with file.writing() as connection:
        config = _config(connection)
        if version:
            command.stamp(config, f"{version:04d}")
        command.upgrade(config, f"{SCHEMA_VERSION:04d}")
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION:d}"))
    file.version = SCHEMA_VERSION


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", STEPS.as_posix().replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
