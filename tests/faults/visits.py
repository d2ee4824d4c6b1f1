"""A visit that is there already, with a home and files to attach: made once, copied for each round."""

from __future__ import annotations

import atexit
import functools
import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions import evidence, findings, notes, planning, rating
from qsin_desktop.actions.checking import back_up
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.exchanging import exchange_with
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.store.identity import IDENTITY_NAME
from tests.founding import ME, NAME, PEER, copy_of, found_small_visit, key_file_of, opened

LARGE = 20 * 1024 * 1024  # three pieces


@dataclass(frozen=True)
class Laptop:
    """Its visit with the key file beside it, its home, a folder for exports, a stick to exchange by.

    The stick holds what a colleague brought, whose own visit is there too.
    """

    folder: Path

    @property
    def visit(self) -> Path:
        return self.folder / "visits" / NAME

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def key_file(self) -> Path:
        return key_file_of(self.visit)

    @property
    def outputs(self) -> Path:
        return self.folder / "documents"

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    @property
    def colleague(self) -> Path:
        return self.folder / "colleague" / NAME


@functools.cache
def prepared() -> Path:
    """A `Laptop` to copy: some work done, an exhibit, a backup, nothing open. Never change it."""
    place = Path(tempfile.mkdtemp(prefix="qsin-prepared-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    laptop = Laptop(place)
    for each in (laptop.visit.parent, laptop.home, laptop.outputs, laptop.stick):
        each.mkdir(parents=True)
    ME.keep(laptop.home / IDENTITY_NAME)
    found_small_visit(laptop.visit)
    with opened(laptop.visit) as visit:
        planning.confirm_device(visit, device=PEER.device, person=PEER.person)
        first, second = (criterion.code for criterion in visit.pack.criteria[:2])
        rating.rate(visit, criterion=first, rating="met")
        notes.add_note(visit, criterion=second, kind=NoteKind.DOCUMENT, text="The plan names two owners.")
        findings.raise_finding(visit, criteria=[second], grade=visit.rules.grades[0].id, requirement="Owners")
        attached = evidence.prepare_bytes(visit.pieces, b"minutes of the board\n" * 40, "minutes.txt")
        evidence.attach_prepared(visit, attached, [Target(criterion=first)])
        back_up(visit)
    _let_colleague_work(laptop)
    return place


def _let_colleague_work(laptop: Laptop) -> None:
    copy_of(laptop.visit, laptop.colleague.parent)
    with opened(laptop.colleague, PEER) as visit:
        for criterion in visit.pack.criteria[2:8]:
            notes.add_note(visit, criterion=criterion.code, kind=NoteKind.INTERVIEW, text="Two were asked.")
            heard = f"{criterion.code}: what was heard\n".encode() * 20_000
            attached = evidence.prepare_bytes(visit.pieces, heard, f"{criterion.code}.txt")
            evidence.attach_prepared(visit, attached, [Target(criterion=criterion.code)])
        exchange_with(visit, laptop.stick)


@functools.cache
def attachments() -> tuple[Path, ...]:
    """Files to attach, small and large; the last takes three pieces. Never change them."""
    place = Path(tempfile.mkdtemp(prefix="qsin-attachments-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    dice = random.Random(5)
    for number, size in enumerate((900, 70_000, 3_000_000, LARGE)):
        (place / f"record {number}.csv").write_bytes(b"a;b;c\n" + dice.randbytes(size))
    return tuple(sorted(place.iterdir()))


def copied(folder: Path) -> Laptop:
    """A laptop of its own in `folder`."""
    shutil.copytree(prepared(), folder, dirs_exist_ok=True)
    return Laptop(folder)
