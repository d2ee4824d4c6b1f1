"""A rename is on the disk only once its folder is: asked of every room that puts files in place."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qsin_desktop.packs.whole_files import write_whole
from qsin_desktop.report.placing import What, put_in_place
from qsin_desktop.settings import Settings, SettingsFile
from qsin_desktop.store.durable import write_aside
from qsin_desktop.system.disk import flush_folder, hold, is_held


def in_report(path: Path) -> None:
    with put_in_place(path, What.REPORT) as out:
        out.write(b"x")


WRITERS: dict[str, Callable[[Path], object]] = {
    "settings.json": lambda path: SettingsFile(path.parent).save(Settings()),
    "pack.yaml": lambda path: write_whole(path, "x"),
    "report.pdf": in_report,
    "keys.json": lambda path: write_aside(path, b"x"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other calls, or none")
@pytest.mark.parametrize("name", WRITERS)
def test_the_file_then_its_name_are_brought_to_the_disk(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(number: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        real_sync(number)

    def rename(old: str | Path, new: str | Path) -> None:
        seen.append("rename")
        real_replace(old, new)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", rename)
    WRITERS[name](tmp_path / name)
    assert (tmp_path / name).is_file()
    assert seen == ["file", "rename", "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps what is open by itself")
def test_a_file_is_held_until_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with path.open("wb") as file:
        assert not is_held(path)
        hold(file.fileno())
        assert is_held(path)
    assert not is_held(path)
    assert not is_held(tmp_path / "gone")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no call to flush a folder")
def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        flush_folder(tmp_path / "gone")
