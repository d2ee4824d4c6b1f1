"""Who may import whom: the contracts of pyproject.toml, and two things they cannot say."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent

WITHOUT_QT = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "qtawesome"}:
            raise AssertionError(f"{name} was asked for")

sys.meta_path.insert(0, NoQt())
import importlib, pkgutil, qsin_desktop
room = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(found.name)
print("imported", room.__name__)
"""


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("qsin_desktop", include_external_packages=True, cache_dir=None)


def test_each_room_imports_only_rooms_below_it() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_domain_stands_on_the_standard_library_alone() -> None:
    rooms = {"qsin_desktop.domain"} | graph().find_descendants("qsin_desktop.domain")
    asked = {
        (room, module)
        for room in rooms
        for module in graph().find_modules_directly_imported_by(room)
        if module.partition(".")[0] not in sys.stdlib_module_names and module not in rooms
    }
    assert asked == set()


@pytest.mark.parametrize("room", ["domain", "journal", "store", "report", "packs", "actions", "example"])
def test_the_program_can_be_had_without_a_window(room: str) -> None:
    command = [sys.executable, "-c", WITHOUT_QT, f"qsin_desktop.{room}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == f"imported qsin_desktop.{room}\n", done.stderr
