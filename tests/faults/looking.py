"""Looks at what a fault left behind, as a person and as an auditor would, and names everything that is lost.

what_is_lost(laptop, told, struck_at)     sentences, none when all is well
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from qsin_desktop.actions.library import identity_for
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.backups import backups_of, check_backup
from qsin_desktop.store.durable import ASIDE_PREFIX
from qsin_desktop.store.identity import sweep_home
from qsin_desktop.store.piece_places import PieceState
from tests.faults.visits import Laptop
from tests.founding import ME

Told = Sequence[Mapping[str, Any]]
NOT_OPEN = "the visit does not open"
WITHIN = 1.0  # seconds: what was typed longer ago than this is on the disk


def what_is_lost(laptop: Laptop, told: Told, struck_at: float) -> tuple[str, ...]:
    """`told` are the lines of the driven window; `struck_at` is the monotonic time of the fault."""
    try:
        with _opened(laptop) as visit:
            losses = [*_of_the_visit(visit), *_of_the_work(visit, told, struck_at)]
        with _opened(laptop) as again:
            losses += [f"opened again: {loss}" for loss in _of_the_visit(again, briefly=True)]
    except Refusal as refusal:
        return (f"{NOT_OPEN}: {refusal.sentence}",)
    _start_again_later(laptop)
    losses += [*_half_files(laptop), *_of_the_documents(laptop, told)]
    losses += [f"the window told of a fault: {line['text']}" for line in told if line["say"] == "fault"]
    return tuple(losses)


def _start_again_later(laptop: Laptop) -> None:
    """What the program does with its home folder at a start on another day."""
    for left in laptop.home.rglob(f"{ASIDE_PREFIX}*"):
        os.utime(left, (0, 0))
    sweep_home(laptop.home)


def _opened(laptop: Laptop) -> OpenVisit:
    identity = identity_for(laptop.visit, ME)
    visit = open_visit(laptop.visit, identity=identity, unlocking=Unlocking(use_keyring=False))
    if visit.read_only:
        visit.close()
        raise Refusal(f"It opens for reading only: {visit.read_only}")
    return visit


def _of_the_visit(visit: OpenVisit, *, briefly: bool = False) -> Iterator[str]:
    verdict = verify_trail(visit)
    if not verdict.intact:
        yield f"the trail does not verify: {verdict}"
    if not visit.store.projection_matches():
        yield "what the tables say is not what the journal says"
    if briefly:
        return
    if not visit.store.file.is_sound():
        yield "the database is damaged"
    own = _made_here(visit)
    for exhibit in visit.record.exhibits():
        state = visit.pieces.check(exhibit.pieces)
        if state is PieceState.MISSING and exhibit.id not in own:
            continue  # a colleague's comes after the entries, and again when they are met again
        if state is not PieceState.HERE:
            yield f"exhibit {exhibit.number} is {state.value}"
    for backup in backups_of(visit.folder):
        try:
            check_backup(backup.path, visit.data_key)
        except Refusal as refusal:
            yield f"a backup is not whole: {refusal.sentence}"


def _made_here(visit: OpenVisit) -> set[str]:
    made = visit.store.entries_of_fields([("exhibit", "made")])
    return {entry.key.entity for entry in made if entry.device == visit.identity.device}


def _of_the_work(visit: OpenVisit, told: Told, struck_at: float) -> Iterator[str]:
    """Everything that was shown as saved, and every word typed more than a second before."""
    saved = [line for line in told if line["say"] == "saved"]
    for line in saved[-1:]:
        found = visit.store.chain_hashes(line["device"], [line["seq"]])
        if found.get(line["seq"]) != line["chain"]:
            yield f"what was shown as saved is gone: entry {line['seq']}"
    recorded = _all_texts(visit)
    for box, states in _typed(told).items():
        late = struck_at - WITHIN - _stalled(told, struck_at)
        due = [number for number, (at, _) in enumerate(states) if at < late]
        if not due:
            continue
        words = [text for _, text in states[due[-1] :]]
        if not any(text.strip() in recorded for text in words):
            age = struck_at - states[due[-1]][0]
            yield f"words typed {age:.2f} s before are gone ({box}): {words[0]!r}"


def _typed(told: Told) -> dict[str, list[tuple[float, str]]]:
    boxes: dict[str, list[tuple[float, str]]] = {}
    for line in told:
        if line["say"] == "typed":
            boxes.setdefault(line["box"], []).append((line["at"], line["text"]))
    return boxes


def _stalled(told: Told, struck_at: float) -> float:
    """How long the machine kept the whole process from running in its last seconds: nobody can save then."""
    beats: list[float] = [
        line["at"] for line in told if line["say"] == "beat" and line["at"] > struck_at - 3 * WITHIN
    ]
    gaps = [later - earlier for earlier, later in zip(beats, [*beats[1:], struck_at], strict=True)]
    return sum(gap for gap in gaps if gap > 0.25)


def _all_texts(visit: OpenVisit) -> set[str]:
    texts: set[str] = set()
    for entry in visit.store.entries():
        texts.update(_texts_in(entry.value))
        texts.add(entry.why.strip())
    for words in visit.store.kept_words.loose().values():
        texts.update(_texts_in(json.loads(words)))
    return texts


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts_in(part)


def _half_files(laptop: Laptop) -> Iterator[str]:
    """After the visit was opened: nothing half written is left in what is the program's own.

    Where others look, on the stick and among the documents, what is left is hidden by its name until the
    program comes there next.
    """
    for place in (laptop.visit, laptop.home):
        for left in place.rglob("*"):
            if left.name.startswith(ASIDE_PREFIX) or left.name.endswith(("-journal", ".tmp")):
                yield f"half a file is left: {left.relative_to(laptop.folder)}"


def _of_the_documents(laptop: Laptop, told: Told) -> Iterator[str]:
    for path in sorted(laptop.outputs.iterdir()):
        if not path.name.startswith(ASIDE_PREFIX) and (fault := _fault_of(path)):
            yield f"“{path.name}” is not whole: {fault}"
    for line in told:
        if line["say"] == "made" and not (laptop.outputs / line["file"]).is_file():
            yield f"“{line['file']}” was made and is not there"


def _fault_of(path: Path) -> str:
    try:
        if path.suffix == ".pdf":
            with pikepdf.open(path) as document:
                return "" if len(document.pages) else "no pages"
        with zipfile.ZipFile(path) as book:
            return f"{bad} is damaged" if (bad := book.testzip()) else ""
    except (pikepdf.PdfError, zipfile.BadZipFile, OSError) as fault:
        return str(fault)
