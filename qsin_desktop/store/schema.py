"""Brings an older visit.db up to the present schema, after a backup; the steps are Alembic's."""

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
