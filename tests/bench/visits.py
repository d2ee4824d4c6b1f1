"""The large visits: built once, kept under the bench's folder, copied for whoever writes in one."""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from pathlib import Path

from qsin_desktop.store.folder import VisitFolder
from tests.bench.size import Size
from tests.bench.visit_growing import Growing, found

_NAME = "Greater Wessex.qsin"
_ROOT = Path(__file__).resolve().parents[2]
# What decides the bytes of a visit: a change in any of these builds them anew.
_RECIPE = (
    "tests/large_pack.py",
    "tests/bench/visit_*.py",
    "qsin_desktop/journal/*.py",
    "qsin_desktop/store/tables.py",
    "qsin_desktop/store/projection.py",
    "qsin_desktop/store/search.py",
    "qsin_desktop/store/journal_log.py",
)


class Shelf:
    """Finished visits by the length of their journals. They are for reading; `copy` gives one to write in."""

    def __init__(self, place: Path, size: Size) -> None:
        self._place = place
        self._size = size
        self._kept = place / f"visits-{size.name}-{_recipe(size)}"

    def visit(self, entries: int) -> Path:
        if not self._kept.is_dir():
            self._build()
        return self._kept / str(entries) / _NAME

    def copy(self, entries: int, place: Path) -> Path:
        """The visit and its key file, in the folder `place`, which must not be there yet."""
        shutil.copytree(self.visit(entries).parent, place)
        return place / _NAME

    def _build(self) -> None:
        """Whole or not at all; what an older recipe built goes."""
        began = time.monotonic()
        print(f"building visits of up to {self._size.large:,} entries …", file=sys.stderr, flush=True)
        for old in self._place.glob(f"visits-{self._size.name}-*"):
            shutil.rmtree(old)
        aside = self._place / f"building-{self._size.name}"
        shutil.rmtree(aside, ignore_errors=True)
        growing_at = aside / "growing" / _NAME
        growing_at.parent.mkdir(parents=True)
        found(growing_at, self._size)
        growing = Growing(growing_at)
        for entries in self._size.entries:
            growing.grow(growing_at, entries)
            shutil.copytree(growing_at.parent, aside / str(entries))
        shutil.rmtree(growing_at.parent)
        aside.rename(self._kept)
        print(f"built in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def key_file_of(visit: Path) -> Path:
    return VisitFolder(visit).key_file


def _recipe(size: Size) -> str:
    total = hashlib.sha256(repr(size).encode())
    for pattern in _RECIPE:
        for path in sorted(_ROOT.glob(pattern)):
            total.update(path.read_bytes())
    return total.hexdigest()[:12]
