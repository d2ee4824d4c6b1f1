"""Every kind of file in a visit's folder, damaged in every way: found, told, mended; nothing made worse.

A round damages one file or two, opens the visit as the program does, runs `check` and `check --repair`, looks
whether anything is gone but what lay in the damage and was told, works on, and looks again.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qsin_desktop.actions import evidence, notes
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.cli import run
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import NoteKind
from tests.faults.campaign import Outcome
from tests.faults.damaged_visits import LOOSE, Stood, another, at_home, moved, stood
from tests.faults.damaging import OF_FILES, OF_FOLDERS
from tests.faults.visits import Laptop
from tests.founding import opened

NAME = "damage"
SUITE_ROUNDS = 4

_JOURNAL = ("visit.db", "visit.db-wal")
_FOLDERS = ("exhibits", "backups", "previews", "aside", "damaged")
_LASTING = ("exhibits/", "backups/", "damaged/", "keys.json")  # nothing takes these bytes away


@dataclass(frozen=True)
class Harm:
    """What was done to which file, by its name in the visit's folder."""

    name: str
    way: str

    @property
    def part(self) -> str:
        top = self.name.partition("/")[0]
        return "backups/keys.json" if self.name == "backups/keys.json" else top


def run_once(seed: int, folder: Path) -> Outcome:
    dice = random.Random(seed)
    before = stood(cut_off=seed % 2 == 0)
    shutil.copytree(before.laptop.folder, folder / "laptop", symlinks=True)
    laptop = Laptop(folder / "laptop")
    moved(before.laptop, laptop)
    harms = [_harm(laptop.visit, dice) for _ in range(dice.choice((1, 1, 1, 2)))]
    after_harm = _files(laptop.visit)
    about = " and ".join(sorted({f"{harm.part} {harm.way}" for harm in harms}))
    losses = [*_tried(laptop, before, harms, after_harm)]
    mended = () if losses else tuple({harm.part for harm in harms})
    return Outcome(tuple(f"{harms}: {loss}" for loss in losses), mended, about)


def _harm(visit: Path, dice: random.Random) -> Harm:
    """Any kind of file is as likely as any other."""
    kinds: dict[str, list[Path]] = {}
    for path in sorted(visit.rglob("*")):
        name = path.relative_to(visit).as_posix()
        if path.is_dir() and not path.is_symlink():
            if name in _FOLDERS:
                kinds.setdefault("folders", []).append(path)
        else:
            kinds.setdefault(Harm(name, "").part, []).append(path)
    path = dice.choice(kinds[dice.choice(sorted(kinds))])
    name = path.relative_to(visit).as_posix()
    ways = OF_FOLDERS if path.is_dir() else OF_FILES if path.is_file() else {"removed": OF_FILES["removed"]}
    way = dice.choice(sorted(ways))
    other = another() / name
    if not other.is_file():
        alike = [each for each in sorted((another() / name.partition("/")[0]).rglob("*")) if each.is_file()]
        other = dice.choice(alike) if alike else other
    ways[way](path, other, dice)
    return Harm(name, way)


def _tried(laptop: Laptop, before: Stood, harms: list[Harm], after_harm: dict[str, bytes]) -> Iterator[str]:
    touched = {harm.part for harm in harms}
    with contextlib.suppress(Refusal), opened(laptop.visit, at_home(laptop)):
        pass
    yield from (f"opening took it away: {gone}" for gone in _gone(laptop.visit, after_harm))
    first = _command(laptop, "check")
    yield from first.faults()
    repaired = _command(laptop, "check", "--repair")
    yield from repaired.faults()
    yield from (f"the repair took it away: {gone}" for gone in _gone(laptop.visit, after_harm))
    if not repaired.told and touched >= {"keys.json", "backups/keys.json"}:
        return  # both copies of the keys: nothing can be read any more, and that is said
    try:
        with opened(laptop.visit, at_home(laptop)) as visit:
            yield from _lost(visit, before, touched, first, repaired)
            code = visit.pack.criteria[1].code
            if visit.read_only:
                yield f"it opens for reading only: {visit.read_only}"
            else:
                notes.add_note(visit, criterion=code, kind=NoteKind.DOCUMENT, text="Work goes on.")
        backup = _command(laptop, "backup")
        if backup.code:
            yield f"no backup can be made after the repair: {backup.err}"
        with opened(laptop.visit, at_home(laptop)) as again:
            if not any(note.text == "Work goes on." for note in again.record.notes()):
                yield "what was written after the repair is gone"
    except Refusal as refusal:
        yield f"it does not open after the repair: {refusal.sentence} ({repaired.err})"


