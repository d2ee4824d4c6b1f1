"""Delete a visit for good, after the day until which it is to be kept, or earlier with a reason."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.summaries import Summaries
from qsin_desktop.actions.texts import kept
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.store import deleting
from qsin_desktop.store.deleting import Deleted
from qsin_desktop.store.durable import write_aside
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.high_water import forget_in_home
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.keyring_slot import SecretShelf
from qsin_desktop.store.keys import NoKeyGiven, WrongPassphrase

log = logging.getLogger(__name__)

REGISTER_NAME = "deleted.json"  # in the home folder
COPIES = (
    "Copies elsewhere are not touched: colleagues' laptops, sticks and exchange folders, backups in a second "
    "place, reports you exported."
)


class NotConfirmed(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"To delete this visit for good, give its name exactly as it stands: {name}. Nothing was changed."
        )


class ToBeKept(Refusal):
    """`until` is the day, or None where nobody has said one."""

    def __init__(self, until: date | None, *, known: bool = True) -> None:
        self.until = until
        why = (
            f"is to be kept until {until.day} {until:%B %Y}"
            if until
            else "has no day until which it is to be kept"
            if known
            else "cannot be opened, so nobody can tell how long it is to be kept"
        )
        super().__init__(f"This visit {why}; to delete it now, give a reason. Nothing was changed.")


@dataclass(frozen=True)
class ToDelete:
    """`name`: what must be typed, the network's or, of a visit that cannot be opened, the folder's.

    `known` is False where it could not be opened.
    """

    path: Path
    name: str
    known: bool
    visit: str = ""
    keep_until: date | None = None
    exhibits: int = 0
    sealed: bool = False
    exported: bool = False

    def needs_reason(self, today: date) -> bool:
        return self.keep_until is None or today < self.keep_until


def look_to_delete(path: Path, *, identity: Identity, unlocking: Unlocking) -> ToDelete:
    """What would go. A visit whose key nobody has can be deleted as well."""
    folder = VisitFolder.check(path)
    try:
        visit = open_visit(folder.path, identity=identity, unlocking=unlocking, reading=True)
    except (NoKeyGiven, WrongPassphrase):
        return ToDelete(folder.path, folder.title, known=False)
    with visit:
        record = visit.record
        until = record.facts.keep_until
        return ToDelete(
            folder.path,
            record.facts.network or folder.title,
            known=True,
            visit=visit.visit_id,
            keep_until=date.fromisoformat(until) if until else None,
            exhibits=len(record.exhibits(withdrawn=True)),
            sealed=record.seal is not None,
            exported=any(True for _ in record.entities("export")),
        )


def refuse_to_delete(target: ToDelete, *, confirm: str, reason: str, today: date) -> None:
    """Raises `NotConfirmed` or `ToBeKept`."""
    if " ".join(confirm.split()) != " ".join(target.name.split()):
        raise NotConfirmed(shown(target.name))
    if target.needs_reason(today) and not reason.strip():
        raise ToBeKept(target.keep_until, known=target.known)


def delete(
    target: ToDelete,
    *,
    confirm: str,
    reason: str,
    today: date,
    home: Path,
    identity: Identity,
    shelf: SecretShelf | None = None,
) -> Deleted:
    """Keys first. That it was deleted, when and why stays in the home folder; its name does not."""
    refuse_to_delete(target, confirm=confirm, reason=reason, today=today)
    folder = VisitFolder.check(target.path)
    _register(home, target, kept(reason, "reason", limit=2_000).strip(), today)
    done = deleting.delete_visit(folder, person=identity.name, shelf=shelf)
    forget_in_home(home, target.path)
    with suppress(Refusal):
        Summaries(home, identity).forget(target.path)
    return done


def finish_deletions(
    library: Path, recent: Iterable[str], shelf: SecretShelf | None = None
) -> tuple[Deleted, ...]:
    """Go on with every deletion that was cut off, in the library and among the visits opened lately."""
    done: list[Deleted] = []
    for path in unfinished(library, recent):
        try:
            finished = deleting.finish_deletion(path, shelf)
        except Refusal as refusal:
            log.info("a deletion goes on later: %s", type(refusal).__name__)
            continue
        if finished is not None:
            done.append(finished)
    return tuple(done)


def unfinished(library: Path, recent: Iterable[str]) -> tuple[Path, ...]:
    """Visits whose deletion was cut off; quick."""
    found = set(_folders(library)) | {Path(text) for text in recent}
    return tuple(sorted(path for path in found if _is_cut_off(path)))


def _is_cut_off(path: Path) -> bool:
    try:
        return deleting.is_being_deleted(path)
    except Refusal:
        return False


def _folders(library: Path) -> list[Path]:
    with suppress(OSError):
        tops = [path for path in library.iterdir() if path.is_dir()]
        return tops + [path for top in tops for path in _inside(top)]
    return []


def _inside(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if path.is_dir()]
    return []


def _register(home: Path, target: ToDelete, reason: str, today: date) -> None:
    """One line a deletion, so that the person can say later what was done."""
    path = home / REGISTER_NAME
    lines: list[Any] = []
    with suppress(OSError, ValueError):
        given = json.loads(path.read_text(encoding="utf-8"))
        lines = given if isinstance(given, list) else []
    until = target.keep_until.isoformat() if target.keep_until else ""
    lines.append({"visit": target.visit, "on": today.isoformat(), "keep_until": until, "reason": reason})
    home.mkdir(parents=True, exist_ok=True)
    write_aside(path, (json.dumps(lines, indent=1, ensure_ascii=False) + "\n").encode(), private=True)


__all__ = [
    "COPIES",
    "Deleted",
    "NotConfirmed",
    "ToBeKept",
    "ToDelete",
    "delete",
    "finish_deletions",
    "look_to_delete",
    "refuse_to_delete",
    "unfinished",
]
