"""What an invitation says of its visit, before there is a folder for it; and the visits known by their id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qsin_desktop.actions.library import is_visit
from qsin_desktop.actions.summaries import Summaries
from qsin_desktop.journal.entry import Entry
from qsin_desktop.store.identity import Identity
from qsin_desktop.sync.bundle import BundlePlace
from qsin_desktop.sync.first import first_taken
from qsin_desktop.sync.refusals import NoInvitation


@dataclass(frozen=True)
class Invitation:
    """`year`: of the first day, or 0 while no day is set."""

    visit: str
    network: str
    year: int


def read_invitation(bundle: Path, identity: Identity) -> Invitation:
    """Raises what `receive_new` would for a file that is none, or none for this laptop."""
    with BundlePlace(bundle) as place:
        entries = [entry for log in first_taken(place, identity).values() for entry in log]
        visit = place.visit
    if not any(entry.key == ("visit", visit, "pack") for entry in entries):
        raise NoInvitation(bundle.name)
    return Invitation(visit, _said(entries, visit, "network"), _year(_said(entries, visit, "starts")))


def visit_here(visit: str, summaries: Summaries) -> Path | None:
    """The folder of a visit that was open on this computer before, while it is still there."""
    return next((path for path in summaries.paths_of(visit) if is_visit(path)), None)


def _said(entries: list[Entry], visit: str, field: str) -> str:
    """The newest written; nothing rests on it but the name that a folder is offered."""
    said = [e for e in entries if e.key == ("visit", visit, field) and isinstance(e.value, str)]
    last = max(said, key=lambda e: (e.n, e.id), default=None)
    return str(last.value) if last is not None else ""


def _year(day: str) -> int:
    try:
        return date.fromisoformat(day).year
    except ValueError:
        return 0
