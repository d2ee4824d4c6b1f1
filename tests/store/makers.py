"""What the tests of the store make: cheap keys, folders, somebody without root's rights."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.keys import KdfCost, create_keys

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
WORDS = "four plain words here"


def made_visit(path: Path) -> tuple[VisitFolder, DataKey]:
    """A visit folder with keys and something in the place of its database."""
    folder = VisitFolder.create(path)
    data_key = create_keys(folder, passphrase=WORDS, cost=CHEAP)
    folder.database.write_bytes(b"stands for a database")
    return folder, data_key


@contextmanager
def somebody() -> Iterator[None]:
    """Rights count for nothing where the tests run as root, so step down for a while."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are tried where they are POSIX")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def open_place() -> Iterator[Path]:
    """A folder that anybody may enter and write; pytest's own are closed to others."""
    place = Path(tempfile.mkdtemp(prefix="qsin-open-"))
    place.chmod(0o777)
    try:
        yield place
    finally:
        for each in (place, *place.rglob("*")):
            if not each.is_symlink():
                each.chmod(0o777)
        shutil.rmtree(place)


@contextmanager
def small_drive(place: Path, *, megabytes: int) -> Iterator[Path]:
    """A drive that is soon full, where the system lets us have one."""
    drive = place / "drive"
    drive.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(drive)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a drive of our own needs rights")
    try:
        yield drive
    finally:
        subprocess.run(["umount", "--lazy", str(drive)], check=True)


def tree(place: Path) -> set[str]:
    """Every file below, as text."""
    return {each.relative_to(place).as_posix() for each in place.rglob("*") if each.is_file()}
