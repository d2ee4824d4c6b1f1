from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import sqlcipher3
from sqlalchemy import insert, text

from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal
from qsin_desktop.store import tables
from qsin_desktop.store.faults import DiskFull, FileInUse, PlaceForbidden
from qsin_desktop.store.visit_file import VisitDamaged, VisitFile, database_faults
from tests.store.desks import KEY, more_pages, no_more_pages, pragma
from tests.store.makers import small_drive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "Thames Estuary 2026.qsin"
    folder.mkdir()
    file = VisitFile(folder / "visit.db", KEY)
    file.create_tables("v1")
    file.close()
    return folder / "visit.db"


def said(file: VisitFile, words: str) -> None:
    with file.writing() as connection:
        connection.execute(insert(tables.about), {"name": words, "value": words})


def about(file: VisitFile) -> set[str]:
    with file.reading() as connection:
        return set(connection.execute(text("SELECT name FROM about")).scalars()) - {"visit"}


def test_commits_are_durable_and_readers_do_not_wait(path: Path) -> None:
    file = VisitFile(path, KEY)
    assert (pragma(file, "journal_mode"), pragma(file, "synchronous"), pragma(file, "foreign_keys")) == (
        "wal",
        2,
        1,
    )
    assert pragma(file, "cipher_version")
    assert (file.version, file.visit_id()) == (tables.SCHEMA_VERSION, "v1")
    said(file, "a")
    other = VisitFile(path, KEY, read_only=True)
    assert about(other) == {"a"}
    file.close()
    other.close()


def test_nothing_in_the_file_can_be_read_without_the_key(path: Path) -> None:
    file = VisitFile(path, KEY)
    said(file, "patients and carers")
    log = path.with_name("visit.db-wal").read_bytes()
    file.close()
    for content in (path.read_bytes(), log):
        assert b"patients" not in content
        assert b"SQLite format" not in content
        assert b"CREATE TABLE" not in content


def test_closing_leaves_one_file(path: Path) -> None:
    file = VisitFile(path, KEY)
    said(file, "a")
    assert path.with_name("visit.db-wal").exists()
    file.close()
    assert [each.name for each in path.parent.iterdir()] == ["visit.db"]


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("content", ["another key", b"x" * 9000, bytes(9000), "half"])
def test_what_does_not_open_is_damaged_left_alone_and_not_held_open(
    content: bytes | str, read_only: bool, path: Path
) -> None:
    key = b"!" * 32 if content == "another key" else KEY
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "half":
        os.truncate(path, 9000)
    before = path.read_bytes()
    with pytest.raises(VisitDamaged, match="“Thames Estuary 2026” is damaged or does not fit its keys"):
        VisitFile(path, key, read_only=read_only)
    assert path.read_bytes() == before
    if sys.platform == "linux":
        assert path not in {Path(f"/proc/self/fd/{number}").resolve() for number in range(64)}


def test_reading_is_all_that_a_reader_may_do(path: Path) -> None:
    file = VisitFile(path, KEY, read_only=True)
    with pytest.raises(ReadOnlyVisit, match="Nothing was changed"), file.writing():
        pytest.fail("must not come here")
    file.close()


def test_what_is_not_finished_is_not_there(path: Path) -> None:
    file = VisitFile(path, KEY)
    with suppress(KeyboardInterrupt), file.writing() as connection:
        connection.execute(insert(tables.about), {"name": "a", "value": "a"})
        raise KeyboardInterrupt
    assert about(file) == set()
    said(file, "b")
    assert about(file) == {"b"}
    file.close()


def test_a_bug_of_ours_is_not_told_as_a_fault_of_the_disk(path: Path) -> None:
    file = VisitFile(path, KEY)
    said(file, "a")
    with pytest.raises(sqlcipher3.IntegrityError):
        said(file, "a")
    assert about(file) == {"a"}
    file.close()


def test_reading_ends_even_when_it_fails(path: Path) -> None:
    file = VisitFile(path, KEY)
    with suppress(KeyboardInterrupt), file.reading() as connection:
        connection.execute(text("SELECT 1 FROM about"))
        raise KeyboardInterrupt
    assert not file.connection.in_transaction()
    file.close()


