"""The kept visits: one archive or more for each schema version, as packaging/keep_visit.py made them."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from keep_visit import NAME
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.store.identity import Identity

ARCHIVES = tuple(sorted(Path(__file__).parent.glob("*.zip")))


def told_by(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as kept:
        return dict(json.loads(kept.read("told.json")))


@dataclass(frozen=True)
class KeptVisit:
    """Unpacked in a folder of its own; may be worked in."""

    place: Path
    told: dict[str, Any]

    @classmethod
    def unpacked(cls, archive: Path, place: Path) -> KeptVisit:
        with zipfile.ZipFile(archive) as kept:
            kept.extractall(place)
        return cls(place, told_by(archive))

    @property
    def visit(self) -> Path:
        return self.place / NAME

    @property
    def key_file(self) -> Path:
        return self.place / f"{NAME}.key"

    @property
    def unlocking(self) -> Unlocking:
        return Unlocking(key_file=self.key_file, use_keyring=False)

    @cached_property
    def identity(self) -> Identity:
        """The laptop that made it."""
        return Identity.load_or_create(self.place / "home")

    def opened(self, path: Path | None = None, *, reading: bool = False) -> OpenVisit:
        """The visit itself, or another of its copies."""
        return open_visit(
            path or self.visit, identity=self.identity, unlocking=self.unlocking, reading=reading
        )
