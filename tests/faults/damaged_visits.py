"""A visit with every kind of file in its folder, made once, closed or cut off in the middle of the work."""

from __future__ import annotations

import atexit
import functools
import io
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from qsin_desktop.actions import evidence, notes
from qsin_desktop.actions.backing_up import back_up
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.store.aside import Kept
from qsin_desktop.store.high_water import path_in_home
from qsin_desktop.store.identity import Identity
from tests.faults.visits import Laptop, copied
from tests.founding import ME, found_small_visit, opened

LOOSE = "a reason that no rating has yet"


@dataclass(frozen=True)
class Stood:
    """Before the damage: ids of all entries, those of the newest backup, exhibits' numbers and contents."""

    laptop: Laptop
    entries: frozenset[str]
    backed_up: frozenset[str]
    exhibits: dict[str, bytes]
    view: str


def at_home(laptop: Laptop) -> Identity:
    """Who works there, with the home folder that takes notes of the visit."""
    return replace(ME, home=laptop.home)


def moved(before: Laptop, laptop: Laptop) -> None:
    """What its home folder noted of the visit at its old path is noted of the new one."""
    old, new = (path_in_home(laptop.home, each.visit) for each in (before, laptop))
    old.replace(new)


@functools.cache
def stood(*, cut_off: bool) -> Stood:
    """`cut_off`: the last work lies in the log, and words are kept that were still being typed."""
    place = Path(tempfile.mkdtemp(prefix="qsin-whole-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    laptop = copied(place / "worked")
    visit = opened(laptop.visit, at_home(laptop))
    try:
        backed_up = _work(visit)
        if cut_off:
            visit.store.kept_words.keep_loose("reason", LOOSE)
            shutil.copytree(laptop.folder, place / "kept", dirs_exist_ok=True)
        found = Stood(
            laptop=Laptop(place / "kept"),
            entries=frozenset(entry.id for entry in visit.store.entries()),
            backed_up=backed_up,
            exhibits={each.number: _content(visit, each.id) for each in visit.record.exhibits()},
            view=visit.store.view_digest(),
        )
    finally:
        visit.close()
    if not cut_off:
        shutil.copytree(laptop.folder, place / "kept", dirs_exist_ok=True)
    moved(laptop, found.laptop)
    return found


def _work(visit: OpenVisit) -> frozenset[str]:
    """Answers what the newest backup holds."""
    code = visit.pack.criteria[0].code
    picture = io.BytesIO()
    Image.radial_gradient("L").save(picture, "PNG")
    for name, content in (("plan.png", picture.getvalue()), ("list.csv", b"a;b\n" * 5000)):
        prepared = evidence.prepare_bytes(visit.pieces, content, name)
        evidence.attach_prepared(visit, prepared, [Target(criterion=code)])
    shown = next(each for each in visit.record.exhibits() if each.name == "plan.png")
    assert visit.previews.picture(shown.sha256, shown.pieces, shown.size, shown.group, 200)
    visit.aside.keep(Kept("refused", "f" * 64, 1, 1, "0" * 64, "It did not fit."), b"what was refused")
    (visit.folder.path / "damaged" / "20261101-101010").mkdir(parents=True)
    (visit.folder.path / "damaged" / "20261101-101010" / "visit.db").write_bytes(b"an earlier original")
    back_up(visit)
    backed_up = frozenset(entry.id for entry in visit.store.entries())
    for number in range(12):
        words = f"Heard after the backup, {number}: " + "word " * (number * 90)
        notes.add_note(visit, criterion=code, kind=NoteKind.INTERVIEW, text=words)
    return backed_up


def _content(visit: OpenVisit, exhibit: str) -> bytes:
    found = visit.record.exhibit(exhibit)
    assert found is not None
    with evidence.open_exhibit(visit, found) as content:
        return bytes(content.read())


@functools.cache
def another() -> Path:
    """The folder of another visit, whose files get into the wrong place."""
    place = Path(tempfile.mkdtemp(prefix="qsin-another-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    path = found_small_visit(place / "Another 2026.qsin")
    with opened(path) as visit:
        attached = evidence.prepare_bytes(visit.pieces, b"another's\n" * 99, "another.txt")
        evidence.attach_prepared(visit, attached, [Target(criterion=visit.pack.criteria[0].code)])
        back_up(visit)
    return path