def test_a_full_disk_is_told_and_the_next_write_goes_on(path: Path) -> None:
    file = VisitFile(path, KEY)
    no_more_pages(file)
    with pytest.raises(DiskFull, match="Everything saved before is safe"):
        said(file, "x" * 50_000)
    said(file, "small")
    more_pages(file)
    said(file, "x" * 50_000)
    assert about(file) == {"small", "x" * 50_000}
    file.close()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database or disk is full", DiskFull),
        ("attempt to write a readonly database", PlaceForbidden),
        ("unable to open database file", PlaceForbidden),
        ("database is locked", FileInUse),
        ("file is not a database", VisitDamaged),
        ("database disk image is malformed", VisitDamaged),
        ("vtable constructor failed: search", VisitDamaged),
        ("Could not decode to UTF-8 column 'x'", VisitDamaged),
        ("something quite new", VisitDamaged),
    ],
)
def test_what_the_database_says_becomes_a_sentence(words: str, kind: type[Refusal], tmp_path: Path) -> None:
    with pytest.raises(kind) as caught, database_faults(tmp_path / "A visit.qsin"):
        raise sqlcipher3.OperationalError(words)
    assert "“A visit”" in caught.value.sentence


def test_an_io_error_on_a_full_disk_is_a_full_disk(tmp_path: Path) -> None:
    with small_drive(tmp_path, megabytes=1) as drive:
        (drive / "filler").write_bytes(bytes(900_000))
        with pytest.raises(DiskFull), database_faults(drive):
            raise sqlcipher3.OperationalError("disk I/O error")
    with pytest.raises(Refusal, match="stopped answering"), database_faults(tmp_path):
        raise sqlcipher3.OperationalError("disk I/O error")


CUT_OFF = """
import os, sys
from pathlib import Path
from sqlalchemy import insert
from qsin_desktop.store import tables
from qsin_desktop.store.visit_file import VisitFile
file = VisitFile(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
with file.writing() as connection:
    connection.execute(insert(tables.about), {"name": "in the log", "value": "x"})
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills and mounts")
@pytest.mark.parametrize("left", ["log and index", "log"])
def test_work_still_in_the_log_is_read_on_media_that_take_no_writing(
    left: str, path: Path, tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-c", CUT_OFF, str(path), KEY.hex()], check=False)
    assert path.with_name("visit.db-wal").stat().st_size > 0
    with small_drive(tmp_path, megabytes=4) as drive:
        for each in path.parent.iterdir():
            if not (left == "log" and each.suffix == ".db-shm"):
                shutil.copy(each, drive)
        subprocess.run(["mount", "-o", "remount,ro", str(drive)], check=True)
        file = VisitFile(drive / "visit.db", KEY, read_only=True)
        assert about(file) == {"in the log"}
        assert file.is_sound()
        file.close()


@pytest.mark.skipif(os.name != "posix", reason="mounts")
@pytest.mark.parametrize("how", ["ro", "full"])
def test_a_file_at_rest_is_read_where_nothing_can_be_written(how: str, path: Path, tmp_path: Path) -> None:
    with small_drive(tmp_path, megabytes=1) as drive:
        shutil.copy(path, drive)
        if how == "ro":
            subprocess.run(["mount", "-o", "remount,ro", str(drive)], check=True)
        else:
            with suppress(OSError), (drive / "filler").open("wb", buffering=0) as out:
                while True:
                    out.write(bytes(4096))
        file = VisitFile(drive / "visit.db", KEY, read_only=True)
        assert file.visit_id() == "v1"
        file.close()
        assert not [*drive.glob(".part-*")]


def test_a_sound_file_is_sound_and_a_flipped_bit_is_not(path: Path) -> None:
    file = VisitFile(path, KEY, read_only=True)
    assert file.is_sound()
    file.close()
    content = bytearray(path.read_bytes())
    content[-2000] ^= 1
    path.write_bytes(content)
    file = VisitFile(path, KEY, read_only=True)
    assert not sound(file)
    file.close()


def sound(file: VisitFile) -> bool:
    try:
        return file.is_sound()
    except VisitDamaged:
        return False


def test_a_database_that_does_not_say_whose_it_is(path: Path) -> None:
    file = VisitFile(path, KEY)
    with file.writing() as connection:
        connection.execute(text("DELETE FROM about"))
    with pytest.raises(VisitDamaged, match="does not say which visit"):
        file.visit_id()
    file.close()


def test_another_program_that_writes_is_not_waited_for_long(path: Path) -> None:
    """The window stands still meanwhile, and the words are tried again by themselves."""
    file, other = VisitFile(path, KEY), VisitFile(path, KEY)
    with other.writing() as connection:
        connection.execute(insert(tables.about), {"name": "theirs", "value": ""})
        with pytest.raises(FileInUse, match="another program"):
            said(file, "ours")
    said(file, "ours")
    file.make_pages_anew()  # which is patient, for there the whole file is at stake
    assert pragma(file, "busy_timeout") < 1_000
    assert about(file) == {"ours", "theirs"}
    other.close()
    file.close()
