"""Killed while a newer program backs an older visit up and brings its schema up to date.

The step is one after the last that this program has, because nobody has a schema older than the first; see
tests/faults/migrating.py. Whichever instant it is, the visit is the older one or the newer one, whole.
"""

from __future__ import annotations

import atexit
import functools
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from qsin_desktop.actions import notes
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.store.backups import backups_of, check_backup
from qsin_desktop.store.tables import SCHEMA_VERSION
from tests.faults.campaign import Outcome
from tests.faults.looking import what_is_lost
from tests.faults.migrating import NEXT, newer_program
from tests.faults.telling import heard
from tests.faults.visits import Laptop, copied
from tests.faults.window import ROOT, environment
from tests.founding import opened

NAME = "kill-migration"
SUITE_ROUNDS = 1
_NOTES = 300
_LONGEST = 0.9  # seconds, from its beginning to its end on a fast machine


def run_once(seed: int, folder: Path) -> Outcome:
    dice = random.Random(seed)
    laptop = Laptop(folder)
    shutil.copytree(_older(), folder, dirs_exist_ok=True)
    before = _said_by(laptop)
    told = _killed(laptop, dice.uniform(0, _LONGEST))
    version = _version(laptop)
    losses = [] if version in (SCHEMA_VERSION, NEXT) else [f"its schema is of version {version}"]
    if version == SCHEMA_VERSION:
        losses += [f"to the older program: {loss}" for loss in what_is_lost(laptop, (), 0.0)]
    with newer_program():
        losses += [f"to the newer program: {loss}" for loss in what_is_lost(laptop, (), 0.0)]
        if _said_by(laptop) != before:
            losses.append("it does not say what it said before")
    if _version(laptop) != NEXT:
        losses.append("the newer program has not brought it up to date")
    losses += _of_the_backup(laptop)
    ended = any(line["say"] == "ends" for line in told)
    return Outcome(tuple(losses), about="after it" if ended else f"within it, found at {version}")


@functools.cache
def _older() -> Path:
    """A visit that it takes a moment to bring up to date."""
    place = Path(tempfile.mkdtemp(prefix="qsin-older-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    with opened(copied(place).visit) as visit:
        code = visit.pack.criteria[0].code
        for number in range(_NOTES):
            notes.add_note(visit, criterion=code, kind=NoteKind.SAMPLE, text=f"Sample {number} is complete.")
    return place


def _killed(laptop: Laptop, seconds: float) -> list[dict[str, object]]:
    """What a newer program told until it was ended, so long after it had begun."""
    command = [sys.executable, "-m", "tests.faults.migrating", str(laptop.folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(laptop), stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(seconds)
        child.kill()
        return heard(first + child.stdout.read())


def _said_by(laptop: Laptop) -> tuple[int, str]:
    with opened(laptop.visit) as visit:
        return visit.store.entry_count(), visit.store.view_digest()


def _version(laptop: Laptop) -> int:
    with opened(laptop.visit, reading=True) as visit:
        return visit.store.file.version


def _of_the_backup(laptop: Laptop) -> Iterator[str]:
    """One of before the change of schema was made, and is whole."""
    with opened(laptop.visit, reading=True) as visit:
        backups = backups_of(visit.folder)
        if len(backups) < 2:
            yield "there is no backup of before"
        for backup in backups:
            try:
                check_backup(backup.path, visit.data_key)
            except Refusal as refusal:
                yield f"a backup is not whole: {refusal.sentence}"
