"""The small visit that tests begin with: the outline pack, three sites, four people, nothing judged yet."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qsin_desktop.actions.choosing import find_pack, find_rules
from qsin_desktop.actions.founding import NewVisit, Protection, TeamMember, found_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.domain.people import Role
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.keys_file import KdfCost

NAME = "Thames Estuary 2026.qsin"
ME = Identity.from_seed(b"the lead's laptop", "1" * 32, "Lena Lead")
PEER = Identity.from_seed(b"the peer's laptop", "2" * 32, "Ada Assessor")
CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "four plain words here"


class Clock:
    """24 November 2026, 10:42:07 and a second later at each look; or so long `before`."""

    def __init__(self, before: timedelta = timedelta()) -> None:
        self.time = datetime(2026, 11, 24, 10, 42, 6, tzinfo=UTC) - before

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def new_visit() -> NewVisit:
    pack = find_pack("qsin-outline")
    return NewVisit(
        network="Thames Estuary Imaging Network",
        pack=pack,
        rules=find_rules("accreditation", pack),
        sites=("Royal Wessex", "St Aldhelm's", "Harbour CDC"),
        starts="2026-11-24",
        ends="2026-11-25",
        scope="All modalities of the network.",
        objectives="To see whether the network meets the standard.",
        issuing_body="Quality Body",
        organisation="Quality Body",
        team=(
            TeamMember("Ada Assessor", Role.PEER, "North Trust", person="2" * 32),
            TeamMember("Tom Technical", Role.TECHNICAL, person="3" * 32),
            TeamMember("Nell Network", Role.NETWORK, "Thames Estuary", person="4" * 32),
        ),
    )


def key_file_of(visit: Path) -> Path:
    return visit.with_name(f"{visit.name}.key")


def found_small_visit(path: Path) -> Path:
    """Founded by the lead and closed, with its key file beside it."""
    protection = Protection(passphrase=PASSPHRASE, key_file=key_file_of(path), cost=CHEAP)
    clock = Clock(before=timedelta(hours=1))  # what is backed up later is newer
    found_visit(path, new_visit(), identity=ME, protection=protection, clock=clock).close()
    return path


def copy_of(founded: Path, place: Path) -> Path:
    path = place / founded.name
    shutil.copytree(founded, path)
    shutil.copy(key_file_of(founded), key_file_of(path))
    return path


def opened(path: Path, identity: Identity = ME, *, reading: bool = False) -> OpenVisit:
    return open_visit(
        path, identity=identity, unlocking=Unlocking(use_keyring=False), reading=reading, clock=Clock()
    )