def _lost(
    visit: OpenVisit, before: Stood, touched: set[str], first: Answer, repaired: Answer
) -> Iterator[str]:
    verdict = verify_trail(visit)
    texts_lost = any("lost their text" in line or "lost its text" in line for line in repaired.lines)
    if not verdict.intact and not texts_lost:
        yield f"the trail does not verify: {verdict}"
    if not visit.store.projection_matches():
        yield "the tables are not what the journal says"
    here = {entry.id for entry in visit.store.entries()}
    gone, journal = before.entries - here, bool(touched & set(_JOURNAL))
    if gone and not journal:
        yield f"{len(gone)} entries are gone, and no journal was damaged"
    if before.backed_up - here and "backups" not in touched and "folders" not in touched:
        yield f"{len(before.backed_up - here)} entries of the backup are gone"
    if gone and not any("last of them was written" in line for line in repaired.lines):
        yield f"{len(gone)} entries are gone, and nothing says so: {repaired.lines}"
    if (
        not journal
        and LOOSE not in visit.store.kept_words.loose().values()
        and before.laptop.visit.joinpath("visit.db-wal").exists()
    ):
        yield "the words that were being typed are gone"
    yield from _lost_exhibits(visit, before, first, repaired)


def _lost_exhibits(visit: OpenVisit, before: Stood, first: Answer, repaired: Answer) -> Iterator[str]:
    said = "\n".join((*first.lines, first.out, *repaired.lines, repaired.out))
    for exhibit in visit.record.exhibits():
        try:
            with evidence.open_exhibit(visit, exhibit) as content:
                if content.read() != before.exhibits.get(exhibit.number):
                    yield f"exhibit {exhibit.number} has other bytes"
        except Refusal:
            if exhibit.number not in said:
                yield f"exhibit {exhibit.number} is gone, and nothing says so"


# ---- the command line ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        return dict(json.loads(self.out)) if self.out else {}

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.told.get("repair", ()))

    def faults(self) -> Iterator[str]:
        if "Traceback" in self.err or "inside QSIN Desktop" in self.err:
            yield f"a fault of the program: {self.err}"
        if self.code not in (0, 1) or (self.code == 1 and not self.err.strip()):
            yield f"it ended with {self.code} and said {self.err!r}"


def _command(laptop: Laptop, *words: str) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    given = (words[0], str(laptop.visit), *words[1:], "--json", "--home", str(laptop.home))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = run((*given, "--key-file", str(laptop.key_file)))
        except SystemExit as end:
            code = int(end.code or 0)
    return Answer(code, out.getvalue(), err.getvalue())


# ---- files --------------------------------------------------------------------------------------------


def _files(visit: Path) -> dict[str, bytes]:
    """Regular files that must stay with their bytes, in place or in the folder of damaged originals."""
    found = (path for path in visit.rglob("*") if path.is_file() and not path.is_symlink())
    named = ((path.relative_to(visit).as_posix(), path) for path in found)
    return {name: path.read_bytes() for name, path in named if name.startswith(_LASTING)}


def _gone(visit: Path, after_harm: dict[str, bytes]) -> Iterator[str]:
    held = {content.strip() for content in _files(visit).values()}
    for name, content in after_harm.items():
        if content.strip() and content.strip() not in held:
            yield name
