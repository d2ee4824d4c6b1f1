"""Real laptops of a team: each with a visit folder of its own, all with the lead's founding in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions import planning
from qsin_desktop.actions.exchanging import note_seen
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store.identity import Identity
from qsin_desktop.sync.exchange import exchange
from qsin_desktop.sync.holder import Course
from qsin_desktop.sync.place import FolderPlace, Place
from qsin_desktop.sync.summary import Summary
from tests.founding import ME, PEER, copy_of, found_small_visit, opened

TECH = Identity.from_seed(b"the technical assessor's laptop", "3" * 32, "Tom Technical")
STRANGER = Identity.from_seed(b"a laptop nobody knows", "9" * 32, "Nobody Known")
TEAM = (ME, PEER, TECH)


@dataclass(frozen=True)
class Stick:
    """A folder that laptops meet at."""

    path: Path

    def place(self, visit: OpenVisit) -> FolderPlace:
        return FolderPlace(self.path, visit.visit_id, visit.identity.device)

    def files(self) -> list[Path]:
        return sorted(path for path in self.path.rglob("*") if path.is_file())

    def logs(self) -> list[Path]:
        return [path for path in self.files() if path.suffix == ".z"]

    def pieces(self) -> list[Path]:
        return [path for path in self.files() if "piece" in path.parts]


def found_team(place: Path) -> Path:
    """Founded by the lead, with both colleagues' laptops confirmed. Copy it."""
    path = found_small_visit(place / "Thames Estuary 2026.qsin")
    with opened(path) as visit:
        for colleague in TEAM[1:]:
            planning.confirm_device(visit, device=colleague.device, person=colleague.person)
    return path


@contextmanager
def laptops(founded: Path, place: Path, *identities: Identity) -> Iterator[list[OpenVisit]]:
    """One visit folder for each, open for work."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(opened(copy_of(founded, place / f"laptop-{number}"), identity))
            for number, identity in enumerate(identities or TEAM)
        ]


def meet(visit: OpenVisit, place: Stick | Place, course: Course | None = None) -> Summary:
    """Exchange as the program does."""
    there = place.place(visit) if isinstance(place, Stick) else place
    return exchange(visit, there, witness=lambda: note_seen(visit), course=course)


def all_meet(team: list[OpenVisit], stick: Stick) -> None:
    """Until nothing moves any more."""
    for _ in range(6):
        if not sum(meet(visit, stick).moved for visit in team):
            return
    raise AssertionError("the exchange does not come to rest")


def digest(visit: OpenVisit) -> str:
    return visit.store.view_digest()


def known(visit: OpenVisit) -> set[str]:
    return {entry.id for entry in visit.store.entries()}


def copy_stick(stick: Stick, to: Path) -> Stick:
    shutil.copytree(stick.path, to)
    return Stick(to)
