"""Tables that do not say what the journal says: told as damage, made anew by a repair, nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.repairing import CannotRepair, look_over, repair
from qsin_desktop.domain.errors import Damage
from qsin_desktop.store.database_state import DatabaseState, state_of
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.keys import unlock
from qsin_desktop.store.visit_file import VisitDamaged
from tests.actions.worked import Worked, files, in_damaged, view, work
from tests.founding import ME, key_file_of, opened

UNOPENED = {
    "a value of another shape": "UPDATE standing SET value = 'true' WHERE type = 'site'",
    "a value that is no JSON": "UPDATE standing SET value = '{' WHERE type = 'note'",
    "a moment of bytes": "UPDATE standing SET at = x'ff' WHERE type = 'note'",
    "a tip of bytes": "UPDATE tips SET chain_hash = x'ff'",
    "a tip before the end": "UPDATE tips SET seq = seq - 1",
    "no tips": "DELETE FROM tips",
}
OPENED = {
    "a note less": "DELETE FROM standing WHERE id = (SELECT max(id) FROM standing WHERE type = 'note')",
    "an act less": "DELETE FROM acts WHERE seq = (SELECT max(seq) FROM acts)",
    "an entry's row of another thing": "UPDATE entries SET entity = 'x' WHERE type = 'note' AND pos % 2",
}


def lasting(path: Path) -> dict[str, bytes]:
    """Without the log and its index, which come and go with a look."""
    return {name: content for name, content in files(path).items() if not name.endswith(("-wal", "-shm"))}


def tampered(path: Path, statement: str) -> None:
    with opened(path) as visit, visit.store.file.writing() as connection:
        assert connection.execute(text(statement)).rowcount


def state(path: Path) -> DatabaseState:
    folder = VisitFolder(path)
    return state_of(folder, unlock(folder, key_file=key_file_of(path), use_keyring=False))


@pytest.mark.parametrize("what", UNOPENED)
def test_tables_that_nothing_can_be_read_from_are_told_and_repaired(what: str, worked: Worked) -> None:
    tampered(worked.path, UNOPENED[what])
    stood = lasting(worked.path)
    for reading in (True, False):
        with pytest.raises(VisitDamaged, match="“Repair”"):
            opened(worked.path, reading=reading)
    assert state(worked.path) is DatabaseState.TABLES
    assert "do not say what its journal says" in look_over(worked.path).affected[0]
    assert lasting(worked.path) == stood
    assert repair(worked.path, identity=ME).entries == worked.now[1]
    assert view(worked.path) == worked.now
    assert in_damaged(worked.path, stood["visit.db"])
    with opened(worked.path) as visit:
        assert check_visit(visit).sound
        work(visit, 1, first=99)


@pytest.mark.parametrize("what", OPENED)
def test_tables_that_say_less_are_found_by_a_look_and_repaired(what: str, worked: Worked) -> None:
    assert state(worked.path) is DatabaseState.WHOLE
    tampered(worked.path, OPENED[what])
    assert state(worked.path) is DatabaseState.TABLES
    assert repair(worked.path, identity=ME).database
    assert view(worked.path) == worked.now
    assert state(worked.path) is DatabaseState.WHOLE


def test_a_visit_whose_pack_is_lost_is_not_called_repaired(worked: Worked) -> None:
    with opened(worked.path) as visit, visit.store.file.writing() as connection:
        connection.execute(text("UPDATE entries SET body = x'00' WHERE field = 'pack'"))
        connection.execute(text("DELETE FROM standing WHERE field = 'pack'"))
    shutil.rmtree(worked.path / "backups")
    stood = lasting(worked.path)
    with pytest.raises(Damage, match="holds no standards pack"):
        opened(worked.path)
    with pytest.raises(CannotRepair, match="has lost its standards pack"):
        repair(worked.path, identity=ME)
    assert lasting(worked.path) == stood
