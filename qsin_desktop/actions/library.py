"""The visits on this computer: where they lie, what is known of each without asking for its passphrase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qsin_desktop.actions.identifying import known_identity
from qsin_desktop.actions.open_visit import OpenVisit, lead_of
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.responding import finding_statuses
from qsin_desktop.actions.summaries import Summaries, Summary
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.progress import missing_in_visit, progress_of
from qsin_desktop.domain.responses import SOON, FindingStatus
from qsin_desktop.store.folder import DATABASE_NAME, DELETING_NAME, VisitFolder, visit_folder_name
from qsin_desktop.store.identity import IDENTITY_NAME, Identity
from qsin_desktop.store.keys_file import KEYS_NAME
from qsin_desktop.store.making import is_unfinished
from qsin_desktop.store.names import VISIT_SUFFIX, distinct_name

EXAMPLE_NAME = "Example"
EXAMPLE_HOME = "home"
_AWAITED = (FindingStatus.OPEN, FindingStatus.DUE, FindingStatus.OVERDUE)


@dataclass(frozen=True)
class VisitCard:
    """What the start screen shows of a visit. `locked`: nothing is known but the folder's name."""

    path: Path
    title: str
    network: str = ""
    starts: str = ""
    ends: str = ""
    lead: str = ""
    rated: int = 0
    criteria: int = 0
    disagreements: int = 0
    missing: int = 0
    sealed: bool = False
    answered: int = 0  # findings whose answer awaits the assessors' word
    due_days: tuple[str, ...] = ()  # ISO days of the findings that await the network's
    awaited: int = 0  # findings that await the network's answer, with a day or without
    closed: int = 0
    locked: bool = False
    example: bool = False


def visits_in(library: Path) -> tuple[Path, ...]:
    """The visits lying in a folder and in its folders, by name; none when it cannot be read."""
    found = []
    for path in _folders(library):
        found += [path] if is_visit(path) else [inner for inner in _folders(path) if is_visit(inner)]
    return tuple(sorted(found, key=lambda path: path.name.casefold()))


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(".") and path.is_dir()]
    except OSError:
        return []


def is_visit(path: Path) -> bool:
    """Whether a folder looks like a visit, damaged ones included; opening it tells for certain."""
    folder = VisitFolder(path)
    try:
        looks = (path / KEYS_NAME).is_file() and (path / DATABASE_NAME).is_file()
        if not looks and path.name.endswith(VISIT_SUFFIX) and not (path / DELETING_NAME).exists():
            looks = any(part.is_file() for part in (folder.keys, folder.database, *folder.renamed))
    except OSError:
        return False
    return looks and not is_unfinished(path)


def elsewhere(recent: Iterable[str], library: Path) -> tuple[Path, ...]:
    """Visits opened lately that lie in no folder of the library and are still there."""
    paths = (Path(text) for text in recent)
    return tuple(path for path in paths if library not in path.parents[:2] and is_visit(path))


def example_folder(library: Path) -> Path:
    """Where the example is made: a folder of its own, for its lead's home lies beside it."""
    return library / EXAMPLE_NAME


def is_example(path: Path) -> bool:
    """Whether the home of the example's invented lead lies beside the visit, and its key file too."""
    folder = VisitFolder(path)
    return (path.parent / EXAMPLE_HOME / IDENTITY_NAME).is_file() and folder.key_file.is_file()


def identity_for(path: Path, own: Identity) -> Identity:
    """Who opens a visit: the person at this computer; an example is opened as its invented lead."""
    return known_identity(path.parent / EXAMPLE_HOME) or own if is_example(path) else own


def place_for(library: Path, network: str, year: int) -> Path:
    """Where a new visit would lie: named after network and year, no other visit's name."""
    try:
        taken = [path.name for path in library.iterdir() if not is_unfinished(path)]
    except OSError:
        taken = []
    return library / distinct_name(visit_folder_name(f"{network.strip()} {year}"), taken)


def known_card(path: Path, summaries: Summaries) -> VisitCard | None:
    """From what was kept when the visit was last open here; None when it has changed since or never was."""
    summary = summaries.get(path)
    return None if summary is None else _card(path, summary)


