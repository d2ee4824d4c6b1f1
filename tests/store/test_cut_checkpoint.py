"""The power went while the log was played into the database: its pages are half, the log has them whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from qsin_desktop.store import tables
from qsin_desktop.store.cipher_pages import PAGE_BYTES, pages_taken
from qsin_desktop.store.looking import look
from qsin_desktop.store.visit_file import VisitDamaged, VisitFile
from tests.store.desks import KEY

SECTOR = 512


@pytest.fixture
def torn(tmp_path: Path) -> Path:
    """Every page that the log holds is half the old one and half the new one in the file."""
    made = VisitFile(tmp_path / "made.db", KEY)
    made.create_tables("v")
    made.close()
    torn = tmp_path / "A.qsin" / "visit.db"
    torn.parent.mkdir()
    file = VisitFile(tmp_path / "made.db", KEY)
    with file.writing() as connection:
        for number in range(40):
            connection.execute(insert(tables.about), {"name": str(number), "value": "x" * 3000})
    for end in ("", "-wal"):
        shutil.copy(tmp_path / f"made.db{end}", torn.with_name(torn.name + end))
    file.close()
    with torn.open("r+b") as half:
        for number, page in pages_taken(torn.with_name("visit.db-wal")).items():
            half.seek((number - 1) * PAGE_BYTES)
            half.write(page[: 3 * SECTOR])
    return torn


def said(file: VisitFile) -> int:
    with file.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM about")).scalar_one())


def test_the_first_page_is_among_them(torn: Path) -> None:
    assert 1 in pages_taken(torn.with_name("visit.db-wal"))


@pytest.mark.parametrize("read_only", [True, False])
def test_it_opens_and_is_sound(torn: Path, *, read_only: bool) -> None:
    look(torn, KEY, "A")
    file = VisitFile(torn, KEY, read_only=read_only)
    assert file.is_sound()
    assert said(file) == 41
    file.close()


def test_after_closing_the_file_has_them_whole(torn: Path) -> None:
    VisitFile(torn, KEY).close()
    assert not torn.with_name("visit.db-wal").exists()
    file = VisitFile(torn, KEY, read_only=True)
    assert file.is_sound()
    assert said(file) == 41
    file.close()


def test_a_damaged_page_that_the_log_does_not_hold_is_still_damage(torn: Path) -> None:
    taken = pages_taken(torn.with_name("visit.db-wal"))
    other = next(n for n in range(2, torn.stat().st_size // PAGE_BYTES) if n not in taken)
    with torn.open("r+b") as file:
        file.seek((other - 1) * PAGE_BYTES + 100)
        file.write(b"spoilt")
    opened = VisitFile(torn, KEY)
    try:
        assert not opened.is_sound()
    except VisitDamaged:
        pass
    finally:
        opened.close()


def test_a_first_page_that_is_nowhere_whole_is_damage(torn: Path) -> None:
    torn.with_name("visit.db-wal").unlink()
    with pytest.raises(VisitDamaged):
        look(torn, KEY, "A")