def locked_card(path: Path) -> VisitCard:
    """All that is known of a visit whose key does not lie ready: its folder's name."""
    return VisitCard(path, VisitFolder(path).title, locked=True, example=is_example(path))


def look_into(path: Path, identity: Identity) -> Summary | None:
    """Open the visit for reading with a key that lies ready (keyring, key file beside it) and look.

    None without such a key, or when it cannot be opened. May take a second; fit for another thread.
    """
    try:
        visit = open_visit(path, identity=identity, unlocking=Unlocking(), reading=True)
    except Refusal:
        return None
    with visit:
        return summary_of(visit)


def card_after_look(path: Path, summary: Summary | None, summaries: Summaries) -> VisitCard:
    """The card of a visit that was looked into, kept for the next start."""
    if summary is None:
        return locked_card(path)
    summaries.keep(path, summary)
    return _card(path, summary)


def close_visit(visit: OpenVisit, summaries: Summaries) -> None:
    """Close it and note how far it is; its file is at rest only then."""
    summary = summary_of(visit)
    visit.close()
    summaries.keep(visit.folder.path, summary)


def summary_of(visit: OpenVisit) -> Summary:
    record = visit.record
    progress = progress_of(record, record.pack.criteria)
    statuses = finding_statuses(visit)
    return Summary(
        visit=visit.visit_id,
        network=record.facts.network,
        starts=record.facts.starts,
        ends=record.facts.ends,
        lead=lead_of(visit),
        rated=progress.rated,
        criteria=progress.criteria,
        disagreements=len(record.conflicts),
        missing=sum(part.holds_up for part in missing_in_visit(record)),
        sealed=record.seal is not None,
        answered=sum(status is FindingStatus.ANSWERED for status in statuses.values()),
        due_days=tuple(f.due.isoformat() for f in record.findings() if f.due and statuses[f.id] in _AWAITED),
        awaited=sum(status in _AWAITED for status in statuses.values()),
        closed=sum(status is FindingStatus.CLOSED for status in statuses.values()),
    )


def stage_of(card: VisitCard, today: date) -> str:
    """What the visit is at by its dates: “Before the visit”, “Day 2 of 3”, “After the visit”, or empty."""
    if not card.starts:
        return ""
    first = date.fromisoformat(card.starts)
    last = date.fromisoformat(card.ends or card.starts)
    if today < first:
        days = (first - today).days
        return "Tomorrow" if days == 1 else f"In {days} days"
    if today > last:
        return ""
    days = (last - first).days + 1
    return f"Day {(today - first).days + 1} of {days}" if days > 1 else "Today"


class DueFindings(NamedTuple):
    """How many findings that await the network's answer are past their day, near it, or neither."""

    overdue: int
    due: int
    open: int


def due_findings(card: VisitCard, today: date) -> DueFindings:
    days = [date.fromisoformat(day) for day in card.due_days]
    overdue = sum(day < today for day in days)
    due = sum(today <= day <= today + SOON for day in days)
    return DueFindings(overdue, due, max(0, card.awaited - overdue - due))


def findings_words(card: VisitCard, today: date) -> str:
    """What the findings ask for: “2 answers to look at, 1 finding overdue, 3 due soon”, or empty."""
    overdue, due, _ = due_findings(card, today)
    parts = (
        (card.answered, f"{card.answered} answer{'' if card.answered == 1 else 's'} to look at"),
        (overdue, f"{overdue} finding{'' if overdue == 1 else 's'} overdue"),
        (due, f"{due} due soon" if overdue else f"{due} finding{'' if due == 1 else 's'} due soon"),
    )
    return ", ".join(words for count, words in parts if count)


def _card(path: Path, summary: Summary) -> VisitCard:
    return VisitCard(
        path=path,
        title=VisitFolder(path).title,
        network=summary.network,
        starts=summary.starts,
        ends=summary.ends,
        lead=summary.lead,
        rated=summary.rated,
        criteria=summary.criteria,
        disagreements=summary.disagreements,
        missing=summary.missing,
        sealed=summary.sealed,
        answered=summary.answered,
        due_days=summary.due_days,
        awaited=summary.awaited,
        closed=summary.closed,
        example=is_example(path),
    )
